import { AGENT_NAMES, AGENT_TITLES, type AgentName } from '../agents/agent.js';
import { planAgentInstall } from '../install/agents.js';
import { applyPlan, type Plan } from '../install/edits.js';
import { findSite } from '../install/site.js';
import { UserError } from '../user-error.js';
import type { CommandContext } from './command-context.js';
import { describePlan, toList } from './describe-plan.js';
import { LIFECYCLE } from './install.js';
import type { Outcome } from './outcome.js';

export interface AgentOptions {
  readonly agents: readonly AgentName[];
  readonly isGlobal: boolean;
  readonly isDryRun: boolean;
}

/** The agents that were named, or a UserError that lists those there are. */
export function toAgentNames(names: readonly string[]): readonly AgentName[] {
  const known = AGENT_NAMES.filter((agent) => names.includes(agent));
  if (names.every((name) => known.some((agent) => agent === name))) return known;
  throw new UserError('leak-guard does not know this coding agent.', `Use one of ${AGENT_NAMES.join(', ')}.`);
}

/** `leak-guard install --agent NAME`: puts the hooks into the settings of coding agents. */
export async function installAgents(options: AgentOptions, context: CommandContext): Promise<Outcome> {
  const site = options.isGlobal ? undefined : await findSite(context, false);
  if (site === undefined && !options.isGlobal) {
    const { npm_lifecycle_event: script = '' } = context.env;
    if (!LIFECYCLE.test(script)) {
      throw new UserError('There is no git repository here.', 'Run "git init" first, or add --global.');
    }
    const text = 'leak-guard: there is no git repository here, so no agent was set up.\n';
    return { plan: { edits: [], notes: [] }, hooks: [], agents: [], how: null, text };
  }
  const plan = planAgentInstall(options.agents, site ?? context);
  if (!options.isDryRun) await applyPlan(plan);
  const text = report(plan, site?.top ?? null, options);
  return { plan, hooks: [], agents: options.agents, how: null, text };
}

function report(plan: Plan, folder: string | null, { agents, isDryRun, isGlobal }: AgentOptions): string {
  const who = toList(agents.map((agent) => AGENT_TITLES[agent]));
  const isDone = plan.edits.length === 0;
  const verdict = isDryRun
    ? `leak-guard: install would do this for ${who}:`
    : `leak-guard: ${who} ${agents.length > 1 ? 'ask' : 'asks'} leak-guard ${isDone ? 'already' : 'now'}.`;
  const undo = `  Undo with "npx leak-guard uninstall${isGlobal ? ' --global' : ''}".`;
  const lines = [verdict, ...describePlan(plan, folder), ...(isDone || isDryRun ? [] : [undo])];
  return lines.map((line) => `${line}\n`).join('');
}
