import { UserError } from '../user-error.js';
import { findAllowComment } from './allow-comment.js';
import { coversFormat } from './detector-name.js';
import type { Allowlist } from './no-allowlist.js';
import { ALLOWLIST_FILE } from './rule-file.js';
import type { AllowEntry, Allowed, CustomDetector, FormatName, Rules, Suppressed, Suspect } from './rules.js';
import { dirsUp, type Settings, type SettingsFile } from './settings-files.js';
import { SEVERITIES } from './severities.js';

export interface FolderSettings extends SettingsFile {
  readonly settings: Settings;
}

interface Parts {
  readonly allowlist: Allowlist;
  readonly folders: readonly FolderSettings[];
  readonly now: Date;
  /** What a path that is asked about is called from the folder that holds the allowlist; the same when not given. */
  readonly toRulePath?: ((path: string) => string) | undefined;
}

/** What one run has let through, and what it has to tell. */
interface Notes {
  readonly suppressed: Suppressed[];
  readonly used: Set<AllowEntry>;
  readonly warnings: Set<string>;
}

/** Joins allowlist and settings into rules that can be asked. */
export function toRules({ allowlist, folders, now, toRulePath = (path) => path }: Parts): Rules {
  const nearest = toNearest(folders, toRulePath);
  const customDetectors = collectCustomDetectors(folders);
  const customIds = new Set(customDetectors.map(({ id }) => id));
  const notes: Notes = { suppressed: [], used: new Set(), warnings: new Set() };
  return {
    excludes: (path) => isExcluded(nearest(path, 'exclude'), toRulePath(path)),
    blocks: (severity, path) =>
      SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(nearest(path, 'block')?.settings.block ?? 'low'),
    isEnabled: (format, path) => {
      if (isOff(nearest(path, 'off')?.settings.off, format)) return false;
      if (!customIds.has(format.id)) return true;
      return nearest(path, 'customDetectors')?.settings.customDetectors?.some(({ id }) => id === format.id) === true;
    },
    maxBlobBytes: (path) => nearest(path, 'maxBlobBytes')?.settings.maxBlobBytes,
    customDetectors,
    entries: allowlist.entries,
    sources: [...(allowlist.entries.length > 0 ? [ALLOWLIST_FILE] : []), ...folders.map(({ path }) => path)],
    allows: (suspect) => {
      const allowed =
        askAllowlist({ allowlist, now, notes }, { ...suspect, path: toRulePath(suspect.path) }) ??
        askComments(suspect, nearest(suspect.path, 'requireReason')?.settings.requireReason ?? true, notes);
      if (allowed !== null) notes.suppressed.push(toSuppressed(suspect, allowed));
      return allowed;
    },
    suppressed: () => notes.suppressed,
    usedEntries: () => allowlist.entries.filter((entry) => notes.used.has(entry)),
    warnings: () => [...notes.warnings],
  };
}

type Nearest = (path: string, key: keyof Settings) => FolderSettings | undefined;

/** The settings file nearest to a path that sets a key. */
function toNearest(folders: readonly FolderSettings[], toRulePath: (path: string) => string): Nearest {
  if (folders.length === 0) return () => undefined;
  const byDir = new Map(folders.map((folder) => [folder.dir, folder]));
  return (path, key) =>
    dirsUp(toRulePath(path))
      .map((dir) => byDir.get(dir))
      .find((folder) => folder?.settings[key] !== undefined);
}

function isExcluded(folder: FolderSettings | undefined, path: string): boolean {
  if (folder === undefined) return false;
  const inFolder = folder.dir === '' ? path : path.slice(folder.dir.length + 1);
  return folder.settings.exclude?.(inFolder) === true;
}

function isOff(off: readonly string[] | undefined, format: FormatName): boolean {
  return off?.some((name) => coversFormat(name, format)) === true;
}

function collectCustomDetectors(folders: readonly FolderSettings[]): readonly CustomDetector[] {
  const all = folders.flatMap(({ settings }) => settings.customDetectors ?? []);
  const twice = all.find(({ id }, index) => all.findIndex((other) => other.id === id) < index);
  if (twice === undefined) return all;
  throw new UserError(`The settings define the detector ${twice.id} twice.`, 'Rename one of the two.');
}

interface Asked {
  readonly allowlist: Allowlist;
  readonly now: Date;
  readonly notes: Notes;
}

function askAllowlist({ allowlist, now, notes }: Asked, suspect: Suspect): Allowed | null {
  const covering = allowlist.covering(suspect);
  // Written out only here: V8 looks for the time zone then, and most runs never ask.
  const live = covering.filter(({ expires }) => expires === undefined || expires >= now.toISOString().slice(0, 10));
  for (const entry of live) notes.used.add(entry);
  const [entry] = live;
  if (entry !== undefined) return { how: howOf(entry), reason: entry.reason, where: whereOf(entry) };
  const [expired] = covering;
  if (expired !== undefined) {
    notes.warnings.add(`The allow entry at ${whereOf(expired)} expired on ${expired.expires}: it blocks again.`);
  }
  if (suspect.path !== ALLOWLIST_FILE || !suspect.secretPasses(allowlist.hasFingerprint)) return null;
  return { how: 'own-fingerprint', reason: 'a fingerprint in the allowlist', where: ALLOWLIST_FILE };
}

function askComments(suspect: Suspect, requireReason: boolean, notes: Notes): Allowed | null {
  const verdict = findAllowComment(suspect, requireReason);
  if (verdict.kind === 'none') return null;
  const where = `${suspect.path}:${verdict.line}`;
  if (verdict.kind === 'allows') return { how: 'comment', reason: verdict.reason, where };
  notes.warnings.add(`The allow comment at ${where} has no effect: ${verdict.why}.`);
  return null;
}

function howOf(entry: AllowEntry): Allowed['how'] {
  if (entry.finding !== undefined) return 'finding';
  return entry.value === undefined ? 'path' : 'value';
}

function whereOf(entry: AllowEntry): string {
  return `${ALLOWLIST_FILE}:${entry.line}`;
}

function toSuppressed(suspect: Suspect, allowed: Allowed): Suppressed {
  return { ...allowed, path: suspect.path, startLine: suspect.startLine, detector: suspect.detector };
}
