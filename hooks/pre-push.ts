import { parsePushLines, pushedChanges } from '../src/changes/pushed.js';
import type { CommandContext } from '../src/commands/command-context.js';
import type { ExitCode } from '../src/exit-code.js';
import { UserError } from '../src/user-error.js';
import { runHook } from './run-hook.js';

/** Every commit that the remote does not have yet, for every ref that git names on standard input. */
export async function prePush([remoteName, remoteUrl]: readonly string[], context: CommandContext): Promise<ExitCode> {
  if (remoteName === undefined) {
    throw new UserError('hook pre-push needs the remote.', 'git calls it as: leak-guard hook pre-push REMOTE URL');
  }
  const lines = await context.stdin();
  return runHook(context, {
    stage: 'push',
    exposure: 'local',
    source: (git) => ({
      changes: pushedChanges(git, { remoteName, remoteUrl: remoteUrl ?? remoteName, lines }),
      paths: async () => null,
      explain: async (findings) => {
        const { explainPush } = await import('../src/explain-push.js');
        return explainPush(git, parsePushLines(lines), findings);
      },
    }),
  });
}
