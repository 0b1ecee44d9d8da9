import { isBlobMode } from './blob-changes.js';
import type { Git } from './git.js';
import { type IndexFile, readBlobFiles } from './index-files.js';
import { pathText } from './path-text.js';
import type { RawEntry } from './raw-diff.js';

/** The versions of one file of rules on both sides of what is pushed. */
export interface FileVersions {
  /** Those that the other side has. */
  readonly before: readonly Version[];
  /** Those that the pushed branches end with. */
  readonly after: readonly Version[];
}

/** A blob, or null where there is none. */
type Version = { readonly oid: string; readonly isLink: boolean } | null;

/** As `FileVersions`, with what stands in them; null where there is nothing that counts. */
export interface FileContents {
  readonly before: readonly (IndexFile | null)[];
  readonly after: readonly (IndexFile | null)[];
}

/** Looks on while commits are gone through. */
export interface RuleVersionWatch {
  /** Takes every path that a commit changes, oldest first. */
  readonly onEntry: (entry: RawEntry) => void;
  /** What has changed, by path. */
  readonly versions: () => ReadonlyMap<string, FileVersions>;
}

interface Trail {
  readonly before: Map<string, Version>;
  readonly after: Map<string, Version>;
  readonly made: Set<string>;
}

const LINK = '120000';
const LAST_LETTER = 'n'.charCodeAt(0);

/** Notes the versions of allowlist and settings that come by: it costs no further look at the history. */
export function watchRuleVersions(isRuleFile: (path: string) => boolean): RuleVersionWatch {
  const trails = new Map<string, Trail>();
  return {
    onEntry: (entry) => {
      if (entry.path.at(-1) !== LAST_LETTER) return; // of .json: most paths cost one comparison
      const path = pathText(entry.path);
      if (!isRuleFile(path)) return;
      const trail = trails.get(path) ?? { before: new Map(), after: new Map(), made: new Set() };
      trails.set(path, trail);
      follow(trail, entry);
    },
    versions: () =>
      new Map(
        [...trails].map(([path, { before, after }]) => [
          path,
          { before: [...before.values()], after: [...after.values()] },
        ]),
      ),
  };
}

/** Reads all versions with one git, and gives those files of which any version counts. */
export async function readVersions(
  git: Git,
  files: ReadonlyMap<string, FileVersions>,
  counts: (path: string, file: IndexFile) => boolean,
): Promise<ReadonlyMap<string, FileContents>> {
  const contents = new Map<Version, IndexFile>();
  const take = (path: string, version: Version, file: IndexFile | null): void => {
    if (file !== null && counts(path, file)) contents.set(version, file);
  };
  const toRead: { readonly path: string; readonly version: Version; readonly oid: string }[] = [];
  for (const [path, { before, after }] of files) {
    for (const version of [...before, ...after]) {
      if (version?.isLink === true) take(path, version, { kind: 'link' });
      else if (version !== null) toRead.push({ path, version, oid: version.oid });
    }
  }
  let index = 0;
  for await (const file of readBlobFiles(
    git,
    toRead.map(({ oid }) => oid),
  )) {
    const { path = '', version = null } = toRead[index] ?? {};
    take(path, version, file);
    index += 1;
  }
  const contentsOf = (versions: readonly Version[]) => versions.map((version) => contents.get(version) ?? null);
  return new Map(
    [...files]
      .map(([path, { before, after }]) => [path, { before: contentsOf(before), after: contentsOf(after) }] as const)
      .filter(([, { before, after }]) => [...before, ...after].some((file) => file !== null)),
  );
}

/** What a commit starts from is the other side's, unless an earlier commit has made it. */
function follow({ before, after, made }: Trail, entry: RawEntry): void {
  for (const parent of entry.parents) {
    if (!made.has(parent.oid)) before.set(parent.oid, toVersion(parent));
    after.delete(parent.oid);
  }
  made.add(entry.oid);
  after.set(entry.oid, toVersion(entry));
}

function toVersion({ mode, oid }: { readonly mode: string; readonly oid: string }): Version {
  return isBlobMode(mode) ? { oid, isLink: mode === LINK } : null;
}
