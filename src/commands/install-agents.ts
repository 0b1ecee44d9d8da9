import { AGENT_NAMES, AGENT_TITLES, type AgentName } from '../agents/agent.js';
import { ExitCode } from '../exit-code.js';
import { planAgentInstall } from '../install/agents.js';
import { applyPlan } from '../install/edits.js';
import { findSite } from '../install/site.js';
import { UserError } from '../user-error.js';
import type { CommandContext } from './command-context.js';
import { describePlan, toList } from './describe-plan.js';
import { LIFECYCLE } from './install.js';

export interface AgentOptions {
  readonly agents: readonly AgentName[];
  readonly isGlobal: boolean;
  readonly isDryRun: boolean;
  readonly quiet: boolean;
}

/** The agents that were named, or a UserError that lists those there are. */
export function toAgentNames(names: readonly string[]): readonly AgentName[] {
  const known = AGENT_NAMES.filter((agent) => names.includes(agent));
  if (names.every((name) => known.some((agent) => agent === name))) return known;
  throw new UserError('leak-guard does not know this coding agent.', `Use one of ${AGENT_NAMES.join(', ')}.`);
}

/** `leak-guard install --agent NAME`: puts the hooks into the settings of coding agents. */
export async function installAgentsCommand(options: AgentOptions, context: CommandContext): Promise<ExitCode> {
  const site = options.isGlobal ? undefined : await findSite(context, false);
  if (site === undefined && !options.isGlobal) {
    const { npm_lifecycle_event: script = '' } = context.env;
    if (LIFECYCLE.test(script)) {
      if (!options.quiet) context.stdout('leak-guard: there is no git repository here, so no agent was set up.\n');
      return ExitCode.Clean;
    }
    throw new UserError('There is no git repository here.', 'Run "git init" first, or add --global.');
  }
  const plan = planAgentInstall(options.agents, site ?? context);
  if (!options.isDryRun) await applyPlan(plan);
  if (options.quiet) return ExitCode.Clean;
  const who = toList(options.agents.map((agent) => AGENT_TITLES[agent]));
  const isDone = plan.edits.length === 0;
  const verdict = options.isDryRun
    ? `leak-guard: install would do this for ${who}:`
    : `leak-guard: ${who} ${options.agents.length > 1 ? 'ask' : 'asks'} leak-guard ${isDone ? 'already' : 'now'}.`;
  const undo = `  Undo with "npx leak-guard uninstall${options.isGlobal ? ' --global' : ''}".`;
  const lines = [verdict, ...describePlan(plan, site?.top ?? null), ...(isDone || options.isDryRun ? [] : [undo])];
  context.stdout(lines.map((line) => `${line}\n`).join(''));
  return ExitCode.Clean;
}
