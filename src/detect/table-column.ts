import type { Span } from './match.js';

/** A table's first line is this short, and so is each of its rows. */
const longestRow = 2_000;

/** What a column is called: some words, and nothing that code has. */
const heading = /^[A-Za-z_][\w .-]{0,40}$/;

const byteOrderMark = /^\xef\xbb\xbf/;

/**
 * What the first line of a table (CSV, or the same with semicolons or tabs) calls the column that a value fills; null
 * where the text is no table. Without it, a cell beside a provider's name could be anything: its secret, or a checksum.
 */
export function columnName(text: string, value: Span): string | null {
  const headEnd = text.slice(0, longestRow).search(/[\r\n]/);
  if (headEnd < 0 || value.start < headEnd) return null;
  const head = text.slice(0, headEnd).replace(byteOrderMark, '');
  for (const separator of [',', ';', '\t']) {
    const names = head.includes(separator) ? splitCells(head, separator) : [];
    if (names.length > 1 && names.every((name) => heading.test(name))) return nameIn(text, value, { names, separator });
  }
  return null;
}

function nameIn(
  text: string,
  value: Span,
  { names, separator }: { readonly names: readonly string[]; readonly separator: string },
): string | null {
  const row = rowAround(text, value);
  if (row === null) return null;
  const cells = splitCells(row.text, separator);
  const index = splitCells(row.text.slice(0, value.start - row.start), separator).length - 1;
  const isCell = cells.length === names.length && cells[index] === text.slice(value.start, value.end);
  return isCell ? (names[index] ?? null) : null;
}

function rowAround(text: string, { start, end }: Span): { readonly start: number; readonly text: string } | null {
  const before = text.slice(Math.max(0, start - longestRow), start);
  const rowStart = start - before.length + Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1;
  const behind = text.slice(end, end + longestRow);
  const length = behind.search(/[\r\n]|$/);
  const row = text.slice(rowStart, end + length);
  return row.length > longestRow ? null : { start: rowStart, text: row };
}

/** Cells without their quotes; a separator between quotes is a part of the cell. */
function splitCells(row: string, separator: string): string[] {
  const cells: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let index = 0; index <= row.length; index += 1) {
    if (row[index] === '"') isQuoted = !isQuoted;
    if (index < row.length && (isQuoted || row[index] !== separator)) continue;
    cells.push(
      row
        .slice(start, index)
        .trim()
        .replace(/^"(.*)"$/, '$1'),
    );
    start = index + 1;
  }
  return cells;
}
