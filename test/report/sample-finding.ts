import type { Finding } from '../../src/finding.js';
import type { Report } from '../../src/report/report.js';
import { Secret } from '../../src/secret.js';

/** A finding in `src/bot.ts` that is staged and nowhere else; `change` says what is different. */
export function toFinding(change: Partial<Finding> = {}): Finding {
  return {
    id: '7c1e93ab',
    fingerprint: '7c1e93ab00000000',
    provider: 'line',
    providerName: 'LINE',
    detector: 'line-channel-access-token',
    title: 'LINE channel access token, long-lived',
    severity: 'critical',
    confidence: 'likely',
    isDummy: false,
    file: 'src/bot.ts',
    startLine: 14,
    startColumn: 18,
    endLine: 14,
    endColumn: 190,
    secret: new Secret('not shown'),
    length: 172,
    entropy: 5.6123,
    commit: null,
    exposure: 'staged',
    kind: 'file',
    excerpt: '  const token = "********"',
    related: [],
    env: 'LINE_CHANNEL_ACCESS_TOKEN',
    url: 'https://developers.line.biz/en/docs/basics/channel-access-token/#revoke-channel-access-token',
    ...change,
  };
}

/** A report of a commit with these findings. */
export function toReport(findings: readonly Finding[], change: Partial<Report> = {}): Report {
  return {
    findings,
    scanned: { blobs: 3, bytes: 12_400, skipped: [] },
    durationMs: 71.4,
    stage: 'commit',
    allowed: 0,
    warnings: [],
    ...change,
  };
}
