import type { Git } from './git.js';
import { isZero, peelTip, resolveHead } from './tip.js';

/** A commit that a rewrite can start from, because a branch ends there. */
export interface BranchEnd {
  readonly oid: string;
  /** Its name as git takes it, or null for a commit without one. */
  readonly branch: string | null;
  readonly isCheckedOut: boolean;
  /** True for a tag: what is checked out by it is no branch. */
  readonly isDetached?: boolean;
  /** The whole name of a ref that is neither branch nor tag, such as `refs/notes/commits`. */
  readonly ref?: string;
  /** The tags that are pushed and lead here as well. */
  readonly tags?: readonly Tag[];
}

interface Tag {
  readonly name: string;
  readonly isAnnotated: boolean;
}

/** What is checked out, or null before the first commit. */
export async function readHeadEnd(git: Git): Promise<BranchEnd | null> {
  const oid = await resolveHead(git);
  if (oid === null) return null;
  // Exit code 1: HEAD names a commit and no branch.
  const { stdout } = await git.run(['symbolic-ref', '--quiet', 'HEAD'], { okCodes: [0, 1] });
  return { oid, branch: toBranch(stdout.toString().trim()), isCheckedOut: true };
}

/** The ends of what is pushed, by the local names. An expression such as `HEAD` stands for the branch that it is. */
export async function readPushedEnds(
  git: Git,
  refs: readonly { readonly localRef: string; readonly localOid: string }[],
): Promise<BranchEnd[]> {
  const head = await readHeadEnd(git);
  const ends = refs.flatMap(({ localRef, localOid }): BranchEnd[] => {
    if (localRef.startsWith('refs/tags/')) return [];
    const branch = toBranch(localRef);
    if (branch === null && head?.oid === localOid) return [head];
    const isCheckedOut = branch !== null && branch === head?.branch;
    const isOther = branch === null && localRef.startsWith('refs/');
    return [{ oid: localOid, branch, isCheckedOut, ...(isOther && { ref: localRef }) }];
  });
  const tags = refs.map(({ localRef, localOid }) => ({ ref: localRef, oid: localOid }));
  return withTags(git, { ends, tags, head });
}

/** Adds the tags to the ends that they name too. One that names another commit is an end by itself. */
export async function withTags(
  git: Git,
  pushed: {
    readonly ends: readonly BranchEnd[];
    readonly tags: readonly { readonly ref: string; readonly oid: string }[];
    /** What is checked out, which a tag may name though it is not pushed itself. */
    readonly head: BranchEnd | null;
  },
): Promise<BranchEnd[]> {
  const tags = pushed.tags.filter(({ ref, oid }) => ref.startsWith('refs/tags/') && !isZero(oid));
  const objects = tags.length === 0 ? new Map() : await git.catFile().sizes(tags.map(({ oid }) => oid));
  // By commit: a push may bring thousands of tags along.
  const tagsOf = new Map<string, Tag[]>();
  for (const { ref, oid } of tags) {
    const name = ref.slice('refs/tags/'.length);
    const { oid: commit, messages } = await peelTip(git, { oid, name }, objects.get(oid)?.type);
    const there = tagsOf.get(commit) ?? [];
    there.push({ name, isAnnotated: messages.length > 0 });
    tagsOf.set(commit, there);
  }
  const ends = pushed.ends.map((end) => {
    const here = tagsOf.get(end.oid);
    tagsOf.delete(end.oid); // of several ends at one commit, the first has them
    return here === undefined ? end : { ...end, tags: [...(end.tags ?? []), ...here] };
  });
  const others = [...tagsOf].map(([oid, here]): BranchEnd => {
    const end = pushed.head?.oid === oid ? pushed.head : { ...NO_BRANCH, oid, branch: `tags/${here[0]?.name}` };
    return { ...end, tags: [...(end.tags ?? []), ...here] };
  });
  return [...ends, ...others];
}

const NO_BRANCH = { isCheckedOut: false, isDetached: true };

function toBranch(ref: string): string | null {
  return ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null;
}
