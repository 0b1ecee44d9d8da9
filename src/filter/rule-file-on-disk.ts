import { randomBytes } from 'node:crypto';
import { readFileSync, type Stats } from 'node:fs';
import { lstat, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf } from '../error-code.js';
import { UserError } from '../user-error.js';
import { MAX_RULE_FILE_BYTES } from './rule-file.js';
import type { ReadRuleFile, StoredFile } from './rules.js';
import { dirsUp } from './settings-files.js';

/**
 * Reads rule files below a folder on disk, for runs that scan the disk and not the index. Behind a link there are none:
 * git has nothing there, and it may lead out of the tree.
 */
export function readRulesBelow(root: string): ReadRuleFile {
  return async (path) => {
    const dirs = dirsUp(path).filter((dir) => dir !== '');
    const stats = await Promise.all(dirs.map((dir) => readStats(join(root, dir))));
    return stats.some((dir) => dir?.isSymbolicLink() === true) ? null : readRuleFile(join(root, path));
  };
}

/** Reads one rule file; null where there is none. */
export async function readRuleFile(path: string): Promise<StoredFile | null> {
  const stats = await readStats(path);
  if (stats === null) return null;
  if (stats.isSymbolicLink()) return { kind: 'link' };
  if (!stats.isFile()) throw new UserError(`${path} is not a regular file.`, 'Move it out of the way.');
  if (stats.size > MAX_RULE_FILE_BYTES) return { kind: 'too-large' };
  // At once, and not by and by: a monorepo has more of these files than a process may have open.
  return { kind: 'file', bytes: readFileSync(path) };
}

/** Writes aside and renames, so that nobody ever reads half a file. A link in its place is not followed. */
export async function writeRuleFile(path: string, text: string): Promise<void> {
  const aside = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await writeFile(aside, text, { flag: 'wx' });
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw new UserError(`Could not write ${path}.`, 'Check that you may write there.', { cause: error });
  }
}

/** Without following a link; null where there is nothing. */
function readStats(path: string): Promise<Stats | null> {
  return lstat(path).catch((error: unknown) => {
    if (isMissing(error)) return null;
    throw new UserError(`Could not read ${path}.`, 'Check that you may read it.', { cause: error });
  });
}

function isMissing(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes(codeOf(error) ?? '');
}
