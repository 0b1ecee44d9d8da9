import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { type Git, openGit } from '../changes/git.js';
import type { CommandContext } from '../commands/command-context.js';
import { UserError } from '../user-error.js';
import { readSetHooks } from './config-settings.js';
import { runsConfigHooks } from './git-version.js';

/** A repository, and where its git looks for hooks: all that a manager has to know. */
export interface Site {
  readonly context: CommandContext;
  readonly git: Git;
  /** The work tree's top folder, links resolved; null in a bare repository. */
  readonly top: string | null;
  /** Git's own folder that all work trees share. */
  readonly commonDir: string;
  /** The folder from which git runs hooks. It need not exist. */
  readonly hooksDir: string;
  /** Where `hooksDir` lies: in git's own folder, among the repository's files, or outside of it. */
  readonly place: 'git' | 'tree' | 'outside';
  /** The setting `core.hooksPath`, from the scope that wins. */
  readonly hooksPath: { readonly scope: string; readonly value: string } | null;
  /** Our hooks in the repository's own settings, by the hook's name. */
  readonly configHooks: readonly string[];
  /** True when this git runs hooks from its settings. */
  readonly runsConfigHooks: boolean;
  readonly isForced: boolean;
  /** How long `pre-receive` may take, where that was asked for. */
  readonly seconds?: number | undefined;
}

/** Asks git about the repository around `context.cwd`. Gives undefined when there is none. */
export async function findSite(context: CommandContext, isForced: boolean): Promise<Site | undefined> {
  const { cwd, env } = context;
  let git: Git;
  let top: string | null;
  try {
    git = openGit({ cwd, env });
    const { topLevel } = await git.facts();
    top = topLevel === null ? null : realPath(resolve(topLevel));
  } catch (error) {
    if (hasRepositoryAbove(context)) throw error;
    return undefined;
  }
  const { stdout } = await git.run(['rev-parse', '--git-common-dir', '--git-path', 'hooks']);
  const [commonDir = '', hooksDir = ''] = stdout
    .toString()
    .split(/\r?\n/)
    .map((path) => realPath(resolve(cwd, path)));
  const place = placeOf(hooksDir, { top, commonDir });
  return {
    ...{ context, git, top, commonDir, hooksDir, place, isForced },
    hooksPath: await readHooksPath(git),
    configHooks: await readSetHooks({ git, scope: '--local' }),
    runsConfigHooks: await runsConfigHooks(context),
  };
}

/** The path with links resolved as far as it exists. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const parent = dirname(path);
    return parent === path ? path : join(realPath(parent), basename(path));
  }
}

/** True when `path` is `folder` or lies below it. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return !isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`);
}

export function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory(); // stat alone throws below a file, such as /dev/null/hooks
}

/** Stops where the hooks folder is not this repository's own, or does not exist. */
export function checkHooksDir(site: Site): void {
  const { hooksPath } = site;
  if (hooksPath === null) return;
  if (existsSync(site.hooksDir) && !isFolder(site.hooksDir)) {
    throw new UserError(
      `Git is told to take its hooks from something that is no folder (core.hooksPath, ${hooksPath.scope} setting), so it runs none.`,
      'Take that setting out, then install again.',
      { cause: site.hooksDir },
    );
  }
  if (site.isForced) return;
  const isPersonal = !['local', 'worktree'].includes(hooksPath.scope) && /^[/~%]|^[A-Za-z]:/.test(hooksPath.value);
  if (isPersonal || site.place === 'outside') {
    throw new UserError(
      `Git takes its hooks from a folder outside this repository (core.hooksPath, ${hooksPath.scope} setting).`,
      'Add --force to write there, for every repository that uses it, or set core.hooksPath for this one alone.',
      { cause: site.hooksDir },
    );
  }
  if (!isFolder(site.hooksDir)) {
    throw new UserError(
      'Git is told to take its hooks from a folder that does not exist (core.hooksPath), so it runs none.',
      'Create that folder, or run "git config --unset core.hooksPath", then install again.',
      { cause: site.hooksDir },
    );
  }
}

function placeOf(hooksDir: string, site: Pick<Site, 'top' | 'commonDir'>): Site['place'] {
  if (isInside(site.commonDir, hooksDir)) return 'git';
  return site.top !== null && isInside(site.top, hooksDir) ? 'tree' : 'outside';
}

async function readHooksPath(git: Git): Promise<Site['hooksPath']> {
  const { code, stdout } = await git.run(['config', '--show-scope', '-z', '--get', 'core.hooksPath'], {
    okCodes: [0, 1], // 1: not set
  });
  const [scope = '', value = ''] = stdout.toString().split('\0');
  return code === 0 ? { scope, value } : null;
}

// Tells "there is no repository" from "git cannot use the one that is there", and needs no git for it.
function hasRepositoryAbove(context: CommandContext): boolean {
  const { GIT_DIR: gitDir } = context.env;
  if (gitDir !== undefined) return true;
  for (let folder = context.cwd; ; folder = dirname(folder)) {
    if (existsSync(join(folder, '.git'))) return true;
    if (dirname(folder) === folder) return false;
  }
}
