import { lazyRegExp } from './lazy-reg-exp.js';

/**
 * What must not reach a terminal raw: controls (C0, DEL, C1), format characters (bidi, zero-width, tags), lone
 * surrogates, unassigned and private ones, line and paragraph separators, and whatever is drawn as nothing.
 */
const unprintable = lazyRegExp('[\\p{C}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}]', 'gu');

/** Drawn over the character before it. */
const combining = lazyRegExp('[\\p{Mn}\\p{Me}]', 'u');

/** Two columns wide: East Asian wide and full-width forms (Unicode TR 11), and what is drawn as an emoji. */
const wide = lazyRegExp(
  '[\\u{1100}-\\u{115f}\\u{2e80}-\\u{303e}\\u{3041}-\\u{4dbf}\\u{4e00}-\\u{a4cf}\\u{a960}-\\u{a97f}\\u{ac00}-\\u{d7a3}\\u{f900}-\\u{faff}\\u{fe10}-\\u{fe19}\\u{fe30}-\\u{fe6f}\\u{ff00}-\\u{ff60}\\u{ffe0}-\\u{ffe6}\\u{16fe0}-\\u{18cff}\\u{1b000}-\\u{1b2ff}\\u{1f300}-\\u{1f64f}\\u{1f680}-\\u{1f6ff}\\u{1f900}-\\u{1f9ff}\\u{20000}-\\u{3fffd}]|\\p{Emoji_Presentation}',
  'u',
);

const ELLIPSIS = '...';

/**
 * Makes text that is not ours safe to print: one line, no control reaches the terminal, nothing is hidden. What can't
 * be shown is written as `\x1b` (controls) or `\u{202e}` (the rest). Everything else stays as it is.
 */
export function toPrintable(text: string): string {
  return text.replace(unprintable(), toEscape);
}

/** How many columns printable text takes in a terminal. */
export function toColumns(text: string): number {
  let columns = 0;
  for (const character of text) columns += toWidth(character);
  return columns;
}

/** Cuts printable text to so many columns; a cut shows as `...` at its end. */
export function cutEnd(text: string, columns: number): string {
  if (fits(text, columns)) return text;
  return takeColumns(text, columns - ELLIPSIS.length).trimEnd() + ELLIPSIS.slice(0, columns);
}

/** Cuts the middle out of printable text: of a path, the end says more than the middle. */
export function cutMiddle(text: string, columns: number): string {
  if (fits(text, columns)) return text;
  const room = Math.max(columns - ELLIPSIS.length, 0);
  const end = takeLastColumns(text, Math.ceil(room / 2));
  return takeColumns(text, room - toColumns(end)) + ELLIPSIS.slice(0, columns) + end;
}

/** Cuts printable text to a window in which the UTF-16 units from `start` to `end` stay visible. */
export function cutAround(
  text: string,
  columns: number,
  kept: { readonly start: number; readonly end: number },
): string {
  if (fits(text, columns)) return text;
  if (toColumns(text.slice(0, kept.end)) + ELLIPSIS.length <= columns) return cutEnd(text, columns);
  const before = takeLastColumns(
    text.slice(0, kept.start),
    Math.floor((columns - toColumns(text.slice(kept.start, kept.end))) / 2) - ELLIPSIS.length,
  );
  const shown = ELLIPSIS + before.trimStart();
  return shown + cutEnd(text.slice(kept.start), columns - toColumns(shown));
}

/** Fills up with blanks to so many columns. */
export function padColumns(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(columns - toColumns(text), 0));
}

function toEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  return code <= 0xff ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}

/** Combining marks take no column, so that their number is bounded too. */
function fits(text: string, columns: number): boolean {
  return text.length <= columns * 4 && toColumns(text) <= columns;
}

function toWidth(character: string): number {
  if (character <= '~') return 1;
  if (combining().test(character)) return 0;
  return wide().test(character) ? 2 : 1;
}

function takeColumns(text: string, columns: number): string {
  let taken = '';
  let left = columns;
  for (const character of text) {
    left -= toWidth(character);
    if (left < 0 || taken.length >= columns * 4) break;
    taken += character;
  }
  return taken;
}

function takeLastColumns(text: string, columns: number): string {
  let taken = '';
  let left = columns;
  for (const character of [...text].reverse()) {
    left -= toWidth(character);
    if (left < 0 || taken.length >= columns * 4) break;
    taken = character + taken;
  }
  return taken;
}
