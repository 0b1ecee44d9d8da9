import { UserError } from '../user-error.js';
import { findSettings } from './config.js';
import { type JsonValue, parseJsonc, toCanonical } from './jsonc.js';
import { ALLOWLIST_FILE, toRuleText } from './rule-file.js';
import type { ReadRuleFile } from './rules.js';
import type { SettingsFile } from './settings-files.js';

export interface RuleVersions {
  /** The rules that stand in HEAD, or in what the remote has; several where several branches are pushed. */
  readonly before: readonly ReadRuleFile[];
  /** The rules of this run, or those that are pushed. */
  readonly after: readonly ReadRuleFile[];
  readonly settingsFiles: readonly SettingsFile[];
  /** Where they change; `here` when not said. */
  readonly where?: string;
}

/**
 * Says which rules are themselves new in what is scanned: a change must not be judged by rules that it brings along
 * without anybody noticing.
 */
export async function describeRuleChanges(versions: RuleVersions): Promise<readonly string[]> {
  const files = [
    { path: ALLOWLIST_FILE, describe: describeAllowlistChange },
    ...versions.settingsFiles.map(({ path }) => ({ path, describe: describeSettingsChange })),
  ];
  const lines = await Promise.all(files.map(({ path, describe }) => unlessBroken(path, versions, describe)));
  return lines.filter((line) => line !== null);
}

type Describe = (path: string, versions: RuleVersions) => Promise<string | null>;

/** Rules that this run goes by are whole. Those of a branch that is pushed may be broken: nothing reads them then. */
async function unlessBroken(path: string, versions: RuleVersions, describe: Describe): Promise<string | null> {
  try {
    return await describe(path, versions);
  } catch (error) {
    if (!UserError.is(error)) throw error;
    return `${path} changes ${versions.where ?? 'here'}, and is broken.`;
  }
}

async function describeAllowlistChange(path: string, versions: RuleVersions): Promise<string | null> {
  const [before, after] = await readBoth(path, versions, parseJsonc);
  const [old, now] = [before.flatMap(readElements), after.flatMap(readElements)];
  const added = countMissing(now, old);
  const removed = countMissing(old, now);
  if (added + removed === 0) return null;
  const parts = [added > 0 ? `${toEntries(added)} added` : '', removed > 0 ? `${toEntries(removed)} removed` : ''];
  return `${path} changes ${versions.where ?? 'here'}: ${parts.filter((part) => part !== '').join(', ')}.`;
}

async function describeSettingsChange(path: string, versions: RuleVersions): Promise<string | null> {
  const [before, after] = await readBoth(path, versions, findSettings);
  const [old, now] = [before.flatMap(readMembers), after.flatMap(readMembers)];
  const changed = new Set([...missingIn(old, now), ...missingIn(now, old)]);
  if (changed.size === 0) return null;
  return `The settings in ${path} change ${versions.where ?? 'here'}: ${[...changed].join(', ')}.`;
}

type Versions = readonly (JsonValue | null)[];

async function readBoth(path: string, { before, after }: RuleVersions, parse: Parse): Promise<[Versions, Versions]> {
  const old = await Promise.all(before.map((read) => readBefore(read, path, parse)));
  return [old, await Promise.all(after.map((read) => readVersion(read, path, parse)))];
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

interface Member {
  readonly key: string;
  readonly value: string;
}

function readMembers(settings: JsonValue | null): readonly Member[] {
  const members = settings?.node.members.filter(({ key }) => key !== '$schema') ?? [];
  return members.map(({ key, value }) => ({ key, value: toCanonical(value) }));
}

/** The keys that have another value there, or none. */
function missingIn(there: readonly Member[], here: readonly Member[]): string[] {
  return here
    .filter((one) => !there.some(({ key, value }) => key === one.key && value === one.value))
    .map(({ key }) => key);
}

function countMissing(from: readonly string[], others: readonly string[]): number {
  const left = new Set(others);
  return new Set(from.filter((one) => !left.has(one))).size;
}

function toEntries(count: number): string {
  return count === 1 ? '1 entry' : `${count} entries`;
}
