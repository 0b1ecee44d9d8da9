import {
  type Cursor,
  type Dialect,
  isAtEnd,
  readBackquoted,
  readDollar,
  readDoubleQuoted,
  take,
} from './shell-quotes.js';

/** One simple command of a shell text, as the shell would take it apart: quotes gone, variables left as they stand. */
export interface ShellCommand {
  /** `NAME=value` before the command. */
  readonly assignments: readonly Assignment[];
  readonly words: readonly string[];
  /** The files that it writes over, by `>`. */
  readonly overwrites: readonly string[];
  /** What it is given as standard input in the text itself, by `<<` or `<<<`. */
  readonly input: string;
}

export interface Assignment {
  readonly name: string;
  readonly value: string;
}

/** Texts within texts are followed so deep: nobody nests more, and a text made to be deep must not overflow the stack. */
const MOST_DEPTH = 20;

/**
 * All simple commands of a text, those in subshells and substitutions too. Never throws: what is no complete shell text
 * is read as far as it goes. https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html
 */
export function parseShell(text: string, dialect: Dialect = 'posix', depth = 0): readonly ShellCommand[] {
  const commands: ShellCommand[] = [];
  let level = depth;
  const cursor: Cursor = {
    text,
    at: 0,
    dialect,
    script: (script) => {
      if (level < MOST_DEPTH) for (const one of parseShell(script, dialect, level + 1)) commands.push(one);
    },
    group: () => {
      if (level >= MOST_DEPTH) return false;
      level += 1;
      readCommands(cursor, commands, true);
      level -= 1;
      return true;
    },
  };
  readCommands(cursor, commands, false);
  return commands;
}

/** Reads commands up to the end, or in a substitution up to the bracket that closes it. */
function readCommands(cursor: Cursor, commands: ShellCommand[], isInside: boolean): void {
  const pending: HereDocument[] = [];
  let draft = newDraft();
  let open = 0;
  const end = (): void => {
    if (draft.words.length + draft.assignments.length + draft.overwrites.length > 0) commands.push(draft);
    draft = newDraft();
  };
  while (!isAtEnd(cursor)) {
    const mark = readOperator(cursor);
    if (mark === undefined) readInto(draft, cursor);
    else if (/[<>]/.test(mark)) readRedirect(draft, mark, { cursor, pending });
    else {
      end();
      if (mark === '\n') for (const one of pending.splice(0)) one.owner.input = readBody(cursor, one);
      if (mark === ')' && isInside && open === 0) return;
      open += mark === '(' ? 1 : mark === ')' ? -1 : 0;
    }
  }
  end();
}

interface Draft extends ShellCommand {
  readonly assignments: Assignment[];
  readonly words: string[];
  readonly overwrites: string[];
  input: string;
}

interface HereDocument {
  readonly owner: Draft;
  readonly delimiter: string;
  readonly hasTabs: boolean;
}

const OPERATOR = /(?:\d*(?:&>>|&>|>>|>\||>&|<<<|<<-|<<|<>|<&|>|<)|&&|\|\||\|&|;;|[\n;&|()])/y;
const BLANKS = /(?:[^\S\n]|\\\r?\n)*(?:#[^\n]*)?/y;
const POWERSHELL_BLANKS = /(?:[^\S\n]|`\r?\n)*(?:#[^\n]*)?/y;
// Words that only say how the command after them is run, where a command begins.
const RESERVED = new Set(['{', '}', '!', 'if', 'then', 'elif', 'else', 'while', 'until', 'do', 'time', 'coproc']);

function newDraft(): Draft {
  return { assignments: [], words: [], overwrites: [], input: '' };
}

/** Skips blanks and comments; gives the operator that stands here, or undefined before a word. */
function readOperator(cursor: Cursor): string | undefined {
  take(cursor, cursor.dialect === 'posix' ? BLANKS : POWERSHELL_BLANKS);
  return isAtEnd(cursor) ? '\n' : take(cursor, OPERATOR);
}

function readInto(draft: Draft, cursor: Cursor): void {
  const start = cursor.at;
  const word = readWord(cursor);
  if (draft.words.length > 0) {
    draft.words.push(word);
    return;
  }
  const name = /^([A-Za-z_]\w*)\+?=/.exec(cursor.text.slice(start, cursor.at))?.[1];
  if (name !== undefined) draft.assignments.push({ name, value: word.slice(word.indexOf('=') + 1) });
  else if (!RESERVED.has(word)) draft.words.push(word);
}

function readRedirect(
  draft: Draft,
  mark: string,
  { cursor, pending }: { readonly cursor: Cursor; readonly pending: HereDocument[] },
): void {
  take(cursor, /[ \t]*/y);
  const target = readWord(cursor);
  const sign = mark.replace(/^\d+/, '');
  if (sign === '<<' || sign === '<<-') pending.push({ owner: draft, delimiter: target, hasTabs: sign === '<<-' });
  else if (sign === '<<<') draft.input += `${target}\n`;
  else if (/^(?:>|>\||&>)$/.test(sign)) draft.overwrites.push(target);
}

/** The lines of a here-document, up to its delimiter or the end. */
function readBody(cursor: Cursor, { delimiter, hasTabs }: HereDocument): string {
  let body = '';
  while (!isAtEnd(cursor)) {
    const line = take(cursor, /[^\n]*\n?/y) ?? '';
    const text = (hasTabs ? line.replace(/^\t+/, '') : line).replace(/\r?\n$/, '');
    if (text === delimiter) break;
    body += `${text}\n`;
  }
  return body;
}

const PLAIN = /[^\s"'\\`$;&|()<>]+/y;
const POWERSHELL_PLAIN = /[^\s"'`$;&|()<>]+/y;

function readWord(cursor: Cursor): string {
  let word = '';
  while (!isAtEnd(cursor)) {
    const plain = take(cursor, cursor.dialect === 'posix' ? PLAIN : POWERSHELL_PLAIN);
    const piece = plain ?? readQuoted(cursor);
    if (piece === undefined) return word;
    word += piece;
  }
  return word;
}

/** A quoted or expanded part of a word; undefined where the word ends. */
function readQuoted(cursor: Cursor): string | undefined {
  const next = cursor.text.charAt(cursor.at);
  if (next === "'") return take(cursor, /'[^']*'?/y)?.replaceAll("'", '');
  if (next === '"') return readDoubleQuoted(cursor);
  if (next === '$') return readDollar(cursor);
  if (next === '`' && cursor.dialect === 'posix') return readBackquoted(cursor);
  if (next === '\\' || next === '`')
    return take(cursor, /.[\s\S]?/y)
      ?.slice(1)
      .replace('\n', '');
  return undefined;
}
