import { isBlobMode } from './blob-changes.js';
import { diffTree } from './diff-tree.js';
import type { Git } from './git.js';

import { pathText } from './path-text.js';
import type { RawEntry } from './raw-diff.js';
import { decode } from './text.js';

/** A value that a commit adds to a file. */
export interface AddedValue {
  readonly commit: string;
  readonly path: string;
  readonly isIn: (content: Buffer) => boolean;
}

/** The commit that takes a value out again. */
export interface Removal {
  readonly commit: string;
  /** True where the file is not there any more. */
  readonly isFileGone: boolean;
}

interface Trail {
  readonly value: AddedValue;
  /** Where it stands at present; empty before the commit that adds it. */
  readonly paths: Set<string>;
  removal: Removal | undefined;
}

// A larger one is taken to hold the value still.
const MAX_BYTES = 50 * 1024 * 1024;

/**
 * Finds for each value the commit that takes it out of its file again, if one does and none brings it back. Commits come
 * oldest first. The file is followed when it is renamed.
 */
export async function findRemovals(
  git: Git,
  commits: readonly string[],
  values: readonly AddedValue[],
): Promise<(Removal | undefined)[]> {
  const trails = values.map((value): Trail => ({ value, paths: new Set(), removal: undefined }));
  for await (const entries of diffTree(git, commits)) {
    for (const entry of entries) await followAll(git, trails, entry);
  }
  return trails.map(({ removal }) => removal);
}

async function followAll(git: Git, trails: readonly Trail[], entry: RawEntry): Promise<void> {
  const paths = [entry.path, entry.oldPath].map((path) => (path === undefined ? '' : pathText(path)));
  const [path = '', oldPath = ''] = paths;
  for (const trail of trails) {
    const isStart = trail.value.commit === entry.commit && trail.value.path === path;
    if (isStart || trail.paths.has(path)) trail.paths.add(path);
    else if (!trail.paths.has(oldPath)) continue;
    await follow(git, trail, { entry, path });
  }
}

async function follow(git: Git, trail: Trail, { entry, path }: { entry: RawEntry; path: string }): Promise<void> {
  if (isBlobMode(entry.mode) && (await hasValue(git, entry.oid, trail.value))) {
    trail.paths.add(path);
    trail.removal = undefined;
    return;
  }
  for (const parent of entry.parents) {
    if (!isBlobMode(parent.mode) || !(await hasValue(git, parent.oid, trail.value))) continue;
    const isFileGone = !isBlobMode(entry.mode) || path !== trail.value.path;
    trail.removal = { commit: entry.commit, isFileGone };
  }
}

async function hasValue(git: Git, oid: string, { isIn }: AddedValue): Promise<boolean> {
  for await (const object of git.catFile().readAll([oid], { maxBytes: MAX_BYTES })) {
    return object === null || object.bytes === null || isIn(decode(object.bytes));
  }
  return true;
}
