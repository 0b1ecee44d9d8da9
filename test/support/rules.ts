import { loadRules } from '../../src/filter/load-rules.js';
import type { ReadRuleFile, Rules, StoredFile } from '../../src/filter/rules.js';
import { settingsFilesFor } from '../../src/filter/settings-files.js';

/** The content of rule files by path: text, bytes, or what is stored there instead of a file. */
export type RuleFiles = Readonly<Record<string, string | Buffer | StoredFile>>;

/** Loads the rules that apply to the paths from files that are given as text. */
export function loadTestRules(
  files: RuleFiles,
  paths = ['src/a.ts'],
  now = new Date('2026-11-20T12:00:00Z'),
): Promise<Rules> {
  return loadRules({ read: toRead(files), settingsFiles: settingsFilesFor(paths), now });
}

export function toRead(files: RuleFiles): ReadRuleFile {
  return async (path) => {
    const stored = Object.hasOwn(files, path) ? files[path] : undefined;
    if (stored === undefined) return null;
    if (typeof stored === 'string') return { kind: 'file', bytes: Buffer.from(stored) };
    return Buffer.isBuffer(stored) ? { kind: 'file', bytes: stored } : stored;
  };
}

/** The text of an allowlist with these entries. */
export function toAllowlistText(...entries: readonly object[]): string {
  return JSON.stringify({ version: 1, allow: entries });
}
