import { existsSync, lstatSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { DEFAULT_MAX_BYTES } from '../changes/blob-changes.js';
import type { ChangeOrSkip } from '../changes/change.js';
import { pathChanges, stdinChange } from '../changes/paths.js';
import { findTop, isTop } from '../changes/work-tree.js';
import { loadDiskRules } from '../disk-rules.js';
import { isFolder, isInside, realPath } from '../install/site.js';
import { nowMs, type Part, type RunOutput, runScan, type ScanResult } from '../run-scan.js';

const JOB = { stage: 'scan', exposure: 'unknown' } as const;

/**
 * Files and folders on the disk, each by the rules of the repository that it lies in. One folder alone that lies
 * elsewhere is another project: findings are told from there.
 */
export async function scanPaths(paths: readonly string[], output: RunOutput): Promise<ScanResult> {
  const { cwd } = output.context;
  const [only = '.', ...others] = paths;
  const folder = resolve(cwd, only);
  const isProject = others.length === 0 && !isInside(cwd, folder) && isFolder(folder);
  // Links resolved: the repository around it is where the folder really lies.
  const root = realPath(isProject ? folder : cwd);
  return scanPlaces(root, isProject ? ['.'] : [only, ...others], output);
}

/** What comes in on standard input, by the rules of the folder that the command was called in. */
export async function scanStdin(output: RunOutput): Promise<ScanResult> {
  const startedMs = nowMs();
  const bytes = await output.context.stdin();
  async function* changes(): AsyncGenerator<ChangeOrSkip> {
    yield stdinChange(bytes);
  }
  const root = realPath(output.context.cwd);
  const loaded = await loadDiskRules({ root, top: findTop(root) ?? root, paths: ['.'] }, output);
  return runScan({ ...JOB, ...loaded, startedMs, changes: changes() }, output);
}

/** Paths that go by the same rules. */
interface Place {
  /** The folder that holds the rules. */
  readonly top: string;
  /** From the root of the scan. */
  readonly paths: readonly string[];
  /** What the repositories around it leave out, where it is one that was come to on the way. */
  readonly isExcluded?: (path: string) => boolean;
}

async function scanPlaces(root: string, paths: readonly string[], output: RunOutput): Promise<ScanResult> {
  const startedMs = nowMs();
  const warnings: string[] = [];
  const places = groupByTop(root, paths);
  const toPart = async (place: Place): Promise<Part> => {
    const { rules, warnings: told } = await loadDiskRules({ root, ...place }, output);
    warnings.push(...told);
    const { isExcluded } = place;
    const hasOwn = rules.sources.some((source) => source !== output.configFile);
    if (isExcluded !== undefined && hasOwn) warnings.push(toNote(relative(root, place.top)));
    const excludes = (path: string): boolean => isExcluded?.(path) === true || rules.excludes(path);
    const leavesOut = (folder: string): boolean => {
      if (!isTop(folder)) return false;
      places.push({ top: folder, paths: [relative(root, folder)], isExcluded: excludes });
      return true;
    };
    const maxBytesOf = (path: string): number => rules.maxBlobBytes(path) ?? DEFAULT_MAX_BYTES;
    return { rules: { ...rules, excludes }, changes: pathChanges(place.paths, { cwd: root, maxBytesOf, leavesOut }) };
  };
  const next = async (): Promise<Part | undefined> => {
    const place = places.shift();
    return place && toPart(place);
  };
  const first = await toPart(places.shift() ?? { top: root, paths });
  return runScan({ ...JOB, ...first, next, startedMs, warnings: [], lateWarnings: async () => warnings }, output);
}

/** Where there is no repository around a path, the rules of the root hold for it. */
function groupByTop(root: string, paths: readonly string[]): Place[] {
  const rootTop = findTop(root) ?? root;
  const tops = paths.map((path) => findTop(toFolder(resolve(root, path))) ?? rootTop);
  return [...new Set(tops)].map((top) => ({ top, paths: paths.filter((_, index) => tops[index] === top) }));
}

/** The folder itself, or that of the file. What a link leads to is not scanned. */
function toFolder(path: string): string {
  return existsSync(path) && lstatSync(path).isDirectory() ? path : dirname(path);
}

function toNote(repository: string): string {
  return `${repository.replaceAll('\\', '/')} is a repository with rules of its own: its files were judged by them.`;
}
