import { type Hits, type Prefilter, toHitList } from './prefilter.js';
import { mostCompared } from './program.js';

/** Finds all keywords in a text, which is most likely much like the last one at that path. */
export type PathPrefilter = (path: string, bytes: Buffer) => Hits;

/** So many bytes are kept. */
const mostBytes = 6 * 1024 * 1024;
/** Shorter texts are quicker to go through than to compare. */
const fewestBytes = 1024;

interface Seen {
  /** The text, in memory that the next text at this path is written to. */
  readonly bytes: Buffer;
  readonly hits: Hits;
}

/**
 * Remembers the last text at each path: in a history a file comes again and again with a few lines changed, and only those
 * need a look. The hits are exactly those of the whole text: one that ends somewhere depends on no more bytes before it
 * than the longest keyword has.
 */
export function toPathPrefilter(prefilter: Prefilter, longest: number): PathPrefilter {
  const seen = new Map<string, Seen>();
  let held = 0;
  return (path, bytes) => {
    if (bytes.length < fewestBytes || bytes.length > mostCompared) return prefilter(bytes);
    const old = seen.get(path);
    const hits = old === undefined ? prefilter(bytes) : again(prefilter, { bytes, old, longest });
    // Put in again, so that the one that nobody asks for any more is the first.
    seen.delete(path);
    const kept = keep(bytes, old?.bytes);
    seen.set(path, { bytes: kept, hits });
    held += kept.buffer.byteLength - (old?.bytes.buffer.byteLength ?? 0);
    for (const [first, { bytes: oldest }] of seen) {
      if (held <= mostBytes) break;
      seen.delete(first);
      held -= oldest.buffer.byteLength;
    }
    return hits;
  };
}

/** A copy, in the memory of the text before it where that has room: new memory for each of thousands of texts is slow. */
function keep(bytes: Buffer, old: Buffer | undefined): Buffer {
  const room = old?.buffer ?? new ArrayBuffer(0);
  const memory = room.byteLength >= bytes.length ? room : new ArrayBuffer(Math.ceil(bytes.length * 1.25));
  const kept = Buffer.from(memory, 0, bytes.length);
  bytes.copy(kept);
  return kept;
}

interface Again {
  readonly bytes: Buffer;
  readonly old: Seen;
  readonly longest: number;
}

function again(prefilter: Prefilter, { bytes, old, longest }: Again): Hits {
  const parts = prefilter.commonParts(bytes, old.bytes);
  if (parts === undefined) return prefilter(bytes);
  const found = toHitList();
  const look = (from: number, to: number): void => {
    if (to < from) return;
    const start = Math.max(0, from - longest);
    found.take(prefilter(bytes.subarray(start, to)), start, { from, to });
  };
  let done = 0;
  for (let index = 0; index < parts.length; index += 3) {
    const [at = 0, oldAt = 0, length = 0] = [parts[index], parts[index + 1], parts[index + 2]];
    const from = at === 0 && oldAt === 0 ? 0 : at + longest;
    if (from > at + length) continue;
    look(done + 1, from - 1);
    found.take(old.hits, at - oldAt, { from, to: at + length });
    done = at + length;
  }
  look(done + 1, bytes.length);
  return found.done();
}
