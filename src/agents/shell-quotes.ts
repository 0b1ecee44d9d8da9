/** How a text is read: in PowerShell a backslash is a character like any other, and a backquote takes its place. */
export type Dialect = 'posix' | 'powershell';

/** A place in a shell text. */
export interface Cursor {
  readonly text: string;
  at: number;
  readonly dialect: Dialect;
  /** Is given a text that the shell would run to make a word of its output. */
  readonly script: (script: string) => void;
  /** Reads the commands of a `$(…)` from here to behind its bracket; false where that would go too deep. */
  readonly group: () => boolean;
}

/** Takes what a sticky pattern finds here, and goes on behind it; undefined where it finds nothing. */
export function take(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0];
  if (found === undefined) return undefined;
  cursor.at += found.length;
  return found;
}

export function isAtEnd({ text, at }: Cursor): boolean {
  return at >= text.length;
}

/** `"…"`, where variables and substitutions count and a backslash takes away the meaning of a few characters only. */
export function readDoubleQuoted(cursor: Cursor): string {
  const { text, dialect } = cursor;
  let word = '';
  cursor.at += 1;
  while (!isAtEnd(cursor)) {
    const next = text.charAt(cursor.at);
    if (next === '"') {
      cursor.at += 1;
      return word;
    }
    if (next === '$') word += readExpansion(cursor);
    else if (next === '`' && dialect === 'posix') word += readBackquoted(cursor);
    else if (next === '\\' && dialect === 'posix') word += dropBackslash(take(cursor, /\\[\s\S]?/y) ?? '');
    else if (next === '`') word += take(cursor, /`[\s\S]?/y)?.slice(1) ?? '';
    else word += take(cursor, /[^"$`\\]+|\\/y) ?? '';
  }
  return word;
}

/** `$'…'`, `$"…"`, or an expansion, outside of quotes. */
export function readDollar(cursor: Cursor): string {
  const after = cursor.text.charAt(cursor.at + 1);
  if (cursor.dialect === 'posix' && after === "'") {
    return (take(cursor, /\$'(?:[^'\\]|\\[\s\S])*'?/y) ?? '')
      .slice(2)
      .replace(/'$/, '')
      .replace(/\\(?:x([\da-f]{1,2})|u([\da-f]{1,4})|([0-7]{1,3})|([\s\S]))/gi, fromEscape);
  }
  if (after !== '"') return readExpansion(cursor);
  cursor.at += 1;
  return readDoubleQuoted(cursor);
}

/** `` `…` ``: runs what is in it. */
export function readBackquoted(cursor: Cursor): string {
  const found = take(cursor, /`(?:[^`\\]|\\[\s\S])*`?/y) ?? '';
  cursor.script(
    found
      .slice(1)
      .replace(/`$/, '')
      .replace(/\\([`\\$])/g, '$1'),
  );
  return found;
}

/** `$(…)` runs what is in it; `$NAME`, `${…}` and `$((…))` stay as they stand, because their values are not known here. */
function readExpansion(cursor: Cursor): string {
  const { text, at: start } = cursor;
  const open = text.charAt(start + 1);
  if (open !== '(' && open !== '{') return take(cursor, /\$(?:[\w@*#?!:-]+)?/y) ?? '$';
  cursor.at = start + 2;
  const isCommand = open === '(' && text.charAt(start + 2) !== '(';
  if (!isCommand || !cursor.group()) {
    cursor.at = endOfGroup(text, start + 1);
    for (const [, script] of text.slice(start + 2, cursor.at).matchAll(/\$\(([^()]+)\)/g)) cursor.script(script ?? '');
  }
  return text.slice(start, cursor.at);
}

/** The place behind the bracket that closes the one at `start`. Brackets in quotes do not count. */
function endOfGroup(text: string, start: number): number {
  const [open, close] = text.charAt(start) === '(' ? ['(', ')'] : ['{', '}'];
  const parts = /'[^']*'|"(?:[^"\\]|\\[\s\S])*"|\\[\s\S]|[(){}]/g;
  parts.lastIndex = start;
  let depth = 0;
  for (let part = parts.exec(text); part !== null; part = parts.exec(text)) {
    if (part[0] === open) depth += 1;
    if (part[0] === close) depth -= 1;
    if (depth === 0) return parts.lastIndex;
  }
  return text.length;
}

function dropBackslash(pair: string): string {
  if (pair === '\\\n') return '';
  return /^\\[$`"\\]/.test(pair) ? pair.slice(1) : pair;
}

const CONTROLS: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
]);

function fromEscape(_: string, ...[hex, unicode, octal, plain = '']: readonly (string | undefined)[]): string {
  if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
  if (unicode !== undefined) return String.fromCharCode(Number.parseInt(unicode, 16));
  if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
  return CONTROLS.get(plain) ?? plain;
}
