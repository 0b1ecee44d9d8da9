import type { Span } from './match.js';

/** Hexadecimal digests by their length: MD5, SHA-1, SHA-224, SHA-256, SHA-384, SHA-512. */
const digestLengths = new Set([32, 40, 56, 64, 96, 128]);

/** What `sha256sum` and its kin write behind the digest: two characters, then the file. */
const listedFile = /^ [ *][\w./-]/;

/** A file that people publish a digest of. */
const publishedFile =
  /[\w)-]\.(?:7z|apk|appimage|bin|bz2|crate|deb|dll|dmg|dylib|exe|gem|gz|img|iso|jar|msi|nupkg|pkg|rpm|so|tar|tgz|txz|vsix|war|wasm|whl|xz|zip|zst)(?![A-Za-z0-9])/i;

/** A file with a type: one in a hundred random values that may hold a full stop ends like that. */
const fileName = /^[\w.~-]{1,100}\.[a-z][a-z0-9]{1,4}$/;

/** How much of the line is looked at on each side of the value. */
const reach = 240;

/** Shorter values can be read as words by chance. */
const leastIdentifier = 24;

/** Characters in a word of an identifier, at the mean; of a random value, one in a thousand reaches that with 24. */
const meanWord = 4;

/** Words with humps, or with a hyphen, low line or full stop between them; the last may be cut to a letter. */
const words =
  /^(?:[a-z]{0,24}(?:[A-Z]{1,8}[a-z]{2,24}){1,8}|(?:[A-Z]{0,8}[a-z]{1,24}|[A-Z]{1,24})(?:[-_.](?:[A-Z]{0,8}[a-z]{1,24}|[A-Z]{1,24})){1,8})$/;

/** A name in code or of a header, `getNativeUpdateCacheFile`, `Report-Bugs-To`, named or not: a random value has digits, or no such words. */
export function isWords(value: string): boolean {
  return words.test(value);
}

/** What a class of characters is written with: `A-Z`, `a-f`, `1-9`. */
const range = /[A-Y]-[B-Z]|[a-y]-[b-z]|[0-8]-[1-9]/g;

/** A class of characters as a pattern has it, `A-HJ-NP-Za-z1-9_-`: half of it and more is ranges. */
export function isCharacterClass(value: string): boolean {
  return value.replace(range, '').length * 2 <= value.length;
}

/**
 * Whether a value without a name of its own is one of those that plain shapes are confused with most: the digest of
 * a file that stands on the same line, a file, or an identifier made of words, such as the name of a class or a policy.
 */
export function isOrdinary(text: string, span: Span): boolean {
  const value = text.slice(span.start, span.end);
  return isIdentifier(value) || fileName.test(value) || (isDigest(value) && hasFileOnLine(text, span));
}

function isIdentifier(value: string): boolean {
  if (value.length < leastIdentifier || !/^\w[\w-]*$/.test(value) || !isJoined(value)) return false;
  const words = value.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+/g) ?? [];
  return words.join('').length >= words.length * meanWord;
}

/** Whether it can be words in a row: of humps, or with something between them. */
function isJoined(value: string): boolean {
  return /[_-]/.test(value) || (/[a-z]/.test(value) && /[A-Z]/.test(value));
}

function isDigest(value: string): boolean {
  return digestLengths.has(value.length) && /^(?:[0-9a-f]+|[0-9A-F]+)$/.test(value);
}

function hasFileOnLine(text: string, { start, end }: Span): boolean {
  const before = text.slice(Math.max(0, start - reach), start);
  const after = text.slice(end, end + reach).replace(/[\r\n].*/s, '');
  const isFirst = before === '' || /[\r\n]$/.test(before);
  return (
    (isFirst && listedFile.test(after)) ||
    publishedFile.test(after) ||
    publishedFile.test(before.slice(Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1))
  );
}
