import type { Repair } from '../finding.js';
import {
  AMEND,
  IDENTITY,
  type RepairSteps,
  toCheckout,
  toOneCommit,
  toParent,
  toRebaseOnto,
} from './repair-commands.js';

const AS_OTHER = `${AMEND} --reset-author`;

/** The edit in words. */
export function toHeaderUse(file: string): string {
  return file === 'commit author' || file === 'commit committer'
    ? IDENTITY
    : 'make the commit again without these lines';
}

/** How the header of a commit is written anew: `commit author`, `commit committer`, `commit header`, `commit mergetag`. */
export function toHeaderSteps(file: string, at: string, repair: Repair): RepairSteps {
  if (file === 'commit author') return toOtherAuthor(at, repair);
  const isCommitter = file === 'commit committer';
  const use = toHeaderUse(file);
  if (!isCommitter && repair.isMerge) return { first: [], use, commands: toMergeAgain(at, repair) };
  // A rebase hands lines that git does not know to no new commit; an amend does.
  const mend = isCommitter ? AMEND : `git rebase --no-ff ${toParent(at, repair.isRoot)}`;
  if (repair.isLast) return { first: toCheckout(repair), use, commands: [mend] };
  return { first: [], use, commands: [`git checkout ${at}`, mend, toRebaseOnto(at, repair)] };
}

/** All commits from this one on most likely have the same author. */
function toOtherAuthor(at: string, repair: Repair): RepairSteps {
  if (repair.isLast) return { first: toCheckout(repair), use: IDENTITY, commands: [AS_OTHER] };
  // A merge may bring in what others have written, and they are to stay its authors.
  if (repair.hasMergeAfter || repair.isMerge) {
    return { use: IDENTITY, ...toOneCommit(repair, []) };
  }
  const commands = [`git rebase -x "${AS_OTHER}" ${toParent(at, repair.isRoot)}`];
  return { first: toCheckout(repair), use: `${IDENTITY} (all of them become yours)`, commands };
}

/** The same merge with the same content, and without the tag that it was made of. */
function toMergeAgain(at: string, repair: Repair): string[] {
  return [
    `git checkout ${at}~1`,
    `git merge -s ours --no-ff --no-commit "${at}^2"`,
    `git read-tree -u --reset ${at}`,
    `git commit -C ${at}`,
    toRebaseOnto(at, repair),
  ];
}
