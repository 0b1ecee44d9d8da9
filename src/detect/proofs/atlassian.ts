import { decodeBase64 } from './base64.js';
import { crc32Hex } from './crc32.js';
import type { Proof } from './proof.js';

/**
 * `ATATT3…` and `ATCTT3…` end in `=` and the CRC-32 of all before those 8 digits. Observed, not documented by Atlassian:
 * a sum that fits is no accident, one that does not proves nothing.
 */
export function provesAtlassian(value: string): Proof {
  return /^AT[AC]TT3[\w=-]{20,600}=[0-9A-F]{8}$/.test(value) && endsInChecksum(value) ? 'holds' : 'unknown';
}

/** `ATBB…`: 28 characters and their CRC-32. Observed, as above. */
export function provesBitbucketAppPassword(value: string): Proof {
  return /^ATBB[0-9A-Za-z]{24}[0-9A-F]{8}$/.test(value) && endsInChecksum(value) ? 'holds' : 'unknown';
}

/**
 * A personal access token of Jira or Confluence Data Center is base64 of a decimal id, a colon and random bytes;
 * Bitbucket's has `BBDC-` before it. Observed, as above.
 */
export function provesDataCenterToken(value: string): Proof {
  const bytes = decodeBase64(value.startsWith('BBDC-') ? value.slice(5) : value);
  return bytes !== undefined && /^\d{6,20}:.{16,64}$/s.test(bytes.toString('latin1')) ? 'holds' : 'unknown';
}

function endsInChecksum(value: string): boolean {
  return crc32Hex(value.slice(0, -8)).toUpperCase() === value.slice(-8);
}
