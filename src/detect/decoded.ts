import { base64Stretches, type Runs } from './base64-runs.js';
import { escapes } from './escapes.js';
import type { Unpack } from './gzip.js';
import type { Match, Span } from './match.js';
import type { Stretch } from './stretch.js';

/** A part of a text in which everything stands as it is meant. */
export interface Decoded {
  readonly bytes: Buffer;
  /** A match in it, where it stands in the text; undefined where nothing of it is written in another way there. */
  readonly toSource: (match: Match) => Match | undefined;
}

/** So much around what is written in another way is looked at with it: what it is called, and whose it is. */
const reach = 8 * 1024;

/** A part is not much longer than that, however close together such stretches stand. */
const mostBytes = 256 * 1024;

/** What is known of a text. */
export interface Known {
  /** Whether a word stands in it of which a secret could be made, or what may hide one. Else it is not searched for escapes. */
  readonly hasWord: boolean;
  /** Whether it may be a mail. What was decoded still has the headers around it, and would be decoded as one again. */
  readonly mayBeMail: boolean;
  /** Where text in base64 may stand in it. */
  readonly runs: Runs;
  /** Unpacks what stands in gzip there. */
  readonly unpack: Unpack;
}

/**
 * The parts of a text in which something is written in another way: characters as an address, a string, HTML or a mail writes them, and
 * text in base64, also in gzip or UTF-16.
 */
export function* decodedParts(bytes: Buffer, known: Known): Generator<Decoded> {
  let part: Stretch[] = [];
  let [start, end] = [0, 0];
  for (const stretch of allStretches(bytes, known)) {
    if (part.length > 0 && (stretch.start > end || stretch.start > start + mostBytes)) {
      yield toDecoded(bytes, { start, end }, part);
      part = [];
    }
    if (part.length === 0) start = Math.max(0, stretch.start - reach);
    part.push(stretch);
    end = Math.min(bytes.length, stretch.end + reach);
  }
  if (part.length > 0) yield toDecoded(bytes, { start, end }, part);
}

/** In order. Base64 that has an escape in it is left for when that is none any more. */
function* allStretches(bytes: Buffer, { hasWord, mayBeMail, runs, unpack }: Known): Generator<Stretch> {
  const escaped = hasWord ? escapes(bytes, mayBeMail) : [][Symbol.iterator]();
  let next = escaped.next();
  let before = -1;
  for (const encoded of base64Stretches(bytes, runs, unpack)) {
    for (; next.done !== true && next.value.start < encoded.start; next = escaped.next()) {
      yield next.value;
      before = next.value.end;
    }
    const isFollowed = next.done !== true && next.value.start <= encoded.end;
    if (encoded.start !== before && !isFollowed) yield encoded;
  }
  for (; next.done !== true; next = escaped.next()) yield next.value;
}

/** A stretch, and where what it stands for begins and ends. */
interface Placed {
  readonly stretch: Stretch;
  readonly start: number;
  readonly end: number;
}

function toDecoded(source: Buffer, { start, end }: Span, stretches: readonly Stretch[]): Decoded {
  const pieces: Buffer[] = [];
  const placed: Placed[] = [];
  let at = start;
  let length = 0;
  for (const stretch of stretches) {
    pieces.push(source.subarray(at, stretch.start), stretch.bytes);
    length += stretch.start - at;
    placed.push({ stretch, start: length, end: length + stretch.bytes.length });
    length += stretch.bytes.length;
    at = stretch.end;
  }
  const bytes = Buffer.concat([...pieces, source.subarray(at, Math.max(at, end))]);
  const toSpan = (span: Span): Span => ({
    start: toSource(placed, start, { offset: span.start, isEnd: false }),
    end: toSource(placed, start, { offset: span.end, isEnd: true }),
  });
  return {
    bytes,
    toSource: (match) => {
      const first = firstWhere(placed, (one) => one.end > match.whole.start);
      const behind = firstWhere(placed, (one) => one.start >= match.whole.end);
      const own = placed.slice(first, behind);
      const isBeside = isEscapeAt(placed[first - 1], match.whole.start) || isEscapeAt(placed[behind], match.whole.end);
      // What was decoded further in counts, and so does what an escape parts from a word: without it, it would be one.
      if (own.length === 0 && match.meant === undefined && !isBeside) return undefined;
      // A copy: it must not keep the whole part alive.
      const meant = match.meant ?? Buffer.from(bytes.subarray(match.start, match.end));
      return { ...moved(match, toSpan, own), meant };
    },
  };
}

function isEscapeAt(placed: Placed | undefined, offset: number): boolean {
  return placed?.stretch.kind === 'escape' && (placed.start === offset || placed.end === offset);
}

/** The number of the first for which something holds that holds for all behind it too. */
function firstWhere(placed: readonly Placed[], holds: (one: Placed) => boolean): number {
  let low = 0;
  let high = placed.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = placed[middle];
    if (one !== undefined && holds(one)) high = middle;
    else low = middle + 1;
  }
  return low;
}

interface Place {
  readonly offset: number;
  readonly isEnd: boolean;
}

/** The offset in the source of an offset in the decoded bytes. */
function toSource(placed: readonly Placed[], from: number, { offset, isEnd }: Place): number {
  const last = placed[firstWhere(placed, ({ start }) => (isEnd ? start >= offset : start > offset)) - 1];
  if (last === undefined) return from + offset;
  const { stretch, start, end } = last;
  if (isEnd ? offset > end : offset >= end) return stretch.end + offset - end;
  if (stretch.isWhole) return isEnd ? stretch.end : stretch.start;
  const groups = (offset - start) / 3;
  return Math.min(stretch.end, stretch.start + (isEnd ? Math.ceil(groups) : Math.floor(groups)) * 4);
}

/** Whether a match was in base64 where it stands. */
export function isInBase64({ format }: Match): boolean {
  return format.title.endsWith(inBase64);
}

function moved(match: Match, toSpan: (span: Span) => Span, own: readonly Placed[]): Match {
  const { format, companions } = match;
  const kinds = isInBase64(match) ? [] : own.map(({ stretch }) => stretch.kind);
  const way = kinds.includes('gzip') ? `, gzipped${inBase64}` : inBase64;
  const isNew = kinds.some((kind) => kind !== 'escape');
  return {
    ...match,
    ...toSpan(match),
    whole: toSpan(match.whole),
    companions: companions.map((companion) => ({ ...companion, ...toSpan(companion) })),
    format: isNew ? { ...format, title: `${format.title}${way}` } : format,
  };
}

const inBase64 = ', in base64';
