import { headsBeingMerged, stagedChanges } from '../src/changes/staged.js';
import type { CommandContext } from '../src/commands/command-context.js';
import type { HookOutput } from '../src/commands/hook-output.js';
import type { ExitCode } from '../src/exit-code.js';
import type { ScanJob } from '../src/scan-repository.js';
import { runHook } from './run-hook.js';

/** What a clean merge is about to record. git has not written MERGE_HEAD yet: the other heads stand in the environment. */
export function preMergeCommit(
  _args: readonly string[],
  context: CommandContext,
  output?: HookOutput,
): Promise<ExitCode> {
  const job: ScanJob = {
    stage: 'merge',
    exposure: 'staged',
    source: (git, limits) => {
      const staged = stagedChanges(git, { ...limits, mergeHeads: headsBeingMerged(context.env) });
      return { changes: staged, paths: () => staged.paths(), changed: () => staged.changed() };
    },
  };
  return runHook(context, job, { output });
}
