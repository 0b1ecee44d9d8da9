import type { Report, Style } from './report.js';

/** Written here, because picocolors costs a hook milliseconds, and this line is all that most hooks print. */
const DIM = ['\u001b[2m', '\u001b[22m'] as const;

/** What a run prints that found nothing: the proof that it looked, or, when quiet, only that of an incomplete look. */
export function renderScanLine(report: Report, style: Style): string {
  if (style.isQuiet && report.scanned.skipped.length === 0) return '';
  const line = toScanLine(report);
  return style.isColored ? `${DIM[0]}${line}${DIM[1]}\n` : `${line}\n`;
}

/** The proof that the scan happened: `scanned 3 blobs, 12.4 kB, 0 skipped in 71 ms`. */
function toScanLine({ scanned, durationMs, allowed }: Report): string {
  const parts = [
    `${scanned.blobs} ${scanned.blobs === 1 ? 'blob' : 'blobs'}`,
    toBytes(scanned.bytes),
    `${scanned.skipped.length} skipped`,
    ...(allowed > 0 ? [`${allowed} allowed`] : []),
  ];
  return `scanned ${parts.join(', ')} in ${toDuration(durationMs)}`;
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
