import type { Unpack } from './gzip.js';
import type { Span } from './match.js';
import type { Stretch } from './stretch.js';

/** A shorter run of digits holds no secret: 16 characters take 22 digits. */
export const runLength = 22;

/** Shorter lines are no lines of a text that was broken. */
const leastLine = 40;

/** White space between two lines: an indentation is seldom deeper. */
const mostSpace = 40;

const alphabets = [
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
];

export const noDigit = 255;

/** By byte: what it is worth as a digit of base64 in either alphabet, or `noDigit`. */
export const digitOf = Uint8Array.from({ length: 256 }, (_, byte) => {
  const values = alphabets.map((alphabet) => alphabet.indexOf(String.fromCharCode(byte)));
  const value = Math.max(...values);
  return value < 0 ? noDigit : value;
});

/** By byte: 1 for what a text begins with, as far as it is ASCII. */
export const isInText = Uint8Array.from({ length: 256 }, (_, byte) =>
  (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d ? 1 : 0,
);

const control = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/;

/** How gzip begins (RFC 1952): two bytes that say so, and the one method that there is. */
const gzipHead = 0x1f8b08;

/** Runs of digits of base64 that may hold text, in the order of a text: start and end of each, the end exclusive. */
export type Runs = Int32Array;

export function base64Runs(bytes: Uint8Array): Runs {
  const runs: number[] = [];
  let start = 0;
  for (let index = 0; index <= bytes.length; index += 1) {
    if (index < bytes.length && digitOf[bytes[index] ?? 0] !== noDigit) continue;
    if (index - start >= runLength && mayHoldText(bytes, start)) runs.push(start, index);
    start = index + 1;
  }
  return Int32Array.from(runs);
}

/** Whether it begins like text, gzip, or text in UTF-16. Twelve digits tell: chance lets one in 6,000 pass. */
function mayHoldText(bytes: Uint8Array, at: number): boolean {
  const [first, second, third] = [groupAt(bytes, at), groupAt(bytes, at + 4), groupAt(bytes, at + 8)];
  if (first === gzipHead) return true;
  if (isText(first)) return isText(second) && isText(third);
  if ((first & 0x00ff00) !== 0 || (second & 0xff00ff) !== 0 || (third & 0x00ff00) !== 0) return false;
  // With a space for each NUL between its characters, it is text.
  return isText(first | 0x002000) && isText(second | 0x200020) && isText(third | 0x002000);
}

/** The three bytes in four digits. */
function groupAt(bytes: Uint8Array, at: number): number {
  let group = 0;
  for (let index = at; index < at + 4; index += 1) group = (group << 6) | (digitOf[bytes[index] ?? 0] ?? 0);
  return group;
}

function isText(group: number): boolean {
  return isInText[group >> 16] === 1 && isInText[(group >> 8) & 255] === 1 && isInText[group & 255] === 1;
}

/**
 * What of a text is text in base64, decoded, in its order. Of one that was broken into lines, each is a stretch, and so is
 * what parts them. One by one: a large file can have a million of them. What was packed is one stretch.
 */
export function* base64Stretches(bytes: Buffer, runs: Runs, unpack: Unpack): Generator<Stretch> {
  let done = 0;
  for (let index = 0; index < runs.length; index += 2) {
    const run = { start: runs[index] ?? 0, end: runs[index + 1] ?? 0 };
    if (run.start < done) continue; // a line of the text before
    done = yield* isText(groupAt(bytes, run.start)) ? linesFrom(bytes, run) : packedFrom(bytes, run, unpack);
  }
}

/** The text that begins in a run; nothing where it is none. Gives where it ends. */
function* linesFrom(bytes: Buffer, run: Span): Generator<Stretch, number> {
  let at = run.start;
  for (let next: Span | undefined = run; next !== undefined; next = nextLine(bytes, next)) {
    const decoded = Buffer.from(bytes.toString('latin1', next.start, next.end), 'base64');
    if (control.test(decoded.toString('latin1'))) return at;
    if (next.start > at) yield { start: at, end: next.start, bytes: nothing, kind: 'base64', isWhole: false };
    at = endOfPadding(bytes, next.end);
    yield { start: next.start, end: at, bytes: decoded, kind: 'base64', isWhole: false };
  }
  return at;
}

/** The gzip or UTF-16 that begins in a run, in however many lines. Gives where it ends, also where it holds nothing. */
function* packedFrom(bytes: Buffer, run: Span, unpack: Unpack): Generator<Stretch, number> {
  const lines: string[] = [];
  let end = run.end;
  for (let next: Span | undefined = run; next !== undefined; next = nextLine(bytes, next)) {
    lines.push(bytes.toString('latin1', next.start, next.end));
    end = endOfPadding(bytes, next.end);
  }
  const packed = Buffer.from(lines.join(''), 'base64');
  const isGzip = groupAt(bytes, run.start) === gzipHead;
  const text = isGzip ? unpack(packed) : narrowed(packed);
  if (text !== undefined) {
    yield { start: run.start, end, bytes: text, kind: isGzip ? 'gzip' : 'base64', isWhole: true };
  }
  return end;
}

/** UTF-16LE with one byte for each unit, whatever is no ASCII as a byte that is none; undefined for what is no text. */
function narrowed(wide: Buffer): Buffer | undefined {
  const text = Buffer.alloc(wide.length >> 1);
  for (let index = 0; index < text.length; index += 1) {
    text[index] = wide[2 * index + 1] === 0 ? (wide[2 * index] ?? 0) : noAscii;
  }
  return control.test(text.toString('latin1')) ? undefined : text;
}

const noAscii = 0xff;

const nothing = Buffer.alloc(0);

/** The digits of the next line, where a line is full of them and the next has nothing else either. */
function nextLine(bytes: Buffer, { start, end }: Span): Span | undefined {
  const length = end - start;
  if (length < leastLine || length % 4 !== 0) return undefined;
  const gap = /^[ \t]*\r?\n[ \t]*/.exec(bytes.toString('latin1', end, end + mostSpace))?.[0];
  if (gap === undefined) return undefined;
  const from = end + gap.length;
  const line = /^[\w+/-]{2,}(?=={0,2}[ \t]*(?:$|[\r\n"'`<]))/.exec(bytes.toString('latin1', from, from + length + 3));
  return line === null ? undefined : { start: from, end: from + line[0].length };
}

function endOfPadding(bytes: Buffer, end: number): number {
  const padding = /^={0,2}/.exec(bytes.toString('latin1', end, end + 2))?.[0] ?? '';
  return end + padding.length;
}
