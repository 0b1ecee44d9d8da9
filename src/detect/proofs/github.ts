import { toBase62 } from './base62.js';
import { crc32 } from './crc32.js';
import type { Proof } from './proof.js';

// 30 random characters and a 6-digit checksum. Other lengths under these prefixes are other shapes.
const SHAPE = /^(?:gh[oprsu]|npm)_([0-9A-Za-z]{30})([0-9A-Za-z]{6})$/;

/**
 * GitHub and npm tokens end in the CRC-32 of their random part, in base 62 with leading zeros.
 * https://github.blog/2021-04-05-behind-githubs-new-authentication-token-formats/
 * https://github.blog/2021-09-23-announcing-npms-new-access-token-format/
 * The posts do not say which characters are summed nor the order of the digits: both are checked against expired
 * tokens that their owner has published. Nothing is published about `github_pat_` and the longer `ghs_` and `ghr_`.
 */
export function provesGithub(value: string): Proof {
  const [, random, checksum] = SHAPE.exec(value) ?? [];
  if (random === undefined) return 'unknown';
  return toBase62(crc32(random), 6) === checksum ? 'holds' : 'fails';
}
