import { lstatSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../user-error.js';
import { isSpent, putBlock, takeBlocks, toBytesText } from './block.js';
import { type Edit, type Plan, toWrite } from './edits.js';
import { isGlobalFolder } from './global-folder.js';
import { type RegularHook, readHookFile, refreshBlock } from './hook-file.js';
import {
  ASIDE,
  findSeconds,
  HOOK_NAMES,
  type HookName,
  toHookFile,
  toPrivateBlock,
  toSharedBlock,
} from './hook-script.js';
import type { HookManager } from './manager.js';
import { findPrograms, findSharedCommand, loadSharedCommand } from './package-place.js';
import { checkHooksDir, isFolder, type Site } from './site.js';

/** Files in git's own hooks folder, or in the one that `core.hooksPath` names. */
export const native: HookManager = {
  name: 'native',
  isInUse: () => true,
  planInstall,
  planUninstall,
};

/** Makes the block of a hook; `isChained` when an earlier hook lies aside, `before` what the hook's file holds now. */
type MakeBlock = (hook: HookName, isChained: boolean, before?: string) => string;

async function planInstall(site: Site, hooks: readonly HookName[]): Promise<Plan> {
  if (isGlobalFolder(site.hooksDir, site.context.env)) {
    return { edits: [], notes: ['All your repositories are guarded by "leak-guard install --global", this one too.'] };
  }
  checkHooksDir(site);
  const isShared = site.place === 'tree' && (findSharedCommand(site) !== undefined || (await isTracked(site)));
  const toBlock = blockMaker(site, isShared);
  const edits = hooks.flatMap((hook) => planHook(hook, { folder: site.hooksDir, isShared, toBlock }));
  const isExposed = site.place === 'tree' && !isShared;
  return { edits, notes: isExposed ? ['The hooks hold paths of this machine: keep them out of commits.'] : [] };
}

function blockMaker(site: Site, isShared: boolean): MakeBlock {
  if (isShared) {
    const command = loadSharedCommand(site);
    return (hook, isChained) => toSharedBlock(hook, command, isChained);
  }
  const programs = findPrograms(site);
  // A time budget stays until another is given: who installs again seldom thinks of it.
  return (hook, _, before = '') => toPrivateBlock(hook, programs, { seconds: site.seconds ?? findSeconds(before) });
}

async function isTracked(site: Site): Promise<boolean> {
  const { stdout } = await site.git.run(['ls-files', '-z', '--', site.hooksDir]);
  return stdout.length > 0;
}

interface Job {
  readonly folder: string;
  readonly isShared: boolean;
  readonly toBlock: MakeBlock;
}

function planHook(hook: HookName, job: Job): readonly Edit[] {
  const path = ourPath(job.folder, hook);
  const file = readHookFile(path);
  const aside = join(job.folder, hook + ASIDE);
  const hasAside = exists(aside);
  if (file.kind === 'file' && file.isOurs) return refreshBlock(path, file, job.toBlock(hook, hasAside, file.text));
  if (file.kind === 'none')
    return [toWrite(path, toBytesText(toHookFile(job.toBlock(hook, hasAside))), { mode: 0o755 })];
  // Shared files are read by people and come back with git: a block is plainer there than a renamed file.
  if (job.isShared && file.kind === 'file' && isRunByShell(file)) {
    const text = putBlock(file.text, toBytesText(job.toBlock(hook, false)));
    return [toWrite(path, text, { mode: file.mode, why: 'your lines stay below ours' })];
  }
  if (statSync(path, { throwIfNoEntry: false })?.isFile() !== true) throw notRunnable(path);
  const earlier: Edit[] = hasAside ? [{ kind: 'move', path: aside, to: freePath(aside), why: 'an older copy' }] : [];
  return [
    ...earlier,
    { kind: 'move', path, to: aside, why: 'your earlier hook, which still runs' },
    toWrite(path, toBytesText(toHookFile(job.toBlock(hook, true))), { mode: 0o755 }),
  ];
}

// Kept aside it would be run, and stop everything; taken away it would be somebody's work that is gone.
function notRunnable(path: string): UserError {
  return new UserError(
    'A folder, or a link to nothing, stands in the place of a hook, so git could not run it.',
    'Move it away, then install again.',
    { cause: path },
  );
}

// The pre-commit framework owns its file in the hooks folder, and runs one called .legacy before its own checks, with
// arguments and input. Were we to rename its file instead, its next install would make the two call each other for ever.
function ourPath(folder: string, hook: string): string {
  const path = join(folder, hook);
  const file = readHookFile(path);
  return file.kind === 'file' && !file.isOurs && file.text.includes('pre-commit.com') ? `${path}.legacy` : path;
}

function isRunByShell(file: RegularHook): boolean {
  const isExecutable = process.platform === 'win32' || (file.mode & 0o111) !== 0;
  return isExecutable && !file.text.includes('\0') && /^(?!#!)|^#!.*\b(?:ba|da|k|z|a)?sh\b/.test(file.text);
}

async function planUninstall(site: Site): Promise<Plan> {
  const isOwn = (folder: string): boolean => isFolder(folder) && !isGlobalFolder(folder, site.context.env);
  const folders = new Set([site.hooksDir, join(site.commonDir, 'hooks')].filter(isOwn));
  const plans = [...folders].flatMap((folder) => HOOK_NAMES.map((hook) => planRemoval(folder, hook)));
  return { edits: plans.flatMap(({ edits }) => edits), notes: plans.flatMap(({ notes }) => notes) };
}

function planRemoval(folder: string, hook: HookName): Plan {
  const aside = join(folder, hook + ASIDE);
  const edits: Edit[] = [];
  let hasAside = exists(aside);
  for (const path of [join(folder, hook), join(folder, `${hook}.legacy`)]) {
    const file = readHookFile(path);
    if (file.kind !== 'file' || !file.isOurs) continue;
    const rest = takeBlocks(file.text);
    if (!isSpent(rest)) {
      edits.push(toWrite(path, rest, { mode: file.mode, why: 'your own lines stay' }));
    } else if (hasAside) {
      edits.push({ kind: 'move', path: aside, to: path, why: 'your earlier hook is back' });
      hasAside = false;
    } else {
      edits.push({ kind: 'remove', path });
    }
  }
  if (edits.length === 0 || !hasAside) return { edits, notes: [] };
  return { edits, notes: [`Your earlier hook stays as ${hook}${ASIDE}: join it with the lines you added to ${hook}.`] };
}

function freePath(path: string): string {
  for (let number = 1; ; number++) if (!exists(`${path}.${number}`)) return `${path}.${number}`;
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}
