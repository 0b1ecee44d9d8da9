import { toBase62 } from './base62.js';
import { crc32 } from './crc32.js';
import type { Proof } from './proof.js';

const SHAPE = /^vc[aciprk]_([0-9A-Za-z]{50})([0-9A-Za-z]{6})$/;

/**
 * Vercel's tokens since 2026 end in the CRC-32 of their 50 random characters, in base 62. The prefixes are announced
 * (https://vercel.com/changelog/new-token-formats-and-secret-scanning), the checksum is observed, not documented:
 * a sum that does not fit proves nothing.
 */
export function provesVercel(value: string): Proof {
  const [, random, checksum] = SHAPE.exec(value) ?? [];
  return random !== undefined && toBase62(crc32(random), 6) === checksum ? 'holds' : 'unknown';
}
