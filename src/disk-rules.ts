import { relative, resolve } from 'node:path';
import { isTop, trackedPathsNamed } from './changes/work-tree.js';
import { loadRules, mayHoldSettings } from './filter/load-rules.js';
import { PACKAGE_FILE, SETTINGS_FILE } from './filter/rule-file.js';
import { readRuleFile, readRulesBelow } from './filter/rule-file-on-disk.js';
import type { ReadRuleFile, Rules } from './filter/rules.js';
import { dirsUp, type SettingsFile, settingsFilesFor } from './filter/settings-files.js';
import type { RunOutput } from './run-scan.js';

/** What is scanned on the disk. */
export interface DiskPlace {
  /** The folder that paths are told from. */
  readonly root: string;
  /** The folder that holds the rules: the top of a repository, or any other. */
  readonly top: string;
  /** From the root. */
  readonly paths: readonly string[];
}

export interface DiskRules {
  readonly rules: Rules;
  readonly warnings: readonly string[];
}

/** The rules of what lies on the disk: as in hooks, but as the files are there, and not as git would record them. */
export async function loadDiskRules(place: DiskPlace, { configFile, context }: RunOutput): Promise<DiskRules> {
  const { root, top } = place;
  const toRulePath = (path: string): string => withSlashes(relative(top, resolve(root, path)));
  const below = readRulesBelow(top);
  const read: ReadRuleFile = (path) => (path === configFile ? readRuleFile(path) : below(path));
  const found =
    configFile === undefined
      ? await findSettings({ top, paths: place.paths.map(toRulePath), read }, context.env)
      : { settingsFiles: [{ dir: '', path: configFile }], warnings: [] };
  const { settingsFiles, warnings } = found;
  const rules = await loadRules({
    read,
    settingsFiles,
    now: new Date(),
    toRulePath: root === top ? undefined : toRulePath,
  });
  return { rules, warnings };
}

interface Search {
  readonly top: string;
  /** From there. */
  readonly paths: readonly string[];
  readonly read: ReadRuleFile;
}

interface FoundSettings {
  readonly settingsFiles: readonly SettingsFile[];
  readonly warnings: readonly string[];
}

const NAMES = [SETTINGS_FILE, PACKAGE_FILE];

/**
 * In a repository the settings of its sub-folders count if git tracks them: what packages and downloads bring along
 * decides nothing. Elsewhere those count that lie on the way to a path.
 */
async function findSettings({ top, paths, read }: Search, env: NodeJS.ProcessEnv): Promise<FoundSettings> {
  // A folder is asked for by what is in it.
  const onTheWay = settingsFilesFor(paths.map((path) => (path === '' ? 'x' : `${path}/x`)));
  if (!isTop(top)) return { settingsFiles: onTheWay, warnings: [] };
  const tracked = await trackedPathsNamed(top, new Set(NAMES), env);
  if (tracked === null) return { settingsFiles: onTheWay, warnings: [NOT_LISTED] };
  const onTheWayPaths = new Set(onTheWay.map(({ path }) => path));
  const isBelow = (file: string): boolean => paths.some((path) => path === '' || file.startsWith(`${path}/`));
  const counting = new Set([...NAMES, ...tracked.filter((file) => onTheWayPaths.has(file) || isBelow(file))]);
  const others = onTheWay.filter(({ path }) => !counting.has(path));
  return {
    settingsFiles: [...counting].map((path) => ({ path, dir: dirsUp(path)[0] ?? '' })),
    warnings: (await Promise.all(others.map(({ path }) => toWarning(path, read)))).flat(),
  };
}

const NOT_LISTED =
  'Git could not list the files of this repository: settings in sub-folders count only on the way to a path that was named.';

async function toWarning(path: string, read: ReadRuleFile): Promise<readonly string[]> {
  const stored = await read(path);
  if (stored === null || !mayHoldSettings(path, stored)) return [];
  return [`${path} does not count, because git does not track it: "git add" it, or name it with --config.`];
}

function withSlashes(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}
