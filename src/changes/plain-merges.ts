import { diffTree } from './diff-tree.js';
import type { Git } from './git.js';
import { pathText } from './path-text.js';

/** A merge and what it was made of. */
export interface Merge {
  readonly commit: string;
  readonly parents: readonly string[];
}

/** What each path has become: its mode and blob, and what it was called before. */
type Changed = ReadonlyMap<string, string>;

/**
 * Whether a merge is nothing but what both sides changed, each in files of its own. A rebase makes such a one again as it
 * was. Of any other it may stop, or leave out without a word what was decided by hand: the rebase knows the sides alone.
 * Nothing is merged for this, since the repository's settings can name programs that merge.
 */
export async function isPlainMerge(git: Git, { commit, parents }: Merge): Promise<boolean> {
  const [ours, theirs, ...more] = parents;
  if (ours === undefined || theirs === undefined || more.length > 0) return false;
  // Exit code 1: the sides have nothing in common.
  const { stdout } = await git.run(['merge-base', '--all', ours, theirs], { okCodes: [0, 1] });
  const [base, ...others] = stdout.toString('latin1').split(/\r?\n/).filter(Boolean);
  if (base === undefined || others.length > 0) return false;
  const changes = await readChanges(git, [
    [ours, base],
    [theirs, base],
    [commit, ours],
  ]);
  const [byOurs, byTheirs, byMerge] = [ours, theirs, commit].map((oid): Changed => changes.get(oid) ?? new Map());
  if (byOurs === undefined || byTheirs === undefined || byMerge === undefined) return false;
  return [...byTheirs.keys()].every((path) => !byOurs.has(path)) && isSame(byTheirs, byMerge);
}

/** What turns the second of each pair into the first. One process for all of them. */
async function readChanges(
  git: Git,
  pairs: readonly (readonly [string, string])[],
): Promise<ReadonlyMap<string, Changed>> {
  const changes = new Map<string, Map<string, string>>();
  // Given with another commit, a commit is compared with that one instead of its parents.
  for await (const entries of diffTree(
    git,
    pairs.map((pair) => pair.join(' ')),
  )) {
    for (const { commit, mode, oid, path, oldPath } of entries) {
      const changed = changes.get(commit) ?? new Map<string, string>();
      changes.set(commit, changed);
      changed.set(pathText(path), `${mode} ${oid}`);
      if (oldPath !== undefined) changed.set(pathText(oldPath), 'renamed');
    }
  }
  return changes;
}

function isSame(one: Changed, other: Changed): boolean {
  return one.size === other.size && [...one].every(([path, state]) => other.get(path) === state);
}
