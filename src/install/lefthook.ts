import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { UserError } from '../user-error.js';
import { toBytesText } from './block.js';
import { toBroken } from './broken-settings.js';
import { type Plan, toWrite } from './edits.js';
import { readHookFile } from './hook-file.js';
import { HOOK_NAMES, type HookName, quoteIfOdd } from './hook-script.js';
import type { LefthookCommand, LefthookEditor } from './lefthook-editor.js';
import type { HookManager } from './manager.js';
import { loadSharedCommand } from './package-place.js';
import type { Site } from './site.js';

/**
 * lefthook writes git's hook files itself, and renames ours without running it. So the hooks are entries in its
 * settings, in whichever of its formats they are.
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
  if (file.kind !== 'file') throw byHand(path, hooks, call);
  const text = await addAll(file.text, { hooks, call, path });
  const notes = notesOn(site, hooks);
  const edits = text === file.text ? [] : [toWrite(path, text, { mode: file.mode })];
  return { edits, notes, isPending: notes.length > 0 };
}

interface Wanted {
  readonly hooks: readonly HookName[];
  readonly call: string;
  readonly path: string;
}

// Taken out and put in again, so that what an older leak-guard wrote is brought up to date.
async function addAll(before: string, { hooks, call, path }: Wanted): Promise<string> {
  const editor = await editorFor(path);
  const broken = editor.findError(before);
  if (broken !== undefined) throw toBroken(path, broken);
  const rest = editor.take(before);
  const all = HOOK_NAMES.filter((hook) => hooks.includes(hook) || isAmongOurs(before, rest, hook));
  return all.reduce((text, hook) => {
    const command = toCommand(hook, call);
    const added = editor.add(text, hook, { ...command, run: toBytesText(command.run) });
    if (added === undefined) throw byHand(path, [hook], call);
    return added;
  }, rest);
}

async function editorFor(path: string): Promise<LefthookEditor> {
  if (path.endsWith('.toml')) return (await import('./lefthook-toml.js')).tomlEditor;
  if (/\.jsonc?$/.test(path)) return (await import('./lefthook-json.js')).jsonEditor;
  return (await import('./lefthook-yaml.js')).yamlEditor;
}

// Hooks that were asked for at an earlier install stay.
function isAmongOurs(text: string, rest: string, hook: HookName): boolean {
  const calls = (where: string): number => where.split(new RegExp(`leak-guard\\S* hook ${hook}\\b`)).length;
  return calls(text) > calls(rest);
}

/** The settings of one command. */
function toCommand(hook: HookName, call: string): LefthookCommand {
  const words = {
    'pre-push': ' -- {1} {2}',
    'commit-msg': ' -- {1}',
    'pre-commit': '',
    'pre-merge-commit': '',
    'pre-receive': '',
  };
  const command = { run: `${call} hook ${hook}${words[hook]}`, env: { NODE_OPTIONS: '' } };
  return hook === 'pre-push' ? { ...command, use_stdin: true } : command;
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
  const text = (await editorFor(path)).take(file.text);
  const edits = text === file.text ? [] : [toWrite(path, text, { mode: file.mode, why: 'your own lines stay' })];
  return { edits, notes: [] };
}

/** The settings file that lefthook reads, if there is one. */
export function findLefthookSettings(site: Site): string | undefined {
  const { top } = site;
  if (top === null) return undefined;
  return NAMES.flatMap((name) => ENDINGS.map((ending) => join(top, `${name}.${ending}`))).find((path) =>
    existsSync(path),
  );
}

function byHand(path: string, hooks: readonly HookName[], call: string): UserError {
  const lines = hooks.map((hook) => `${hook}.commands.leak-guard: ${JSON.stringify(toCommand(hook, call))}`);
  return new UserError(
    `The settings of lefthook in ${basename(path)} are written in a way that leak-guard does not edit.`,
    'Add what is named above to that file, then run "npx lefthook install".',
    { cause: lines.join('\n') },
  );
}
