import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { UserError } from '../user-error.js';
import { takeBlocks, toBytesText } from './block.js';
import { type Edit, type Plan, toWrite } from './edits.js';
import { type RegularHook, readHookFile } from './hook-file.js';
import { HOOK_NAMES, type HookName, quote } from './hook-script.js';
import { addToLefthook } from './lefthook-yaml.js';
import type { HookManager } from './manager.js';
import { loadSharedCommand } from './package-place.js';
import type { Site } from './site.js';

/**
 * lefthook writes git's hook files itself, and renames ours without running it. So the hooks are entries in its YAML
 * settings, each between our two marker lines, which are comments there. Other formats are left to the user.
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
  if (!/\.ya?ml$/.test(path) || file.kind !== 'file') throw byHand(path, toEntry('pre-commit', call));
  const rest = takeBlocks(file.text);
  const all = HOOK_NAMES.filter((hook) => hooks.includes(hook) || isAmongOurs(file.text, rest, hook));
  const text = all.reduce((before, hook) => addEntry(before, { hook, call, path }), rest);
  const notes = notesOn(site, hooks);
  const edits = text === file.text ? [] : [toWrite(path, text, { mode: file.mode })];
  return { edits, notes, isPending: notes.length > 0 };
}

// Hooks that were asked for at an earlier install stay.
function isAmongOurs(text: string, rest: string, hook: HookName): boolean {
  const calls = (where: string): number => where.split(new RegExp(`leak-guard\\S* hook ${hook}\\b`)).length;
  return calls(text) > calls(rest);
}

function addEntry(
  text: string,
  entry: { readonly hook: HookName; readonly call: string; readonly path: string },
): string {
  const lines = toEntry(entry.hook, entry.call);
  const added = addToLefthook(text, entry.hook, lines.map(toBytesText));
  if (added === undefined) throw byHand(entry.path, lines);
  return added;
}

/** The settings of one command, without its name. */
function toEntry(hook: HookName, call: string): readonly string[] {
  const words = {
    'pre-push': ' {1} {2}',
    'commit-msg': ' {1}',
    'pre-commit': '',
    'pre-merge-commit': '',
    'pre-receive': '',
  };
  const run = `${call} hook ${hook}${words[hook]}`;
  return [
    `run: ${/^[\w./@-]+( [\w./@{}-]+)*$/.test(run) ? run : JSON.stringify(run)}`, // a JSON string is one in YAML, too
    'env: { NODE_OPTIONS: "" }',
    ...(hook === 'pre-push' ? ['use_stdin: true'] : []),
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
  return { edits: planRemoval(path, file), notes: [] };
}

function planRemoval(path: string, file: RegularHook): readonly Edit[] {
  if (!file.isOurs) return [];
  return [toWrite(path, takeBlocks(file.text), { mode: file.mode, why: 'your own lines stay' })];
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

function byHand(path: string, lines: readonly string[]): UserError {
  return new UserError(
    `The settings of lefthook in ${basename(path)} are written in a way that leak-guard does not edit.`,
    'Add a command named leak-guard with these settings to pre-commit, and the like to pre-push.',
    { cause: lines.join('; ') },
  );
}
