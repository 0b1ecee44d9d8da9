import type { JSONVisitor, ParseOptions } from 'jsonc-parser';
import { UserError } from '../user-error.js';
import { readSoundJson } from './sound-json.js';

export interface JsonNode {
  readonly type: 'object' | 'array' | 'literal';
  readonly offset: number;
  readonly length: number;
  /** Of literals. */
  readonly value: string | number | boolean | null;
  /** Of lists. */
  readonly elements: readonly JsonNode[];
  /** Of objects, in the order of the file; a key that stands there twice is here twice. */
  readonly members: readonly JsonMember[];
}

export interface JsonMember {
  readonly key: string;
  /** Where the key begins. */
  readonly offset: number;
  readonly value: JsonNode;
}

/** A value in a JSON file with comments, which knows where it stands. */
export interface JsonValue {
  readonly file: JsonFile;
  readonly node: JsonNode;
}

export interface JsonFile {
  readonly name: string;
  readonly text: string;
  /** The offset at which each line begins. */
  readonly lineStarts: readonly number[];
}

/** A value that is being read. */
interface Draft extends JsonNode {
  length: number;
  readonly elements: JsonNode[];
  readonly members: JsonMember[];
}

interface Spot {
  readonly file: JsonFile;
  readonly offset: number;
}

type Library = typeof import('jsonc-parser');

// An empty text passes here, so that it is told at its end, as a value that is missing.
const OPTIONS: ParseOptions = { allowTrailingComma: true, allowEmptyContent: true };
/** Our files are four levels deep, a package.json a few more. The parser calls itself for each level. */
const MAX_DEPTH = 60;
const NONE: readonly never[] = [];
/** What jsonc-parser finds wrong, in words that follow "file:line:column: ". */
const PROBLEMS: Readonly<Record<string, string>> = {
  InvalidNumberFormat: 'this is not a number',
  UnexpectedEndOfNumber: 'this is not a number',
  PropertyNameExpected: 'a key in double quotes is missing here',
  ValueExpected: 'a value is missing here',
  ColonExpected: 'a colon is missing here',
  CommaExpected: 'a comma is missing here',
  CloseBraceExpected: 'a closing } is missing here',
  CloseBracketExpected: 'a closing ] is missing here',
  EndOfFileExpected: 'the file should end here',
  UnexpectedEndOfComment: 'this comment is not closed',
  UnexpectedEndOfString: 'this text has no closing quote',
  InvalidUnicode: 'this text has a wrong \\u escape in it',
  InvalidEscapeCharacter: 'this text has a wrong \\ escape in it',
  InvalidCharacter: 'this text has a control character in it',
};

/** Parses JSON with comments and trailing commas. Throws a UserError with line and column at the first fault. */
export async function parseJsonc(name: string, text: string): Promise<JsonValue> {
  const file = { name, text, lineStarts: findLineStarts(text) };
  // The library is loaded only to say what is wrong: that costs a hook some milliseconds.
  const node = readSoundJson(text, MAX_DEPTH) ?? readTree(file, await import('jsonc-parser'));
  if (node === undefined) throw errorAt({ file, offset: text.length }, 'a value is missing here');
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

/** The value in one spelling: blanks and comments make no difference. */
export function toCanonical(node: JsonNode): string {
  if (node.type === 'array') return `[${node.elements.map(toCanonical).join()}]`;
  if (node.type !== 'object') return JSON.stringify(node.value);
  return `{${node.members.map(({ key, value }) => `${JSON.stringify(key)}:${toCanonical(value)}`).join()}}`;
}

/**
 * Builds the tree of any file in one pass, and stops at the first fault: from there on the library would guess what is meant.
 * Its own `parseTree` would need a second pass before it, because deep nesting fills the stack.
 */
export function readTree(file: JsonFile, { visit, printParseErrorCode }: Library): JsonNode | undefined {
  const top = toDraft('array', 0);
  const open = [top];
  let key: Omit<JsonMember, 'value'> | undefined;
  const add = (value: JsonNode): void => {
    const parent = open.at(-1) ?? top;
    if (key === undefined) parent.elements.push(value);
    else parent.members.push({ key: key.key, offset: key.offset, value });
    key = undefined;
  };
  const begin = (type: 'object' | 'array', offset: number): void => {
    if (open.length > MAX_DEPTH) throw errorAt({ file, offset }, 'this is nested too deeply');
    const draft = toDraft(type, offset);
    add(draft);
    open.push(draft);
  };
  const end = (offset: number, length: number): void => {
    const draft = open.pop() ?? top;
    draft.length = offset + length - draft.offset;
  };
  const visitor: JSONVisitor = {
    onObjectBegin: (offset) => begin('object', offset),
    onArrayBegin: (offset) => begin('array', offset),
    onObjectEnd: end,
    onArrayEnd: end,
    onObjectProperty: (name, offset) => {
      key = { key: name, offset };
    },
    onLiteralValue: (value: string | number | boolean | null, offset, length) => {
      add({ type: 'literal', offset, length, value, elements: NONE, members: NONE });
    },
    onError: (code, offset) => {
      const problem = PROBLEMS[printParseErrorCode(code)];
      throw errorAt({ file, offset }, problem ?? 'this is not JSON: texts stand in double quotes');
    },
  };
  visit(file.text, visitor, OPTIONS);
  return top.elements[0];
}

function toDraft(type: 'object' | 'array', offset: number): Draft {
  return { type, offset, length: 0, value: null, elements: [], members: [] };
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
