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
  const { renderTerminal } = await import('./terminal.js');
  // Only a terminal that shows colours needs what makes them.
  if (!options.style.isColored) return renderTerminal(report, options.style);
  const { default: picocolors } = await import('picocolors');
  return renderTerminal(report, options.style, picocolors.createColors(true));
}

function isBare({ findings, scanned, warnings }: Report): boolean {
  return findings.length + scanned.skipped.length + warnings.length === 0;
}
