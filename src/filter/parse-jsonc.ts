/**
 * Parses JSON with comments and trailing commas, and keeps where each value stands. Our own parser, because the one from
 * the registry takes ten times as long, and the hook reads the allowlist before every commit.
 */
export interface JsonNode {
  readonly type: 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null';
  readonly offset: number;
  readonly length: number;
  /** Of texts, numbers, true and false. */
  readonly value: string | number | boolean | null;
  /** Of lists. */
  readonly elements: readonly JsonNode[];
  /** Of objects. */
  readonly members: readonly JsonMember[];
}

export interface JsonMember {
  readonly key: string;
  /** Where the key begins. */
  readonly offset: number;
  readonly value: JsonNode;
}

/** The first fault in a text, in words that follow "file:line:column: ". */
export class JsonFault extends Error {
  override readonly name = 'JsonFault';
  readonly offset: number;

  constructor(offset: number, problem: string) {
    super(problem);
    this.offset = offset;
  }
}

interface Reader {
  readonly text: string;
  offset: number;
  depth: number;
}

/** Our files are four levels deep, a package.json a few more. The parser calls itself for each level. */
const MAX_DEPTH = 60;
// Written so that no character can be eaten in two ways: an open quote or comment must not make them backtrack.
const BLANK = /(?:[ \t\r\n\ufeff]|\/\/[^\r\n]*|\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\/)*/y;
const TEXT = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])/y;
const WORD = /(?:true|false|null)(?!\w)/y;
const NONE: readonly never[] = [];

/** Gives the value that the text holds. Throws a JsonFault. */
export function parseJsoncText(text: string): JsonNode {
  const reader = { text, offset: 0, depth: 0 };
  skipBlank(reader);
  const node = readValue(reader);
  skipBlank(reader);
  if (reader.offset < text.length) throw new JsonFault(reader.offset, 'the file should end here');
  return node;
}

/** The offset behind blanks and comments. */
export function endOfBlank(text: string, offset: number): number {
  BLANK.lastIndex = offset;
  BLANK.test(text);
  return Math.max(offset, BLANK.lastIndex);
}

function readValue(reader: Reader): JsonNode {
  const { offset } = reader;
  const first = reader.text[offset];
  if (first === '{' || first === '[') return readBrackets(reader, first);
  if (first === '"') return toNode(reader, offset, { type: 'string', value: readText(reader) });
  const word = take(reader, WORD);
  if (word === 'null') return toNode(reader, offset, { type: 'null', value: null });
  if (word !== null) return toNode(reader, offset, { type: 'boolean', value: word === 'true' });
  const number = take(reader, NUMBER);
  if (number !== null) return toNode(reader, offset, { type: 'number', value: Number(number) });
  if (first === undefined || /[\]},:]/.test(first)) throw new JsonFault(offset, 'a value is missing here');
  if (first === '/') throw new JsonFault(offset, 'this comment is not closed');
  throw new JsonFault(offset, 'this is not JSON: texts stand in double quotes');
}

function readBrackets(reader: Reader, open: '{' | '['): JsonNode {
  const { offset } = reader;
  const close = open === '{' ? '}' : ']';
  const members: JsonMember[] = [];
  const elements: JsonNode[] = [];
  reader.depth += 1;
  if (reader.depth > MAX_DEPTH) throw new JsonFault(offset, 'this is nested too deeply');
  reader.offset += 1;
  for (skipBlank(reader); reader.text[reader.offset] !== close; skipBlank(reader)) {
    if (reader.offset >= reader.text.length) throw new JsonFault(reader.offset, `a closing ${close} is missing here`);
    if (open === '{') members.push(readMember(reader));
    else elements.push(readValue(reader));
    skipBlank(reader);
    const next = reader.text[reader.offset];
    if (next === close) break;
    if (next === undefined) throw new JsonFault(reader.offset, `a closing ${close} is missing here`);
    if (next !== ',') throw new JsonFault(reader.offset, `a comma or a closing ${close} is missing here`);
    reader.offset += 1;
  }
  reader.depth -= 1;
  reader.offset += 1;
  return toNode(reader, offset, { type: open === '{' ? 'object' : 'array', members, elements });
}

function readMember(reader: Reader): JsonMember {
  const { offset } = reader;
  if (reader.text[offset] !== '"') throw new JsonFault(offset, 'a key in double quotes is missing here');
  const key = readText(reader);
  skipBlank(reader);
  if (reader.text[reader.offset] !== ':') throw new JsonFault(reader.offset, 'a colon is missing here');
  reader.offset += 1;
  skipBlank(reader);
  return { key, offset, value: readValue(reader) };
}

function readText(reader: Reader): string {
  const { offset } = reader;
  const quoted = take(reader, TEXT);
  if (quoted === null) throw new JsonFault(offset, 'this text has no closing quote, or a wrong \\ escape in it');
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  return String(JSON.parse(quoted));
}

/** Written out, because spreading objects together takes ten times as long as all the rest of the parser. */
function toNode(reader: Reader, offset: number, what: Pick<JsonNode, 'type'> & Partial<JsonNode>): JsonNode {
  const { type, value = null, elements = NONE, members = NONE } = what;
  return { type, offset, length: reader.offset - offset, value, elements, members };
}

function take(reader: Reader, pattern: RegExp): string | null {
  pattern.lastIndex = reader.offset;
  if (!pattern.test(reader.text)) return null;
  const found = reader.text.slice(reader.offset, pattern.lastIndex);
  reader.offset = pattern.lastIndex;
  return found;
}

function skipBlank(reader: Reader): void {
  reader.offset = endOfBlank(reader.text, reader.offset);
}
