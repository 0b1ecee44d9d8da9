import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../user-error.js';
import { putBlock, toBytesText } from './block.js';
import { type Edit, type Plan, toWrite } from './edits.js';
import { readHookFile, removeBlock } from './hook-file.js';
import { HOOK_NAMES, type HookName, toSharedBlock } from './hook-script.js';
import type { HookManager } from './manager.js';
import { loadSharedCommand } from './package-place.js';
import { isFolder, isInside, realPath, type Site } from './site.js';

/**
 * husky 9: git runs `.husky/_/<hook>`, which runs `.husky/<hook>` with `sh -e`. Only the latter is ours to edit, the
 * other is written anew by every `husky`. husky 4 to 8 has its hooks where git looks, so those are native ones.
 */
export const husky: HookManager = { name: 'husky', isInUse, planInstall, planUninstall };

function isInUse(site: Site): boolean {
  return site.hooksPath === null ? isWaiting(site) : /(?:^|[\\/])_$/.test(site.hooksPath.value) && isHuskyFolder(site);
}

// The setting names husky's folder, also where the folder is missing: a fresh work tree has none until husky has run.
function isHuskyFolder(site: Site): boolean {
  return existsSync(join(site.hooksDir, 'h')) || (!isFolder(site.hooksDir) && isFolder(dirname(site.hooksDir)));
}

// The repository has husky's hooks, but husky has not run in this clone. When it does, it will hide native hooks.
function isWaiting(site: Site): boolean {
  return site.top !== null && ['pre-commit', 'pre-push', 'commit-msg'].some((hook) => isHuskyHook(site.top, hook));
}

function isHuskyHook(top: string | null, hook: string): boolean {
  return top !== null && existsSync(join(top, '.husky', hook));
}

async function planInstall(site: Site, hooks: readonly HookName[]): Promise<Plan> {
  const { HUSKY: setting } = site.context.env;
  if (site.hooksPath === null && setting === '0') {
    return {
      edits: [],
      notes: ['husky is switched off here (HUSKY=0), so git runs no hooks and none were installed.'],
    };
  }
  for (const hook of hooks) checkShim(site, hook);
  const folder = dirname(site.hooksDir);
  if (site.top === null || !isInside(site.top, realPath(folder))) {
    throw new UserError('The folder of husky is not in this repository.', 'Run husky here, then install again.', {
      cause: folder,
    });
  }
  const command = loadSharedCommand(site);
  return {
    edits: hooks.flatMap((hook) => planHook(join(folder, hook), toSharedBlock(hook, command, false))),
    notes: [],
  };
}

function checkShim(site: Site, hook: HookName): void {
  if (site.hooksPath !== null && existsSync(join(site.hooksDir, hook))) return;
  if (hook === 'pre-receive') {
    throw new UserError('husky does not run pre-receive hooks.', 'Install that one in the repository on the server.');
  }
  throw new UserError(
    'This repository has husky hooks, but husky has not been set up in this clone, so git runs none of them.',
    'Run "npx husky" and install again, or add --manager native.',
  );
}

function planHook(path: string, block: string): readonly Edit[] {
  const file = readHookFile(path);
  if (file.kind === 'other') {
    throw new UserError(
      'A husky hook is a link or a folder, and is left as it is.',
      'Put a file in its place, then install again.',
      {
        cause: path,
      },
    );
  }
  const before = file.kind === 'none' ? '' : file.text;
  const text = putBlock(before, toBytesText(block));
  if (text === before) return [];
  if (file.kind === 'none') return [toWrite(path, text, { mode: 0o644 })];
  return [toWrite(path, text, { mode: file.mode, why: 'your lines stay below ours' })];
}

async function planUninstall(site: Site): Promise<Plan> {
  const folders = new Set([
    ...(existsSync(join(site.hooksDir, 'h')) ? [dirname(site.hooksDir)] : []),
    ...(site.top === null ? [] : [join(site.top, '.husky')]),
  ]);
  const paths = [...folders].flatMap((folder) => HOOK_NAMES.map((hook) => join(folder, hook)));
  return { edits: paths.flatMap(removeBlock), notes: [] };
}
