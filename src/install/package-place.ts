import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join, relative, sep } from 'node:path';
import { UserError } from '../user-error.js';
import { PACKAGE_CLI, type Programs, toShellPath } from './hook-script.js';
import { isInside, realPath, type Site } from './site.js';

// Folders that npx, pnpm dlx, yarn dlx and bunx fill for one run and clear later.
const THROW_AWAY = /[\\/](?:_npx|dlx(?:-[^\\/]*)?|xfs-[^\\/]*|bunx-[^\\/]*)[\\/]/;

/** The programs that a hook on this machine is to call: where they are now, by the path that changes least. */
export function findPrograms(site: Pick<Site, 'top' | 'context'>): Programs {
  const installed = packageFolders(site).map((folder) => join(folder, PACKAGE_CLI));
  const present = installed.filter((path) => existsSync(path));
  const cliPath = findLastingCli(site, present);
  return {
    nodePath: toShellPath(findLastingNode(site.context.nodePath), sep),
    cliPath: toShellPath(cliPath, sep),
    isPlugged: isPlugged(site.top, cliPath),
    otherCliPaths:
      site.top === null ? [] : present.map((path) => fromTop(site, path)).filter((path) => path !== PACKAGE_CLI),
  };
}

/** How a shared hook calls leak-guard: a path from the top, or null for Yarn's Plug'n'Play. */
export function findSharedCommand(site: Site): string | null | undefined {
  for (const folder of packageFolders(site)) {
    const command = join(folder, 'node_modules', '.bin', 'leak-guard');
    if (existsSync(command)) return fromTop(site, command);
  }
  return site.top !== null && existsSync(join(site.top, '.pnp.cjs')) ? null : undefined;
}

/** As `findSharedCommand`, but a package that is installed for the whole machine will do; without one, it says what to do. */
export function loadSharedCommand(site: Site): string | null {
  const command = findSharedCommand(site);
  if (command !== undefined) return command;
  const { PATH: path = '' } = site.context.env;
  const isOnPath = path
    .split(delimiter)
    .some((folder) => !THROW_AWAY.test(join(folder, sep)) && existsSync(join(folder, 'leak-guard')));
  if (!isOnPath)
    throw notInstalled('The hooks of this repository are shared, and leak-guard is not among its packages.');
  return 'node_modules/.bin/leak-guard';
}

/** The folders that may have the package installed, nearest first: from here up to the top, and where the program runs from. */
function packageFolders(site: Pick<Site, 'top' | 'context'>): readonly string[] {
  const { top, context } = site;
  if (top === null) return [];
  const folders: string[] = [];
  for (let folder = realPath(context.cwd); isInside(top, folder); folder = dirname(folder)) {
    folders.push(folder);
    if (folder === top) break;
  }
  const at = context.cliPath.lastIndexOf(`${sep}node_modules${sep}`);
  const running = at < 0 ? top : realPath(context.cliPath.slice(0, at));
  return [...new Set(isInside(top, running) ? [...folders, running] : folders)];
}

// Only yarn's own table knows the packages of what lies in its folder.
function isPlugged(top: string | null, cliPath: string): boolean {
  return top !== null && isInside(join(top, '.yarn'), realPath(cliPath)) && existsSync(join(top, '.pnp.cjs'));
}

// The path through node_modules outlives the one behind it: pnpm's has the version in it. An npx cache vanishes.
function findLastingCli(site: Pick<Site, 'top' | 'context'>, present: readonly string[]): string {
  const { cliPath } = site.context;
  const real = realPath(cliPath);
  const same = present.find((path) => realpathSync(path) === real);
  if (same !== undefined) return same;
  if (!THROW_AWAY.test(cliPath)) return cliPath;
  const [nearest] = present;
  if (nearest !== undefined) return nearest;
  throw notInstalled('leak-guard runs from a cache that is cleared later, so hooks could not call it then.');
}

// Homebrew's path has the version in it, and dies with the next upgrade; its link beside it stays.
function findLastingNode(nodePath: string): string {
  const brew = /^(.*)\/Cellar\/([^/]+)\//.exec(nodePath);
  if (brew === null) return nodePath;
  const link = `${brew[1]}/opt/${brew[2]}/bin/node`;
  return existsSync(link) && realpathSync(link) === realPath(nodePath) ? link : nodePath;
}

function notInstalled(problem: string): UserError {
  return new UserError(problem, 'Run "npm install --save-dev leak-guard", then "npx leak-guard install".');
}

function fromTop(site: Pick<Site, 'top'>, path: string): string {
  return toShellPath(relative(site.top ?? '', path), sep);
}
