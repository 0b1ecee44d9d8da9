import { type BlobToRead, readAhead, readBlobs, type SizeLimits } from './blob-changes.js';
import type { Change, ChangeOrSkip } from './change.js';
import { changedContents } from './changed-contents.js';
import { prefetchCommits, readCommitTexts } from './commit-texts.js';
import type { History } from './commits.js';
import { diffTreeAtOnce } from './diff-tree.js';
import type { Git } from './git.js';

/**
 * The texts of a few commits and the contents that they record. Each git is waited for, which takes half the time of two
 * that work side by side, as long as there is little to read.
 */
export async function readFew(
  git: Git,
  commits: readonly string[],
  { limits, onEntry }: { readonly limits: Required<SizeLimits>; readonly onEntry: History['onEntry'] },
): Promise<AsyncIterable<ChangeOrSkip>> {
  const look = changedContents(onEntry);
  const names: Change[] = [];
  const blobs: BlobToRead[] = [];
  for (const entry of await diffTreeAtOnce(git, commits)) {
    const { name, blob } = look(entry);
    if (name !== undefined) names.push(name);
    if (blob !== undefined) blobs.push(blob);
  }
  prefetchCommits(git, commits);
  const ahead = readAhead(git, blobs, limits);
  return (async function* () {
    yield* readCommitTexts(git, commits);
    yield* names;
    yield* readBlobs(git, blobs, { ...limits, ahead });
  })();
}
