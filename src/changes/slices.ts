import type { Change } from './change.js';
import { type Encoding, encodingOf, toUtf8 } from './text.js';

const BLOCK_BYTES = 8 * 1024 * 1024;
/** Longer than the longest key in PEM, and than the lines around a secret that a detector looks at. */
const OVERLAP_BYTES = 64 * 1024;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Cuts a content that is too large to hold into changes of some MB, decoded, at line ends where there are any. Each
 * starts with the last lines of the one before, so that nothing is cut in two; what lies wholly in those lines is found
 * twice, at the same place.
 */
export async function* sliceChanges(
  chunks: AsyncIterable<Buffer>,
  change: Omit<Change, 'bytes' | 'slice'>,
): AsyncGenerator<Change> {
  let position: Position = { startLine: 1, startColumn: 0 };
  let bytes: Buffer = Buffer.alloc(0);
  let overlap = 0;
  for await (const block of decodedBlocks(chunks)) {
    if (bytes.length > 0) {
      yield { ...change, bytes, slice: { ...position, isLast: false } };
      overlap = startOfOverlap(bytes);
      position = advance(position, bytes.subarray(0, overlap));
    }
    bytes = Buffer.concat([bytes.subarray(overlap), block]);
  }
  yield { ...change, bytes, slice: { ...position, isLast: true } };
}

interface Position {
  readonly startLine: number;
  readonly startColumn: number;
}

async function* decodedBlocks(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  let encoding: Encoding | undefined;
  for await (const chunk of chunks) {
    held.push(chunk);
    size += chunk.length;
    if (size < BLOCK_BYTES) continue;
    const all = Buffer.concat(held);
    encoding ??= encodingOf(all);
    const end = endOfBlock(all, encoding);
    yield toUtf8(all.subarray(0, end), encoding);
    held = [all.subarray(end)];
    size = all.length - end;
  }
  const all = Buffer.concat(held);
  yield toUtf8(all, encoding ?? encodingOf(all));
}

/** Behind the last line feed; without one near the end, anywhere but inside a UTF-16 character. */
function endOfBlock(bytes: Buffer, encoding: Encoding): number {
  const isWide = encoding === 'utf16le' || encoding === 'utf16be';
  const feed = bytes.lastIndexOf(LINE_FEED);
  if (feed < bytes.length / 2) return bytes.length - (bytes.length % 2);
  // A little-endian line feed is 0A 00. Where the 0A is half of another character, the cut goes before that character.
  const end = encoding === 'utf16le' && bytes[feed + 1] === 0 ? feed + 2 : feed + 1;
  return isWide ? end - (end % 2) : end;
}

/** Where the next slice starts: at the start of a line, else of a character. */
function startOfOverlap(bytes: Buffer): number {
  const earliest = Math.max(1, bytes.length - OVERLAP_BYTES);
  const feed = bytes.indexOf(LINE_FEED, earliest - 1);
  if (feed >= 0 && feed + 1 < bytes.length) return feed + 1;
  let start = earliest;
  while (((bytes[start] ?? 0) & 0xc0) === 0x80 && start < bytes.length - 1) start += 1;
  return start;
}

/** Moves a position over text: counts line ends (CRLF, LF, CR), and UTF-16 units on the last line. */
function advance(from: Position, text: Buffer): Position {
  let { startLine, startColumn } = from;
  let lineStart = 0;
  for (let at = text.indexOf(LINE_FEED); at >= 0; at = text.indexOf(LINE_FEED, at + 1)) {
    startLine += 1;
    lineStart = at + 1;
  }
  for (let at = text.indexOf(CARRIAGE_RETURN); at >= 0; at = text.indexOf(CARRIAGE_RETURN, at + 1)) {
    if (text[at + 1] === LINE_FEED) continue;
    startLine += 1;
    if (at >= lineStart) lineStart = at + 1;
  }
  if (lineStart > 0) startColumn = 0;
  for (let at = lineStart; at < text.length; at += 1) {
    const byte = text[at] ?? 0;
    if ((byte & 0xc0) !== 0x80) startColumn += byte >= 0xf0 ? 2 : 1;
  }
  return { startLine, startColumn };
}
