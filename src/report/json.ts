import type { Finding, Place } from '../finding.js';
import { hasPlaybook } from '../finding-kind.js';
import { MASK } from '../mask.js';
import { lazyRegExp } from './lazy-reg-exp.js';
import type { Report } from './report.js';

/** The tool as the report names it. */
export interface Tool {
  readonly name: string;
  readonly version: string;
}

/**
 * Characters that JSON allows raw and a terminal obeys or hides: DEL, C1, bidi, zero-width, separators. Written as
 * `\u202e` they mean the same to every JSON reader.
 */
const risky = lazyRegExp('[\\u007f-\\u009f\\p{Cf}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}]', 'gu');

/** Renders the report as JSON, version 1. The order of keys is fixed; new ones come last. */
export function renderJson(report: Report, tool: Tool): string {
  const { scanned } = report;
  return toSafeJson({
    version: 1,
    tool: { name: tool.name, version: tool.version },
    scanned: {
      blobs: scanned.blobs,
      bytes: scanned.bytes,
      skipped: scanned.skipped.map(({ file, why }) => ({ file, why })),
    },
    findings: report.findings.map(toJsonFinding),
    allowed: report.allowed,
    warnings: report.warnings,
  });
}

/** JSON text, indented, with a newline at its end, and nothing in it that a terminal would obey. */
export function toSafeJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2).replace(risky(), toUnicodeEscape)}\n`;
}

function toJsonFinding(finding: Finding): object {
  return {
    id: finding.id,
    fingerprint: finding.fingerprint,
    provider: finding.provider,
    providerName: finding.providerName,
    detector: finding.detector,
    title: finding.title,
    severity: finding.severity,
    confidence: finding.confidence,
    ...toJsonPlace(finding),
    redacted: MASK,
    length: finding.length,
    entropy: Math.round(finding.entropy * 100) / 100,
    commit: finding.commit,
    exposure: finding.exposure,
    rotate: { url: finding.url, command: hasPlaybook(finding) ? `leak-guard rotate ${finding.provider}` : null },
    related: finding.related.map((related) => ({
      detector: related.detector,
      title: related.title,
      ...toJsonPlace(related),
    })),
    kind: finding.kind,
    authorDate: finding.authorDate,
    inHead: finding.inHead,
    removedIn: finding.removedIn,
  };
}

function toJsonPlace({ file, startLine, endLine, startColumn, endColumn }: Place): object {
  return { file, startLine, endLine, startColumn, endColumn };
}

function toUnicodeEscape(character: string): string {
  let escaped = '';
  for (let index = 0; index < character.length; index += 1) {
    escaped += `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`;
  }
  return escaped;
}
