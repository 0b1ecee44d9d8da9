import { isBlobMode } from './blob-changes.js';
import type { Git } from './git.js';
import type { IndexFile } from './index-files.js';
import { readBlobFile } from './index-files.js';
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

/** Reads one version as rules are read. */
export async function readVersion(git: Git, version: Version): Promise<IndexFile | null> {
  if (version === null) return null;
  return version.isLink ? { kind: 'link' } : readBlobFile(git, version.oid);
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
