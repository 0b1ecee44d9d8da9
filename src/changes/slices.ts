import { isUtf8 } from 'node:buffer';
import { setFlagsFromString } from 'node:v8';
import { endOfBlock } from './block-end.js';
import type { Change } from './change.js';
import { type Encoding, encodingOf, toUtf8 } from './text.js';

const BLOCK_BYTES = 8 * 1024 * 1024;
/**
 * What stands on either side of each match that counts: longer than the longest key in PEM, and than the lines around a
 * secret that a detector looks at.
 */
const CONTEXT_BYTES = 64 * 1024;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Cuts a content that is too large to hold into changes of some MB, decoded. Each starts with the last lines of the one
 * before. What begins too near to the end of a slice may be cut off there, so it counts in the next one only.
 */
export async function* sliceChanges(
  chunks: AsyncIterable<Buffer>,
  change: Omit<Change, 'bytes' | 'slice'>,
): AsyncGenerator<Change> {
  // What a slice leaves behind is worth collecting at once: a heap that is left to grow holds twenty of them.
  setFlagsFromString('--optimize-for-size');
  let position: Position = { startLine: 1, startColumn: 0 };
  let bytes: Buffer = Buffer.alloc(0);
  let countsFrom = 0;
  for await (const block of decodedBlocks(chunks)) {
    if (bytes.length > 0) {
      const countsTo = Math.max(countsFrom, bytes.length - CONTEXT_BYTES);
      yield { ...change, bytes, slice: { ...position, countsFrom, countsTo, isLast: false } };
      const start = startOfOverlap(bytes, countsTo);
      position = advance(position, bytes.subarray(0, start));
      countsFrom = countsTo - start;
      bytes = bytes.subarray(start);
    }
    bytes = Buffer.concat([bytes, block]);
  }
  yield { ...change, bytes, slice: { ...position, countsFrom, countsTo: bytes.length, isLast: true } };
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
    held = [Buffer.from(all.subarray(end))]; // a copy, which does not keep all of it
    size = all.length - end;
    yield toUtf8(all.subarray(0, end), encoding);
  }
  const all = Buffer.concat(held);
  yield toUtf8(all, encoding ?? encodingOf(all));
}

/** Where the next slice starts: at the start of a line, else of a character. */
function startOfOverlap(bytes: Buffer, countsTo: number): number {
  const earliest = Math.max(1, countsTo - CONTEXT_BYTES);
  const feed = bytes.indexOf(LINE_FEED, earliest - 1);
  // Not so far on that little is left in front: what stands on a very long line may go with what follows.
  if (feed >= 0 && feed < countsTo - CONTEXT_BYTES / 2) return feed + 1;
  let start = earliest;
  while (((bytes[start] ?? 0) & 0xc0) === 0x80 && start < countsTo) start += 1;
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
  const line = text.subarray(lineStart);
  startColumn += isUtf8(line) ? line.toString().length : line.length;
  return { startLine, startColumn };
}
