import { UserError } from '../user-error.js';
import { configHook } from './config-hook.js';
import { joinPlans, type Plan } from './edits.js';
import type { HookName } from './hook-script.js';
import { husky } from './husky.js';
import { lefthook } from './lefthook.js';
import { native } from './native.js';
import { preCommitFramework } from './pre-commit-framework.js';
import { simpleGitHooks } from './simple-git-hooks.js';
import type { Site } from './site.js';

/** A way to get hooks run. One file each; `MANAGERS` below is the list. */
export interface HookManager {
  readonly name: string;
  /** True when this repository's hooks are this manager's. */
  isInUse(site: Site): boolean;
  planInstall(site: Site, hooks: readonly HookName[]): Promise<Plan>;
  /** What takes everything of ours back, also what lies where git does not look at present. */
  planUninstall(site: Site): Promise<Plan>;
}

/** In the order in which they are looked for; the last one needs nothing and is always there. */
const MANAGERS: readonly HookManager[] = [configHook, husky, lefthook, simpleGitHooks, preCommitFramework, native];

/** What takes back all that any manager has installed. */
export async function planUninstall(site: Site): Promise<Plan> {
  const plans = await Promise.all(MANAGERS.map((manager) => manager.planUninstall(site)));
  return joinPlans(plans);
}

/** The manager that was asked for, or with `auto` the one that the repository uses. */
export function chooseManager(site: Site, wanted: string): HookManager {
  const inUse = MANAGERS.find((manager) => manager.isInUse(site)) ?? native;
  if (wanted === 'auto' || wanted === inUse.name) return inUse;
  const manager = MANAGERS.find(({ name }) => name === wanted);
  if (manager === undefined) {
    throw new UserError(
      `There is no hook manager "${wanted}".`,
      `Use one of ${MANAGERS.map(({ name }) => name).join(', ')}.`,
    );
  }
  if (manager === configHook) return configHook; // whatever else there is, git runs these, too
  if (inUse === configHook) {
    throw new UserError(
      'The hooks of leak-guard stand in the settings of git here (--config-hook).',
      'Run "npx leak-guard uninstall" first, then install again.',
    );
  }
  // lefthook and simple-git-hooks take a native hook out at their next run; the others leave it where it is.
  const isTakenOut = inUse === lefthook || inUse === simpleGitHooks;
  if (manager === native && site.hooksPath === null && (!isTakenOut || site.isForced)) return native;
  if (manager === native) {
    throw new UserError(
      `The hooks of this repository belong to ${inUse.name}, so git would not run a native hook.`,
      `Leave out --manager, or take ${inUse.name} out first.`,
    );
  }
  throw new UserError(
    `The hooks of this repository do not belong to ${manager.name}.`,
    `Set up ${manager.name} first, or leave out --manager.`,
  );
}
