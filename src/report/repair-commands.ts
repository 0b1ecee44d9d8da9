import type { Repair } from '../finding.js';
import { toPathArgument } from './path-argument.js';

/** The steps of a repair: what comes before the edit, what the edit is in words, and the commands behind it. */
export interface RepairSteps {
  /** Commands, to be run before anything else. */
  readonly first: readonly string[];
  /** Undefined where the edit is what the fix of the file says. */
  readonly use?: string;
  readonly commands: readonly string[];
  /** What is left to be done then, in words. */
  readonly rest?: readonly string[];
}

/** Between commands on one line. */
export const AND = '   and   ';
export const AMEND = 'git commit --amend --no-edit';
export const MOVE = 'git mv OLD NEW';
/** How a file that has no place in git stays out: by what the edit before was about. */
export const IGNORE = 'git add .gitignore';
/** Where only that file was in the commit, nothing may be left to record. */
export const AMEND_EMPTY = `${AMEND} --allow-empty`;
/** A rebase stops where a later commit changes the same lines. */
export const AT_CONFLICT = '(at a conflict: mend the file, git add it, git rebase --continue)';
/** So many tags are named; a build may tag a commit with dozens. */
const MOST_TAGS = 3;
const GO_BACK = 'git checkout -';
const PUSH_HEAD = '(then push HEAD in its place)';
/** What fits on a line behind the command. */
const MOST_JOINED = 3;

export const IDENTITY = 'set user.name and user.email without it';

/** Commands behind one another on a line where there is room. */
export function joinCommands(commands: readonly string[], columns: number): string[] {
  const lines: string[] = [];
  for (const command of commands) {
    const joined = `${lines.at(-1)}${AND}${command}`;
    if (lines.length > 0 && joined.length <= columns) lines.splice(-1, 1, joined);
    else lines.push(command);
  }
  return lines;
}

/** The same steps, and then what named the old commit and is pushed as well. */
export function withRefsAgain(steps: RepairSteps, repairs: readonly Repair[]): RepairSteps {
  const again = new Set(repairs.flatMap(toRefsAgain));
  const left = Math.max(0, ...repairs.map(({ tags = [] }) => tags.length - MOST_TAGS));
  const rest = [
    ...(steps.rest ?? []),
    ...(left > 0 ? [`(and the same for ${left} more ${left > 1 ? 'tags' : 'tag'})`] : []),
    ...(repairs.some(isNameless) ? [PUSH_HEAD] : []),
  ];
  return { ...steps, commands: [...steps.commands, ...again], rest };
}

/** Tags, and a ref such as that of git's notes, which is not what somebody works on. */
function toRefsAgain({ tags = [], ref }: Repair): string[] {
  const tagged = tags.slice(0, MOST_TAGS).map(({ name, isAnnotated }) => toTag(name, isAnnotated));
  return ref === undefined ? tagged : [...tagged, `git update-ref ${toPathArgument(ref) ?? 'REF'} HEAD`, GO_BACK];
}

/** A tag made again, of what is checked out. */
export function toTag(name: string, isAnnotated: boolean): string {
  return `git tag -f ${isAnnotated ? '-a ' : ''}${toPathArgument(name) ?? 'TAG'}`;
}

/** True where an expression is pushed, such as `topic~1`: no name leads to what was mended. */
function isNameless({ isDetached, isCheckedOut, tags = [], ref }: Repair): boolean {
  return isDetached === true && !isCheckedOut && tags.length === 0 && ref === undefined;
}

export function toCheckout({ isCheckedOut, branch }: Repair): string[] {
  return isCheckedOut ? [] : [`git checkout ${toBranchArgument(branch)}`];
}

// Not by `--fixup`, which writes the subject: another commit may have the same.
export function toFixup(at: string): string {
  return `git commit -m "fixup! ${at}"`;
}

// An editor that does nothing takes the list of steps as git has put it; `-c`, because every shell sets variables its own way.
export function toAutosquash(at: string, { isRoot, hasMergeAfter }: Repair): string {
  const merges = hasMergeAfter ? ' -r' : '';
  return `git -c sequence.editor=: rebase -i${merges} --autosquash ${toParent(at, isRoot)}`;
}

export function toRebaseOnto(at: string, { hasMergeAfter, branch }: Repair): string {
  return `git rebase${hasMergeAfter ? ' -r' : ''} --onto HEAD ${at} ${toBranchArgument(branch)}`;
}

/** What a rebase starts from when the commit itself is to be rewritten. */
export function toParent(at: string, isRoot: boolean): string {
  return isRoot ? '--root' : `${at}~1`;
}

/** All commits of the branch from the first bad one on become one, which is what works in every case. */
function toSquash({ base, isDetached }: Repair): string[] {
  if (base !== null) return [`git reset --soft ${shorten(base)}`];
  return [isDetached === true ? 'git checkout --orphan NEW' : 'git update-ref -d HEAD'];
}

/** Right in every case: nothing is done to the files, nothing to be merged, and what commits decided by hand stays. */
export function toOneCommit(repair: Repair, staging: readonly string[]): RepairSteps {
  return {
    first: [...toCheckout(repair), ...toSquash(repair)],
    commands: [...staging, 'git commit', ...toJoin(repair)],
    rest: ['(the commits since then become one; git reflog keeps the old ones)'],
  };
}

/** What merges had brought in is there already; that it was merged is told again. */
function toJoin({ joined }: Repair): string[] {
  const last = joined.slice(-MOST_JOINED);
  return last.length === 0 ? [] : [`git merge -s ours --no-ff --no-edit ${last.map(shorten).join(' ')}`];
}

function toBranchArgument(branch: string): string {
  return toPathArgument(branch) ?? 'BRANCH';
}

/** Long enough to mean one commit in any repository. */
export function shorten(commit: string): string {
  return commit.slice(0, 10);
}
