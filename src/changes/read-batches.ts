import { type BlobToRead, clearedChange, readBlobs, type SizeLimits, type Triage } from './blob-changes.js';
import type { Change, ChangeOrSkip } from './change.js';
import type { Git } from './git.js';

/** Some of what commits change, in the order of the commits. */
export interface Batch {
  readonly names: readonly Change[];
  readonly blobs: readonly BlobToRead[];
  readonly isLast: boolean;
}

/** A batch, and what the triage says of its blobs. */
interface Coming {
  readonly batch: Batch;
  readonly cleared: Promise<readonly (number | null)[]>;
}

interface ReadBatches {
  readonly limits: Required<SizeLimits>;
  readonly triage?: Triage | undefined;
}

/**
 * Reads batches to the last. With a triage, some of them are on their way through it while the first is taken: what it
 * clears is not read here, and everything else is, as if there were none.
 */
export function readBatches(
  git: Git,
  next: () => Promise<Batch>,
  { limits, triage }: ReadBatches,
): { read(): AsyncGenerator<ChangeOrSkip> } {
  const width = triage?.width ?? 1;
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
      return { batch, cleared: look(batch.blobs, { limits, triage }) };
    });
    last.catch(() => {}); // whoever takes it is told
    queue.push(last);
  };
  // At once: other cores can work while the messages are read here.
  if (triage !== undefined) for (let count = 0; count < width; count += 1) order();
  const read = async function* (): AsyncGenerator<ChangeOrSkip> {
    for (;;) {
      order();
      const coming = await queue.shift();
      if (coming === undefined) return;
      yield* coming.batch.names;
      yield* readSome(git, coming.batch.blobs, { limits, cleared: await coming.cleared });
    }
  };
  return { read };
}

function look(blobs: readonly BlobToRead[], { limits, triage }: ReadBatches): Promise<readonly (number | null)[]> {
  if (triage === undefined || blobs.length === 0) return Promise.resolve([]);
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
