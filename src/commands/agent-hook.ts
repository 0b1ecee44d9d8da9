import { AGENT_NAMES, type AgentName, type Call } from '../agents/agent.js';
import { type Answer, toPass, toStop } from '../agents/answer.js';
import { parsePayload } from '../agents/payload.js';
import { toStopText } from '../agents/stop-text.js';
import type { ExitCode } from '../exit-code.js';
import { renderError } from '../report/error.js';
import { UserError } from '../user-error.js';
import { scanCall } from './agent-scan.js';
import { findSkips } from './agent-skips.js';
import type { CommandContext } from './command-context.js';

/** `leak-guard hook agent NAME`: what the hooks of a coding agent call. It answers in that agent's own way. */
export async function agentHook([name]: readonly string[], context: CommandContext): Promise<ExitCode> {
  const agent = AGENT_NAMES.find((known) => known === name);
  if (agent === undefined) {
    throw new UserError('leak-guard hook agent does not know this agent.', `Use one of: ${AGENT_NAMES.join(', ')}.`);
  }
  const { stdout, stderr, exitCode } = await answer(agent, context);
  context.stderr(stderr);
  context.stdout(stdout);
  return exitCode;
}

async function answer(agent: AgentName, context: CommandContext): Promise<Answer> {
  let call: Call | undefined;
  try {
    call = parsePayload((await context.stdin()).toString('utf8'));
    const stop = { found: await scanCall(call, context), skips: findSkips(call, context) };
    if (stop.found.length + stop.skips.length === 0) return toPass(agent, call.deed);
    return toStop(agent, call.deed, toStopText(agent, call, stop));
  } catch (error) {
    // What could not be checked is stopped: a hook that fails in any other way would let it pass.
    return toStop(agent, call?.deed ?? null, renderError(error, context.version));
  }
}
