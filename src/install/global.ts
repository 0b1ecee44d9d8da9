import { existsSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { type Git, openGit } from '../changes/git.js';
import type { CommandContext } from '../commands/command-context.js';
import { UserError } from '../user-error.js';
import { toBytesText } from './block.js';
import { planGlobalConfigRemoval } from './config-hook.js';
import { type Edit, joinPlans, type Plan, toWrite } from './edits.js';
import { findGlobalFolder } from './global-folder.js';
import { type HookFile, readHookFile, refreshBlock, removeBlock } from './hook-file.js';
import { HOOK_NAMES, type HookName, toHandOnBlock, toHookFile, toPrivateBlock } from './hook-script.js';
import { findPrograms } from './package-place.js';
import { realPath } from './site.js';

// A global folder hides every hook of every repository, so each name that git knows gets a file that runs the
// repository's own. Left out: push-to-checkout, which by being there turns off what git would do itself.
const HANDED_ON = [
  ...['applypatch-msg', 'pre-applypatch', 'post-applypatch', 'prepare-commit-msg', 'post-commit', 'pre-rebase'],
  ...['post-checkout', 'post-merge', 'update', 'proc-receive', 'post-receive', 'post-update', 'reference-transaction'],
  ...['pre-auto-gc', 'post-rewrite', 'sendemail-validate', 'post-index-change'],
];

/** Hooks for all repositories of this user: a folder of our own, named by the global `core.hooksPath`. */
export async function planGlobalInstall(hooks: readonly HookName[], context: CommandContext): Promise<Plan> {
  const folder = findGlobalFolder(context.env);
  const current = await readSetting(context);
  if (current !== undefined && !isSame(current, folder)) {
    throw new UserError(
      'Git already has a folder of hooks for all repositories (core.hooksPath, global setting).',
      'Add leak-guard to the hooks there with "npx leak-guard install --force", or take the setting out first.',
      { cause: current },
    );
  }
  const programs = findPrograms({ context, top: null });
  const toScan = (hook: HookName): string => toPrivateBlock(hook, programs, { chain: 'repository' });
  const edits = [
    ...HOOK_NAMES.flatMap((hook) => {
      const path = join(folder, hook);
      const isWanted = hooks.includes(hook) || isScanning(readHookFile(path), hook);
      return planHook(path, isWanted ? toScan(hook) : toHandOnBlock(hook));
    }),
    ...HANDED_ON.flatMap((hook) => planHook(join(folder, hook), toHandOnBlock(hook))),
  ];
  const notes = [
    "A repository with a core.hooksPath of its own, such as husky's, does not use these: install there, too.",
  ];
  if (isOfProject(context.cliPath)) {
    notes.push(
      'They call leak-guard inside one project. To keep them working without it: "npm install --global leak-guard".',
    );
  }
  if (current !== undefined) return { edits, notes: edits.length === 0 ? [] : notes };
  return { edits, notes, after: () => setSetting(context, ['core.hooksPath', folder]) };
}

/** Takes back all that is for all repositories. */
export async function planGlobalUninstall(context: CommandContext): Promise<Plan> {
  return joinPlans([await planFolderRemoval(context), await planGlobalConfigRemoval(context)]);
}

/** Takes the folder and the setting back. Files that someone else put there stay. */
export async function planFolderRemoval(context: CommandContext): Promise<Plan> {
  const folder = findGlobalFolder(context.env);
  const current = await readSetting(context);
  const edits = [...HOOK_NAMES, ...HANDED_ON].flatMap((hook) => removeBlock(join(folder, hook)));
  if (current === undefined || !isSame(current, folder)) return { edits, notes: [] };
  return {
    edits,
    notes: ['Git looks for hooks in each repository again (core.hooksPath is not set any more).'],
    before: () => setSetting(context, ['--unset', 'core.hooksPath']), // first, so that git never looks into an empty folder
  };
}

function planHook(path: string, block: string): readonly Edit[] {
  const file = readHookFile(path);
  if (file.kind === 'file' && file.isOurs) return refreshBlock(path, file, block);
  if (file.kind === 'none') return [toWrite(path, toBytesText(toHookFile(block)), { mode: 0o755 })];
  throw new UserError(
    "A file that is not leak-guard's stands in its folder of hooks.",
    'Move it away, then install again.',
    {
      cause: path,
    },
  );
}

function isScanning(file: HookFile, hook: HookName): boolean {
  return file.kind === 'file' && file.isOurs && file.text.includes(`hook ${hook} -- "$@"`);
}

function isOfProject(cliPath: string): boolean {
  const at = cliPath.lastIndexOf(`${sep}node_modules${sep}`);
  return at >= 0 && existsSync(join(cliPath.slice(0, at), 'package.json'));
}

function isSame(path: string, folder: string): boolean {
  return realPath(path) === realPath(folder);
}

async function readSetting(context: CommandContext): Promise<string | undefined> {
  const args = ['config', '--global', '--type=path', '-z', '--get', 'core.hooksPath'];
  const { code, stdout } = await openGlobal(context).run(args, { okCodes: [0, 1] }); // 1: not set
  return code === 0 ? stdout.toString().replace(/\0$/, '') : undefined;
}

async function setSetting(context: CommandContext, args: readonly string[]): Promise<void> {
  await openGlobal(context).run(['config', '--global', ...args]);
}

// Outside of any repository, whose broken settings could be in the way.
function openGlobal(context: CommandContext): Git {
  return openGit({ cwd: dirname(context.nodePath), env: context.env });
}
