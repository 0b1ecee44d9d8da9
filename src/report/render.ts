import type { Tool } from './json.js';
import type { Report, Style } from './report.js';

/** The ways in which a report can be written. */
export type ReportFormat = 'text' | 'json';

/** Renders the report in the format asked for. Only that renderer is loaded: a hook that finds nothing pays for none. */
export async function render(
  report: Report,
  options: { readonly format: ReportFormat; readonly style: Style; readonly tool: Tool },
): Promise<string> {
  if (options.format === 'json') return (await import('./json.js')).renderJson(report, options.tool);
  return (await import('./terminal.js')).renderTerminal(report, options.style);
}
