import type { Span } from './match.js';
import type { Stretch } from './stretch.js';

/** A shorter run of digits holds no secret: 16 characters take 22 digits. */
export const runLength = 22;

/** So many digits at the beginning of a run tell whether text stands in it: chance lets one in 6,000 pass. */
const toldBy = 12;

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

/** Runs of digits of base64 that begin like text, in the order of a text: start and end of each, the end exclusive. */
export type Runs = Int32Array;

export function base64Runs(bytes: Uint8Array): Runs {
  const runs: number[] = [];
  let start = 0;
  for (let index = 0; index <= bytes.length; index += 1) {
    if (index < bytes.length && digitOf[bytes[index] ?? 0] !== noDigit) continue;
    if (index - start >= runLength && beginsLikeText(bytes, start)) runs.push(start, index);
    start = index + 1;
  }
  return Int32Array.from(runs);
}

function beginsLikeText(bytes: Uint8Array, start: number): boolean {
  for (let at = start; at < start + toldBy; at += 4) {
    const [a = 0, b = 0, c = 0, d = 0] = [0, 1, 2, 3].map((next) => digitOf[bytes[at + next] ?? 0] ?? 0);
    const group = (a << 18) | (b << 12) | (c << 6) | d;
    if ([group >> 16, (group >> 8) & 255, group & 255].some((byte) => isInText[byte] === 0)) return false;
  }
  return true;
}

/**
 * What of a text is text in base64, decoded, in its order. Of one that was broken into lines, each is a stretch, and so is
 * what parts them. One by one: a large file can have a million of them.
 */
export function* base64Stretches(bytes: Buffer, runs: Runs): Generator<Stretch> {
  let done = 0;
  for (let index = 0; index < runs.length; index += 2) {
    const run = { start: runs[index] ?? 0, end: runs[index + 1] ?? 0 };
    if (run.start < done) continue; // a line of the text before
    for (const line of linesFrom(bytes, run)) {
      yield line;
      done = line.end;
    }
  }
}

/** The text that begins in a run; nothing where it is none. */
function* linesFrom(bytes: Buffer, run: Span): Generator<Stretch> {
  let at = run.start;
  for (let next: Span | undefined = run; next !== undefined; next = nextLine(bytes, next)) {
    const decoded = Buffer.from(bytes.toString('latin1', next.start, next.end), 'base64');
    if (control.test(decoded.toString('latin1'))) return;
    if (next.start > at) yield { start: at, end: next.start, bytes: nothing, kind: 'base64' };
    at = endOfPadding(bytes, next.end);
    yield { start: next.start, end: at, bytes: decoded, kind: 'base64' };
  }
}

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
