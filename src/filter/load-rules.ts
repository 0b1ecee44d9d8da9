import { type Allowlist, NO_ALLOWLIST, parseAllowlist } from './allowlist.js';
import { type FolderSettings, toRules } from './ask-rules.js';
import { checkOnePerDir, parseSettings, type SettingsFile } from './config.js';
import { ALLOWLIST_FILE, toRuleText } from './rule-file.js';
import type { ReadRuleFile, Rules } from './rules.js';

export interface RuleSources {
  /** From the index in hooks, from disk elsewhere. */
  readonly read: ReadRuleFile;
  /** What `settingsFilesFor` named for the paths that are scanned, or the one file of `--config`. */
  readonly settingsFiles: readonly SettingsFile[];
  readonly now: Date;
}

/** Reads and checks the allowlist and the settings. Any fault in them is a UserError: a broken rule is no rule. */
export async function loadRules(sources: RuleSources): Promise<Rules> {
  const allowlist = await loadAllowlist(sources.read);
  const settings = await Promise.all(sources.settingsFiles.map((file) => loadSettings(file, sources.read)));
  const found = settings.filter((one) => one !== null);
  checkOnePerDir(found);
  return toRules({ allowlist, folders: found, now: sources.now });
}

async function loadAllowlist(read: ReadRuleFile): Promise<Allowlist> {
  const stored = await read(ALLOWLIST_FILE);
  return stored === null ? NO_ALLOWLIST : parseAllowlist(toRuleText(ALLOWLIST_FILE, stored));
}

async function loadSettings(file: SettingsFile, read: ReadRuleFile): Promise<FolderSettings | null> {
  const stored = await read(file.path);
  if (stored === null) return null;
  const settings = await parseSettings(file.path, toRuleText(file.path, stored));
  return settings === null ? null : { ...file, settings };
}
