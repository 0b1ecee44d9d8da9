import type { Change } from './change.js';

/** Tells whether a stretch of a change's bytes touches a line that the change adds. The end is exclusive. */
export interface AddedLines {
  touches(startOffset: number, endOffset: number): boolean;
}

const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/**
 * Compares a change with what it replaces, line by line, whatever the line ends (CRLF, LF, CR). A line is new when no
 * parent has it, or when it stands here more often than there. Order does not count: a moved line is not new.
 */
export async function addedLines(change: Change): Promise<AddedLines> {
  const parents = await change.before();
  if (parents.length === 0) return { touches: () => true };
  const text = splitLines(change.bytes);
  const isNew = new Uint8Array(text.count).fill(1);
  for (const parent of parents) takeOut(isNew, text, { old: splitLines(parent), isSlice: change.slice !== undefined });
  return {
    touches: (startOffset, endOffset) => {
      const last = lineAt(text, Math.max(startOffset, endOffset - 1));
      for (let line = lineAt(text, startOffset); line <= last; line += 1) if (isNew[line] === 1) return true;
      return false;
    },
  };
}

interface Lines {
  readonly bytes: Buffer;
  readonly count: number;
  /** Start and end of each line, the end without its line end: line n stands at 2n and 2n + 1. */
  readonly offsets: readonly number[];
}

function splitLines(bytes: Buffer): Lines {
  const offsets: number[] = [];
  let start = 0;
  let feed = bytes.indexOf(LINE_FEED);
  let carriage = bytes.indexOf(CARRIAGE_RETURN);
  while (start < bytes.length) {
    const end = Math.min(feed < 0 ? bytes.length : feed, carriage < 0 ? bytes.length : carriage);
    offsets.push(start, end);
    start = end === carriage && feed === end + 1 ? end + 2 : end + 1;
    if (feed >= 0 && feed < start) feed = bytes.indexOf(LINE_FEED, start);
    if (carriage >= 0 && carriage < start) carriage = bytes.indexOf(CARRIAGE_RETURN, start);
  }
  return { bytes, count: offsets.length / 2, offsets };
}

interface Parent {
  readonly old: Lines;
  readonly isSlice: boolean;
}

/** Takes the lines that this parent has off the new ones. */
function takeOut(isNew: Uint8Array, text: Lines, { old, isSlice }: Parent): void {
  // Equal lines at both ends are nearly all of an edit: they go first, and cheaply. A slice has no such ends.
  const head = isSlice ? 0 : commonLines(text, old, { skip: 0, step: 1 });
  const tail = isSlice ? 0 : commonLines(text, old, { skip: head, step: -1 });
  isNew.fill(0, 0, head);
  isNew.fill(0, text.count - tail);
  const counts = new Map<string, number>();
  for (let line = head; line < old.count - tail; line += 1) {
    const content = contentOf(old, line);
    counts.set(content, (counts.get(content) ?? 0) + 1);
  }
  for (let line = head; line < text.count - tail; line += 1) {
    const content = contentOf(text, line);
    const left = counts.get(content) ?? 0;
    if (left === 0) continue;
    isNew[line] = 0;
    // How often the line stands in the other slices is not known here, so in a slice it is old each time.
    if (!isSlice) counts.set(content, left - 1);
  }
}

/** How many lines are equal from the start (step 1), or from the end (step -1) but for `skip` lines. */
function commonLines(a: Lines, b: Lines, walk: { readonly skip: number; readonly step: 1 | -1 }): number {
  const most = Math.min(a.count, b.count) - walk.skip;
  let common = 0;
  while (common < most) {
    const lineA = walk.step === 1 ? common : a.count - 1 - common;
    const lineB = walk.step === 1 ? common : b.count - 1 - common;
    if (!isEqual(a, lineA, { lines: b, line: lineB })) break;
    common += 1;
  }
  return common;
}

function isEqual(a: Lines, lineA: number, other: { readonly lines: Lines; readonly line: number }): boolean {
  const [startA = 0, endA = 0] = [a.offsets[2 * lineA], a.offsets[2 * lineA + 1]];
  const { lines: b, line: lineB } = other;
  const [startB = 0, endB = 0] = [b.offsets[2 * lineB], b.offsets[2 * lineB + 1]];
  return endA - startA === endB - startB && a.bytes.compare(b.bytes, startB, endB, startA, endA) === 0;
}

/** A line as a key: exact, as a hash is not. */
function contentOf(lines: Lines, line: number): string {
  return lines.bytes.toString('latin1', lines.offsets[2 * line], lines.offsets[2 * line + 1]);
}

/** The line that the offset lies on; its line end counts to it. */
function lineAt(lines: Lines, offset: number): number {
  let low = 0;
  let high = lines.count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines.offsets[2 * middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}
