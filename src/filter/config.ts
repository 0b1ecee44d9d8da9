import { checkGlobCount, readDetectorName, readGlob } from './allowlist.js';
import { readCustomDetector } from './custom-detector.js';
import type { PathTest } from './glob.js';
import { readBoolean, readMember, readNumber, readObject, readOneOf, readSomeList, readText } from './json-value.js';
import { type JsonValue, parseJsonc, problemWith } from './jsonc.js';
import { isPackageFile, PACKAGE_SETTINGS, type Settings } from './settings-files.js';
import { SEVERITIES } from './severities.js';

const KEYS = ['$schema', 'detectors', 'exclude', 'maxFileSize', 'requireReason', 'block', 'customDetectors'];
const MIN_FILE_BYTES = 100_000;
const MAX_FILE_BYTES = 2_000_000_000;
const UNITS: Readonly<Record<string, number>> = { kB: 1_000, MB: 1_000_000, GB: 1_000_000_000 };

/** Parses a settings file; null for a package.json without settings. */
export async function parseSettings(path: string, text: string): Promise<Settings | null> {
  const value = await findSettings(path, text);
  return value === null ? null : readSettings(value);
}

/** The settings of a file before they are read, for comparing; null where there are none. */
export async function findSettings(path: string, text: string): Promise<JsonValue | null> {
  return isPackageFile(path) ? findInPackage(path, text) : parseJsonc(path, text);
}

/** Most package files only name leak-guard as a dependency: their syntax is none of our business. */
async function findInPackage(path: string, text: string): Promise<JsonValue | null> {
  if (!PACKAGE_SETTINGS.test(text)) return null;
  const root = await parseJsonc(path, text);
  return readMember(root, 'leak-guard') ?? null;
}

async function readSettings(value: JsonValue): Promise<Settings> {
  const fields = readObject(value, KEYS);
  const [detectors, exclude, maxFileSize, requireReason, block, custom] = KEYS.slice(1).map(fields.get);
  return {
    ...(detectors && { off: readOff(detectors) }),
    ...(exclude && { exclude: await readExclude(exclude) }),
    ...(maxFileSize && { maxBlobBytes: readSize(maxFileSize) }),
    ...(requireReason && { requireReason: readBoolean(requireReason) }),
    ...(block && { block: readOneOf(block, SEVERITIES) }),
    ...(custom && { customDetectors: readSomeList(custom, readCustomDetector) }),
  };
}

function readOff(value: JsonValue): readonly string[] {
  return readSomeList(readObject(value, ['off']).need('off'), readDetectorName);
}

async function readExclude(value: JsonValue): Promise<PathTest> {
  checkGlobCount(value, readSomeList(value, readText));
  const tests = await Promise.all(readSomeList(value, readGlob));
  return (path) => tests.some((test) => test(path));
}

/** Bytes, or a text such as "20 MB". Too small a size would leave ordinary sources out. */
function readSize(value: JsonValue): number {
  if (typeof value.node.value === 'number') return readNumber(value, MIN_FILE_BYTES, MAX_FILE_BYTES);
  const [, digits = '', unit = ''] = /^(\d{1,9}) ?(kB|MB|GB)$/.exec(readText(value)) ?? [];
  const bytes = Number(digits) * (UNITS[unit] ?? 0);
  if (bytes >= MIN_FILE_BYTES && bytes <= MAX_FILE_BYTES) return bytes;
  throw problemWith(value, 'this must be a size between 100 kB and 2 GB', 'Write it like "20 MB".');
}
