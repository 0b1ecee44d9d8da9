import type { Push } from '../src/changes/framework-push.js';
import { parsePushLines, pushedChanges } from '../src/changes/pushed.js';
import { watchRuleVersions } from '../src/changes/rule-versions.js';
import type { CommandContext } from '../src/commands/command-context.js';
import type { HookOutput } from '../src/commands/hook-output.js';
import type { ExitCode } from '../src/exit-code.js';
import { isRuleFile } from '../src/filter/rule-file.js';
import { toProgress } from '../src/progress.js';
import type { ScanJob } from '../src/scan-repository.js';
import { UserError } from '../src/user-error.js';
import { runHook } from './run-hook.js';

/** Every commit that the remote does not have yet, for every ref that git names on standard input. */
export async function prePush(
  [remoteName, remoteUrl]: readonly string[],
  context: CommandContext,
  output?: HookOutput,
): Promise<ExitCode> {
  if (remoteName === undefined) {
    const { frameworkPush } = await import('./framework-push.js');
    return runPush(await frameworkPush(context), context, output);
  }
  const lines = await context.stdin();
  // With nothing to push git hands on an empty pipe.
  if (lines.length === 0 && context.isTerminal.stdin === true) throw noInput();
  return runPush({ remoteName, remoteUrl: remoteUrl ?? remoteName, lines }, context, output);
}

function noInput(): UserError {
  return new UserError(
    'Could not tell what is being pushed: the standard input is closed, or a device.',
    'Check that the pre-push hook hands on its standard input as git wrote it.',
  );
}

function runPush(push: Push, context: CommandContext, output: HookOutput | undefined): Promise<ExitCode> {
  const rules = watchRuleVersions(isRuleFile);
  const progress = toProgress(context, output?.isQuiet === true, 'Push again, and let the scan run to its end.');
  const job: ScanJob = {
    stage: 'push',
    exposure: 'local',
    source: (git, limits) => ({
      changes: progress.follow(
        pushedChanges(git, { ...limits, ...push, onEntry: rules.onEntry, onCommits: progress.onCommits }),
      ),
      beginsEarly: true,
      paths: async () => null,
      ruleVersions: rules.versions,
      explain: async (findings) => {
        const { explainPush } = await import('../src/explain-push.js');
        return explainPush(git, parsePushLines(push.lines), findings);
      },
    }),
  };
  return runHook(context, job, { output, arm: progress.arm, onEnd: progress.clear });
}
