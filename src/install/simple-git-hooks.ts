import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { UserError } from '../user-error.js';
import { toBytesText } from './block.js';
import { toBroken } from './broken-settings.js';
import { type Plan, toWrite } from './edits.js';
import { readHookFile } from './hook-file.js';
import { HOOK_NAMES, type HookName, quoteIfOdd } from './hook-script.js';
import type { HookManager } from './manager.js';
import { loadSharedCommand } from './package-place.js';
import type { Site } from './site.js';

/**
 * simple-git-hooks deletes every hook that its settings do not name, at each `npm install`. So the hooks are commands
 * in its settings, before the ones that are there. Settings in JavaScript are code, and left to the user.
 */
export const simpleGitHooks: HookManager = { name: 'simple-git-hooks', isInUse, planInstall, planUninstall };

const KEY = 'simple-git-hooks';
const NAMES = ['.simple-git-hooks', 'simple-git-hooks'].flatMap((name) =>
  ['cjs', 'js', 'mjs', 'json'].map((ending) => `${name}.${ending}`),
);
const OURS = /^[^;&|\n]*leak-guard'? hook [a-z-]+(?: --)?( "\$@")?( && |$)/;

/** A JSON file with commands by hook, and the way to them. */
interface Settings {
  readonly path: string;
  readonly way: readonly string[];
}

function isInUse(site: Site): boolean {
  return site.hooksPath === null && findSettings(site) !== undefined;
}

async function planInstall(site: Site, hooks: readonly HookName[]): Promise<Plan> {
  if (hooks.includes('pre-receive')) {
    throw new UserError(
      'simple-git-hooks does not run pre-receive.',
      'Install that one in the repository on the server.',
    );
  }
  const command = loadSharedCommand(site);
  const call = command === null ? 'yarn leak-guard' : quoteIfOdd(command);
  const { edits } = await planChange(site, hooks, (hook, before) => {
    const rest = before?.replace(OURS, '') ?? '';
    return `NODE_OPTIONS= ${call} hook ${hook}${hook === 'pre-commit' ? '' : ' -- "$@"'}${rest === '' ? '' : ` && ${rest}`}`;
  });
  const isPending = edits.length > 0;
  const notes = isPending ? ['Run "npx simple-git-hooks" now: until then git does not run them.'] : [];
  return { edits, notes, isPending };
}

async function planUninstall(site: Site): Promise<Plan> {
  if (findSettings(site)?.path.endsWith('.json') !== true) return { edits: [], notes: [] };
  return planChange(site, HOOK_NAMES, (_, before) => {
    if (before === undefined || !OURS.test(before)) return before;
    return before.replace(OURS, '') || undefined;
  });
}

type Change = (hook: HookName, before: string | undefined) => string | undefined;

async function planChange(site: Site, hooks: readonly HookName[], change: Change): Promise<Plan> {
  const settings = findSettings(site);
  const file = settings === undefined ? undefined : readHookFile(settings.path);
  if (settings === undefined || file?.kind !== 'file') return { edits: [], notes: [] };
  if (!settings.path.endsWith('.json')) {
    throw new UserError(
      `The settings of simple-git-hooks are a program (${basename(settings.path)}), which leak-guard does not edit.`,
      'Put "node_modules/.bin/leak-guard hook pre-commit" before your commands there, and the like for pre-push.',
    );
  }
  const { findJsonError, readJson, putJson, takeJson } = await import('./json-edit.js');
  const broken = findJsonError(file.text);
  if (broken !== undefined) throw toBroken(settings.path, broken);
  let text = file.text;
  for (const hook of hooks) {
    const way = [...settings.way, hook];
    const before = readJson(text, way);
    const after = change(hook, typeof before === 'string' ? before : undefined);
    if (after === before || (typeof before !== 'string' && before !== undefined)) continue;
    text =
      after === undefined ? takeJson(text, way, settings.way.length) : (putJson(text, way, toBytesText(after)) ?? text);
  }
  return { edits: text === file.text ? [] : [toWrite(settings.path, text, { mode: file.mode })], notes: [] };
}

function findSettings(site: Site): Settings | undefined {
  const { top } = site;
  if (top === null) return undefined;
  const own = NAMES.map((name) => join(top, name)).find((path) => existsSync(path));
  if (own !== undefined) return { path: own, way: [] };
  const path = join(top, 'package.json');
  return existsSync(path) && hasKey(path) ? { path, way: [KEY] } : undefined;
}

function hasKey(path: string): boolean {
  try {
    const value: unknown = JSON.parse(readFileSync(path, 'utf8').replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null && KEY in value;
  } catch {
    return false; // npm complains about a broken package.json, and no hook manager reads it
  }
}
