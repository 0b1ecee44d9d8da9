import { openGit } from '../src/changes/git.js';
import type { CommandContext } from '../src/commands/command-context.js';
import type { HookOutput } from '../src/commands/hook-output.js';
import type { ExitCode } from '../src/exit-code.js';
import type { ScanResult } from '../src/run-scan.js';
import { type ScanJob, scanRepository } from '../src/scan-repository.js';
import { type Arm, untilHalted } from '../src/until-halted.js';

/** What a hook does beside its scan. */
export interface HookOptions {
  /** How to tell what it found; else as text to standard error. */
  readonly output?: HookOutput | undefined;
  /** Ends the scan from outside. */
  readonly arm?: Arm;
  /** When it ends the scan, where that is known. */
  readonly timeoutMs?: number;
  /** Called when the scan has ended, before anything is told of it. */
  readonly onEnd?: () => void;
}

/** The frame that all hooks share: their report goes to standard error, because git shows that everywhere. */
export async function runHook(
  context: CommandContext,
  job: ScanJob,
  { output, arm, timeoutMs, onEnd }: HookOptions = {},
): Promise<ExitCode> {
  // A little later: what is told is why the scan was ended, and not that git was.
  const git = openGit({ ...context, timeoutMs: timeoutMs === undefined ? undefined : timeoutMs + 100 });
  try {
    const scan = (): Promise<ScanResult> => scanRepository(git, job, { ...(output ?? asGitShowsIt(context)), context });
    const ended = (arm === undefined ? scan() : untilHalted(scan, arm)).finally(onEnd);
    const { text, exitCode, failure } = await ended;
    if (output === undefined) context.stderr(text);
    else await output.deliver(text);
    if (failure !== undefined) throw failure;
    return exitCode;
  } finally {
    git.close();
  }
}

function asGitShowsIt({ isTerminal, env }: CommandContext): Omit<HookOutput, 'deliver'> {
  return { format: 'text', isQuiet: false, isColored: isTerminal.stderr && env['NO_COLOR'] === undefined };
}
