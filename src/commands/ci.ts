import { appendFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { requireWholeHistory } from '../changes/borders.js';
import type { Git } from '../changes/git.js';
import { toRangeHistory, toSinceSeconds } from '../changes/revisions.js';
import { type Told, toAnnotations, toAzureValue } from '../ci/annotations.js';
import type { CiSystem } from '../ci/build.js';
import { toHarmless, toHarmlessError, toHarmlessJson } from '../ci/harmless.js';
import { renderPastCommits, toPastCommits } from '../ci/past-hook.js';
import { type BuildRange, toBuildRange } from '../ci/range.js';
import { renderSummary } from '../ci/summary.js';
import { findSystem, systemNames } from '../ci/systems.js';
import { codeOf } from '../error-code.js';
import type { ExitCode } from '../exit-code.js';
import { explainBuild } from '../explain-push.js';
import { toPrintable } from '../report/escape.js';
import type { RunOutput, ScanResult } from '../run-scan.js';
import { UserError } from '../user-error.js';
import { type Arguments, parseArguments } from './arguments.js';
import type { CommandContext } from './command-context.js';
import { deliver, writeAside } from './deliver.js';
import { toRunOutput } from './scan.js';
import { scanCommits } from './scan-history.js';

/** `leak-guard ci`: scans the commits that a CI system builds, and tells what it found in that system's way. */
export async function ci(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const words = parseArguments('ci', args, {
    range: { type: 'string' },
    since: { type: 'string' },
    'default-branch': { type: 'string' },
    summary: { type: 'string' },
    'code-quality': { type: 'string' },
  });
  try {
    if (words.positionals.length > 0) {
      throw new UserError(
        'ci takes no paths: it scans the commits of the build.',
        'To scan files, run leak-guard scan.',
      );
    }
    return await run(words, context);
  } catch (error) {
    throw toHarmlessError(error);
  }
}

async function run(words: Arguments, context: CommandContext): Promise<ExitCode> {
  const system = findSystem(context.env);
  const output = toRunOutput(words, context);
  let range: BuildRange | undefined;
  const result = await scanCommits(
    {
      toHistory: async (git) => {
        range = withSince(await toRange(git, { words, system, context }), words.value('since'));
        return range.history;
      },
      stage: 'build',
      explain: explainBuild,
      toSource: () => ({ warnings: range?.notes ?? [], rulesBefore: range?.before }),
    },
    output,
  );
  await tell({ system, words, output, result, title: toTitle(system, range) });
  if (result.failure !== undefined) throw result.failure;
  return result.exitCode;
}

interface Asked {
  readonly words: Arguments;
  readonly system: CiSystem | undefined;
  readonly context: CommandContext;
}

async function toRange(git: Git, { words, system, context }: Asked): Promise<BuildRange> {
  const asked = words.value('range');
  if (asked !== undefined) {
    const history = await toRangeHistory(git, asked);
    const deepen = system?.deepen ?? 'Fetch the whole history, such as with "git fetch --unshallow", and run again.';
    const commitCount = await requireWholeHistory(git, history, deepen);
    return { history, before: history.known[0], commitCount, what: '--range', which: undefined, notes: [] };
  }
  if (system === undefined) {
    throw new UserError(
      'Could not tell which commits to scan: no CI system that leak-guard knows runs this.',
      'Name the commits yourself: leak-guard scan --range A..B',
      { cause: `known are ${systemNames.join(', ')}` },
    );
  }
  return toBuildRange(git, {
    system,
    build: system.toBuild(context.env),
    defaultBranch: words.value('default-branch'),
  });
}

function withSince(range: BuildRange, since: string | undefined): BuildRange {
  const sinceSeconds = toSinceSeconds(since);
  if (sinceSeconds === undefined) return range;
  const which = `${range.which === undefined ? '' : `${range.which}, `}of them only those since ${since}`;
  return { ...range, which, history: { ...range.history, sinceSeconds } };
}

/** `GitHub Actions, push: 3 commits`. */
function toTitle(system: CiSystem | undefined, range: BuildRange | undefined): string {
  const { commitCount = 0, what = '', which } = range ?? {};
  const count = commitCount === 1 ? '1 commit' : `${commitCount} commits`;
  return toPrintable(`${system?.name ?? 'no CI system'}, ${what}: ${count}${which === undefined ? '' : `, ${which}`}`);
}

interface Telling {
  readonly system: CiSystem | undefined;
  readonly words: Arguments;
  readonly output: RunOutput;
  readonly result: ScanResult;
  readonly title: string;
}

/** The report first: what is written after it must not keep it from being seen. */
async function tell(telling: Telling): Promise<void> {
  const { system, words, output, result } = telling;
  const { context } = output;
  const told = result.findings.map((finding): Told => {
    return { finding, isBlocking: result.rules.blocks(finding.severity, finding.file) };
  });
  await deliver(toReport(telling, told), words, context);
  // A program that asked for JSON on standard output gets nothing else there.
  if (output.format !== 'json' || words.has('output')) context.stdout(toAnnotations(told, system));
  await writeCodeQuality(telling);
  await writeSummary(telling, told);
}

function toReport({ system, output, result, title }: Telling, told: readonly Told[]): string {
  if (output.format === 'json') return toHarmlessJson(result.text);
  // buildkite.com/docs/pipelines/configure/managing-log-output: such a line opens the part of the log below it.
  const group = system?.id === 'buildkite' && told.length > 0 ? '+++ leak-guard\n' : '';
  const head = output.isQuiet && told.length === 0 ? '' : `leak-guard ci: ${title}\n`;
  return group + toHarmless(head + result.text + renderPastCommits(toPastCommits(told)));
}

async function writeCodeQuality({ words, output, result }: Telling): Promise<void> {
  const file = words.value('code-quality');
  if (file === undefined) return;
  const { renderCodeQuality } = await import('../ci/code-quality.js');
  await writeAside(renderCodeQuality(result.findings), { file, option: '--code-quality', mode: 0o644 }, output.context);
}

async function writeSummary({ system, words, output, result, title }: Telling, told: readonly Told[]): Promise<void> {
  const { context } = output;
  const { GITHUB_STEP_SUMMARY: steps, AGENT_TEMPDIRECTORY: temporary } = context.env;
  const text = renderSummary({
    title,
    told,
    past: toPastCommits(told),
    scanned: result.scanned,
    warnings: result.warnings,
  });
  const isAzure = system?.id === 'azure';
  const file = words.value('summary') ?? (isAzure && temporary ? join(temporary, 'leak-guard-summary.md') : undefined);
  if (file !== undefined) await writeAside(text, { file, option: '--summary', mode: 0o644 }, context);
  else if (system?.id === 'github' && steps) await appendToSummary(steps, text);
  // learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands, "UploadSummary": the path has to be absolute.
  if (isAzure && file !== undefined && (output.format !== 'json' || words.has('output'))) {
    context.stdout(`##vso[task.uploadsummary]${toAzureValue(resolve(context.cwd, file))}\n`);
  }
}

/** Other steps write to the same file. */
async function appendToSummary(file: string, text: string): Promise<void> {
  try {
    await appendFile(file, text);
  } catch (cause) {
    throw new UserError(
      'Could not write the summary: GITHUB_STEP_SUMMARY names no file that can be written.',
      'Run this step on the runner itself, or say where to write it: --summary FILE',
      { cause: codeOf(cause) },
    );
  }
}
