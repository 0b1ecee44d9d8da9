import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isBlobMode } from './blob-changes.js';
import { diffTree } from './diff-tree.js';
import type { Git } from './git.js';

import { pathText } from './path-text.js';
import type { RawEntry } from './raw-diff.js';
import { decode } from './text.js';

/** A value that a commit adds to a file. */
export interface AddedValue {
  readonly commit: string;
  /** Whether that is the file. */
  readonly isAt: (path: string) => boolean;
  readonly isIn: (content: Buffer) => boolean;
}

/** The commit that takes a value out again. */
export interface Removal {
  readonly commit: string;
  /** True where the file is not there any more. */
  readonly isFileGone: boolean;
}

/** What later commits do to a value and its file. */
export interface Trail {
  readonly value: AddedValue;
  /** Where it has stood; empty before the commit that adds it. */
  readonly paths: Set<string>;
  /** What its file is called at first, and in the end. */
  from: string;
  path: string;
  /** How many later commits change its file. */
  changes: number;
  /** The commit that takes it out of its file again, if one does and none brings it back. */
  removal: Removal | undefined;
  /** Whether the work tree has a file where it stood at first; undefined where there is no work tree. */
  isOnDisk: boolean | undefined;
}

// A larger one is taken to hold the value still.
const MAX_BYTES = 50 * 1024 * 1024;

/** Follows each value through later commits, also when its file is renamed. Commits come oldest first. */
export async function followValues(
  git: Git,
  commits: readonly string[],
  values: readonly AddedValue[],
): Promise<readonly Readonly<Trail>[]> {
  const trails = values.map(
    (value): Trail => ({
      value,
      paths: new Set(),
      from: '',
      path: '',
      changes: 0,
      removal: undefined,
      isOnDisk: undefined,
    }),
  );
  for await (const entries of diffTree(git, commits)) {
    for (const entry of entries) await followAll(git, trails, entry);
  }
  const { topLevel } = await git.facts();
  if (topLevel === null) return trails;
  return trails.map((trail) => ({ ...trail, isOnDisk: existsSync(join(topLevel, trail.from)) }));
}

async function followAll(git: Git, trails: readonly Trail[], entry: RawEntry): Promise<void> {
  const paths = [entry.path, entry.oldPath].map((path) => (path === undefined ? '' : pathText(path)));
  const [path = '', oldPath = ''] = paths;
  for (const trail of trails) {
    const isStart = trail.value.commit === entry.commit && trail.value.isAt(path);
    if (isStart) trail.from = path;
    if (isStart || trail.paths.has(path)) trail.paths.add(path);
    else if (!trail.paths.has(oldPath)) continue;
    if (!isStart) trail.changes += 1;
    await follow(git, trail, { entry, path });
  }
}

async function follow(git: Git, trail: Trail, { entry, path }: { entry: RawEntry; path: string }): Promise<void> {
  if (isBlobMode(entry.mode)) trail.path = path;
  if (isBlobMode(entry.mode) && (await hasValue(git, entry.oid, trail.value))) {
    trail.paths.add(path);
    trail.removal = undefined;
    return;
  }
  for (const parent of entry.parents) {
    if (!isBlobMode(parent.mode) || !(await hasValue(git, parent.oid, trail.value))) continue;
    const isFileGone = !isBlobMode(entry.mode) || path !== trail.from;
    trail.removal = { commit: entry.commit, isFileGone };
  }
}

async function hasValue(git: Git, oid: string, { isIn }: AddedValue): Promise<boolean> {
  for await (const object of git.catFile().readAll([oid], { maxBytes: MAX_BYTES })) {
    return object === null || object.bytes === null || isIn(decode(object.bytes));
  }
  return true;
}
