import { dirname, join, sep } from 'node:path';
import { openGit } from '../changes/git.js';
import type { CommandContext } from '../commands/command-context.js';
import { UserError } from '../user-error.js';
import { type ConfigPlace, planSettings, planSettingsRemoval, readSetHooks } from './config-settings.js';
import type { Plan } from './edits.js';
import { findGlobalFolder } from './global-folder.js';
import { findSeconds, HOOK_NAMES, type HookName, quote, toPrivateBlock, toShellPath } from './hook-script.js';
import type { HookManager } from './manager.js';
import { native } from './native.js';
import { findPrograms } from './package-place.js';
import type { Site } from './site.js';

/**
 * Hooks in git's own settings (git 2.54 and newer, https://git-scm.com/docs/git-hook/2.54.0): `hook.<name>.event` and
 * `.command`. They run before the hook's file, and no core.hooksPath hides them. The settings only name a script of
 * ours: it finds node, and says what to do when something is gone.
 */
export const configHook: HookManager = {
  name: 'config',
  isInUse: ({ configHooks, runsConfigHooks }) => runsConfigHooks && configHooks.length > 0,
  planInstall,
  planUninstall: (site) => planSettingsRemoval(placeIn(site)),
};

/** The same for all repositories of this user. A repository's own setting of that name takes its place, so none runs twice. */
export async function planGlobalConfig(hooks: readonly HookName[], context: CommandContext): Promise<Plan> {
  const place = globalPlace(context);
  const known = await readSetHooks(place);
  const programs = findPrograms({ context, top: null });
  const all = HOOK_NAMES.filter((hook) => hooks.includes(hook) || known.includes(hook));
  return planSettings(place, all, (hook) => toPrivateBlock(hook, programs, { chain: 'none' }));
}

/** What takes that back. */
export function planGlobalConfigRemoval(context: CommandContext): Promise<Plan> {
  return planSettingsRemoval(globalPlace(context));
}

/** Stops where git would not run them. */
export function checkRunsConfigHooks(runsConfigHooks: boolean): void {
  if (runsConfigHooks) return;
  throw new UserError(
    'This git runs no hooks from its settings: that takes git 2.54 or newer.',
    'Leave out --config-hook, or update git.',
  );
}

/** True for the command that `install` writes. */
export function isOurConfigHook(entry: Readonly<Record<'name' | 'command' | 'event', string>>): boolean {
  const { name, command, event } = entry;
  return name === `leak-guard-${event}` && (command === toCommand(event) || command.endsWith(`/${SCRIPTS}/${event}'`));
}

/** The folder of the scripts for all repositories, beside the one of global hooks. */
const SCRIPTS = 'leak-guard/config-hooks';

async function planInstall(site: Site, wanted: readonly HookName[]): Promise<Plan> {
  checkRunsConfigHooks(site.runsConfigHooks);
  const hooks = HOOK_NAMES.filter((hook) => wanted.includes(hook) || site.configHooks.includes(hook));
  const programs = findPrograms(site);
  const plan = await planSettings(placeIn(site), hooks, (hook, before) =>
    toPrivateBlock(hook, programs, { chain: 'none', seconds: site.seconds ?? findSeconds(before) }),
  );
  // Native hooks of ours would scan everything a second time.
  const { edits: taken } = await native.planUninstall({ ...site, hooksDir: join(site.commonDir, 'hooks') });
  return { ...plan, edits: [...plan.edits, ...taken] };
}

function placeIn({ git, commonDir }: Site): ConfigPlace {
  return { git, scope: '--local', folder: join(commonDir, 'leak-guard'), toCommand };
}

// Outside of any repository, whose broken settings could be in the way.
function globalPlace(context: CommandContext): ConfigPlace {
  const folder = join(dirname(dirname(findGlobalFolder(context.env))), SCRIPTS);
  return {
    git: openGit({ cwd: dirname(context.nodePath), env: context.env }),
    scope: '--global',
    folder,
    toCommand: (hook) => quote(toShellPath(join(folder, hook), sep)),
  };
}

// Relative to git's folder, so that a repository can be moved, and the same for every work tree.
function toCommand(hook: string): string {
  return `"$(git rev-parse --git-common-dir)/leak-guard/${hook}"`;
}
