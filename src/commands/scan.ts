import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { SizeLimits } from '../changes/blob-changes.js';
import { type Git, openGit } from '../changes/git.js';
import { type StagedOptions, stagedChanges } from '../changes/staged.js';
import type { ExitCode } from '../exit-code.js';
import type { RunOutput, ScanResult } from '../run-scan.js';
import { scanRepository } from '../scan-repository.js';
import { UserError } from '../user-error.js';
import { type Arguments, oneOf, parseArguments } from './arguments.js';
import type { CommandContext } from './command-context.js';
import { deliver } from './deliver.js';

/** `leak-guard scan [PATH…] | --staged [FILE…] | --range A..B | --history | --stdin | --message FILE`. */
export async function scan(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const words = parseArguments('scan', args, {
    staged: { type: 'boolean' },
    stdin: { type: 'boolean' },
    message: { type: 'string' },
    range: { type: 'string' },
    history: { type: 'boolean' },
    since: { type: 'string' },
    branch: { type: 'string' },
  });
  const output = toRunOutput(words, context);
  const { text, exitCode, failure } = await scanBy(words, output);
  await deliver(text, words, context);
  if (failure !== undefined) throw failure;
  return exitCode;
}

/** How the result of a scan is to be told, from its options. */
export function toRunOutput(words: Arguments, context: CommandContext): RunOutput {
  return {
    format: oneOf('--format', words.value('format'), ['text', 'json']),
    isColored: isColored(words, context),
    isQuiet: words.has('quiet'),
    configFile: toConfigFile(words.value('config'), context),
    context,
  };
}

/** As an absolute path. Settings that were asked for and are not there are a mistake; to go on without them would hide it. */
function toConfigFile(file: string | undefined, { cwd }: CommandContext): string | undefined {
  if (file === undefined) return undefined;
  const path = resolve(cwd, file);
  if (existsSync(path)) return path;
  throw new UserError(
    `Could not read the settings: ${JSON.stringify(file)} does not exist.`,
    'Check the path of --config.',
  );
}

function isColored(words: Arguments, { isTerminal, env }: CommandContext): boolean {
  return isTerminal.stdout && !words.has('no-color') && !words.has('output') && env['NO_COLOR'] === undefined;
}

async function scanBy(words: Arguments, output: RunOutput): Promise<ScanResult> {
  const modes = ['staged', 'stdin', 'message', 'range', 'history'].filter((mode) => words.has(mode));
  if (modes.length > 1) {
    throw new UserError(`scan can do only one of --${modes.join(', --')} at a time.`, 'Run it once for each.');
  }
  if (words.has('staged')) return scanStaged(words.positionals, output);
  if (modes.length > 0 && words.positionals.length > 0) {
    throw new UserError(
      `scan --${modes[0]} takes no further paths.`,
      'Leave them out, or scan them without this option.',
    );
  }
  if (words.has('stdin')) return (await import('./scan-disk.js')).scanStdin(output);
  const range = words.value('range');
  if (range !== undefined) return (await import('./scan-history.js')).scanRange(range, words, output);
  if (words.has('history')) return (await import('./scan-history.js')).scanHistory(words, output);
  if (words.has('since') || words.has('branch')) {
    throw new UserError('--since and --branch go with scan --history only.', 'Add --history, or leave them out.');
  }
  const message = words.value('message');
  if (message !== undefined) return scanMessage(message, output);
  return (await import('./scan-disk.js')).scanPaths(words.positionals, output);
}

/** All that the index holds, whether it is new or not. */
export async function scanTracked(output: RunOutput): Promise<ScanResult> {
  return scanIndex(output, async () => ({ isWhole: true }));
}

/** What is staged, or of that only the named files: their content is read from the index. */
async function scanStaged(files: readonly string[], output: RunOutput): Promise<ScanResult> {
  return scanIndex(output, async (git) =>
    files.length === 0 ? {} : { paths: await fromTop(git, files, output.context.cwd) },
  );
}

/** What is staged and not allowed yet: what `allow` can be about. */
export function scanAllStaged(output: RunOutput): Promise<ScanResult> {
  return scanStaged([], output);
}

async function scanIndex(output: RunOutput, toOptions: (git: Git) => Promise<StagedOptions>): Promise<ScanResult> {
  const { context } = output;
  const git = openGit({ cwd: context.cwd, env: context.env });
  try {
    const options = await toOptions(git);
    const job = {
      stage: 'scan',
      exposure: 'staged',
      source: (_: Git, limits: SizeLimits) => {
        const staged = stagedChanges(git, { ...limits, ...options });
        return { changes: staged, paths: () => staged.paths(), changed: () => staged.changed() };
      },
    } as const;
    return await scanRepository(git, job, output);
  } finally {
    git.close();
  }
}

/** Paths as people and lint-staged give them, relative to the top of the work tree. */
async function fromTop(git: Git, files: readonly string[], cwd: string): Promise<string[]> {
  const { topLevel } = await git.facts();
  return files.map((file) => relative(topLevel ?? cwd, resolve(cwd, file)).replaceAll('\\', '/'));
}

async function scanMessage(file: string, output: RunOutput): Promise<ScanResult> {
  // No editor ran: what the file holds is the message, lines with # too.
  const { messageChange } = await import('../changes/message.js');
  const { context } = output;
  const git = openGit({ cwd: context.cwd, env: context.env });
  try {
    const changes = messageChange(git, { file, env: { ...context.env, GIT_EDITOR: ':' } });
    const job = { stage: 'scan', exposure: 'unknown', source: () => ({ changes, paths: async () => [] }) } as const;
    return await scanRepository(git, job, output);
  } finally {
    git.close();
  }
}
