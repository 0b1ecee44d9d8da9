import { sequenceTags } from './der.js';
import { isOpensshKey, OPENSSH_MAGIC } from './openssh.js';
import type { Proof } from './proof.js';

const LABEL = /-----BEGIN ([A-Z0-9 ]{0,30}PRIVATE KEY)(?: BLOCK)?-----/;
const LEGACY_ENCRYPTED = /Proc-Type:[ \t]{0,9}4,[ \t]{0,9}ENCRYPTED/;
const INTEGER = 0x02;
const SEQUENCE = 0x30;
const PGP_SECRET_KEY = 5;
// RSA with 16,384 bits takes 13,000 characters; hostile text of any length shall cost little.
const MAX_LENGTH = 30_000;
// The shortest key is an Ed25519 key of 48 bytes, the least varied has far more than 12 different bytes.
const MIN_BYTES = 40;
const MIN_DISTINCT_BYTES = 12;

/**
 * The text between the lines of a PEM private key is base64 of DER: https://www.rfc-editor.org/rfc/rfc7468 (PKCS#8),
 * https://www.rfc-editor.org/rfc/rfc8017 (RSA), https://www.rfc-editor.org/rfc/rfc5915 (EC). Filler does not parse.
 * It is read as people write it into code: on one line with `\n`, indented, quoted, glued together from strings.
 */
export function provesPemKey(value: string): Proof {
  const start = value.slice(0, MAX_LENGTH);
  const text = start.startsWith('LS0tLS1CRUdJTi') ? Buffer.from(start, 'base64').toString('latin1') : start;
  const begin = LABEL.exec(text);
  const label = begin?.[1];
  if (begin === null || label === undefined) return 'unknown';
  const from = begin.index + begin[0].length;
  const end = text.indexOf('-----END', from);
  const body = withLineEnds(text.slice(from, end === -1 ? undefined : end));
  const bytes = Buffer.from(base64Digits(withoutHeaders(body)), 'base64');
  if (bytes.length < MIN_BYTES || new Set(bytes).size < MIN_DISTINCT_BYTES) return 'fails';
  if (isKey(label, bytes, body)) return 'holds';
  // Without its END line the key is cut off, and what is left may well be genuine.
  return end === -1 ? 'unknown' : 'fails';
}

/** The same for OpenSSH keys alone, with their BEGIN and END lines or without. */
export function provesOpensshKey(value: string): Proof {
  if (value.includes('-----BEGIN')) return value.includes('BEGIN OPENSSH') ? provesPemKey(value) : 'unknown';
  const bytes = Buffer.from(base64Digits(withLineEnds(value.slice(0, MAX_LENGTH))), 'base64');
  if (isOpensshKey(bytes)) return 'holds';
  return bytes.length > 100 && bytes.toString('latin1').startsWith(OPENSSH_MAGIC) ? 'unknown' : 'fails';
}

function isKey(label: string, bytes: Buffer, body: string): boolean {
  if (label.startsWith('OPENSSH')) return isOpensshKey(bytes);
  if (label.startsWith('PGP')) return packetTag(bytes) === PGP_SECRET_KEY;
  if (LEGACY_ENCRYPTED.test(body)) return bytes.length % 8 === 0; // whole cipher blocks, of which nothing can be read
  return sequenceTags(bytes)?.[0] === (label.startsWith('ENCRYPTED') ? SEQUENCE : INTEGER);
}

/** Line ends that are written out (`\n`, `\\n`, `&#10;`) as line ends, and what a URL encodes as itself. */
function withLineEnds(text: string): string {
  return text
    .replace(/\\{1,4}(?:[nrt]|u000[AaDd]|x0[AaDd])|&#(?:x0?[AaDd]|1[03]);/g, '\n')
    .replace(/%(0[ad]|2[0bcf]|3[ad])/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** Headers stand before the data and are no part of it: https://www.rfc-editor.org/rfc/rfc1421#section-4.6 */
function withoutHeaders(text: string): string {
  const head = text.slice(0, 1000);
  const data = head.replace(
    /Proc-Type:[ \t]{0,9}4,[ \t]{0,9}ENCRYPTED|DEK-Info:[ \t]{0,9}[\w-]{1,40},[0-9A-Fa-f]{1,64}/g,
    '',
  );
  return `${data.replace(/(?:Version|Comment|Hash|Charset|MessageID): [^\n"'`]{0,200}/g, '')}${text.slice(head.length)}`;
}

/** The base64 digits alone: no quotes, no `+` that joins two strings, no `+` of a diff, no checksum of an armour. */
function base64Digits(text: string): string {
  const pieces = text.replace(/=[A-Za-z0-9+/]{4}(?![A-Za-z0-9+/])/g, '').match(/[A-Za-z0-9+/]+/g) ?? [];
  const data = pieces.filter((piece) => !/^[+/]{1,3}$/.test(piece));
  // An encrypted key may begin with `+` itself, but not each of its lines; no other key does.
  const isDiff = data.every((line) => line.startsWith('+')) && (data.length > 1 || data[0]?.startsWith('+M') === true);
  return data.map((line) => (isDiff ? line.slice(1) : line)).join('');
}

/** The kind of the first OpenPGP packet: https://www.rfc-editor.org/rfc/rfc9580#section-4.2 */
function packetTag(bytes: Buffer): number {
  const first = bytes[0] ?? 0;
  return first & 0x40 ? first & 0x3f : (first >> 2) & 0x0f;
}
