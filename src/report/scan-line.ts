import { cutEnd, cutMiddle, toPrintable } from './escape.js';
import type { Report } from './report.js';
import { wrap } from './wrap.js';

const COLUMNS = 80;
const SHOWN = 5;

/** The proof that the scan happened: `scanned 3 blobs, 12.4 kB, 0 skipped in 71 ms`. */
export function toScanLine({ scanned, durationMs, allowed }: Report): string {
  const parts = [
    `${scanned.blobs} ${scanned.blobs === 1 ? 'blob' : 'blobs'}`,
    toBytes(scanned.bytes),
    `${scanned.skipped.length} skipped`,
    ...(allowed > 0 ? [`${allowed} allowed`] : []),
  ];
  return `scanned ${parts.join(', ')} in ${toDuration(durationMs)}`;
}

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

function toBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const unit = ['kB', 'MB', 'GB', 'TB'].find((_, index) => bytes < 999.95 * 1000 ** (index + 1)) ?? 'TB';
  const size = bytes / 1000 ** (['kB', 'MB', 'GB', 'TB'].indexOf(unit) + 1);
  return `${size.toFixed(1)} ${unit}`;
}

function toDuration(durationMs: number): string {
  return durationMs < 10_000 ? `${Math.round(durationMs)} ms` : `${(durationMs / 1000).toFixed(1)} s`;
}
