import { crc32Hex } from './crc32.js';
import type { Proof } from './proof.js';

const SHAPE = /^cf(?:ut|at|k)_([0-9A-Za-z_-]{40})([0-9A-Fa-f]{8})$/;

/**
 * Cloudflare's tokens since 2026 end in a checksum of the 40 characters before it.
 * https://developers.cloudflare.com/fundamentals/api/get-started/token-formats/
 * That it is a CRC-32 is observed, not documented: a sum that does not fit proves nothing.
 */
export function provesCloudflare(value: string): Proof {
  const [, random, checksum] = SHAPE.exec(value) ?? [];
  return random !== undefined && crc32Hex(random) === checksum?.toLowerCase() ? 'holds' : 'unknown';
}
