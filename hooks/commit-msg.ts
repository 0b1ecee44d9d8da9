import { messageChange } from '../src/changes/message.js';
import type { CommandContext } from '../src/commands/command-context.js';
import type { HookOutput } from '../src/commands/hook-output.js';
import type { ExitCode } from '../src/exit-code.js';
import type { ScanJob } from '../src/scan-repository.js';
import { UserError } from '../src/user-error.js';
import { runHook } from './run-hook.js';

/** The message that is about to be recorded. */
export async function commitMsg(
  [file]: readonly string[],
  context: CommandContext,
  output?: HookOutput,
): Promise<ExitCode> {
  if (file === undefined) {
    throw new UserError(
      'hook commit-msg needs the file of the message.',
      'git calls it as: leak-guard hook commit-msg FILE',
    );
  }
  const job: ScanJob = {
    stage: 'message',
    exposure: 'staged',
    source: (git) => ({ changes: messageChange(git, { file, env: context.env }), paths: async () => [] }),
  };
  return runHook(context, job, { output });
}
