import { type FolderSettings, toRules } from './ask-rules.js';
import { type Allowlist, NO_ALLOWLIST } from './no-allowlist.js';
import { ALLOWLIST_FILE, toRuleText } from './rule-file.js';
import type { ReadRuleFile, Rules, StoredFile } from './rules.js';
import { checkOnePerDir, isPackageFile, PACKAGE_SETTINGS, type SettingsFile } from './settings-files.js';

/** The key in which a package.json holds settings, as a tool may write it in UTF-16. */
const WIDE_KEY = Buffer.from('"leak-guard"', 'utf16le');

export interface RuleSources {
  /** From the index in hooks, from disk elsewhere. */
  readonly read: ReadRuleFile;
  /** What `settingsFilesFor` named for the paths that are scanned, or the one file of `--config`. */
  readonly settingsFiles: readonly SettingsFile[];
  readonly now: Date;
  /** What a path that is scanned is called where the rules are read; the same when not given. */
  readonly toRulePath?: ((path: string) => string) | undefined;
}

/** Reads and checks the allowlist and the settings. Any fault in them is a UserError: a broken rule is no rule. */
export async function loadRules(sources: RuleSources): Promise<Rules> {
  // Asked for together: the reader answers all of them with one process.
  const [allowlist, settings] = await Promise.all([
    loadAllowlist(sources.read),
    Promise.all(sources.settingsFiles.map((file) => loadSettings(file, sources.read))),
  ]);
  const found = settings.filter((one) => one !== null);
  checkOnePerDir(found);
  const { now, toRulePath } = sources;
  return toRules({ allowlist, folders: found, now, toRulePath });
}

async function loadAllowlist(read: ReadRuleFile): Promise<Allowlist> {
  const stored = await read(ALLOWLIST_FILE);
  if (stored === null) return NO_ALLOWLIST;
  // Most repositories have no rules: only those that do load what reads them.
  const { parseAllowlist } = await import('./allowlist.js');
  return parseAllowlist(toRuleText(ALLOWLIST_FILE, stored));
}

async function loadSettings(file: SettingsFile, read: ReadRuleFile): Promise<FolderSettings | null> {
  const stored = await read(file.path);
  if (stored === null || !mayHoldSettings(file.path, stored)) return null;
  const { parseSettings } = await import('./config.js');
  const settings = await parseSettings(file.path, toRuleText(file.path, stored));
  return settings === null ? null : { ...file, settings };
}

/**
 * A package.json is others' business unless it has settings for us: then it must be a regular file that can be read. Ours
 * is among the packages in most of them, which is no setting, and to parse it would take longer than the scan.
 */
export function mayHoldSettings(path: string, stored: StoredFile): boolean {
  if (!isPackageFile(path)) return true;
  if (stored.kind !== 'file') return false;
  if (stored.bytes.includes(WIDE_KEY)) return true;
  return stored.bytes.includes('"leak-guard"') && PACKAGE_SETTINGS.test(stored.bytes.toString('latin1'));
}
