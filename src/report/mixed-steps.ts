import type { Finding, Repair } from '../finding.js';
import { isContent } from '../finding-kind.js';
import type { Fix } from './fix-line.js';
import {
  ALL_CHANGED,
  isKey,
  isStanding,
  isStandingName,
  type Mendable,
  toCommand,
  toFile,
  toFileInEnd,
  toFiles,
  toStaging,
} from './mixed-staging.js';
import {
  AMEND,
  AMEND_EMPTY,
  AT_CONFLICT,
  IDENTITY,
  type RepairSteps,
  shorten,
  toAutosquash,
  toCheckout,
  toFixup,
  toOneCommit,
  toRebaseOnto,
  withRefsAgain,
} from './repair-commands.js';
import { toCommitSteps, toRepairSteps } from './repair-lines.js';

/** So many commits are mended one by one; of more, one is made. */
const MOST_FIXUPS = 3;

/**
 * The exact commands for several findings: those of one branch at once, and what is left (other branches, tags, names of
 * refs) is told by the next push. Null where there is nothing to rewrite.
 */
export function toMixedSteps(
  findings: readonly Finding[],
  { fix, folder }: { readonly fix: Fix; readonly folder: string },
): RepairSteps | null {
  const mendable = findings.flatMap((finding) => toMendable(finding, folder));
  const [first] = mendable;
  const steps = first === undefined ? toOneByOne(findings) : toBranchSteps(ofBranch(mendable, first), fix);
  const done = first === undefined ? 1 : ofBranch(mendable, first).length;
  if (steps === null || done === findings.length) return steps;
  return { ...steps, rest: [...(steps.rest ?? []), '(then push again: it tells what is left)'] };
}

function toMendable(finding: Finding, folder: string): Mendable[] {
  const { commit, repair } = finding;
  return commit === null || repair === undefined ? [] : [{ finding, commit, repair, folder }];
}

function ofBranch(mendable: readonly Mendable[], first: Mendable): readonly Mendable[] {
  return mendable.filter(({ repair }) => repair.branch === first.repair.branch);
}

function toOneByOne([first]: readonly Finding[]): RepairSteps | null {
  if (first === undefined) return null;
  const { kind, file, holder } = first;
  if (kind !== 'ref' && !file.startsWith('tag ') && holder === undefined) return null;
  const nothing = { commit: null, repair: null, removedIn: null, stageAgain: '', stageInEnd: '', isKey: false };
  return toRepairSteps({ ...nothing, kind, file, holder });
}

function toBranchSteps(those: readonly Mendable[], fix: Fix): RepairSteps | null {
  const steps = toTakenBack(those) ?? toAmendment(those) ?? toFixups(those) ?? toOneOfAll(those);
  if (steps === null) return null;
  const repairs = those.map(({ repair }) => repair);
  return withRefsAgain({ use: toUse(those, fix), ...steps }, repairs);
}

/** All in one file, and gone again with one commit: as if it were one. */
function toTakenBack(those: readonly Mendable[]): RepairSteps | null {
  const [first, ...others] = those;
  if (first?.finding.removedIn === undefined || !isContent(first.finding)) return null;
  const { finding, commit, repair } = first;
  const isSame = ({ finding: other }: Mendable): boolean =>
    isContent(other) && other.file === finding.file && other.commit === commit && other.removedIn === finding.removedIn;
  if (!others.every(isSame)) return null;
  const [stageAgain = ''] = toCommand('git add', { files: [finding.file], folder: first.folder });
  const { file, removedIn = null } = finding;
  const what = {
    kind: 'file',
    file,
    commit,
    removedIn,
    stageAgain,
    stageInEnd: stageAgain,
    isKey: isKey(first),
    repair,
  } as const;
  return toCommitSteps(what, shorten(commit), repair);
}

/** All in one commit: it is mended where it stands, whatever is to be mended in it. */
function toAmendment(those: readonly Mendable[]): RepairSteps | null {
  const [first, ...others] = those;
  if (first === undefined || others.some(({ commit }) => commit !== first.commit)) return null;
  const { commit, repair } = first;
  const isPlain = those.every(
    (one) => one.finding.removedIn === undefined && !isRemade(one.finding, repair) && !isNameGone(one),
  );
  if (!isPlain) return null;
  const hasMessage = those.some(({ finding }) => finding.kind === 'message');
  const hasAuthor = those.some(({ finding }) => finding.file === 'commit author' && finding.kind === 'header');
  const amend = `${hasMessage ? 'git commit --amend' : AMEND}${hasAuthor ? ' --reset-author' : ''}`;
  const commands = [...toStaging(those, toFile), those.some(isKey) && amend === AMEND ? AMEND_EMPTY : amend];
  if (repair.isLast) return { first: toCheckout(repair), commands };
  if (repair.hasOddMergeAfter || those.some((one) => isKey(one) && one.repair.isTouched === true)) return null;
  const at = shorten(commit);
  const steps = { first: [`git checkout ${at}`], commands: [...commands, toRebaseOnto(at, repair)] };
  return withWarning(steps, those);
}

function isNameGone(one: Mendable): boolean {
  return one.finding.kind === 'name' && !isStandingName(one);
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
    (one) => isStanding(one) && !isKey(one) && !one.repair.isMerge && !one.repair.hasOddMergeAfter,
  );
  const commits = [...new Set(those.map(({ commit }) => commit))];
  const files = commits.map((commit) =>
    toFiles(
      those.filter((one) => one.commit === commit),
      toFileInEnd,
    ),
  );
  const isApart = files.flat().length === new Set(files.flat()).size;
  if (first === undefined || !isPlain || !isApart || commits.length > MOST_FIXUPS) return null;
  const commands = commits.flatMap((commit) => [
    ...toStaging(
      those.filter((one) => one.commit === commit),
      toFileInEnd,
    ),
    toFixup(shorten(commit)),
  ]);
  const hasMergeAfter = those.some(({ repair }) => repair.hasMergeAfter);
  const rebase = toAutosquash(shorten(first.commit), { ...first.repair, hasMergeAfter });
  // Where a name is too odd to be typed, all that is changed would go into the first.
  if (commands.includes(ALL_CHANGED) && commits.length > 1) return null;
  return withWarning({ first: toCheckout(first.repair), commands: [...commands, rebase] }, those);
}

/** One new commit for all of them: right in every case, also where one commit takes out what another has brought. */
function toOneOfAll(those: readonly Mendable[]): RepairSteps | null {
  const [first] = those;
  if (first === undefined) return null;
  const rest = ['(one commit for all of them; git reflog keeps the old ones)'];
  const staging = toStaging(those, toFileInEnd).map((command) => command.replace(/^git rm --cached/, '$& -f'));
  return { ...toOneCommit(first.repair, staging), rest };
}

function withWarning(steps: RepairSteps, those: readonly Mendable[]): RepairSteps {
  return those.some(({ repair }) => repair.isTouched === true) ? { ...steps, rest: [AT_CONFLICT] } : steps;
}

function toUse(those: readonly Mendable[], fix: Fix): string {
  const has = (isSo: (finding: Finding) => boolean): boolean => those.some(({ finding }) => isSo(finding));
  const words = [
    ...(has((one) => isContent(one) && one.removedIn === undefined) ? [fix.use] : []),
    ...(those.some(isStandingName) ? ['give the file a name without it'] : []),
    ...(has(({ kind }) => kind === 'message') ? ['take it out of the message'] : []),
    ...(has(({ kind }) => kind === 'header') ? [IDENTITY] : []),
  ];
  return words.length === 0 ? 'write a new message' : words.join('; ');
}
