import type { Hits, Prefilter } from './prefilter.js';

/** Finds all keywords in a text, which is most likely much like the last one at that path. */
export type PathPrefilter = (path: string, bytes: Buffer) => Hits;

/** So many bytes are kept, of texts up to a sixteenth of that. */
const mostBytes = 6 * 1024 * 1024;
/** Shorter texts are quicker to go through than to compare. */
const fewestBytes = 1024;

interface Seen {
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
    // A copy: the text may be a part of a much larger piece of git's output, which would be kept with it.
    seen.set(path, { bytes: Buffer.from(bytes), hits });
    held += bytes.length - (old?.bytes.length ?? 0);
    for (const [first, { bytes: oldest }] of seen) {
      if (held <= mostBytes) break;
      seen.delete(first);
      held -= oldest.length;
    }
    return hits;
  };
}

interface Again {
  readonly bytes: Buffer;
  readonly old: Seen;
  readonly longest: number;
}

function again(prefilter: Prefilter, { bytes, old, longest }: Again): Hits {
  const keywords: number[] = [];
  const ends: number[] = [];
  const take = (hits: Hits, shift: number, range: { readonly from: number; readonly to: number }): void => {
    for (let index = firstFrom(hits, range.from - shift); index < hits.count; index += 1) {
      const end = (hits.ends[index] ?? 0) + shift;
      if (end > range.to) return;
      keywords.push(hits.keywords[index] ?? 0);
      ends.push(end);
    }
  };
  const look = (from: number, to: number): void => {
    if (to < from) return;
    const start = Math.max(0, from - longest);
    take(prefilter(bytes.subarray(start, to)), start, { from, to });
  };
  let done = 0;
  for (const { at, oldAt, length } of commonParts(bytes, old.bytes)) {
    const from = at === 0 && oldAt === 0 ? 0 : at + longest;
    if (from > at + length) continue;
    look(done + 1, from - 1);
    take(old.hits, at - oldAt, { from, to: at + length });
    done = at + length;
  }
  look(done + 1, bytes.length);
  return { count: ends.length, keywords: Int32Array.from(keywords), ends: Int32Array.from(ends) };
}

/** The first hit that ends here or later; hits stand in the order of their ends. */
function firstFrom({ count, ends }: Hits, end: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) < end) low = middle + 1;
    else high = middle;
  }
  return low;
}

interface CommonPart {
  readonly at: number;
  readonly oldAt: number;
  readonly length: number;
}

/** After a difference, these lines further down are looked for in the old text, the nearest first. */
const tried = [1, 2, 4, 8, 16];
const anchorBytes = 48;
/** How far from where the texts parted it may stand, for each line that it is further down. */
const windowBytes = 2048;

/** Stretches that both texts have, in the order of both. Not all that there are: what is left out is only looked at again. */
function* commonParts(bytes: Buffer, old: Buffer): Generator<CommonPart> {
  let at = 0;
  let oldAt = 0;
  // What the search may cost: a text that is quite another is not searched for what it does not have.
  let budget = 16 * bytes.length;
  for (;;) {
    const length = commonLength(bytes.subarray(at), old.subarray(oldAt));
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

function commonLength(a: Buffer, b: Buffer): number {
  const most = Math.min(a.length, b.length);
  let length = 0;
  for (let step = 512; length + step <= most && a.compare(b, length, length + step, length, length + step) === 0; ) {
    length += step;
  }
  while (length < most && a[length] === b[length]) length += 1;
  return length;
}
