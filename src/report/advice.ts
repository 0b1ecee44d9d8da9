import type { Exposure, FindingKind, Holder, Repair } from '../finding.js';
import type { Fix } from './fix-line.js';
import { toFileArgument } from './path-argument.js';
import { AND, AT_CONFLICT, IDENTITY, joinCommands, type RepairSteps } from './repair-commands.js';
import { toRepairSteps } from './repair-lines.js';
import type { Stage } from './report.js';
import { hang } from './wrap.js';

const COLUMNS = 80;

/** What the advice is about. */
export interface Situation {
  readonly stage: Stage;
  /** See `Report.folder`. */
  readonly folder: string;
  /** The worst there is. */
  readonly exposure: Exposure;
  readonly fix: Fix;
  /** What holds the secret, or the same for all of them. */
  readonly kind: FindingKind;
  /** The file to add again, or null when there are several. */
  readonly path: string | null;
  /** The commit that records it, or null. */
  readonly commit: string | null;
  /** How that commit can be mended, where it is known. */
  readonly repair: Repair | null;
  /** The ref that names it without any commit, where that is known. */
  readonly holder?: Holder | undefined;
  /** The later commit that takes the value out again, or null. */
  readonly removedIn: string | null;
  /** How several are mended together, where that is known. */
  readonly steps?: RepairSteps | null;
  /** The command that says how to rotate, or where to do it. */
  readonly rotate: string;
  /** True where nothing but dummies was found. */
  readonly isDummy: boolean;
}

/** How to mend the change and whether to rotate: at most seven lines. Optional ones are marked, to be left out first. */
export function toAdvice(situation: Situation): { readonly text: string; readonly isOptional: boolean }[] {
  // git says what to do at a conflict as well.
  const toLine = (text: string) => ({ text, isOptional: text.trim() === AT_CONFLICT });
  if (situation.exposure === 'unknown') {
    // It may be out, and then nothing that is done here takes it back.
    const lines = [...toRotateLines(situation), ...toFixLines(situation)].map(toLine);
    return situation.isDummy ? lines : [...lines, { text: MALWARE, isOptional: true }];
  }
  if (situation.exposure !== 'remote') return [...toFixLines(situation), ...toRotateLines(situation)].map(toLine);
  return [
    ...hang('  1 Rotate   ', situation.rotate, COLUMNS).map(toLine),
    ...hang('  2 Deploy   ', toDeploy(toUse(situation)), COLUMNS).map(toLine),
    { text: '  3 Clean    history last, optional: it does not undo the leak', isOptional: true },
    // In a build, "this machine" would be a runner.
    ...(situation.isDummy || situation.stage === 'build' ? [] : [toLine(MALWARE)]),
  ];
}

const MALWARE = '  Could malware have taken it? Isolate this machine first, revoke elsewhere.';

function toFixLines(situation: Situation): string[] {
  const steps = situation.exposure === 'local' ? toSteps(situation) : null;
  if (steps !== null) return toStepLines(situation, steps);
  const then = toThen(situation);
  const lines = hang('  Fix      ', `${toUse(situation)}${then.length > 0 ? ', then' : ''}`, COLUMNS);
  return [...lines, ...then.map((line) => `           ${line}`)];
}

function toSteps(situation: Situation): RepairSteps | null {
  if (situation.steps !== undefined) return situation.steps;
  const { path, repair, fix } = situation;
  return toRepairSteps({
    ...situation,
    file: path,
    stageAgain: toStageAgain(situation, ''),
    stageInEnd: toStageAgain({ ...situation, path: repair?.path ?? path }, ''),
    isKey: fix.isUntracked,
  });
}

/** Commands stand on lines of their own, as they are typed; several on one line are joined by "and". */
function toStepLines(situation: Situation, { first, use, commands, rest }: RepairSteps): string[] {
  return [
    ...toFirstLines(first, `${use ?? toUse(situation)}, then`),
    ...joinCommands(commands, COLUMNS - 11).map((line) => line.padStart(line.length + (line.length > 69 ? 5 : 11))),
    ...(rest ?? []).flatMap((line) => hang('           ', line, COLUMNS)),
  ];
}

/** What comes before the edit, and the edit: on one line where there is room, for a command is not to be broken. */
function toFirstLines(first: readonly string[], words: string): string[] {
  if (first.length === 0) return hang('  Fix      ', words, COLUMNS);
  const joined = `  Fix      ${first.join(AND)}, ${words}`;
  if (joined.length <= COLUMNS) return [joined];
  const [start, ...more] = joinCommands(first, COLUMNS - 12);
  return [`  Fix      ${start}`, ...more.map((line) => `           ${line}`)]
    .map((line, index) => (index === more.length ? `${line},` : line))
    .concat(hang('           ', words, COLUMNS));
}

function toDeploy(use: string): string {
  return use.startsWith('use ') ? `${use}, with a new value` : `put a new value into your secret store; ${use}`;
}

function toUse({ kind, fix }: Situation): string {
  if (kind === 'message') return 'take it out of the message';
  if (kind === 'header') return IDENTITY;
  if (kind === 'ref') return 'give it a name without it';
  return kind === 'name' ? 'give the file a name without it' : fix.use;
}

function toThen(situation: Situation): string[] {
  const { stage, exposure } = situation;
  // Where .git is a file, as in a linked work tree, and in sub-folders too.
  if (stage === 'message') return ['git commit -eF "$(git rev-parse --git-path COMMIT_EDITMSG)"'];
  if (exposure === 'local') return [`${toStageAgain(situation, '   and   ')}git commit --amend`, toOlder(situation)];
  const stageAgain = toStageAgain(situation, '');
  if (stage === 'scan' || stage === 'build') return exposure === 'staged' && stageAgain !== '' ? [stageAgain] : [];
  const again = { commit: 'run the same commit again', merge: 'git commit', push: 'push again' };
  return [`${stageAgain}${stageAgain === '' ? '' : '   and '}${again[stage]}`];
}

function toOlder({ commit, kind }: Situation): string {
  const command = commit === null ? 'git rebase -i' : `git rebase -i ${commit.slice(0, 7)}~1`;
  return kind === 'message'
    ? `(of an older commit: ${command}, then "reword")`
    : `(when it is in an older commit: ${command})`;
}

/** A message is not added again; there is nothing to say then. */
function toStageAgain({ fix, path, kind, folder }: Situation, behind: string): string {
  if (kind === 'message' || kind === 'header' || kind === 'ref') return '';
  if (kind === 'name') return `git mv OLD NEW${behind}`;
  const command = fix.isUntracked ? 'git rm --cached' : 'git add';
  if (path === null) return `${command} each file${behind}`;
  const argument = toFileArgument(path, folder);
  return `${command} ${argument === null || argument.length > 200 ? 'that file' : argument}${behind}`;
}

function toRotateLines({ exposure, rotate, isDummy }: Situation): string[] {
  if (isDummy) return hang('  Rotate   ', `not needed for a dummy. If it is real:  ${rotate}`, COLUMNS);
  const indented = (text: string) => hang('           ', text, COLUMNS);
  if (exposure === 'unknown') {
    return ['  Rotate   yes, unless you are sure that nobody else has seen it:', ...indented(rotate)];
  }
  if (exposure === 'local') {
    return hang('  Rotate   ', `advised if it opens production:  ${rotate}`, COLUMNS);
  }
  return [
    '  Rotate   not needed, unless it was ever pushed, pasted or sent.',
    ...indented(`Not sure? Then yes:  ${rotate}`),
  ];
}
