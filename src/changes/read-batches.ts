import { type BlobToRead, clearedChange, readBlobs, type SizeLimits, type Triage } from './blob-changes.js';
import type { ChangeOrSkip } from './change.js';
import { readCommitTexts } from './commit-texts.js';
import type { History } from './commits.js';
import type { Git } from './git.js';
import { type Batch, listBatches } from './list-batches.js';

/** A batch, and what the triage says of its blobs. */
interface Coming {
  readonly batch: Batch;
  readonly cleared: Promise<readonly (number | null)[]>;
}

interface Triaged {
  readonly limits: Required<SizeLimits>;
  readonly triage: Triage;
}

/**
 * The texts of many commits and the contents that they record. git begins to list them at once. While a batch is taken
 * here, others are on their way through the triage: what it clears is not read here, and everything else is, as if there
 * were none.
 */
export function readInBatches(
  git: Git,
  commits: readonly string[],
  options: {
    readonly limits: Required<SizeLimits>;
    readonly onEntry: History['onEntry'];
    readonly openTriage: () => Promise<Triage>;
  },
): AsyncIterable<ChangeOrSkip> {
  const { limits, onEntry, openTriage } = options;
  const batches = listBatches(git, commits, onEntry);
  return (async function* () {
    const triage = await openTriage();
    try {
      const coming = orderBatches(batches.next, { limits, triage });
      yield* readCommitTexts(git, commits);
      for (let next = await coming(); next !== undefined; next = await coming()) {
        yield* next.batch.names;
        yield* readSome(git, next.batch.blobs, { limits, cleared: await next.cleared });
      }
    } finally {
      batches.end();
      triage.end();
    }
  })();
}

/** Gives one batch after the other, each of which has been with the triage for as long as it keeps others. */
function orderBatches(next: () => Promise<Batch>, triaged: Triaged): () => Promise<Coming | undefined> {
  const queue: Promise<Coming | undefined>[] = [];
  let last: Promise<Coming | undefined> = Promise.resolve(undefined);
  let isFirst = true;
  const order = (): void => {
    const isStart = isFirst;
    isFirst = false;
    // One after the other: only the one before tells whether there are more.
    last = last.then(async (before) => {
      if (!isStart && (before === undefined || before.batch.isLast)) return undefined;
      const batch = await next();
      return { batch, cleared: look(batch.blobs, triaged) };
    });
    last.catch(() => {}); // whoever takes it is told
    queue.push(last);
  };
  // At once: other cores can work while the messages are read here.
  for (let count = 0; count < triaged.triage.width; count += 1) order();
  return async () => {
    order();
    return queue.shift();
  };
}

function look(blobs: readonly BlobToRead[], { limits, triage }: Triaged): Promise<readonly (number | null)[]> {
  if (blobs.length === 0) return Promise.resolve([]);
  return triage.look(
    blobs.map(({ oid, path, commit }) => ({
      oid,
      path,
      commit,
      maxBytes: Math.min(limits.wholeBytes, limits.maxBytesOf(path)),
    })),
  );
}

interface Some {
  readonly limits: Required<SizeLimits>;
  readonly cleared: readonly (number | null)[];
}

/** In the order of the commits, so that a finding names the first one. */
async function* readSome(
  git: Git,
  blobs: readonly BlobToRead[],
  { limits, cleared }: Some,
): AsyncGenerator<ChangeOrSkip> {
  let unread: BlobToRead[] = [];
  for (const [index, blob] of blobs.entries()) {
    const clearedBytes = cleared[index] ?? null;
    if (clearedBytes === null) {
      unread.push(blob);
      continue;
    }
    if (unread.length > 0) yield* readBlobs(git, unread, limits);
    unread = [];
    yield clearedChange(blob, clearedBytes);
  }
  if (unread.length > 0) yield* readBlobs(git, unread, limits);
}
