import type { Severity } from '../detect/detector.js';
import { UserError } from '../user-error.js';
import { checkGlobCount, readDetectorName, readGlob } from './allowlist.js';
import { readCustomDetector, SEVERITIES } from './custom-detector.js';
import type { PathTest } from './glob.js';
import { readBoolean, readMember, readNumber, readObject, readOneOf, readSomeList, readText } from './json-value.js';
import { type JsonValue, parseJsonc, problemWith } from './jsonc.js';
import { PACKAGE_FILE, SETTINGS_FILE } from './rule-file.js';
import type { CustomDetector } from './rules.js';

/** What one file sets. A key that it does not set is decided by the next file on the way to the root. */
export interface Settings {
  /** Ids and `provider-*`. */
  readonly off?: readonly string[];
  /** Paths from the file's own folder. */
  readonly exclude?: PathTest;
  readonly maxBlobBytes?: number;
  readonly requireReason?: boolean;
  readonly block?: Severity;
  readonly customDetectors?: readonly CustomDetector[];
}

/** A settings file, and the folder that it rules (from the root, `''` for the root itself). */
export interface SettingsFile {
  readonly path: string;
  readonly dir: string;
}

const KEYS = ['$schema', 'detectors', 'exclude', 'maxFileSize', 'requireReason', 'block', 'customDetectors'];
const MIN_FILE_BYTES = 100_000;
const MAX_FILE_BYTES = 2_000_000_000;
const UNITS: Readonly<Record<string, number>> = { kB: 1_000, MB: 1_000_000, GB: 1_000_000_000 };

/** Where the settings for these paths may stand: in each folder on the way up, nearest first. */
export function settingsFilesFor(paths: Iterable<string>): readonly SettingsFile[] {
  const dirs = new Set([...paths].flatMap((path) => dirsUp(path)));
  return [...dirs].flatMap((dir) =>
    [SETTINGS_FILE, PACKAGE_FILE].map((name) => ({ dir, path: dir === '' ? name : `${dir}/${name}` })),
  );
}

/** The folders in which a path lies, nearest first, `''` last. */
export function dirsUp(path: string): readonly string[] {
  const names = path.split('/').slice(0, -1);
  return Array.from({ length: names.length + 1 }, (_, up) => names.slice(0, names.length - up).join('/'));
}

/** Parses a settings file; null for a package.json without settings. */
export async function parseSettings(path: string, text: string): Promise<Settings | null> {
  const value = await findSettings(path, text);
  return value === null ? null : readSettings(value);
}

/** The settings of a file before they are read, for comparing; null where there are none. */
export async function findSettings(path: string, text: string): Promise<JsonValue | null> {
  return isPackageFile(path) ? findInPackage(path, text) : parseJsonc(path, text);
}

/** True for every package.json, which may hold settings under a key of its own. */
export function isPackageFile(path: string): boolean {
  return path === PACKAGE_FILE || path.endsWith(`/${PACKAGE_FILE}`);
}

/** Most package files only name leak-guard as a dependency: their syntax is none of our business. */
async function findInPackage(path: string, text: string): Promise<JsonValue | null> {
  if (!/"leak-guard"\s*:\s*[^"\s]/.test(text)) return null;
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

/** Refuses two files that rule the same folder: which one holds would be a guess. */
export function checkOnePerDir(files: readonly SettingsFile[]): void {
  const seen = new Map<string, string>();
  for (const { dir, path } of files) {
    const other = seen.get(dir);
    if (other !== undefined) {
      throw new UserError(
        `Both ${other} and ${path} hold settings for leak-guard.`,
        `Move the settings of ${path} to ${other}, and take them out of ${path}.`,
      );
    }
    seen.set(dir, path);
  }
}
