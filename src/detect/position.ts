import { isUtf8 } from 'node:buffer';

/** A point in a text, as an editor shows it: both count from 1, the column in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Turns an offset in bytes into a position. A line ends with LF, CR LF or CR. */
export function toPosition(bytes: Buffer, offset: number): Position {
  const { line, lineStart, units } = markAt(bytes, offset);
  return { line, column: (units ?? offset - lineStart) + 1 };
}

/** The offset at which the line of this offset begins. */
export function startOfLine(bytes: Buffer, offset: number): number {
  return markAt(bytes, offset).lineStart;
}

/** The offset at which the line of this offset ends, before its line end, or `most` where that comes first. */
export function endOfLine(bytes: Buffer, offset: number, most: number): number {
  let end = offset;
  while (end < most && end < bytes.length && !isLineEnd(bytes[end])) end += 1;
  return end;
}

/** UTF-8 where the bytes are that, else one character for each byte: a Latin-1 file has its own columns too. */
export function toText(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') && !Buffer.from(text).equals(bytes) ? bytes.toString('latin1') : text;
}

/** How far a text has got at an offset. */
interface Mark {
  readonly offset: number;
  readonly line: number;
  readonly lineStart: number;
  /** UTF-16 units between the start of the line and the offset; null where these bytes are no UTF-8. */
  readonly units: number | null;
}

const MARK_BYTES = 4 * 1024;
const START: Mark = { offset: 0, line: 1, lineStart: 0, units: 0 };

/** A large text can hold thousands of secrets: to count from its start for each of them would take hours. */
const marksOf = new WeakMap<Buffer, Mark[]>();

function markAt(bytes: Buffer, offset: number): Mark {
  return advance(bytes, offset < MARK_BYTES ? START : markBefore(bytes, offset), offset);
}

function markBefore(bytes: Buffer, offset: number): Mark {
  const marks = marksOf.get(bytes) ?? [START];
  marksOf.set(bytes, marks);
  for (let last = marks.at(-1) ?? START; marks.length * MARK_BYTES <= offset; marks.push(last)) {
    last = advance(bytes, last, startOfCharacter(bytes, marks.length * MARK_BYTES));
  }
  const mark = marks[Math.floor(offset / MARK_BYTES)];
  if (mark !== undefined && mark.offset <= offset) return mark;
  return marks[Math.floor(offset / MARK_BYTES) - 1] ?? START;
}

/** At most three bytes further: in UTF-8 no character is longer. */
function startOfCharacter(bytes: Buffer, offset: number): number {
  let start = offset;
  while (start < offset + 3 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start += 1;
  return start;
}

function advance(bytes: Buffer, mark: Mark, offset: number): Mark {
  let { line, lineStart } = mark;
  for (let index = mark.offset; index < offset; index += 1) {
    const byte = bytes[index];
    if (!isLineEnd(byte) || (byte === 0x0d && bytes[index + 1] === 0x0a)) continue;
    line += 1;
    lineStart = index + 1;
  }
  const isSameLine = line === mark.line;
  const piece = bytes.subarray(isSameLine ? mark.offset : lineStart, offset);
  const before = isSameLine ? mark.units : 0;
  return {
    offset,
    line,
    lineStart,
    units: before === null || !isUtf8(piece) ? null : before + piece.toString().length,
  };
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d;
}
