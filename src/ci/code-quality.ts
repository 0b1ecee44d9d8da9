import { createHash } from 'node:crypto';
import type { Severity } from '../detect/detector.js';
import type { Finding } from '../finding.js';
import { toPrintable } from '../report/escape.js';
import { toSafeJson } from '../report/json.js';
import { toMessage } from './annotations.js';

const SEVERITY: Readonly<Record<Severity, string>> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
};

/** The report that GitLab shows in a merge request: docs.gitlab.com/ci/testing/code_quality, "Code Quality report format". */
export function renderCodeQuality(findings: readonly Finding[]): string {
  return toSafeJson(
    findings.map((finding) => ({
      description: toMessage(finding),
      check_name: finding.detector,
      fingerprint: toUniqueFingerprint(finding),
      severity: SEVERITY[finding.severity],
      location: { path: toPrintable(finding.file), lines: { begin: finding.startLine } },
    })),
  );
}

/** GitLab shows one entry for each fingerprint, and the same secret can stand in several places. */
function toUniqueFingerprint({ fingerprint, kind, file, commit }: Finding): string {
  return createHash('sha256').update([fingerprint, kind, file, commit].join('\0')).digest('hex');
}
