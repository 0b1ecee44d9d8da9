import { fileURLToPath } from 'node:url';
import type { Change } from './changes/change.js';
import { type Detect, toDetect } from './detect/detect.js';
import type { Finding } from './finding.js';
import { loadTable } from './table/read.js';
import { toFindings } from './to-finding.js';

export type { Confidence, Severity } from './detect/detector.js';
export type { Exposure, Finding, Place, Related } from './finding.js';

let detect: Detect | undefined;

/**
 * Finds the credentials in a text. `path` is shown in the findings, and its words count: `config/twilio.yml` says whose
 * a plain token is. Nothing is read but the package's own scan table, and nothing is sent anywhere.
 */
export function scanText(text: string, path = 'text'): Finding[] {
  detect ??= toDetect(loadTable(fileURLToPath(new URL('scan-table.bin', import.meta.url))));
  const change: Change = { path, kind: 'file', bytes: Buffer.from(text), commit: null, before: async () => [] };
  const matches = detect(change);
  return toFindings(change, matches, { matches, exposure: 'unknown' });
}
