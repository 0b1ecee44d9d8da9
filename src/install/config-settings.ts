import { existsSync, readdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Git } from '../changes/git.js';
import { toBytesText } from './block.js';
import { type Edit, type Plan, toWrite } from './edits.js';
import { readHookFile, refreshBlock } from './hook-file.js';
import { HOOK_NAMES, type HookName, toHookFile } from './hook-script.js';

/** Where hooks of git's settings stand: one scope of the settings, and the folder of the scripts that they name. */
export interface ConfigPlace {
  readonly git: Git;
  readonly scope: '--local' | '--global';
  readonly folder: string;
  toCommand(hook: HookName): string;
}

/** Writes the scripts, and sets what is not set yet. `toBlock` gets what the script holds now. */
export async function planSettings(
  place: ConfigPlace,
  hooks: readonly HookName[],
  toBlock: (hook: HookName, before: string) => string,
): Promise<Plan> {
  const edits = hooks.flatMap((hook): readonly Edit[] => {
    const path = join(place.folder, hook);
    const file = readHookFile(path);
    const block = toBlock(hook, file.kind === 'file' ? file.text : '');
    if (file.kind === 'file' && file.isOurs) return refreshBlock(path, file, block);
    return [toWrite(path, toBytesText(toHookFile(block)), { mode: 0o755 })];
  });
  const unset = await findUnset(place, hooks);
  if (unset.length === 0) return { edits, notes: [] };
  const notes = [
    ...unset.map((hook) => `Git's settings (${place.scope}) get hook.leak-guard-${hook}.`),
    'An older git on this machine, such as one inside an editor, does not run them.',
  ];
  return { edits, notes, after: () => setAll(place, unset) };
}

/** Takes scripts and settings away again. */
export async function planSettingsRemoval(place: ConfigPlace): Promise<Plan> {
  const { folder, git, scope } = place;
  const edits = HOOK_NAMES.flatMap((hook): readonly Edit[] => {
    const path = join(folder, hook);
    const file = readHookFile(path);
    return file.kind === 'file' && file.isOurs ? [{ kind: 'remove', path }] : [];
  });
  const after = async (): Promise<void> => {
    if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
  };
  const names = await readSetHooks(place);
  if (names.length === 0) return edits.length === 0 ? { edits, notes: [] } : { edits, notes: [], after };
  const notes = names.map((hook) => `hook.leak-guard-${hook} is no more in git's settings (${scope}).`);
  // The settings first, so that git never calls a script that is gone.
  const before = async (): Promise<void> => {
    for (const hook of names) await git.run(['config', scope, '--remove-section', `hook.leak-guard-${hook}`]);
  };
  return { edits, notes, before, after };
}

/** The hooks of ours that stand in these settings, by the hook's name. */
export async function readSetHooks({ git, scope }: Pick<ConfigPlace, 'git' | 'scope'>): Promise<readonly string[]> {
  const args = ['config', scope, '--name-only', '-z', '--get-regexp', '^hook\\.leak-guard-.*\\.event$'];
  const { stdout } = await git.run(args, { okCodes: [0, 1] }); // 1: there are none
  const keys = stdout.toString().split('\0');
  return [...new Set(keys.flatMap((key) => /^hook\.leak-guard-(.*)\.event$/.exec(key)?.[1] ?? []))];
}

async function findUnset(place: ConfigPlace, hooks: readonly HookName[]): Promise<readonly HookName[]> {
  const unset: HookName[] = [];
  for (const hook of hooks) {
    const command = await get(place, `hook.leak-guard-${hook}.command`);
    const event = await get(place, `hook.leak-guard-${hook}.event`);
    if (command !== place.toCommand(hook) || event !== hook) unset.push(hook);
  }
  return unset;
}

async function get({ git, scope }: ConfigPlace, key: string): Promise<string | undefined> {
  const { code, stdout } = await git.run(['config', scope, '-z', '--get', key], { okCodes: [0, 1] }); // 1: not set
  return code === 0 ? stdout.toString().replace(/\0$/, '') : undefined;
}

// The command first: an event without one would stop every commit.
async function setAll({ git, scope, toCommand }: ConfigPlace, hooks: readonly HookName[]): Promise<void> {
  for (const hook of hooks) {
    await git.run(['config', scope, '--replace-all', `hook.leak-guard-${hook}.command`, toCommand(hook)]);
    await git.run(['config', scope, '--replace-all', `hook.leak-guard-${hook}.event`, hook]);
  }
}
