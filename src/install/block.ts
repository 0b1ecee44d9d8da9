// Texts in this file are bytes read as Latin-1: a hook may hold any bytes, and they must come out as they went in.

/** The first and the last line of the part of a hook file that is ours. The number grows with the block's text. */
export const BLOCK_START = '# >>> leak-guard >>> v1 (managed block: add your own lines before or after it)';
export const BLOCK_END = '# <<< leak-guard <<<';

const ANY_START = /^# >>> leak-guard >>>[^\n]*$/m;
const ANY_END = /^# <<< leak-guard <<<[^\n]*$/m;

/** True when the text has a block of ours, from this version or an older one. */
export function hasBlock(text: string): boolean {
  return ANY_START.test(text);
}

/** True when the first line of a block is there, but no last one: nobody can say what in it is ours. */
export function isBroken(text: string): boolean {
  return hasBlock(text) && findBlock(text) === undefined;
}

/** The block alone, markers and all; empty when there is none. */
export function sliceBlock(text: string): string {
  const place = findBlock(text);
  return place === undefined ? '' : text.slice(place.start, place.end);
}

/** Puts the block (lines, no final newline) where the old one stands, else at the top. Everything else stays as it is. */
export function putBlock(text: string, block: string): string {
  const place = findBlock(text);
  if (place === undefined) return insertAtTop(text, block);
  const after = takeBlocks(text.slice(place.end));
  const newline = text.slice(place.start, place.end).endsWith('\n') || after !== '' ? '\n' : '';
  return text.slice(0, place.start) + block + newline + after;
}

/** Takes every block out. What is left is what would stand there without us. */
export function takeBlocks(text: string): string {
  const place = findBlock(text);
  if (place === undefined) return text;
  const isUnended = place.end === text.length && !text.endsWith('\n');
  // A block without a final newline was put behind a line that had none: the newline between them is ours, too.
  const before = text.slice(0, place.start);
  return takeBlocks((isUnended ? before.replace(/\r?\n$/, '') : before) + text.slice(place.end));
}

/** True when nothing is left that does anything: no line but a shebang. */
export function isSpent(text: string): boolean {
  return text.replace(/^#!.*/, '').trim() === '';
}

/** Turns text of ours, which may hold paths in any script, into the form that this file works on. */
export function toBytesText(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

function findBlock(text: string): { readonly start: number; readonly end: number } | undefined {
  const start = text.search(ANY_START);
  if (start < 0) return undefined;
  const rest = text.slice(start);
  const end = ANY_END.exec(rest);
  if (end === null) return undefined;
  const lineEnd = start + end.index + end[0].length;
  return { start, end: text.charAt(lineEnd) === '\n' ? lineEnd + 1 : lineEnd };
}

// At the top, because what stands above it can end the hook: `exit 0`, `exec`, or a linter that fails under `sh -e`.
function insertAtTop(text: string, block: string): string {
  const head = headOf(text);
  if (head !== '' && !head.endsWith('\n')) return `${head}\n${block}`;
  return `${head}${block}\n${text.slice(head.length)}`;
}

/** The lines that must stay first: a shebang, and the line by which husky 4 to 8 starts the hook a second time. */
function headOf(text: string): string {
  const shebang = /^#![^\n]*\n?/.exec(text)?.[0] ?? '';
  const husky =
    /^(?:[ \t]*(?:#[^\n]*)?\r?\n)*[ \t]*\. [^\n]*husky\.sh[^\n]*\n?/.exec(text.slice(shebang.length))?.[0] ?? '';
  return shebang + husky;
}
