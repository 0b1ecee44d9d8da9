import type { Finding, Repair } from '../finding.js';
import { toPrintable } from './escape.js';
import { type Fix, toFix } from './fix-line.js';
import { toPathArgument } from './path-argument.js';
import {
  AMEND,
  IDENTITY,
  MOVE,
  type RepairSteps,
  shorten,
  toAutosquash,
  toCheckout,
  toFixup,
  toRebaseOnto,
  toSquash,
  toTagsAgain,
} from './repair-commands.js';
import { toRepairSteps } from './repair-lines.js';

/** A finding in a commit that can be mended. */
interface Mendable {
  readonly finding: Finding;
  readonly commit: string;
  readonly repair: Repair;
}

/** So many commits are mended one by one; of more, one is made. */
const MOST_FIXUPS = 3;
/** What fits on a line behind `git add`. */
const ARGUMENT_COLUMNS = 55;

/**
 * The exact commands for several findings: those of one branch at once, and what is left (other branches, tags, names of
 * refs) is told by the next push. Null where there is nothing to rewrite.
 */
export function toMixedSteps(findings: readonly Finding[], fix: Fix): RepairSteps | null {
  const mendable = findings.flatMap(toMendable);
  const [first] = mendable;
  const steps = first === undefined ? toOneByOne(findings) : toBranchSteps(ofBranch(mendable, first), fix);
  const done = first === undefined ? 1 : ofBranch(mendable, first).length;
  if (steps === null || done === findings.length) return steps;
  const left = 'then push again: it tells what is left';
  return { ...steps, rest: steps.rest === undefined ? `(${left})` : `${steps.rest.slice(0, -1)}; ${left})` };
}

function toMendable(finding: Finding): Mendable[] {
  const { commit, repair } = finding;
  return commit === null || repair === undefined ? [] : [{ finding, commit, repair }];
}

function ofBranch(mendable: readonly Mendable[], first: Mendable): readonly Mendable[] {
  return mendable.filter(({ repair }) => repair.branch === first.repair.branch);
}

function toOneByOne([first]: readonly Finding[]): RepairSteps | null {
  if (first?.kind !== 'ref' && first?.file.startsWith('tag ') !== true) return null;
  const { kind = 'file', file } = first;
  return toRepairSteps({ kind, file, commit: null, repair: null, removedIn: null, stageAgain: '' });
}

function toBranchSteps(those: readonly Mendable[], fix: Fix): RepairSteps | null {
  const steps = toTakenBack(those) ?? toAmendment(those) ?? toFixups(those) ?? toOneCommit(those);
  if (steps === null) return null;
  const tags = those.flatMap(({ repair }) => toTagsAgain(repair));
  return { use: toUse(those, fix), ...steps, commands: [...steps.commands, ...new Set(tags)] };
}

/** All in one file, and gone again with one commit: as if it were one. */
function toTakenBack(those: readonly Mendable[]): RepairSteps | null {
  const [first, ...others] = those;
  if (first?.finding.removedIn === undefined || !isContent(first.finding)) return null;
  const { finding, commit, repair } = first;
  const isSame = ({ finding: other }: Mendable): boolean =>
    isContent(other) && other.file === finding.file && other.commit === commit && other.removedIn === finding.removedIn;
  if (!others.every(isSame)) return null;
  const [stageAgain = ''] = toCommand('git add', [finding.file]);
  const { file, removedIn = null } = finding;
  // Its tags are made again by whoever asked.
  return toRepairSteps({ kind: 'file', file, commit, repair: { ...repair, tags: [] }, removedIn, stageAgain });
}

/** All in one commit: it is mended where it stands, whatever is to be mended in it. */
function toAmendment(those: readonly Mendable[]): RepairSteps | null {
  const [first, ...others] = those;
  if (first === undefined || others.some(({ commit }) => commit !== first.commit)) return null;
  const { commit, repair } = first;
  const isPlain = those.every(({ finding }) => finding.removedIn === undefined && !isRemade(finding, repair));
  if (!isPlain) return null;
  const hasMessage = those.some(({ finding }) => finding.kind === 'message');
  const hasAuthor = those.some(({ finding }) => finding.file === 'commit author' && finding.kind === 'header');
  const amend = `${hasMessage ? 'git commit --amend' : AMEND}${hasAuthor ? ' --reset-author' : ''}`;
  const commands = [...toStaging(those), amend];
  if (repair.isLast) return { first: toCheckout(repair), commands };
  const at = shorten(commit);
  return { first: [`git checkout ${at}`], commands: [...commands, toRebaseOnto(at, repair)] };
}

/** What an amend does not take out: lines that git does not know; nor the author from the commits behind it. */
function isRemade({ kind, file }: Finding, { isLast }: Repair): boolean {
  if (kind === 'message') return file === 'commit mergetag';
  return kind === 'header' && file !== 'commit committer' && !(file === 'commit author' && isLast);
}

/** Each in a file of its own: a fixup for each commit, and one rebase for all of them. */
function toFixups(those: readonly Mendable[]): RepairSteps | null {
  const [first] = those;
  const isPlain = those.every(
    ({ finding, repair }) => isContent(finding) && finding.removedIn === undefined && !repair.isMerge,
  );
  const commits = [...new Set(those.map(({ commit }) => commit))];
  const files = commits.map((commit) => toFiles(those.filter((one) => one.commit === commit)));
  const isApart = files.flat().length === new Set(files.flat()).size;
  if (first === undefined || !isPlain || !isApart || commits.length > MOST_FIXUPS) return null;
  const commands = commits.flatMap((commit) => [
    ...toStaging(those.filter((one) => one.commit === commit)),
    toFixup(shorten(commit)),
  ]);
  const hasMergeAfter = those.some(({ repair }) => repair.hasMergeAfter);
  const rebase = toAutosquash(shorten(first.commit), { ...first.repair, hasMergeAfter });
  // Where a name is too odd to be typed, all that is changed would go into the first.
  if (commands.includes(ALL_CHANGED) && commits.length > 1) return null;
  return { first: toCheckout(first.repair), commands: [...commands, rebase] };
}

/** One new commit for all of them: right in every case, also where one commit takes out what another has brought. */
function toOneCommit(those: readonly Mendable[]): RepairSteps | null {
  const [first] = those;
  if (first === undefined) return null;
  const { repair } = first;
  return {
    first: [...toCheckout(repair), ...toSquash(repair)],
    commands: [...toStaging(those), 'git commit'],
    rest: '(one commit for all of them; git reflog keeps the old ones)',
  };
}

const ALL_CHANGED = 'git add -u';

function toStaging(those: readonly Mendable[]): string[] {
  const hasName = those.some(({ finding }) => finding.kind === 'name');
  const moves = hasName ? [MOVE] : [];
  const contents = those.filter(({ finding }) => isContent(finding) && finding.removedIn === undefined);
  const isKey = ({ finding }: Mendable): boolean => toFix(finding.file, toPrintable(finding.env)).isUntracked;
  return [
    ...moves,
    ...toCommand('git add', toFiles(contents.filter((one) => !isKey(one)))),
    ...toCommand('git rm --cached', toFiles(contents.filter(isKey))),
  ];
}

function toCommand(command: string, files: readonly string[]): string[] {
  if (files.length === 0) return [];
  const written = files.map(toPathArgument);
  const words = written.join(' ');
  if (written.includes(null) || words.length > ARGUMENT_COLUMNS) {
    return [command === 'git add' ? ALL_CHANGED : `${command} KEYS`];
  }
  return [`${command} ${words}`];
}

function toFiles(those: readonly Mendable[]): string[] {
  return [...new Set(those.map(({ finding }) => finding.file))];
}

function toUse(those: readonly Mendable[], fix: Fix): string {
  const has = (isSo: (finding: Finding) => boolean): boolean => those.some(({ finding }) => isSo(finding));
  const words = [
    ...(has((one) => isContent(one) && one.removedIn === undefined) ? [fix.use] : []),
    ...(has(({ kind }) => kind === 'name') ? ['give the file a name without it'] : []),
    ...(has(({ kind }) => kind === 'message') ? ['take it out of the message'] : []),
    ...(has(({ kind }) => kind === 'header') ? [IDENTITY] : []),
  ];
  return words.length === 0 ? 'write a new message' : words.join('; ');
}

function isContent({ kind }: Finding): boolean {
  return kind === undefined || kind === 'file' || kind === 'link';
}
