import { ExitCode } from '../exit-code.js';
import { MANAGER_NAMES } from '../install/manager-names.js';
import { toSeconds } from '../time-budget.js';
import { type Arguments, oneOf, parseOptions } from './arguments.js';
import type { CommandContext } from './command-context.js';
import { deliver } from './deliver.js';
import { installHooks } from './install.js';
import { type Outcome, renderOutcomes } from './outcome.js';
import { uninstallHooks } from './uninstall.js';

/** `leak-guard install …`, from its words. */
export async function install(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const words = parseOptions('install', args, {
    hook: { type: 'string', multiple: true },
    agent: { type: 'string', multiple: true },
    manager: { type: 'string' },
    seconds: { type: 'string' },
    'config-hook': { type: 'boolean' },
    global: { type: 'boolean' },
    force: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
  });
  const tell = toTeller(words, context);
  const options = {
    hooks: words.values('hook'),
    manager: oneOf('--manager', words.value('manager'), MANAGER_NAMES),
    isGlobal: words.has('global'),
    isConfigHook: words.has('config-hook'),
    seconds: words.has('seconds') ? toSeconds(words.value('seconds')) : undefined,
    isForced: words.has('force'),
    isDryRun: words.has('dry-run'),
  };
  if (!words.has('agent')) return tell([await installHooks(options, context)]);
  const { installAgents, toAgentNames } = await import('./install-agents.js');
  const agents = toAgentNames(words.values('agent'));
  if (!words.has('hook') && !words.has('manager')) return tell([await installAgents({ ...options, agents }, context)]);
  // First without writing: what cannot be done for an agent must not leave half of it done.
  await installAgents({ ...options, agents, isDryRun: true }, context);
  const hooks = await installHooks(options, context);
  return tell([hooks, await installAgents({ ...options, agents }, context)]);
}

/** `leak-guard uninstall …`, from its words. */
export async function uninstall(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const words = parseOptions('uninstall', args, { global: { type: 'boolean' }, 'dry-run': { type: 'boolean' } });
  const tell = toTeller(words, context);
  return tell([await uninstallHooks({ isGlobal: words.has('global'), isDryRun: words.has('dry-run') }, context)]);
}

/** Checks how the outcomes are to be told, before anything is done, and tells them. */
function toTeller(words: Arguments, context: CommandContext): (outcomes: readonly Outcome[]) => Promise<ExitCode> {
  const format = oneOf('--format', words.value('format'), ['text', 'json']);
  const telling = { format, isDryRun: words.has('dry-run'), quiet: words.has('quiet') };
  return async (outcomes) => {
    await deliver(renderOutcomes(outcomes, telling), words, context);
    return ExitCode.Clean;
  };
}
