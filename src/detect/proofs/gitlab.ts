import { crc32 } from './crc32.js';
import type { Proof } from './proof.js';

// Prefix and payload, the version (since April 2025), the payload's length in base 36, the checksum in base 36.
const SHAPE = /^([\w-]{27,400})\.(?:[0-9a-z]{2}\.)?([0-9a-z]{2})([0-9a-z]{7})$/;
// 16 random bytes, the length byte, and at least the organization: 27 digits.
const MIN_PAYLOAD = 27;

/**
 * A routable GitLab token says how long its payload is and ends in the CRC-32 of all before it, prefix included.
 * https://handbook.gitlab.com/handbook/engineering/architecture/design-documents/cells/routable_tokens/
 * Shorter tokens without dots carry no proof. Neither does a wrong checksum alone: a self-managed instance may put a
 * prefix of its own before ours, and that prefix is summed too.
 */
export function provesGitlab(value: string): Proof {
  const [, payload, declared, checksum] = SHAPE.exec(value) ?? [];
  if (payload === undefined || declared === undefined || checksum === undefined) return 'unknown';
  const length = Number.parseInt(declared, 36);
  if (length < MIN_PAYLOAD || length > payload.length) return 'fails';
  return crc32(value.slice(0, -7)).toString(36).padStart(7, '0') === checksum ? 'holds' : 'unknown';
}
