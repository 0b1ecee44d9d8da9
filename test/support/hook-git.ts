import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Repo } from './repo.js';

/**
 * Writes a git that does something else for some calls: `*" diff-tree "*) exit 3 ;;`, a case of sh. `$REAL` is the real
 * git, which answers in the end. Gives the folder that it lies in.
 */
export async function writeGit(repo: Repo, cases: string): Promise<string> {
  const real = (await repo.exec('/bin/sh', ['-c', 'command -v git'])).stdout.trim();
  const lines = ['#!/bin/sh', `REAL='${real}'`, `case " $* " in ${cases} esac`, 'exec "$REAL" "$@"', ''];
  await repo.write('../bin/git', lines.join('\n'), 0o755);
  return join(repo.dir, '../bin');
}

/** The same for the pre-push hook, which takes the git that git names to it. */
export async function standInHook(repo: Repo, cases: string): Promise<void> {
  const folder = await writeGit(repo, cases);
  const hook = join(repo.dir, '.git/hooks/pre-push');
  const [shebang, ...lines] = (await readFile(hook, 'utf8')).split('\n');
  await writeFile(hook, [shebang, `GIT_EXEC_PATH='${folder}'; export GIT_EXEC_PATH`, ...lines].join('\n'));
}
