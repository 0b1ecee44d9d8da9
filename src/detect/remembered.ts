import { type Hits, type Prefilter, toHitList } from './prefilter.js';

/** Finds all keywords in a text, which is most likely much like the last one at that path. */
export type PathPrefilter = (path: string, bytes: Buffer) => Hits;

/** So many bytes are kept, of texts up to a sixteenth of that. */
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
    if (bytes.length < fewestBytes || bytes.length > mostBytes / 16) return prefilter(bytes);
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
  const found = toHitList();
  const look = (from: number, to: number): void => {
    if (to < from) return;
    const start = Math.max(0, from - longest);
    found.take(prefilter(bytes.subarray(start, to)), start, { from, to });
  };
  let done = 0;
  for (const { at, oldAt, length } of commonParts(bytes, old.bytes)) {
    const from = at === 0 && oldAt === 0 ? 0 : at + longest;
    if (from > at + length) continue;
    look(done + 1, from - 1);
    found.take(old.hits, at - oldAt, { from, to: at + length });
    done = at + length;
  }
  look(done + 1, bytes.length);
  return found.done();
}

interface CommonPart {
  readonly at: number;
  readonly oldAt: number;
  readonly length: number;
}

/** After a difference, these lines further down are looked for in the old text, the nearest first. */
const tried = [1, 4, 16];
const anchorBytes = 48;
/** How far from where the texts parted it may stand, for each line that it is further down. */
const windowBytes = 1024;

/** Stretches that both texts have, in the order of both. Not all that there are: what is left out is only looked at again. */
function* commonParts(bytes: Buffer, old: Buffer): Generator<CommonPart> {
  let at = 0;
  let oldAt = 0;
  // What the search may cost: a text that is quite another is not searched for what it does not have.
  let budget = 16 * bytes.length;
  for (;;) {
    const length = commonLength({ bytes, at }, { bytes: old, at: oldAt });
    if (length > 0) yield { at, oldAt, length };
    at += length;
    oldAt += length;
    let found = -1;
    let line = at;
    for (let lines = 1; lines <= 16 && found < 0 && budget > 0; lines += 1) {
      line = bytes.indexOf(0x0a, line) + 1;
      if (line === 0 || line + anchorBytes > bytes.length) return;
      if (!tried.includes(lines)) continue;
      const window = old.subarray(oldAt, oldAt + windowBytes * lines);
      found = window.indexOf(bytes.subarray(line, line + anchorBytes));
      budget -= found < 0 ? window.length : found;
    }
    if (found < 0) return;
    at = line;
    oldAt += found;
  }
}

interface Place {
  readonly bytes: Buffer;
  readonly at: number;
}

/** For how many bytes both go on alike. */
function commonLength(a: Place, b: Place): number {
  const most = Math.min(a.bytes.length - a.at, b.bytes.length - b.at);
  const isAlike = (from: number, to: number): boolean =>
    a.bytes.compare(b.bytes, b.at + from, b.at + to, a.at + from, a.at + to) === 0;
  let length = 0;
  // Longer and longer steps, and from the first that differs shorter and shorter ones.
  let step = 256;
  for (; length + step <= most && isAlike(length, length + step); step *= 2) length += step;
  for (; step >= 64; step >>= 1) if (length + step <= most && isAlike(length, length + step)) length += step;
  while (length < most && a.bytes[a.at + length] === b.bytes[b.at + length]) length += 1;
  return length;
}
