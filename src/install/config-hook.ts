import { existsSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../user-error.js';
import { toBytesText } from './block.js';
import { type Edit, type Plan, toWrite } from './edits.js';
import { readHookFile, refreshBlock } from './hook-file.js';
import { findSeconds, HOOK_NAMES, type HookName, toHookFile, toPrivateBlock } from './hook-script.js';
import type { HookManager } from './manager.js';
import { native } from './native.js';
import { findPrograms } from './package-place.js';
import type { Site } from './site.js';

/**
 * Hooks in git's own settings (git 2.54 and newer, https://git-scm.com/docs/git-hook/2.54.0): `hook.<name>.event` and
 * `.command`. They run before the hook's file, and no core.hooksPath hides them. The settings only name a script of
 * ours in git's folder: it finds node, and says what to do when something is gone.
 */
export const configHook: HookManager = {
  name: 'config',
  isInUse: ({ configHooks, runsConfigHooks }) => runsConfigHooks && configHooks.length > 0,
  planInstall,
  planUninstall,
};

/** True for the command that `install` writes. */
export function isOurConfigHook({
  name,
  command,
  event,
}: Readonly<Record<'name' | 'command' | 'event', string>>): boolean {
  return name === `leak-guard-${event}` && command === toCommand(event);
}

// Relative to git's folder, so that a repository can be moved, and the same for every work tree.
function toCommand(hook: string): string {
  return `"$(git rev-parse --git-common-dir)/leak-guard/${hook}"`;
}

async function planInstall(site: Site, wanted: readonly HookName[]): Promise<Plan> {
  if (!site.runsConfigHooks) {
    throw new UserError(
      'This git runs no hooks from its settings: that takes git 2.54 or newer.',
      'Leave out --config-hook, or update git.',
    );
  }
  const hooks = HOOK_NAMES.filter((hook) => wanted.includes(hook) || site.configHooks.includes(hook));
  const programs = findPrograms(site);
  const edits = hooks.flatMap((hook) => {
    const path = join(folderOf(site), hook);
    const file = readHookFile(path);
    const seconds = site.seconds ?? (file.kind === 'file' ? findSeconds(file.text) : undefined);
    const block = toPrivateBlock(hook, programs, { chain: 'none', seconds });
    if (file.kind === 'file' && file.isOurs) return refreshBlock(path, file, block);
    return [toWrite(path, toBytesText(toHookFile(block)), { mode: 0o755 })];
  });
  // Native hooks of ours would scan everything a second time.
  const { edits: taken } = await native.planUninstall({ ...site, hooksDir: join(site.commonDir, 'hooks') });
  const unset = await findUnset(site, hooks);
  if (unset.length === 0) return { edits: [...edits, ...taken], notes: [] };
  const notes = [
    ...unset.map((hook) => `Git's settings for this repository get hook.leak-guard-${hook}.`),
    'An older git on this machine, such as one inside an editor, does not run them.',
  ];
  return { edits: [...edits, ...taken], notes, after: () => setAll(site, unset) };
}

async function findUnset(site: Site, hooks: readonly HookName[]): Promise<readonly HookName[]> {
  const unset: HookName[] = [];
  for (const hook of hooks) {
    const values = [
      await get(site, `hook.leak-guard-${hook}.command`),
      await get(site, `hook.leak-guard-${hook}.event`),
    ];
    if (values[0] !== toCommand(hook) || values[1] !== hook) unset.push(hook);
  }
  return unset;
}

async function get({ git }: Site, key: string): Promise<string | undefined> {
  const { code, stdout } = await git.run(['config', '--local', '-z', '--get', key], { okCodes: [0, 1] }); // 1: not set
  return code === 0 ? stdout.toString().replace(/\0$/, '') : undefined;
}

// The command first: an event without one would stop every commit.
async function setAll({ git }: Site, hooks: readonly HookName[]): Promise<void> {
  for (const hook of hooks) {
    await git.run(['config', '--local', '--replace-all', `hook.leak-guard-${hook}.command`, toCommand(hook)]);
    await git.run(['config', '--local', '--replace-all', `hook.leak-guard-${hook}.event`, hook]);
  }
}

async function planUninstall(site: Site): Promise<Plan> {
  const folder = folderOf(site);
  const edits = HOOK_NAMES.flatMap((hook): readonly Edit[] => {
    const path = join(folder, hook);
    const file = readHookFile(path);
    return file.kind === 'file' && file.isOurs ? [{ kind: 'remove', path }] : [];
  });
  const after = async (): Promise<void> => {
    if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
  };
  const { configHooks, git } = site;
  if (configHooks.length === 0) return edits.length === 0 ? { edits, notes: [] } : { edits, notes: [], after };
  const notes = configHooks.map((hook) => `hook.leak-guard-${hook} is no more in git's settings.`);
  // The settings first, so that git never calls a script that is gone.
  const before = async (): Promise<void> => {
    for (const hook of configHooks) await git.run(['config', '--local', '--remove-section', `hook.leak-guard-${hook}`]);
  };
  return { edits, notes, before, after };
}

function folderOf({ commonDir }: Site): string {
  return join(commonDir, 'leak-guard');
}
