import { cutEnd, cutMiddle, toPrintable } from './escape.js';
import type { Report } from './report.js';
import { wrap } from './wrap.js';

const COLUMNS = 80;
const SHOWN = 5;

/** What was not scanned, by name, and the warnings. Empty when there is nothing to say. */
export function toNotes({ scanned, warnings }: Report): string[] {
  return [...toSkippedLines(scanned.skipped), ...toWarningLines(warnings)];
}

function toSkippedLines(skipped: Report['scanned']['skipped']): string[] {
  if (skipped.length === 0) return [];
  return [
    `leak-guard: ${skipped.length} not scanned:`,
    ...skipped.slice(0, SHOWN).map(({ file, why }) => {
      const reason = cutEnd(toPrintable(why), COLUMNS / 2);
      return `  ${cutMiddle(toPrintable(file), COLUMNS / 2 - 5)}   ${reason}`;
    }),
    ...toMore(skipped.length),
  ];
}

function toWarningLines(warnings: readonly string[]): string[] {
  return [
    ...warnings.slice(0, SHOWN).flatMap((warning) => wrap(`leak-guard: warning: ${toPrintable(warning)}`, COLUMNS)),
    ...toMore(warnings.length),
  ];
}

function toMore(count: number): string[] {
  return count > SHOWN ? [`  and ${count - SHOWN} more; all are in --format json`] : [];
}
