import { type BlobToRead, toBlob, toNewName } from './blob-changes.js';
import type { Change } from './change.js';
import type { History } from './commits.js';
import type { RawEntry } from './raw-diff.js';

/** What there is to scan where a commit changes a path: a new name, a content, or neither. */
export interface ChangedContent {
  readonly name: Change | undefined;
  readonly blob: BlobToRead | undefined;
}

// Above this the list of what was read is dropped: then some blobs are read again.
const MAX_SEEN = 1_000_000;

/** Goes through what commits change, oldest first. A content that comes back at the same path was scanned when it first came. */
export function changedContents(onEntry: History['onEntry']): (entry: RawEntry) => ChangedContent {
  const seen = new Set<string>();
  const isFirst = ({ oid, path }: BlobToRead): boolean => {
    const key = `${oid} ${path}`;
    if (seen.has(key)) return false;
    if (seen.size >= MAX_SEEN) seen.clear();
    seen.add(key);
    return true;
  };
  return (entry) => {
    onEntry?.(entry);
    const blob = toBlob(entry, entry.commit);
    return { name: toNewName(entry, entry.commit), blob: blob !== undefined && isFirst(blob) ? blob : undefined };
  };
}
