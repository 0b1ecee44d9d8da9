/** A point in a text, as an editor shows it: both count from 1, the column in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Turns an offset in bytes into a position. A line ends with LF, CR LF or CR. */
export function toPosition(bytes: Buffer, offset: number): Position {
  const line = lineNumber(bytes, offset);
  return { line, column: toText(bytes.subarray(startOfLine(bytes, offset), offset)).length + 1 };
}

/** The offset at which the line of this offset begins. */
export function startOfLine(bytes: Buffer, offset: number): number {
  let start = offset;
  while (start > 0 && !isLineEnd(bytes[start - 1])) start -= 1;
  return start;
}

/** The offset at which the line of this offset ends, before its line end. */
export function endOfLine(bytes: Buffer, offset: number): number {
  let end = offset;
  while (end < bytes.length && !isLineEnd(bytes[end])) end += 1;
  return end;
}

/** UTF-8 where the bytes are that, else one character for each byte: a Latin-1 file has its own columns too. */
export function toText(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.includes('\ufffd') && !Buffer.from(text).equals(bytes) ? bytes.toString('latin1') : text;
}

function lineNumber(bytes: Buffer, offset: number): number {
  let line = 1;
  for (let index = 0; index < offset; index += 1) {
    const byte = bytes[index];
    if (byte === 0x0a || (byte === 0x0d && bytes[index + 1] !== 0x0a)) line += 1;
  }
  return line;
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d;
}
