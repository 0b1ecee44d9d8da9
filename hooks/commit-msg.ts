import { messageChange } from '../src/changes/message.js';
import type { CommandContext } from '../src/commands/command-context.js';
import type { ExitCode } from '../src/exit-code.js';
import { UserError } from '../src/user-error.js';
import { runHook } from './run-hook.js';

/** The message that is about to be recorded. */
export async function commitMsg([file]: readonly string[], context: CommandContext): Promise<ExitCode> {
  if (file === undefined) {
    throw new UserError(
      'hook commit-msg needs the file of the message.',
      'git calls it as: leak-guard hook commit-msg FILE',
    );
  }
  return runHook(context, {
    stage: 'message',
    exposure: 'staged',
    source: (git) => ({ changes: messageChange(git, { file, env: context.env }), paths: async () => [] }),
  });
}
