import type { ExitCode } from '../exit-code.js';
import { MANAGER_NAMES } from '../install/manager-names.js';
import { toSeconds } from '../time-budget.js';
import { oneOf, parseOptions } from './arguments.js';
import type { CommandContext } from './command-context.js';
import { captured } from './deliver.js';
import { installCommand } from './install.js';
import { uninstallCommand } from './uninstall.js';

/** `leak-guard install …`, from its words. */
export function install(args: readonly string[], context: CommandContext): Promise<ExitCode> {
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
  oneOf('--format', words.value('format'), ['text']);
  const options = {
    hooks: words.values('hook'),
    manager: oneOf('--manager', words.value('manager'), MANAGER_NAMES),
    isGlobal: words.has('global'),
    isConfigHook: words.has('config-hook'),
    seconds: words.has('seconds') ? toSeconds(words.value('seconds')) : undefined,
    isForced: words.has('force'),
    isDryRun: words.has('dry-run'),
    quiet: words.has('quiet'),
  };
  return captured(words, context, async (inner) => {
    if (!words.has('agent')) return installCommand(options, inner);
    const { installAgentsCommand, toAgentNames } = await import('./install-agents.js');
    const agents = toAgentNames(words.values('agent'));
    // First without writing: what cannot be done for an agent must not leave half of it done.
    if (words.has('hook') || words.has('manager')) {
      await installAgentsCommand({ ...options, agents, isDryRun: true, quiet: true }, inner);
      await installCommand(options, inner);
    }
    return installAgentsCommand({ ...options, agents }, inner);
  });
}

/** `leak-guard uninstall …`, from its words. */
export function uninstall(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const words = parseOptions('uninstall', args, { global: { type: 'boolean' }, 'dry-run': { type: 'boolean' } });
  oneOf('--format', words.value('format'), ['text']);
  const options = { isGlobal: words.has('global'), isDryRun: words.has('dry-run'), quiet: words.has('quiet') };
  return captured(words, context, (inner) => uninstallCommand(options, inner));
}
