import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Site } from '../site.js';
import type { Problem } from './problem.js';

/** lefthook's hook file ends with 0 when it finds no lefthook: the commit goes through, unseen. */
export function checkLefthookProgram(site: Site, fileText: string): readonly Problem[] {
  if (!fileText.includes('call_lefthook') || isThere(site, fileText)) return [];
  const mend = 'Run "npm install", or install lefthook for this machine.';
  const hasOthers = /^\s*elif (?:go|bundle|yarn|pnpm|uv|mise|composer|devbox)\b/m.test(fileText);
  const text = 'The hook calls lefthook, which was not found; without it the hook lets everything pass.';
  return [{ id: 'manager-gone', text, mend, ...(hasOthers && usesOthers(site) ? { isUnsure: true } : {}) }];
}

function isThere({ context, top }: Site, fileText: string): boolean {
  const { LEFTHOOK_BIN: named, PATH: path = '' } = context.env;
  if (named !== undefined && named !== '') return existsSync(named);
  const names = process.platform === 'win32' ? ['lefthook.exe', 'lefthook.cmd'] : ['lefthook'];
  if (path.split(delimiter).some((folder) => names.some((name) => folder !== '' && existsSync(join(folder, name)))))
    return true;
  const recorded = [...fileText.matchAll(/^\s*elif (\/\S+|[A-Za-z]:\S+) -h >/gm)].map(([, file = '']) => file);
  if (recorded.some((file) => existsSync(file))) return true;
  return top !== null && isInstalled(join(top, 'node_modules'));
}

function isInstalled(modules: string): boolean {
  if (existsSync(join(modules, 'lefthook/bin/index.js')) || existsSync(join(modules, '@evilmartians'))) return true;
  return existsSync(modules) && readdirSync(modules).some((name) => name.startsWith('lefthook-'));
}

// Other package managers may hold a lefthook that only they can find.
function usesOthers({ top }: Site): boolean {
  const files = [
    'go.mod',
    'Gemfile',
    '.pnp.cjs',
    'pnpm-lock.yaml',
    'pyproject.toml',
    'mise.toml',
    'composer.json',
    'devbox.json',
  ];
  return top !== null && files.some((name) => existsSync(join(top, name)));
}
