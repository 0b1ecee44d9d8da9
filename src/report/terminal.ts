import { type Colors, plain } from './colors.js';
import { toFindingLines } from './finding-lines.js';
import { toListLines } from './list-lines.js';
import { toNotes } from './notes.js';
import type { Report, Style } from './report.js';
import { renderScanLine } from './scan-line.js';
import { toVerdict } from './verdict.js';

/**
 * Renders the report for people: the block message, or one line that proves the scan. Ends with a newline unless it
 * is empty. Colour repeats what the words say and never adds to it.
 */
export function renderTerminal(report: Report, style: Style, colors: Colors = plain): string {
  const notes = toText(toNotes(report).map((line) => colors.yellow(line)));
  if (report.findings.length === 0) return renderScanLine(report, style) + notes;
  return toText(toMessage(report, colors)) + (notes === '' ? '' : `\n${notes}`);
}

function toMessage(report: Report, colors: Colors): string[] {
  const verdict = colors.bold(colors.red(toVerdict(report)));
  const [only, ...others] = report.findings;
  if (only !== undefined && others.length === 0) {
    return toFindingLines({ finding: only, report, verdict }, colors);
  }
  return [verdict, ...toListLines(report, colors)];
}

function toText(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
