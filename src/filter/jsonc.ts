import type { Node, ParseError } from 'jsonc-parser';
import { UserError } from '../user-error.js';

/** A value in a JSON file with comments, which knows where it stands. */
export interface JsonValue {
  readonly file: JsonFile;
  readonly node: Node;
}

interface JsonFile {
  readonly name: string;
  readonly text: string;
  /** The offset at which each line begins. */
  readonly lineStarts: readonly number[];
}

interface Spot {
  readonly file: JsonFile;
  readonly offset: number;
}

/** Our files are three levels deep; package.json a few more. The parser calls itself for each level. */
const MAX_DEPTH = 60;

const SYNTAX_PROBLEMS: Readonly<Record<string, string>> = {
  InvalidSymbol: 'this word is not JSON: texts stand in double quotes',
  InvalidNumberFormat: 'this number is not valid',
  PropertyNameExpected: 'a key in double quotes is missing here',
  ValueExpected: 'a value is missing here',
  ColonExpected: 'a colon is missing here',
  CommaExpected: 'a comma is missing here',
  CloseBraceExpected: 'a closing } is missing here',
  CloseBracketExpected: 'a closing ] is missing here',
  EndOfFileExpected: 'the file should end here',
  UnexpectedEndOfComment: 'this comment is not closed',
  UnexpectedEndOfString: 'this text has no closing quote',
  InvalidUnicode: 'this \\u escape is not valid',
  InvalidEscapeCharacter: 'this backslash escape is not valid: a backslash is written \\\\',
  InvalidCharacter: 'this character must be escaped',
};

/** Parses JSON with comments and trailing commas. Throws a UserError with line and column at the first fault. */
export async function parseJsonc(name: string, text: string): Promise<JsonValue> {
  const jsonc = await import('jsonc-parser');
  const file = { name, text, lineStarts: findLineStarts(text) };
  checkDepth(file, jsonc.createScanner(text, true));
  const errors: ParseError[] = [];
  const node = jsonc.parseTree(text, errors, { allowTrailingComma: true });
  const first = errors[0];
  if (first !== undefined) {
    const code = jsonc.printParseErrorCode(first.error);
    throw errorAt({ file, offset: first.offset }, SYNTAX_PROBLEMS[code] ?? 'this is not valid JSON');
  }
  if (node === undefined) throw errorAt({ file, offset: 0 }, 'the file is empty');
  return { file, node };
}

/** The error that says what is wrong with a value, and where. `problem` reads well after "file:line:column: ". */
export function problemWith(value: JsonValue, problem: string, hint?: string): UserError {
  return errorAt({ file: value.file, offset: value.node.offset }, problem, hint);
}

/** The line on which a value begins, from 1. */
export function lineOf(value: JsonValue): number {
  return placeOf({ file: value.file, offset: value.node.offset }).line;
}

/** The value as plain data, for comparing. */
export async function toPlain(node: Node): Promise<unknown> {
  const { getNodeValue } = await import('jsonc-parser');
  return getNodeValue(node);
}

/** Nested brackets without end would exhaust the stack of the parser. */
function checkDepth(file: JsonFile, scanner: import('jsonc-parser').JSONScanner): void {
  let depth = 0;
  while (scanner.getPosition() < file.text.length) {
    scanner.scan();
    const first = file.text[scanner.getTokenOffset()];
    if (first === '{' || first === '[') depth += 1;
    if (first === '}' || first === ']') depth -= 1;
    if (depth > MAX_DEPTH) throw errorAt({ file, offset: scanner.getTokenOffset() }, 'this is nested too deeply');
  }
}

function errorAt(spot: Spot, problem: string, hint?: string): UserError {
  const { line, column } = placeOf(spot);
  const { name } = spot.file;
  return new UserError(
    `${name}:${line}:${column}: ${problem}.`,
    hint ?? `Mend ${name} on line ${line}; docs/configuration.md shows what may stand there.`,
  );
}

/** Lines and columns count from 1, columns in UTF-16 units. */
function placeOf({ file, offset }: Spot): { line: number; column: number } {
  let low = 0;
  let high = file.lineStarts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((file.lineStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return { line: low + 1, column: offset - (file.lineStarts[low] ?? 0) + 1 };
}

function findLineStarts(text: string): readonly number[] {
  const breaks = text.matchAll(/\r\n|\r|\n/g);
  return [0, ...Array.from(breaks, (found) => found.index + found[0].length)];
}
