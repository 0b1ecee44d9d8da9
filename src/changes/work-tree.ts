import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../user-error.js';
import { openGit } from './git.js';
import { indexPathsNamed } from './index-files.js';

/** The top of the work tree around a folder, or null where there is none. Without git, which need not be there. */
export function findTop(folder: string): string | null {
  for (let at = folder; ; at = dirname(at)) {
    if (isTop(at)) return at;
    if (dirname(at) === at) return null;
  }
}

/** Whether a folder is the top of a work tree: a file `.git` leads to a repository elsewhere. */
export function isTop(folder: string): boolean {
  const here = join(folder, '.git');
  return existsSync(join(here, 'HEAD')) || (existsSync(here) && statSync(here).isFile());
}

/** The paths with these last names that git tracks in the work tree with this top; null where git cannot tell. */
export async function trackedPathsNamed(
  top: string,
  names: ReadonlySet<string>,
  env: NodeJS.ProcessEnv,
): Promise<readonly string[] | null> {
  try {
    const git = openGit({ cwd: top, env: atFolder(env) });
    try {
      return await indexPathsNamed(git, names);
    } finally {
      git.close();
    }
  } catch (error) {
    if (UserError.is(error)) return null;
    throw error;
  }
}

/** A hook's environment names the repository that it runs in, which need not be the one around a folder. */
function atFolder(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^GIT_(?:DIR|WORK_TREE|COMMON_DIR|INDEX_FILE)$/i.test(name)),
  );
}
