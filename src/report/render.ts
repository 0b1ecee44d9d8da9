import type { Tool } from './json.js';
import type { Report, Style } from './report.js';
import { renderScanLine } from './scan-line.js';

/** The ways in which a report can be written. */
export type ReportFormat = 'text' | 'json';

/** Renders the report in the format asked for. Only what that takes is loaded: a hook that finds nothing pays for none. */
export async function render(
  report: Report,
  options: { readonly format: ReportFormat; readonly style: Style; readonly tool: Tool },
): Promise<string> {
  if (options.format === 'json') return (await import('./json.js')).renderJson(report, options.tool);
  if (isBare(report)) return renderScanLine(report, options.style);
  return (await import('./terminal.js')).renderTerminal(report, options.style);
}

function isBare({ findings, scanned, warnings }: Report): boolean {
  return findings.length + scanned.skipped.length + warnings.length === 0;
}
