import type { JsonMember, JsonNode } from './jsonc.js';

/**
 * Builds the tree of a file in which nothing is wrong; undefined where something is, or looks so: what it is, the library
 * tells. An allowlist has thousands of entries, and a hook is over before V8 has made the library quick.
 */
export function readSoundJson(text: string, maxDepth: number): JsonNode | undefined {
  const reader: Reader = { text, at: 0, depthLeft: maxDepth };
  const node = readValue(reader);
  skipBlanks(reader);
  return reader.at === text.length ? node : undefined;
}

interface Reader {
  readonly text: string;
  at: number;
  depthLeft: number;
}

const blanks = /[ \t\r\n]*/y;
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[\dA-Fa-f]{4}))*"/y;
const scalar = /(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[Ee][-+]?\d+)?)(?![\w.+-])/y;
const NONE: readonly never[] = [];

function readValue(reader: Reader): JsonNode | undefined {
  skipBlanks(reader);
  const first = reader.text[reader.at];
  if (first === '{' || first === '[') return readNested(reader, first);
  const offset = reader.at;
  const raw = take(reader, first === '"' ? string : scalar);
  if (raw === undefined) return undefined;
  return { type: 'literal', offset, length: raw.length, value: toValue(raw), elements: NONE, members: NONE };
}

function readNested(reader: Reader, open: '{' | '['): JsonNode | undefined {
  if (reader.depthLeft === 0) return undefined;
  reader.depthLeft -= 1;
  const offset = reader.at++;
  const isObject = open === '{';
  const members: JsonMember[] = [];
  const elements: JsonNode[] = [];
  while (!takes(reader, isObject ? '}' : ']')) {
    const isRead = isObject ? addMember(reader, members) : addElement(reader, elements);
    if (!isRead || (!takes(reader, ',') && reader.text[reader.at] !== (isObject ? '}' : ']'))) return undefined;
  }
  reader.depthLeft += 1;
  const type = isObject ? 'object' : 'array';
  return { type, offset, length: reader.at - offset, value: null, elements, members };
}

function addElement(reader: Reader, elements: JsonNode[]): boolean {
  const value = readValue(reader);
  if (value !== undefined) elements.push(value);
  return value !== undefined;
}

function addMember(reader: Reader, members: JsonMember[]): boolean {
  const offset = reader.at;
  const key = take(reader, string);
  if (key === undefined || !takes(reader, ':')) return false;
  const value = readValue(reader);
  if (value !== undefined) members.push({ key: String(toValue(key)), offset, value });
  return value !== undefined;
}

function toValue(raw: string): string | number | boolean | null {
  return raw.startsWith('"') && !raw.includes('\\') ? raw.slice(1, -1) : JSON.parse(raw);
}

/** Whether this sign comes next, past blanks and comments. */
function takes(reader: Reader, sign: string): boolean {
  skipBlanks(reader);
  if (reader.text[reader.at] !== sign) return false;
  reader.at += 1;
  return true;
}

function take(reader: Reader, pattern: RegExp): string | undefined {
  pattern.lastIndex = reader.at;
  if (!pattern.test(reader.text)) return undefined;
  const raw = reader.text.slice(reader.at, pattern.lastIndex);
  reader.at = pattern.lastIndex;
  return raw;
}

/** Stays before a comment that is not closed. */
function skipBlanks(reader: Reader): void {
  for (;;) {
    take(reader, blanks);
    const end = endOfComment(reader);
    if (end < 0) return;
    reader.at = end;
  }
}

function endOfComment({ text, at }: Reader): number {
  if (text.startsWith('//', at)) {
    const end = text.slice(at).search(/[\r\n]/);
    return end < 0 ? text.length : at + end;
  }
  if (!text.startsWith('/*', at)) return -1;
  const end = text.indexOf('*/', at + 2);
  return end < 0 ? -1 : end + 2;
}
