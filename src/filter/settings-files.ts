import type { Severity } from '../detect/detector.js';
import { UserError } from '../user-error.js';
import type { PathTest } from './glob.js';
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

/** How settings begin in a package.json. A text behind the key is the version of leak-guard among the packages. */
export const PACKAGE_SETTINGS = /"leak-guard"\s*:\s*[^"\s]/;

/** True for every package.json, which may hold settings under a key of its own. */
export function isPackageFile(path: string): boolean {
  return path === PACKAGE_FILE || path.endsWith(`/${PACKAGE_FILE}`);
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
