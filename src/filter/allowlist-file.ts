import type { Edit } from 'jsonc-parser';
import type { IsoDate } from '../detect/detector.js';
import { parseAllowlist } from './allowlist.js';
import { readList, readMember } from './json-value.js';
import { type JsonNode, type JsonValue, parseJsonc } from './jsonc.js';
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
  // Refuses before it writes: a file that is too large would stop every commit from now on.
  toRuleText(ALLOWLIST_FILE, { kind: 'file', bytes: Buffer.from(text) });
  await writeRuleFile(path, text);
}

/** The text of an allowlist with more entries in it. Ends its lines with LF. */
export async function addEntries(old: string, entries: readonly NewEntry[]): Promise<string> {
  await parseAllowlist(old);
  const text = `${old.replace(/\r\n?/g, '\n').trimEnd()}\n`;
  const list = readMember(await parseJsonc(ALLOWLIST_FILE, text), 'allow');
  if (list === undefined) return text;
  const elements = readList(list, (element) => element);
  const indent = indentOf(text, elements[0]?.node);
  const groups = groupByPlace(elements, entries);
  const edits = [...groups].flatMap(([index, here]) => {
    const lines = here.map((entry) => `${indent}${toLine(entry)}`).join('\n');
    const previous = elements[index - 1]?.node;
    return previous ? insertBehind(text, previous, lines) : [insertFirst(text, list.node, lines)];
  });
  // Loaded here: what shares a file with this in the bundle must start without it.
  const { applyEdits } = await import('jsonc-parser');
  const added = applyEdits(text, edits);
  await parseAllowlist(added);
  return added;
}

/** Only entries by fingerprint are in order; others stay where their author put them. */
function groupByPlace(elements: readonly JsonValue[], entries: readonly NewEntry[]): Map<number, NewEntry[]> {
  const findings = elements.map((element) => readMember(element, 'finding')?.node.value);
  const groups = new Map<number, NewEntry[]>();
  for (const entry of entries.toSorted((one, other) => (one.finding < other.finding ? -1 : 1))) {
    const next = findings.findIndex((finding) => typeof finding === 'string' && finding > entry.finding);
    const place = next < 0 ? elements.length : next;
    const group = groups.get(place);
    if (group === undefined) groups.set(place, [entry]);
    else group.push(entry);
  }
  return groups;
}

function toLine(entry: NewEntry): string {
  const members = Object.entries(entry).map(([key, value]) => `"${key}": ${JSON.stringify(value)}`);
  // A comma also behind the last entry: adding one then touches no other line, and "merge=union" gives a sound file.
  return `{ ${members.join(', ')} },`;
}

function indentOf(text: string, first: JsonNode | undefined): string {
  if (first === undefined) return '    ';
  const lineStart = text.lastIndexOf('\n', first.offset) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, first.offset))?.[0] ?? '';
}

function insertFirst(text: string, list: JsonNode, lines: string): Edit {
  return insertAt(text, endOfRemarks(text, list.offset + 1), lines);
}

/** Behind an entry, its comma, and the remark that may follow on its line. */
function insertBehind(text: string, previous: JsonNode, lines: string): readonly Edit[] {
  const end = previous.offset + previous.length;
  const comma = findComma(text, end);
  if (comma !== null) return [insertAt(text, endOfRemarks(text, comma), lines)];
  return [{ offset: end, length: 0, content: ',' }, insertAt(text, endOfRemarks(text, end), lines)];
}

function insertAt(text: string, offset: number, lines: string): Edit {
  return { offset, length: 0, content: `\n${lines}${text[offset] === '\n' ? '' : '\n  '}` };
}

/** The offset behind the comma that follows, past blanks and comments; null where none follows. */
function findComma(text: string, from: number): number | null {
  const comma = /(?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)*,/y;
  comma.lastIndex = from;
  return comma.test(text) ? comma.lastIndex : null;
}

/** The end of the line where only a remark stands before it; else the offset itself. */
function endOfRemarks(text: string, from: number): number {
  const found = /[ \t]*(?:\/\/[^\n]*|\/\*[^\n]*?\*\/[ \t]*)?(?=\n|$)/y;
  found.lastIndex = from;
  return found.test(text) ? found.lastIndex : from;
}
