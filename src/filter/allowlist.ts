import { coversFormat, detectorNameProblem } from './detector-name.js';
import { globProblem, isGlob, type PathTest, toPathTest } from './glob.js';
import { type Fields, readDate, readList, readNumber, readObject, readSomeList, readText } from './json-value.js';
import { type JsonValue, lineOf, parseJsonc, problemWith } from './jsonc.js';
import type { Allowlist } from './no-allowlist.js';
import { ALLOWLIST_FILE } from './rule-file.js';
import type { AllowEntry, Suspect } from './rules.js';
import { readValueTest } from './value-test.js';

const FILE_KEYS = ['$schema', 'version', 'allow'];
const ENTRY_KEYS = ['finding', 'path', 'value', 'detectors', 'reason', 'by', 'expires'];
const FINGERPRINT = /^[0-9a-f]{32}$/;
const MAX_ENTRIES = 20_000;
/** Each pattern is tried on each match: many of them would let a hostile allowlist slow the hook down. */
const MAX_PATTERNS = 100;
/** Each glob is compiled before each run, and tried on each match or path. */
const MAX_GLOBS = 200;

/** Parses the allowlist's text. Anything that it does not know is an error: a typo must not pass for an entry. */
export async function parseAllowlist(text: string): Promise<Allowlist> {
  const root = await parseJsonc(ALLOWLIST_FILE, text);
  const file = readObject(root, FILE_KEYS);
  readNumber(file.need('version'), 1, 1);
  const list = file.need('allow');
  const elements = readList(list, (element) => element);
  if (elements.length > MAX_ENTRIES) throw problemWith(list, `there are more than ${MAX_ENTRIES} entries`);
  checkGlobCount(list, elements.map(pathOf));
  const entries = await Promise.all(elements.map(readEntry));
  if (entries.filter((entry) => entry.isPattern).length > MAX_PATTERNS) {
    throw problemWith(list, `there are more than ${MAX_PATTERNS} entries with a /pattern/`);
  }
  return toAllowlist(entries);
}

interface ReadEntry extends AllowEntry {
  readonly isPattern: boolean;
  readonly pathTest: PathTest;
}

async function readEntry(value: JsonValue): Promise<ReadEntry> {
  const fields = readObject(value, ENTRY_KEYS);
  const path = fields.get('path');
  const by = fields.get('by');
  const expires = fields.get('expires');
  return {
    line: lineOf(value),
    ...(await readWhat(value, fields)),
    ...(path && { path: readText(path) }),
    pathTest: path ? await readGlob(path) : () => true,
    reason: readText(fields.need('reason')),
    ...(by && { by: readText(by, 200) }),
    ...(expires && { expires: readDate(expires) }),
  };
}

/** What the entry is about. A fingerprint or a whole value is one secret; all else needs detectors beside it. */
async function readWhat(entry: JsonValue, fields: Fields) {
  const [finding, value, path, detectors] = ['finding', 'value', 'path', 'detectors'].map(fields.get);
  if (!finding && !value && !path) {
    throw problemWith(entry, 'this entry names no "finding", "value" or "path"', 'Add one, or take the entry out.');
  }
  const test = value && (await readValueTest(value));
  if (!detectors && (test?.isPattern || (!finding && !value))) {
    throw problemWith(entry, '"detectors" is missing', 'Name the detectors that may pass here: "detectors": ["…"].');
  }
  return {
    isPattern: test?.isPattern === true,
    detectors: detectors ? readSomeList(detectors, readDetectorName) : [],
    ...(finding && { finding: readFingerprint(finding) }),
    ...(test && { value: test.test }),
  };
}

function readFingerprint(value: JsonValue): string {
  const text = readText(value);
  if (FINGERPRINT.test(text)) return text;
  throw problemWith(value, 'a fingerprint has 32 digits from 0-9 and a-f', 'Run "leak-guard allow" to add an entry.');
}

function pathOf(element: JsonValue): string {
  const path = element.node.members.find(({ key }) => key === 'path')?.value.value;
  return typeof path === 'string' ? path : '';
}

/** Refuses a file with so many globs that trying them would slow the hook down. */
export function checkGlobCount(value: JsonValue, paths: readonly string[]): void {
  if (paths.filter(isGlob).length > MAX_GLOBS) throw problemWith(value, `there are more than ${MAX_GLOBS} globs`);
}

/** Reads a path, or a glob that is not a catch-all. */
export async function readGlob(value: JsonValue): Promise<PathTest> {
  const glob = readText(value);
  const problem = await globProblem(glob);
  if (problem !== null) throw problemWith(value, `this glob ${problem}`);
  return toPathTest(glob);
}

/** Reads a detector id or `provider-*`. */
export function readDetectorName(value: JsonValue): string {
  const name = readText(value);
  const problem = detectorNameProblem(name);
  if (problem !== null) throw problemWith(value, `this ${problem}`, 'Run "leak-guard detectors" to see the ids.');
  return name;
}

/** Entries by fingerprint are looked up, because a baseline has thousands; the others are tried in turn. */
function toAllowlist(entries: readonly ReadEntry[]): Allowlist {
  const byFinding = groupByFinding(entries.filter(hasFinding));
  const others = entries.filter((entry) => !hasFinding(entry));
  return {
    entries,
    hasFingerprint: (text) => byFinding.has(text),
    covering: (suspect) => {
      const ids = byFinding.size === 0 ? [] : [suspect.detector, ...suspect.formerIds];
      const found = ids.flatMap((id) => byFinding.get(suspect.fingerprint(id)) ?? []);
      return [...found, ...others].filter((entry) => covers(entry, suspect));
    },
  };
}

function hasFinding(entry: ReadEntry): entry is ReadEntry & { readonly finding: string } {
  return entry.finding !== undefined;
}

function covers(entry: ReadEntry, suspect: Suspect): boolean {
  const format = { id: suspect.detector, formerIds: suspect.formerIds };
  if (entry.detectors.length > 0 && !entry.detectors.some((name) => coversFormat(name, format))) return false;
  if (!entry.pathTest(suspect.path)) return false;
  return entry.value === undefined || suspect.secretPasses(entry.value);
}

function groupByFinding(entries: readonly (ReadEntry & { readonly finding: string })[]): Map<string, ReadEntry[]> {
  const groups = new Map<string, ReadEntry[]>();
  for (const entry of entries) {
    const group = groups.get(entry.finding);
    if (group === undefined) groups.set(entry.finding, [entry]);
    else group.push(entry);
  }
  return groups;
}
