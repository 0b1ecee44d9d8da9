import type { FindingKind, Repair } from '../finding.js';
import { toPathArgument } from './path-argument.js';

/** What a repair is about. */
export interface ToRepair {
  readonly kind: FindingKind;
  /** As findings tell it: the path, `commit message`, `tag v1`; null for several. */
  readonly file: string | null;
  /** How the file is added again: `git add src/mail.ts`. */
  readonly stageAgain: string;
  /** The commit that records it, or null where none does: a tag's message, a name of a branch. */
  readonly commit: string | null;
  readonly repair: Repair | null;
  /** The later commit that takes the value out again. */
  readonly removedIn: string | null;
  /** True where there are later commits to be mended in the same way; `commit` is the oldest. */
  readonly isSeveral: boolean;
}

/** The steps of a repair: what comes before the edit, what the edit is in words, and the commands behind it. */
export interface RepairSteps {
  /** A command, to be run before anything else. */
  readonly first: string | null;
  /** Undefined where the edit is what the fix of the file says. */
  readonly use?: string;
  readonly commands: readonly string[];
}

const AMEND = 'git commit --amend --no-edit';
const MOVE = 'git mv OLD NEW';

/** The exact commands that take a secret out of commits that no remote has yet; null where nothing is known of them. */
export function toRepairSteps(what: ToRepair): RepairSteps | null {
  const { kind, file, commit, repair, removedIn, isSeveral } = what;
  if (kind === 'ref') return toNewRef(file ?? '');
  if (kind === 'message' && file?.startsWith('tag ')) return toNewTag(file.slice('tag '.length));
  if (commit === null || repair === null) return null;
  const at = shorten(commit);
  if (kind === 'message') return toReword(at, repair);
  if (removedIn !== null) return toTakeBack(what, { at, repair, removedIn });
  const stage = kind === 'name' ? MOVE : what.stageAgain;
  const use = kind === 'name' ? { use: 'give the file a name without it' } : {};
  if (repair.isLast) return { ...use, first: toCheckout(repair), commands: [stage, AMEND] };
  // A merge cannot be the target of a fixup: it is mended where it stands, and what follows goes on top of it.
  if (repair.isMerge) {
    return { ...use, first: `git checkout ${at}`, commands: [stage, AMEND, toRebaseOnto(at, repair)] };
  }
  const fixup = `git commit --fixup=${isSeveral ? 'COMMIT   (for each of them)' : at}`;
  return { ...use, first: toCheckout(repair), commands: [stage, fixup, toAutosquash(at, repair)] };
}

/** Commands behind one another on a line where there is room. */
export function joinCommands(commands: readonly string[], columns: number): string[] {
  const lines: string[] = [];
  for (const command of commands) {
    const joined = `${lines.at(-1)}   and   ${command}`;
    if (lines.length > 0 && joined.length <= columns) lines.splice(-1, 1, joined);
    else lines.push(command);
  }
  return lines;
}

function toReword(at: string, repair: Repair): RepairSteps {
  const use = 'take it out of the message';
  if (repair.isLast) return { first: toCheckout(repair), use, commands: ['git commit --amend'] };
  return { first: null, use, commands: [`git checkout ${at}`, 'git commit --amend', toRebaseOnto(at, repair)] };
}

/** The value is gone already, so the commit that brought it can have what came later. */
function toTakeBack(
  { stageAgain, file }: ToRepair,
  { at, repair, removedIn }: { readonly at: string; readonly repair: Repair; readonly removedIn: string },
): RepairSteps {
  const later = shorten(removedIn);
  const path = stageAgain.replace(/^git (?:add|rm --cached) /, '');
  const take = repair.isFileGone === true ? `git rm ${path}` : `git checkout ${later} -- ${path}`;
  return {
    first: null,
    use: `let ${at.slice(0, 7)} have ${file === null ? 'the files' : 'the file'} as ${later.slice(0, 7)} left ${file === null ? 'them' : 'it'}`,
    // It may have nothing left to record, and still it is what the others stand on.
    commands: [`git checkout ${at}`, take, `${AMEND} --allow-empty`, toRebaseOnto(at, repair)],
  };
}

function toNewTag(name: string): RepairSteps {
  const tag = toPathArgument(name) === name ? name : 'NAME';
  return {
    first: null,
    use: 'take it out of the message',
    commands: [`git tag -f -a ${tag} "${tag}^{}"`],
  };
}

function toNewRef(file: string): RepairSteps {
  if (file.startsWith('tag ')) {
    const commands = ['git tag NEW "OLD^{}"', 'git tag -d OLD'];
    return { first: null, use: 'give the tag a name without it', commands };
  }
  return { first: null, use: 'give the branch a name without it', commands: ['git branch -m OLD NEW'] };
}

function toCheckout({ isCheckedOut, branch }: Repair): string | null {
  return isCheckedOut ? null : `git checkout ${toBranchArgument(branch)}`;
}

// An editor that does nothing takes the list of steps as git has put it; `-c`, because every shell sets variables its own way.
function toAutosquash(at: string, { isRoot, hasMergeAfter }: Repair): string {
  const merges = hasMergeAfter ? ' -r' : '';
  return `git -c sequence.editor=: rebase -i${merges} --autosquash ${isRoot ? '--root' : `${at}~1`}`;
}

function toRebaseOnto(at: string, { hasMergeAfter, branch }: Repair): string {
  return `git rebase${hasMergeAfter ? ' -r' : ''} --onto HEAD ${at} ${toBranchArgument(branch)}`;
}

function toBranchArgument(branch: string): string {
  return toPathArgument(branch) ?? 'BRANCH';
}

/** Long enough to mean one commit in any repository. */
function shorten(commit: string): string {
  return commit.slice(0, 10);
}
