import { stagedChanges } from '../src/changes/staged.js';
import type { CommandContext } from '../src/commands/command-context.js';
import type { HookOutput } from '../src/commands/hook-output.js';
import type { ExitCode } from '../src/exit-code.js';
import type { ScanJob } from '../src/scan-repository.js';
import { runHook } from './run-hook.js';

/** The index against HEAD, or against all parents when a merge is being committed. */
export function preCommit(_args: readonly string[], context: CommandContext, output?: HookOutput): Promise<ExitCode> {
  const job: ScanJob = {
    stage: 'commit',
    exposure: 'staged',
    source: (git, limits) => {
      const staged = stagedChanges(git, limits);
      return { changes: staged, paths: () => staged.paths(), changed: () => staged.changed() };
    },
  };
  return runHook(context, job, { output });
}
