import { join } from 'node:path';
import { type Git, openGit } from '../changes/git.js';
import { ExitCode } from '../exit-code.js';
import { ALLOWLIST_FILE } from '../filter/rule-file.js';
import { toPrintable } from '../report/escape.js';
import type { RunOutput, ScanResult } from '../run-scan.js';
import { loadPlaybooks } from '../table/playbooks.js';
import { UserError } from '../user-error.js';
import { type AllowableFinding, type AllowDeps, allowCommand } from './allow.js';
import { type Arguments, parseArguments, parseOptions } from './arguments.js';
import { auditCommand } from './audit.js';
import { baselineCommand } from './baseline.js';
import type { CommandContext } from './command-context.js';
import { captured } from './deliver.js';
import { scanAllStaged, scanTracked, toRunOutput } from './scan.js';
import { scanUnpushed, scanWhole } from './scan-history.js';

const options = { reason: { type: 'string' }, expires: { type: 'string' } } as const;

/** `leak-guard allow ID --reason TEXT`, from its words. */
export function allow(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const words = parseArguments('allow', args, options);
  const [id, ...others] = words.positionals;
  if (id === undefined || others.length > 0) {
    throw new UserError('allow takes one id.', 'Copy it from the message: leak-guard allow ID --reason "..."');
  }
  return captured(words, context, async (inner) => {
    const output = toRunOutput(words, inner);
    // What a commit was stopped for, what stands in a file, what a push was stopped for, and what a build found.
    const searches = [scanAllStaged, scanTracked, scanUnpushed, scanWhole].map((scan) => toSearch(scan, output));
    await withDeps(output, (deps) => allowCommand({ id, ...toReason(words) }, { ...deps, searches }));
    return ExitCode.Clean;
  });
}

/** `leak-guard baseline --reason TEXT`, from its words. */
export function baseline(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const words = parseOptions('baseline', args, options);
  return captured(words, context, async (inner) => {
    const output = toRunOutput(words, inner);
    const findFindings = toSearch(scanTracked, output);
    await withDeps(output, (deps) => baselineCommand(toReason(words), { ...deps, findFindings }));
    return ExitCode.Clean;
  });
}

/** `leak-guard audit`, from its words. */
export function audit(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const words = parseOptions('audit', args);
  return captured(words, context, (inner) =>
    auditCommand({
      stdout: inner.stdout,
      scanAll: async () => (await scanTracked(toRunOutput(words, inner))).rules,
      formats: loadPlaybooks(inner.cliPath).flatMap((entry) => entry.formats),
      toPrintable,
      now: new Date(),
    }),
  );
}

function toReason(words: Arguments): { reason: string; expires: string | undefined } {
  return { reason: words.value('reason') ?? '', expires: words.value('expires') };
}

type Scan = (output: RunOutput) => Promise<ScanResult>;

function toSearch(scan: Scan, output: RunOutput): () => Promise<readonly AllowableFinding[]> {
  return async () => (await scan(output)).findings;
}

type Deps = Omit<AllowDeps, 'searches'>;

async function withDeps(output: RunOutput, command: (deps: Deps) => Promise<void>): Promise<void> {
  const git = openGit({ cwd: output.context.cwd, env: output.context.env });
  try {
    await command(await toDeps(git, output));
  } finally {
    git.close();
  }
}

async function toDeps(git: Git, output: RunOutput): Promise<Deps> {
  const { topLevel } = await git.facts();
  if (topLevel === null) {
    throw new UserError('A bare repository has no files to allow.', 'Run this in a work tree of the repository.');
  }
  const allowlistPath = join(topLevel, ALLOWLIST_FILE);
  return {
    stdout: output.context.stdout,
    allowlistPath,
    stage: () => stage(git, allowlistPath),
    toPrintable,
    by: await userEmail(git),
    now: new Date(),
  };
}

/** Adds the allowlist to the index even where it is ignored: the hook reads it from there. */
async function stage(git: Git, path: string): Promise<void> {
  await git.run(['add', '--force', '--', path]);
}

async function userEmail(git: Git): Promise<string | null> {
  const { code, stdout } = await git.run(['config', '--get', 'user.email'], { okCodes: [0, 1] });
  return code === 0 ? stdout.toString().trim() : null;
}
