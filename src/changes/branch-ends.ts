import type { Git } from './git.js';

/** A commit that a rewrite can start from, because a branch ends there. */
export interface BranchEnd {
  readonly oid: string;
  /** Its name as git takes it, or null for a commit without one. */
  readonly branch: string | null;
  readonly isCheckedOut: boolean;
}

/** What is checked out, or null before the first commit. */
export async function readHeadEnd(git: Git): Promise<BranchEnd | null> {
  const okCodes = [0, 1];
  const head = await git.run(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], { okCodes });
  if (head.code !== 0) return null;
  // Exit code 1: HEAD names a commit and no branch.
  const { stdout } = await git.run(['symbolic-ref', '--quiet', 'HEAD'], { okCodes });
  return { oid: head.stdout.toString().trim(), branch: toBranch(stdout.toString().trim()), isCheckedOut: true };
}

/** The ends of what is pushed, by the local names. An expression such as `HEAD` stands for the branch that it is. */
export async function readPushedEnds(
  git: Git,
  refs: readonly { readonly localRef: string; readonly localOid: string }[],
): Promise<BranchEnd[]> {
  const head = await readHeadEnd(git);
  return refs.map(({ localRef, localOid }) => {
    const branch = toBranch(localRef);
    if (branch === null && head?.oid === localOid) return head;
    return { oid: localOid, branch, isCheckedOut: branch !== null && branch === head?.branch };
  });
}

function toBranch(ref: string): string | null {
  return ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null;
}
