import type { BlobToRead } from './blob-changes.js';
import type { Change } from './change.js';
import { type ChangedContent, changedContents } from './changed-contents.js';
import type { History } from './commits.js';
import { diffTree } from './diff-tree.js';
import type { Git } from './git.js';
import type { RawEntry } from './raw-diff.js';

/** Some of what commits change, in the order of the commits. */
export interface Batch {
  readonly names: readonly Change[];
  readonly blobs: readonly BlobToRead[];
  readonly isLast: boolean;
}

/** Batches on their way. */
export interface Batches {
  /** The next one; an empty last one where there is none. */
  next(): Promise<Batch>;
  /** Ends git, where nobody asks any more. */
  end(): void;
}

// Enough to keep git busy while we scan, and little enough to hold. Each batch is a git that starts anew.
const BATCH = 2000;

/** The changed contents in batches. The next one is looked for while the one before is scanned: git has a core of its own. */
export function listBatches(git: Git, commits: readonly string[], onEntry: History['onEntry']): Batches {
  const entries = diffTree(git, commits);
  const look = changedContents(onEntry);
  let coming: Promise<Batch> | undefined;
  const gather = (): Promise<Batch> => {
    const batch = gatherBatch(entries, look);
    batch.catch(() => {}); // whoever takes the batch is told; if nobody does, the run has failed already
    return batch;
  };
  coming = gather();
  return {
    next: async () => {
      const batch = (await coming) ?? { names: [], blobs: [], isLast: true };
      coming = batch.isLast ? undefined : gather();
      return batch;
    },
    end: () => {
      entries.return(undefined).catch(() => {});
    },
  };
}

async function gatherBatch(
  entries: AsyncGenerator<readonly RawEntry[]>,
  look: (entry: RawEntry) => ChangedContent,
): Promise<Batch> {
  const names: Change[] = [];
  const blobs: BlobToRead[] = [];
  // Not `for await`, which would end the generator when it is left.
  for (let next = await entries.next(); next.done !== true; next = await entries.next()) {
    for (const entry of next.value) {
      const { name, blob } = look(entry);
      if (name !== undefined) names.push(name);
      if (blob !== undefined) blobs.push(blob);
    }
    if (blobs.length + names.length >= BATCH) return { names, blobs, isLast: false };
  }
  return { names, blobs, isLast: true };
}
