import { UserError } from '../user-error.js';
import { JsonFault, type JsonNode, parseJsoncText } from './parse-jsonc.js';

/** A value in a JSON file with comments, which knows where it stands. */
export interface JsonValue {
  readonly file: JsonFile;
  readonly node: JsonNode;
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

/** Parses JSON with comments and trailing commas. Throws a UserError with line and column at the first fault. */
export function parseJsonc(name: string, text: string): JsonValue {
  const file = { name, text, lineStarts: findLineStarts(text) };
  try {
    return { file, node: parseJsoncText(text) };
  } catch (error) {
    if (error instanceof JsonFault) throw errorAt({ file, offset: error.offset }, error.message);
    throw error;
  }
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
