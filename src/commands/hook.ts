import type { ExitCode } from '../exit-code.js';
import { UserError } from '../user-error.js';
import type { CommandContext } from './command-context.js';
import type { HookOutput } from './hook-output.js';

/** What a file in `hooks/` exports: it reads git's input, scans, and says how the hook ends. Without `output` it tells what it found as git's hooks do. */
export type Hook = (args: readonly string[], context: CommandContext, output?: HookOutput) => Promise<ExitCode>;

/** Every hook that leak-guard can be: git's, and those of coding agents. */
const hooks: Readonly<Record<string, () => Promise<Hook>>> = {
  'pre-commit': async () => (await import('../../hooks/pre-commit.js')).preCommit,
  'pre-merge-commit': async () => (await import('../../hooks/pre-merge-commit.js')).preMergeCommit,
  'commit-msg': async () => (await import('../../hooks/commit-msg.js')).commitMsg,
  'pre-receive': async () => (await import('../../hooks/pre-receive.js')).preReceive,
  agent: async () => (await import('./agent-hook.js')).agentHook,
  'pre-push': async () => (await import('../../hooks/pre-push.js')).prePush,
};

/** `leak-guard hook NAME …`: what git's hooks call. */
export async function hook([name = '', ...args]: readonly string[], context: CommandContext): Promise<ExitCode> {
  const load = Object.hasOwn(hooks, name) ? hooks[name] : undefined;
  if (load === undefined) {
    throw new UserError('leak-guard hook does not know this hook.', `Use one of: ${Object.keys(hooks).join(', ')}.`);
  }
  const run = await load();
  if (name === 'agent') return run(args, context); // it is answered in its own way
  if (args[0] === '--') return run(args.slice(1), context); // as hooks call it: then come the words of git
  // Somebody waits: what reads options is loaded for them alone.
  if (!args.some((word) => optionWord.test(word))) return run(args, context);
  const { withOptions } = await import('./hook-options.js');
  return withOptions({ name, args, run }, context);
}

/** `--format`, `-q`; not `-`, and no path that git names. */
const optionWord = /^--[a-z]|^-[a-z]/;
