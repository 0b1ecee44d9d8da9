import { UserError } from '../user-error.js';
import { findSettings } from './config.js';
import { type JsonValue, parseJsonc, toCanonical } from './jsonc.js';
import { ALLOWLIST_FILE, toRuleText } from './rule-file.js';
import type { ReadRuleFile } from './rules.js';
import type { SettingsFile } from './settings-files.js';

export interface RuleVersions {
  /** The rules that stand in HEAD, or in what the remote has. */
  readonly before: ReadRuleFile;
  /** The rules of this run. */
  readonly after: ReadRuleFile;
  readonly settingsFiles: readonly SettingsFile[];
}

/**
 * Says which rules are themselves new in what is scanned: a change must not be judged by rules that it brings along
 * without anybody noticing. Call it after `loadRules`, which refuses rules that are broken.
 */
export async function describeRuleChanges(versions: RuleVersions): Promise<readonly string[]> {
  const allowlist = await describeAllowlistChange(versions);
  const settings = await Promise.all(versions.settingsFiles.map((file) => describeSettingsChange(file, versions)));
  return [allowlist, ...settings].filter((line) => line !== null);
}

async function describeAllowlistChange({ before, after }: RuleVersions): Promise<string | null> {
  const old = readElements(await readBefore(before, ALLOWLIST_FILE, parseJsonc));
  const now = readElements(await readVersion(after, ALLOWLIST_FILE, parseJsonc));
  const added = countMissing(now, old);
  const removed = countMissing(old, now);
  if (added + removed === 0) return null;
  const parts = [added > 0 ? `${toEntries(added)} added` : '', removed > 0 ? `${toEntries(removed)} removed` : ''];
  return `${ALLOWLIST_FILE} changes here: ${parts.filter((part) => part !== '').join(', ')}.`;
}

async function describeSettingsChange({ path }: SettingsFile, { before, after }: RuleVersions): Promise<string | null> {
  const old = readMembers(await readBefore(before, path, findSettings));
  const now = readMembers(await readVersion(after, path, findSettings));
  const keys = new Set([...old.keys(), ...now.keys()]);
  const changed = [...keys].filter((key) => old.get(key) !== now.get(key));
  return changed.length === 0 ? null : `The settings in ${path} change here: ${changed.join(', ')}.`;
}

type Parse = (path: string, text: string) => Promise<JsonValue | null>;

async function readVersion(read: ReadRuleFile, path: string, parse: Parse): Promise<JsonValue | null> {
  const stored = await read(path);
  return stored?.kind === 'file' ? parse(path, toRuleText(path, stored)) : null;
}

/** Rules that were broken before allowed nothing: all that stands there now is new. */
async function readBefore(read: ReadRuleFile, path: string, parse: Parse): Promise<JsonValue | null> {
  try {
    return await readVersion(read, path, parse);
  } catch (error) {
    if (UserError.is(error)) return null;
    throw error;
  }
}

function readElements(root: JsonValue | null): readonly string[] {
  const list = root?.node.members.find(({ key }) => key === 'allow');
  return list?.value.elements.map(toCanonical) ?? [];
}

function readMembers(settings: JsonValue | null): Map<string, string> {
  const members = settings?.node.members.filter(({ key }) => key !== '$schema') ?? [];
  return new Map(members.map(({ key, value }) => [key, toCanonical(value)]));
}

function countMissing(from: readonly string[], others: readonly string[]): number {
  const left = new Set(others);
  return from.filter((one) => !left.has(one)).length;
}

function toEntries(count: number): string {
  return count === 1 ? '1 entry' : `${count} entries`;
}
