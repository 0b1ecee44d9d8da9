import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { UserError } from '../user-error.js';
import { takeBlocks, toBytesText } from './block.js';
import { type Edit, type Plan, toWrite } from './edits.js';
import { type RegularHook, readHookFile } from './hook-file.js';
import { HOOK_NAMES, type HookName, quote } from './hook-script.js';
import type { LefthookCommand } from './lefthook-json.js';
import { addToLefthook } from './lefthook-yaml.js';
import type { HookManager } from './manager.js';
import { loadSharedCommand } from './package-place.js';
import type { Site } from './site.js';

/**
 * lefthook writes git's hook files itself, and renames ours without running it. So the hooks are entries in its YAML
 * settings, each between our two marker lines, which are comments there, or in its JSON. TOML is left to the user.
 */
export const lefthook: HookManager = { name: 'lefthook', isInUse, planInstall, planUninstall };

const NAMES = ['lefthook', '.lefthook', '.config/lefthook'];
const ENDINGS = ['yml', 'yaml', 'toml', 'json', 'jsonc'];

function isInUse(site: Site): boolean {
  return site.hooksPath === null && findLefthookSettings(site) !== undefined;
}

async function planInstall(site: Site, hooks: readonly HookName[]): Promise<Plan> {
  const path = findLefthookSettings(site) ?? '';
  if (hooks.includes('pre-receive')) {
    throw new UserError(
      'lefthook does not run pre-receive hooks.',
      'Install that one in the repository on the server.',
    );
  }
  const command = loadSharedCommand(site);
  const call = command === null ? 'yarn leak-guard' : quoteIfOdd(command);
  const file = readHookFile(path);
  if (file.kind !== 'file' || path.endsWith('.toml')) throw byHand(path, hooks, call);
  const text = /\.ya?ml$/.test(path)
    ? addToYaml(file.text, { hooks, call, path })
    : await addToJson(file.text, { hooks, call, path });
  const notes = notesOn(site, hooks);
  const edits = text === file.text ? [] : [toWrite(path, text, { mode: file.mode })];
  return { edits, notes, isPending: notes.length > 0 };
}

interface Wanted {
  readonly hooks: readonly HookName[];
  readonly call: string;
  readonly path: string;
}

function addToYaml(before: string, { hooks, call, path }: Wanted): string {
  const rest = takeBlocks(before);
  const all = HOOK_NAMES.filter((hook) => hooks.includes(hook) || isAmongOurs(before, rest, hook));
  return all.reduce((text, hook) => {
    const added = addToLefthook(text, hook, toYaml(toCommand(hook, call)).map(toBytesText));
    if (added === undefined) throw byHand(path, [hook], call);
    return added;
  }, rest);
}

async function addToJson(before: string, { hooks, call, path }: Wanted): Promise<string> {
  const { addToLefthookJson } = await import('./lefthook-json.js');
  return hooks.reduce((text, hook) => {
    const command = toCommand(hook, call);
    const added = addToLefthookJson(text, hook, { ...command, run: toBytesText(command.run) });
    if (added === undefined) throw byHand(path, [hook], call);
    return added;
  }, before);
}

// Hooks that were asked for at an earlier install stay.
function isAmongOurs(text: string, rest: string, hook: HookName): boolean {
  const calls = (where: string): number => where.split(new RegExp(`leak-guard\\S* hook ${hook}\\b`)).length;
  return calls(text) > calls(rest);
}

/** The settings of one command. */
function toCommand(hook: HookName, call: string): LefthookCommand {
  const words = {
    'pre-push': ' {1} {2}',
    'commit-msg': ' {1}',
    'pre-commit': '',
    'pre-merge-commit': '',
    'pre-receive': '',
  };
  const command = { run: `${call} hook ${hook}${words[hook]}`, env: { NODE_OPTIONS: '' } };
  return hook === 'pre-push' ? { ...command, use_stdin: true } : command;
}

function toYaml({ run, use_stdin: usesInput }: LefthookCommand): readonly string[] {
  return [
    `run: ${/^[\w./@-]+( [\w./@{}-]+)*$/.test(run) ? run : JSON.stringify(run)}`, // a JSON string is one in YAML, too
    'env: { NODE_OPTIONS: "" }',
    ...(usesInput === true ? ['use_stdin: true'] : []),
  ];
}

function toToml(hook: HookName, { run, use_stdin: usesInput }: LefthookCommand): readonly string[] {
  return [
    `[${hook}.commands.leak-guard]`,
    `run = ${JSON.stringify(run)}`,
    'env = { NODE_OPTIONS = "" }',
    ...(usesInput === true ? ['use_stdin = true'] : []),
  ];
}

// lefthook makes git's hook files when it is installed; a hook that its settings did not have before has none yet.
function notesOn(site: Site, hooks: readonly HookName[]): readonly string[] {
  const isOn = hooks.every((hook) => {
    const file = readHookFile(join(site.hooksDir, hook));
    return file.kind === 'file' && file.text.includes('lefthook');
  });
  return isOn ? [] : ['Run "npx lefthook install" now: until then git does not run them.'];
}

async function planUninstall(site: Site): Promise<Plan> {
  const path = findLefthookSettings(site);
  const file = path === undefined ? undefined : readHookFile(path);
  if (path === undefined || file?.kind !== 'file') return { edits: [], notes: [] };
  if (/\.jsonc?$/.test(path)) return { edits: await planJsonRemoval(path, file), notes: [] };
  return { edits: planRemoval(path, file), notes: [] };
}

function planRemoval(path: string, file: RegularHook): readonly Edit[] {
  if (!file.isOurs) return [];
  return [toWrite(path, takeBlocks(file.text), { mode: file.mode, why: 'your own lines stay' })];
}

async function planJsonRemoval(path: string, file: RegularHook): Promise<readonly Edit[]> {
  const { takeFromLefthookJson } = await import('./lefthook-json.js');
  const text = HOOK_NAMES.reduce(takeFromLefthookJson, file.text);
  return text === file.text ? [] : [toWrite(path, text, { mode: file.mode, why: 'your own lines stay' })];
}

/** The settings file that lefthook reads, if there is one. */
export function findLefthookSettings(site: Site): string | undefined {
  const { top } = site;
  if (top === null) return undefined;
  return NAMES.flatMap((name) => ENDINGS.map((ending) => join(top, `${name}.${ending}`))).find((path) =>
    existsSync(path),
  );
}

function quoteIfOdd(path: string): string {
  return /^[\w./@-]+$/.test(path) ? path : quote(path);
}

function byHand(path: string, hooks: readonly HookName[], call: string): UserError {
  const lines = hooks.flatMap((hook) =>
    path.endsWith('.toml')
      ? toToml(hook, toCommand(hook, call))
      : [`${hook}, command leak-guard:`, ...toYaml(toCommand(hook, call))],
  );
  return new UserError(
    `The settings of lefthook in ${basename(path)} are written in a way that leak-guard does not edit.`,
    'Add the lines above to that file, each hook with a command named leak-guard, then run "npx lefthook install".',
    { cause: lines.join('\n') },
  );
}
