import type { Proof } from './proof.js';

const PREFIX = 'AGE-SECRET-KEY-';
const SHAPE = /^(AGE-SECRET-KEY-(?:[A-Z]{1,8}-)?)1([02-9AC-HJ-NP-Z]{6,2000})$/;
// 32 bytes and the checksum.
const X25519_LENGTH = 58;
const DIGITS = 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L';
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/**
 * An age identity is Bech32 with its checksum: https://age-encryption.org/v1 and
 * https://github.com/bitcoin/bips/blob/master/bip-0173.mediawiki. age writes it in upper case; all in lower case it is
 * the same key, only mixed case is an error. Identities of plugins carry no proof that we know.
 */
export function provesAge(value: string): Proof {
  const upper = value.toUpperCase();
  if (!upper.startsWith(PREFIX)) return 'unknown';
  const [, prefix, data] = SHAPE.exec(upper) ?? [];
  if (prefix === undefined || data === undefined) return 'fails';
  if (value !== upper && value !== value.toLowerCase()) return 'fails';
  if (prefix === PREFIX && data.length !== X25519_LENGTH) return 'fails';
  return bech32Checksum(prefix.toLowerCase(), data) === 1 ? 'holds' : 'fails';
}

/** The checksum over prefix and data, which is 1 when the data ends in the right six digits. */
export function bech32Checksum(prefix: string, data: string): number {
  const codes = [...prefix].map((character) => character.charCodeAt(0));
  let checksum = 1;
  for (const code of codes) checksum = step(checksum, code >> 5);
  checksum = step(checksum, 0);
  for (const code of codes) checksum = step(checksum, code & 31);
  for (const digit of data) checksum = step(checksum, DIGITS.indexOf(digit));
  return checksum;
}

function step(checksum: number, value: number): number {
  let next = ((checksum & 0x1ffffff) << 5) ^ value;
  for (const [bit, mask] of GENERATOR.entries()) if ((checksum >>> (25 + bit)) & 1) next ^= mask;
  return next;
}
