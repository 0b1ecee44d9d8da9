import { isInText } from './base64-runs.js';
import { quotedPrintable } from './mail.js';
import { once } from './once.js';
import type { Stretch } from './stretch.js';

/** An escape in a shorter token hides no secret: most stand between words, in paths and in regular expressions. */
const leastToken = 20;

/** What tokens are made of, and what stands between those of an address or of JSON that is a text itself. */
const isInToken = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 128 && /[A-Za-z0-9+/=_.~:@\-{}[\],\\]/.test(String.fromCharCode(byte)) ? 1 : 0,
);

const backslash = 0x5c;

/** A text inside of texts has its backslashes doubled, and doubled again. */
const mostBackslashes = 7;

/** How an escape begins, and what tells the character that it stands for. */
interface Kind {
  readonly sign: Buffer;
  /** The character itself, or the digits that follow: so many at least and at most, in this base. */
  readonly code: string | { readonly base: 8 | 10 | 16; readonly least: number; readonly most: number };
  /** What it ends with behind the digits. */
  readonly end: '' | ';' | '}';
}

const twoDigits = { base: 16, least: 2, most: 2 } as const;

/** Of an address, of strings in JSON and in source code, and of HTML. */
const kinds: readonly Kind[] = [
  { sign: Buffer.from('%'), code: twoDigits, end: '' },
  { sign: Buffer.from('%u00'), code: twoDigits, end: '' },
  { sign: Buffer.from('\\u00'), code: twoDigits, end: '' },
  { sign: Buffer.from('\\x'), code: twoDigits, end: '' },
  { sign: Buffer.from('\\u{'), code: { base: 16, least: 2, most: 6 }, end: '}' },
  { sign: Buffer.from('\\U000000'), code: twoDigits, end: '' },
  { sign: Buffer.from('\\'), code: { base: 8, least: 3, most: 3 }, end: '' },
  // JSON of PHP, properties of Java, Markdown.
  ...Array.from('/=:_-+', (code): Kind => ({ sign: Buffer.from(`\\${code}`), code, end: '' })),
  { sign: Buffer.from('&#x'), code: twoDigits, end: ';' },
  { sign: Buffer.from('&#'), code: { base: 10, least: 2, most: 3 }, end: ';' },
  { sign: Buffer.from('&quot;'), code: '"', end: '' },
  { sign: Buffer.from('&amp;'), code: '&', end: '' },
];

interface Beginning {
  readonly first: number;
  readonly byNext: readonly (readonly Kind[])[];
}

/** What escapes begin with; and by the byte that follows, the kinds that they may be. On first use: most texts have none. */
const beginnings = once((): readonly Beginning[] =>
  Array.from('%\\&', (first) => ({
    first: first.charCodeAt(0),
    byNext: Array.from({ length: 256 }, (_, next) =>
      kinds.filter(({ sign }) => sign[0] === first.charCodeAt(0) && (sign[1] ?? next) === next),
    ),
  })),
);

const characters = once(() => Array.from({ length: 256 }, (_, code) => Buffer.from([code])));

/** By byte: what it is worth as a digit, or 255. */
const digitOf = Uint8Array.from({ length: 256 }, (_, byte) => {
  const value = '0123456789abcdef'.indexOf(String.fromCharCode(byte).toLowerCase());
  return value < 0 ? 255 : value;
});

/**
 * The characters of longer tokens that are written in another way: `%2B`, `\/`, `\x3d`, `&#x2F;`; in a mail, whatever is
 * written so there. In the order of the text.
 */
export function* escapes(bytes: Buffer, mayBeMail: boolean): Generator<Stretch> {
  if (!mayBeMail) return yield* escapesInTokens(bytes);
  let done = 0;
  for (const one of inOrder(quotedPrintable(bytes), escapesInTokens(bytes))) {
    if (one.start < done) continue; // a part of the one before
    yield one;
    done = one.end;
  }
}

function* inOrder(some: Generator<Stretch>, others: Generator<Stretch>): Generator<Stretch> {
  let next = some.next();
  for (const other of others) {
    for (; next.done !== true && next.value.start <= other.start; next = some.next()) yield next.value;
    yield other;
  }
  for (; next.done !== true; next = some.next()) yield next.value;
}

function* escapesInTokens(bytes: Buffer): Generator<Stretch> {
  let token: Stretch[] = [];
  let [start, end] = [0, 0];
  for (const one of allEscapes(bytes)) {
    if (token.length === 0 || forward(bytes, end, one.start) < one.start) {
      if (isLong(bytes, start, end)) yield* token;
      token = [];
      start = backward(bytes, one.start);
    }
    token.push(one);
    end = one.end;
  }
  if (isLong(bytes, start, end)) yield* token;
}

/** Whether a token that begins here and goes on behind its last escape is long enough. */
function isLong(bytes: Buffer, start: number, end: number): boolean {
  return forward(bytes, end, end + leastToken) - start >= leastToken;
}

function* allEscapes(bytes: Buffer): Generator<Stretch> {
  // Each first character is looked for by itself, which takes no time where there is none.
  const all = beginnings();
  const nexts = all.map((beginning) => nextEscape(bytes, beginning, 0));
  for (;;) {
    const index = firstOf(nexts);
    const [beginning, next] = [all[index], nexts[index]];
    if (beginning === undefined || next === undefined) return;
    yield next;
    nexts[index] = nextEscape(bytes, beginning, next.end);
  }
}

/** The number of the first stretch; -1 where there is none any more. */
function firstOf(stretches: readonly (Stretch | undefined)[]): number {
  let first = -1;
  for (const [index, stretch] of stretches.entries()) {
    if (stretch !== undefined && stretch.start < (stretches[first]?.start ?? Number.POSITIVE_INFINITY)) first = index;
  }
  return first;
}

function nextEscape(bytes: Buffer, { first, byNext }: Beginning, from: number): Stretch | undefined {
  for (let at = bytes.indexOf(first, from); at >= 0; at = bytes.indexOf(first, at + 1)) {
    for (const kind of byNext[bytes[at + 1] ?? 0] ?? []) {
      const found = hasSign(bytes, at, kind) ? toEscape(bytes, at, kind) : undefined;
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function hasSign(bytes: Buffer, at: number, { sign }: Kind): boolean {
  for (let index = 2; index < sign.length; index += 1) if (bytes[at + index] !== sign[index]) return false;
  return true;
}

function toEscape(bytes: Buffer, at: number, { sign, code, end }: Kind): Stretch | undefined {
  const digits = at + sign.length;
  const read = typeof code === 'string' ? { value: code.charCodeAt(0), end: digits } : readNumber(bytes, digits, code);
  if (read === undefined || isInText[read.value] !== 1) return undefined;
  if (end !== '' && bytes[read.end] !== end.charCodeAt(0)) return undefined;
  let start = at;
  while (sign[0] === backslash && start > at - mostBackslashes && bytes[start - 1] === backslash) start -= 1;
  return { start, end: read.end + end.length, bytes: characters()[read.value] ?? sign, kind: 'escape', isWhole: true };
}

function readNumber(
  bytes: Buffer,
  from: number,
  { base, least, most }: Exclude<Kind['code'], string>,
): { readonly value: number; readonly end: number } | undefined {
  let [value, at] = [0, from];
  for (; at < from + most; at += 1) {
    const digit = digitOf[bytes[at] ?? 0] ?? 255;
    if (digit >= base) break;
    value = value * base + digit;
  }
  return at < from + least ? undefined : { value, end: at };
}

/** How far a token goes on, up to a place. */
function forward(bytes: Buffer, from: number, to: number): number {
  let at = from;
  while (at < to && at < bytes.length && isInToken[bytes[at] ?? 0] === 1) at += 1;
  return at;
}

/** Where a token begins that goes on here, as far as it matters. */
function backward(bytes: Buffer, from: number): number {
  let at = from;
  while (at > from - leastToken && isInToken[bytes[at - 1] ?? 0] === 1) at -= 1;
  return at;
}
