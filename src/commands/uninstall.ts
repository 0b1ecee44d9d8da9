import { findOwnPlaces } from '../install/agent-places.js';
import { applyPlan, type Plan } from '../install/edits.js';
import { planGlobalUninstall } from '../install/global.js';
import { planUninstall } from '../install/manager.js';
import { findSite, type Site } from '../install/site.js';
import { UserError } from '../user-error.js';
import type { CommandContext } from './command-context.js';
import { describePlan } from './describe-plan.js';
import type { Outcome } from './outcome.js';

export interface UninstallOptions {
  readonly isGlobal: boolean;
  readonly isDryRun: boolean;
}

/** `leak-guard uninstall`: takes back exactly what install did, whichever hook manager it went through. */
export async function uninstallHooks(options: UninstallOptions, context: CommandContext): Promise<Outcome> {
  const { plan, folder } = options.isGlobal
    ? { plan: await withAgents(await planGlobalUninstall(context), context), folder: null }
    : await planHere(context);
  if (!options.isDryRun) await applyPlan(plan);
  return { plan, hooks: [], agents: [], how: null, text: report(plan, folder, options.isDryRun) };
}

async function planHere(context: CommandContext): Promise<{ readonly plan: Plan; readonly folder: string }> {
  const site = await findSite(context, false);
  if (site === undefined) {
    throw new UserError('There is no git repository here.', 'Go to a folder of the repository, and run this again.');
  }
  const plan = await withAgents(await planUninstall(site), site);
  return { plan, folder: site.top ?? site.commonDir };
}

/** The hooks of git and those of coding agents, in one go. */
async function withAgents(git: Plan, where: Site | CommandContext): Promise<Plan> {
  if (findOwnPlaces(where).length === 0) return git;
  const { planAgentUninstall } = await import('../install/agents.js');
  const agents = planAgentUninstall(where);
  const after = async (): Promise<void> => {
    await git.after?.();
    await agents.after?.();
  };
  return { ...git, edits: [...git.edits, ...agents.edits], after };
}

function report(plan: Plan, folder: string | null, isDryRun: boolean): string {
  if (plan.edits.length === 0 && plan.before === undefined)
    return 'leak-guard: no hooks of leak-guard are here, nothing to take back.\n';
  const first = isDryRun ? 'leak-guard: uninstall would do this:' : 'leak-guard: the hooks are taken out.';
  return [first, ...describePlan(plan, folder)].map((line) => `${line}\n`).join('');
}
