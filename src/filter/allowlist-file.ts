import type { Node } from 'jsonc-parser';
import type { IsoDate } from '../detect/detector.js';
import { parseAllowlist } from './allowlist.js';
import { readList, readMember } from './json-value.js';
import { type JsonValue, parseJsonc } from './jsonc.js';
import { ALLOWLIST_FILE, toRuleText } from './rule-file.js';
import { readRuleFile, writeRuleFile } from './rule-file-on-disk.js';

/** An entry to write, in the order in which its keys stand in the file. */
export interface NewEntry {
  readonly finding: string;
  readonly reason: string;
  readonly by?: string;
  readonly expires?: IsoDate;
}

const EMPTY_FILE = '{\n  "version": 1,\n  "allow": [\n  ]\n}\n';

/**
 * Adds entries to the allowlist at a path, and creates it if need be. Comments and entries that are there stay as they are.
 * Each entry is one line, and takes its place by fingerprint, so that two branches that add entries seldom
 * meet on the same line.
 */
export async function addToAllowlist(path: string, entries: readonly NewEntry[]): Promise<void> {
  const stored = await readRuleFile(path);
  const old = stored === null ? EMPTY_FILE : toRuleText(ALLOWLIST_FILE, stored);
  const text = await addEntries(old, entries);
  await writeRuleFile(path, text);
}

/** The text of an allowlist with more entries in it. Ends its lines with LF. */
export async function addEntries(old: string, entries: readonly NewEntry[]): Promise<string> {
  await parseAllowlist(old);
  let text = `${old.replace(/\r\n?/g, '\n').trimEnd()}\n`;
  const list = readMember(await parseJsonc(ALLOWLIST_FILE, text), 'allow');
  if (list === undefined) return text;
  const elements = readList(list, (element) => element);
  const indent = indentOf(text, elements[0]?.node);
  const groups = groupByPlace(elements, entries);
  // From the end to the beginning: what is inserted moves nothing that is still to be looked at.
  for (let index = elements.length; index >= 0; index -= 1) {
    const here = groups.get(index);
    if (here === undefined) continue;
    const lines = here.map((entry) => `${indent}${toLine(entry)}`).join(',\n');
    const previous = elements[index - 1]?.node;
    text = previous
      ? insertBehind(text, previous, lines)
      : insertFirst(text, list.node, elements.length > 0 ? `${lines},` : lines);
  }
  await parseAllowlist(text);
  return text;
}

function groupByPlace(elements: readonly JsonValue[], entries: readonly NewEntry[]): Map<number, NewEntry[]> {
  const groups = new Map<number, NewEntry[]>();
  for (const entry of entries.toSorted((one, other) => (one.finding < other.finding ? -1 : 1))) {
    const index = indexFor(elements, entry);
    groups.set(index, [...(groups.get(index) ?? []), entry]);
  }
  return groups;
}

/** Only entries by fingerprint are in order; others stay where their author put them. */
function indexFor(elements: readonly JsonValue[], entry: NewEntry): number {
  const index = elements.findIndex((element) => {
    const finding: unknown = readMember(element, 'finding')?.node.value;
    return typeof finding === 'string' && finding > entry.finding;
  });
  return index < 0 ? elements.length : index;
}

function toLine(entry: NewEntry): string {
  const members = Object.entries(entry).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`);
  return `{ ${members.join(', ')} }`;
}

function indentOf(text: string, first: Node | undefined): string {
  if (first === undefined) return '    ';
  const lineStart = text.lastIndexOf('\n', first.offset) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, first.offset))?.[0] ?? '';
}

function insertFirst(text: string, list: Node, line: string): string {
  const bracket = list.offset + 1;
  const at = endOfRemarks(text, bracket);
  const rest = text.slice(at);
  return `${text.slice(0, at)}\n${line}${rest.startsWith('\n') ? '' : '\n  '}${rest}`;
}

/** Behind an entry, its comma, and the remark that may follow on its line. */
function insertBehind(text: string, previous: Node, line: string): string {
  const end = previous.offset + previous.length;
  const comma = findComma(text, end);
  const at = endOfRemarks(text, comma ?? end);
  const rest = text.slice(at);
  const glue = rest.startsWith('\n') ? '' : '\n  ';
  if (comma !== null) return `${text.slice(0, at)}\n${line},${glue}${rest}`;
  return `${text.slice(0, end)},${text.slice(end, at)}\n${line}${glue}${rest}`;
}

/** The offset behind the comma that follows, past blanks and comments; null where none follows. */
function findComma(text: string, from: number): number | null {
  const found = /(?:\s|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*,/y;
  found.lastIndex = from;
  return found.test(text) ? found.lastIndex : null;
}

/** The end of the line where only a remark stands before it; else the offset itself. */
function endOfRemarks(text: string, from: number): number {
  const found = /[ \t]*(?:\/\/[^\n]*|\/\*[^\n]*?\*\/[ \t]*)?(?=\n|$)/y;
  found.lastIndex = from;
  return found.test(text) ? found.lastIndex : from;
}
