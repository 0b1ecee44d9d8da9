import type { Span } from './match.js';
import { toPlainText } from './plain-text.js';
import {
  enclosingName,
  firstArgument,
  lineAbove,
  listName,
  optionAbove,
  reach,
  sibling,
  startOfLine,
} from './surroundings.js';
import { columnName } from './table-column.js';

/** Where a value stands: what it is called, if anything. */
export interface ValuePosition {
  /** The text that names the value, lower case without separators; empty where nothing does. */
  readonly name: string;
  /** True for an argument, a list entry or a cell: it has no name of its own. */
  readonly isPositional: boolean;
  /** True for the first argument of a call that begins on the line above. */
  readonly opensCall: boolean;
}

/** `docker login -u ana -p`: no more words than that belong to a value. */
const mostWords = 5;

/** What stands between an operator and the value: quotes, brackets, a scheme (but not `:token`), a string's prefix letter. */
const decoration =
  /(?:(?<=(?:[=,([{]|(?<![\s,([{]):)\s{0,3}["'`\\]{0,3})(?:bearer|basic|token|apikey|bot|key)\s|[\s"'`\\([{<]|(?<![A-Za-z0-9])[a-zA-Z@$]{1,2}(?=["'`]))+$/i;

/** Names that say that a value is no secret, however random it looks. */
const innocent =
  /(?:^|[^a-z])(?:sha\d*|sha-?(?:1|256|512)|md5|hash|hashes|checksum|digest|etag|commit|revision|rev|integrity|fingerprint|uuid|guid|nonce|resolved|signature|thumbprint|build|cache|chunk|blob|tree|ref|color|colour)s?$/i;

/** Columns whose values only tell one row from another. */
const identifying = /(?:^|[^a-z])(?:ids?|uuids?|guids?|refs?|references?|numbers?|no|nr|slugs?)$/i;

/** Names so general that the name proper stands on the line above: `- name: TOKEN` / `value: …`. */
const general = /(?:^|[^a-z])(?:value|val|default|string|content|text|data|stringvalue|defaultvalue)$/i;

/** What ends a line whose value stands on the next: `token: |`, `token =`, `token = (`. */
const opening = /(?:=>|:=|[:=])\s{0,3}(?:[|>][-+]?\d?|[\\(])?$/;

/** `echo VALUE | gh secret set TOKEN` */
const printing = /(?:^|[\s;&|(])(?:echo|printf)(?:\s{1,3}-\w{1,3})*$/;

/**
 * Describes where a value stands, or gives null when it is not in the place of a value (in the middle of prose, of a
 * path or of a longer word), or when its own name says that it is no secret.
 */
export function valuePosition(text: string, { start, end }: Span): ValuePosition | null {
  const column = columnName(text, { start, end });
  if (column !== null) return inColumn(column);
  const lineStart = startOfLine(text, start);
  const before = toPlainText(text.slice(Math.max(lineStart, start - reach), start));
  const head = before.replace(decoration, '');
  if (head === '') return onOwnLine(text, lineStart);
  if (/^\s*-$/.test(head)) return asEntry(text, lineStart, false);
  if (/:\/\/$/.test(head))
    return isUserInfo(head, text[end]) ? { name: '', isPositional: true, opensCall: false } : null;
  if (printing.test(head)) return printed(stretchBehind(text, end));
  const operator = /(?:[:=]>?|:-|[,([{>|@&?;]|=>|->|<<)$/.exec(head)?.[0];
  const isSpaced = operator === undefined && head.length < before.length;
  if (operator === undefined && !isSpaced) return null;
  const named = toName(operator === undefined ? head : head.slice(0, -operator.length));
  if (innocent.test(named) && operator !== ',') return null;
  const own = operator === undefined ? lastWords(named) : lastStatement(named, operator === ',');
  const name = general.test(named)
    ? `${enclosingName(text, lineStart)} ${sibling(named, stretchBehind(text, end))} ${firstArgument(named)} ${own}`
    : own;
  const isPositional = operator === undefined ? /[([{<]/.test(before.slice(head.length)) : isArgument(operator, named);
  return { name: toWords(name), isPositional, opensCall: false };
}

/** What stands before an operator, without quotes, brackets, the type of a constant in Rust and the accessors of C#. */
function toName(text: string): string {
  return text
    .replace(/:\s{0,3}&(?:'\w{1,20}\s{1,3})?\w{1,20}\s{0,3}$/, '')
    .replace(/\{(?:[\s\w]{1,30};){1,2}\s{0,3}\}\s{0,3}$/, '')
    .replace(/[\s"'`\]):=>?!]+$/, '');
}

/** A value with nothing before it on its line. The lines above may tell its name. */
function onOwnLine(text: string, lineStart: number): ValuePosition | null {
  if (text[lineStart - 1] === '\0') return null; // a string of a binary, that nothing gives a meaning
  const above = lineAbove(text, lineStart);
  if (!opening.test(above)) return asEntry(text, lineStart, /\($/.test(above));
  const named = toName(above.replace(opening, ''));
  if (innocent.test(named)) return null;
  const own = lastStatement(named, false);
  return toNamed(general.test(named) ? `${lineAbove(text, text.lastIndexOf(above, lineStart))} ${own}` : own);
}

/** An entry of a list belongs to the option above it; else it is called what the list is, and has no name of its own. */
function asEntry(text: string, lineStart: number, opensCall: boolean): ValuePosition | null {
  const option = optionAbove(text, lineStart);
  const named = option ?? toName(listName(text, lineStart));
  if (innocent.test(named)) return null;
  if (option !== undefined) return toNamed(option);
  return { name: toWords(lastStatement(named, false)), isPositional: true, opensCall };
}

function toNamed(name: string): ValuePosition {
  return { name: toWords(name), isPositional: false, opensCall: false };
}

function stretchBehind(text: string, end: number): string {
  return toPlainText(text.slice(end, end + reach));
}

/** What is printed into a pipe is called what the other end of it calls it. */
function printed(behind: string): ValuePosition {
  const reader = /^["']?\s{0,3}\|\s{0,3}([^\r\n]*)/.exec(behind)?.[1] ?? '';
  return { name: toWords(reader), isPositional: false, opensCall: false };
}

/** A cell: its column may tell what it is, and only that of an id says that it can be nothing else. */
function inColumn(column: string): ValuePosition | null {
  if (innocent.test(column)) return null;
  return { name: toWords(column), isPositional: !identifying.test(column), opensCall: false };
}

/** Lower case, without the characters that join words. */
export function toWords(name: string): string {
  return name.toLowerCase().replace(/[_\-.\s]/g, '');
}

/** `https://TOKEN@host`, `scheme://TOKEN`; but `https://0a1b2c.example.com` is a host. */
function isUserInfo(head: string, next: string | undefined): boolean {
  return next === '@' || next === ':' || !/https?:\/\/$/i.test(head);
}

/** `f(a, "…")` has no name for its value; `setenv("NAME", "…")` has. */
function isArgument(operator: string, before: string): boolean {
  if (operator === '>') return !/<[A-Za-z][\w.:-]*$/.test(before);
  if (operator === ',' && /["'`][A-Za-z_][A-Za-z_.-]{2,60}\d{0,2}$/.test(before)) return false;
  return /[,([{>|]$/.test(operator) && !operator.includes('=');
}

/** What belongs to this value: nothing of the statement, parameter or member before it. */
function lastStatement(name: string, isSecondArgument: boolean): string {
  const ends = isSecondArgument ? [';', '&', '?', '{'] : [';', '&', '?', '{', ','];
  return name.slice(Math.max(...ends.map((end) => name.lastIndexOf(end))) + 1);
}

/** With nothing but space before the value, its name is the last cell of a row, or the end of a sentence. */
function lastWords(name: string): string {
  const cell = name.slice(name.lastIndexOf('\t') + 1);
  return cell.split(/\s+/).slice(-mostWords).join(' ');
}
