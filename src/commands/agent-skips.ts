import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import type { Call, Piece } from '../agents/agent.js';
import { findHookSkips } from '../agents/hook-skip.js';
import type { Dialect } from '../agents/shell-quotes.js';
import { folderOf } from './agent-scan.js';
import type { CommandContext } from './command-context.js';

/** The files that start our hooks, by their last name. */
const HOOK_FILES = new Set([
  ...['pre-commit', 'pre-push', 'commit-msg', 'pre-merge-commit', 'pre-receive'],
  ...['lefthook.yml', 'lefthook.yaml', 'lefthook.json', 'lefthook.toml', '.simple-git-hooks.json', 'package.json'],
  ...['.pre-commit-config.yaml', 'settings.json', 'settings.local.json', 'hooks.json'],
]);
const MOST_BYTES = 1_000_000;
const CALLS_US = /leak-guard(?:\.cjs)?\\?["']? hook|>>> leak-guard >>>|id: leak-guard/;

/** What in an agent's step would keep the hooks from running, in the step's own words. */
export function findSkips(call: Call, context: CommandContext): readonly string[] {
  const folder = folderOf(call, context);
  return [...new Set(call.pieces.flatMap((piece) => skipsIn(piece, call, folder)))];
}

function skipsIn(piece: Piece, { tool = '' }: Call, folder: string): readonly string[] {
  const { kind, name, text } = piece;
  const file = resolve(folder, name);
  if (kind === 'command') {
    return findHookSkips(text ?? '', dialectOf(tool)).flatMap(({ what, target }) =>
      target === undefined || holdsHook(resolve(folder, target)) ? [what] : [],
    );
  }
  if (kind === 'delete') return holdsHook(file) ? [`the deletion of ${name}`] : [];
  if (kind !== 'write' || !HOOK_FILES.has(basename(file))) return [];
  return [...(takesHookOut(piece, file) ? [`the hook that is taken out of ${name}`] : []), ...switchedOff(piece, name)];
}

// On Windows, Cursor's shell is PowerShell unless it is set up otherwise.
function dialectOf(tool: string): Dialect {
  const isPowerShell = /^powershell$/i.test(tool) || (process.platform === 'win32' && /^shell$/i.test(tool));
  return isPowerShell ? 'powershell' : 'posix';
}

/** True for a file of ours, or a folder with one, or a glob in such a folder. */
function holdsHook(path: string): boolean {
  const plain = /[*?[]/.test(basename(path)) ? join(path, '..') : path;
  const stats = existsSync(plain) ? statSync(plain) : undefined;
  if (stats?.isDirectory() === true) return [...HOOK_FILES].some((name) => isOurs(join(plain, name)));
  return isOurs(plain);
}

function isOurs(path: string): boolean {
  return HOOK_FILES.has(basename(path)) && CALLS_US.test(readIfFile(path));
}

function readIfFile(path: string): string {
  const stats = existsSync(path) ? statSync(path) : undefined;
  return stats?.isFile() === true && stats.size <= MOST_BYTES ? readFileSync(path, 'latin1') : '';
}

/** An edit that takes our call out, or a new content without it. */
function takesHookOut({ known, text }: Piece, file: string): boolean {
  const before = known.length > 0 ? known.join('\n') : readIfFile(file);
  return CALLS_US.test(before) && !CALLS_US.test(text ?? '');
}

// Claude Code's own switch: https://code.claude.com/docs/en/hooks, "Disable or remove hooks".
function switchedOff({ text, known }: Piece, name: string): readonly string[] {
  const off = /"disableAllHooks"\s*:\s*true/;
  return off.test(text ?? '') && !off.test(known.join('\n')) ? [`disableAllHooks in ${name}`] : [];
}
