import { crc32 } from './crc32.js';
import type { Proof } from './proof.js';

const SHAPE = /^(glsa_[0-9A-Za-z]{32})_([0-9A-Fa-f]{8})$/;

/**
 * A Grafana service account token ends in the CRC-32 of all before the last underscore, lowest byte first.
 * https://github.com/grafana/grafana/blob/main/pkg/components/satokengen/tokengen.go
 */
export function provesGrafana(value: string): Proof {
  const [, key, checksum] = SHAPE.exec(value) ?? [];
  if (key === undefined || checksum === undefined) return 'unknown';
  return Buffer.from(checksum, 'hex').readUInt32LE() === crc32(key) ? 'holds' : 'fails';
}
