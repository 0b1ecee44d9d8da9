import { checkRunsConfigHooks, planGlobalConfig } from '../install/config-hook.js';
import { applyPlan, joinPlans, type Plan } from '../install/edits.js';
import { runsConfigHooks } from '../install/git-version.js';
import { planFolderRemoval, planGlobalInstall } from '../install/global.js';
import { HOOK_NAMES, type HookName } from '../install/hook-script.js';
import { chooseManager } from '../install/manager.js';
import type { ManagerName } from '../install/manager-names.js';
import { findSite } from '../install/site.js';
import { UserError } from '../user-error.js';
import type { CommandContext } from './command-context.js';
import { describePlan, toList } from './describe-plan.js';
import type { Outcome } from './outcome.js';

export interface InstallOptions {
  /** Empty for the usual two, `pre-commit` and `pre-push`. */
  readonly hooks: readonly string[];
  readonly manager: ManagerName;
  readonly isGlobal: boolean;
  /** Into git's settings, which git 2.54 and newer runs hooks from. */
  readonly isConfigHook?: boolean;
  /** How long `pre-receive` may take; checked already. */
  readonly seconds?: number | undefined;
  readonly isForced: boolean;
  readonly isDryRun: boolean;
}

/** What is to be done. */
interface Planned {
  readonly plan: Plan;
  readonly hooks: readonly HookName[];
  readonly how: string;
  /** The folder that paths are shown from. */
  readonly folder: string | null;
}

/** The npm scripts that run on their own, also where a package is unpacked or built and there is no repository. */
export const LIFECYCLE = /^(?:pre|post)?(?:install|prepare)$|^prepublish$|^dependencies$/;

/** `leak-guard install`: puts the hooks in, through the hook manager that the repository uses. */
export async function installHooks(options: InstallOptions, context: CommandContext): Promise<Outcome> {
  const wanted = toHookNames(options.hooks);
  checkOptions(wanted, options);
  const planned = options.isGlobal
    ? await planGlobally(wanted, options, context)
    : await planHere(wanted, options, context);
  if (planned === undefined) {
    const text = 'leak-guard: there is no git repository here, so no hooks were installed.\n';
    return { plan: { edits: [], notes: [] }, hooks: [], agents: [], how: null, text };
  }
  const { plan, hooks, how } = planned;
  if (!options.isDryRun) await applyPlan(plan);
  return { plan, hooks, agents: [], how, text: report(planned, options) };
}

function toHookNames(names: readonly string[]): readonly HookName[] {
  if (names.length === 0) return ['pre-commit', 'pre-push'];
  const known = HOOK_NAMES.filter((hook) => names.includes(hook));
  const unknown = names.find((name) => known.every((hook) => hook !== name));
  if (unknown === undefined) return known;
  throw new UserError(`leak-guard has no hook "${unknown}".`, `Use one of ${HOOK_NAMES.join(', ')}.`);
}

function checkOptions(hooks: readonly HookName[], { seconds, isGlobal }: InstallOptions): void {
  if (seconds !== undefined && (isGlobal || !hooks.includes('pre-receive'))) {
    throw new UserError(
      'Only the hook pre-receive of one repository takes a time budget.',
      `Write it like this: leak-guard install --hook pre-receive --seconds ${seconds}`,
    );
  }
}

async function planHere(
  hooks: readonly HookName[],
  options: InstallOptions,
  context: CommandContext,
): Promise<Planned | undefined> {
  const site = await findSite(context, options.isForced);
  if (site === undefined) {
    const { npm_lifecycle_event: script = '' } = context.env;
    if (LIFECYCLE.test(script)) return undefined;
    throw new UserError('There is no git repository here.', 'Run "git init" first, or go to a folder of a repository.');
  }
  const server = hooks.find((hook) => hook !== 'pre-receive');
  if (site.top === null && server !== undefined) {
    throw new UserError(
      `A bare repository never runs ${server}.`,
      'Add --hook pre-receive to scan what is pushed to it.',
    );
  }
  const manager = chooseManager(site, options.isConfigHook === true ? 'config' : options.manager);
  const plan = await manager.planInstall({ ...site, seconds: options.seconds }, hooks);
  return { plan, hooks, how: `${manager.name} hooks`, folder: site.top ?? site.commonDir };
}

async function planGlobally(
  hooks: readonly HookName[],
  { isConfigHook }: InstallOptions,
  context: CommandContext,
): Promise<Planned> {
  const how = { hooks, how: 'hooks for all repositories', folder: null };
  if (isConfigHook !== true) return { ...how, plan: await planGlobalInstall(hooks, context) };
  checkRunsConfigHooks(await runsConfigHooks(context));
  // The folder of global hooks would scan everything a second time.
  const plans = [await planFolderRemoval(context), await planGlobalConfig(hooks, context)];
  return { ...how, plan: joinPlans(plans) };
}

function report(planned: Planned, options: InstallOptions): string {
  const { plan, folder } = planned;
  const what = describePlan(plan, folder);
  if (options.isDryRun) return lines([`leak-guard: install would do this (${planned.how}):`, ...what]);
  if (plan.edits.length === 0 && plan.after === undefined) return lines([verdict(planned, 'already'), ...what]);
  const undo = `  Undo with "npx leak-guard uninstall${options.isGlobal ? ' --global' : ''}".`;
  return lines([verdict(planned, 'now'), ...what, undo]);
}

function verdict({ plan, hooks, how }: Planned, when: 'now' | 'already'): string {
  const names = `leak-guard: ${toList(hooks)} ${hooks.length > 1 ? 'are' : 'is'}`;
  if (plan.isPending === true) return `${names} set up (${how}), and one step is left.`;
  const isNote = when === 'already' && plan.notes.length > 0;
  return isNote ? 'leak-guard: there was nothing to install.' : `${names} guarded ${when} (${how}).`;
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('');
}
