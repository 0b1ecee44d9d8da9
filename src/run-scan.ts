import type { Change, ChangeOrSkip } from './changes/change.js';
import type { CommandContext } from './commands/command-context.js';
import { type Detect, toDetect } from './detect/detect.js';
import type { Match } from './detect/match.js';
import { ExitCode } from './exit-code.js';
import type { Rules } from './filter/rules.js';
import type { Exposure, Finding, Scanned } from './finding.js';
import { guard, type Outcome, settingsExclude } from './guard.js';
import { withoutSecretNames } from './names.js';
import { type ReportFormat, render } from './report/render.js';
import type { Report, Stage } from './report/report.js';
import { loadTable, tableFile } from './table/read.js';
import { UserError } from './user-error.js';

/** How a run is told. */
export interface RunOutput {
  readonly format: ReportFormat;
  readonly isColored: boolean;
  readonly isQuiet: boolean;
  /** The settings file of `--config`, as an absolute path. */
  readonly configFile?: string | undefined;
  readonly context: CommandContext;
}

/** Texts, and the rules that they are judged by. */
export interface Part {
  readonly rules: Rules;
  readonly changes: AsyncIterable<ChangeOrSkip>;
}

/** One scan, ready to go. */
export interface Scan extends Part {
  readonly stage: Stage;
  readonly exposure: Exposure;
  readonly startedMs: number;
  /** What goes by other rules, asked for once the part before was gone through, until there is no more. */
  readonly next?: (() => Promise<Part | undefined>) | undefined;
  readonly warnings: readonly string[];
  /** More of them, known when all texts have come by. */
  readonly lateWarnings?: (() => Promise<readonly string[]>) | undefined;
  readonly watch?: Watch | undefined;
  readonly explain?: Explain | undefined;
}

/** Is shown every text, with all that was matched in it. */
export type Watch = (change: Change, matches: readonly Match[]) => void;

/** Adds to the findings what their commits tell: how far they got, and how to mend them. Called only if there are any. */
export type Explain = (findings: readonly Finding[], detect: Detect) => Promise<readonly Finding[]>;

/** What came of it. */
export interface ScanResult {
  /** The report as it is to be written. */
  readonly text: string;
  readonly exitCode: ExitCode;
  readonly findings: readonly Finding[];
  readonly scanned: Scanned;
  /** What was told besides, with no secret name in it. */
  readonly warnings: readonly string[];
  /** The rules, which know by now what they let pass. */
  readonly rules: Rules;
  /** Why it could not be told how the findings are to be mended: to be thrown once they have been told. */
  readonly failure: UserError | undefined;
}

/** Scans, renders, and says how the process ends. */
export async function runScan(scan: Scan, output: RunOutput): Promise<ScanResult> {
  const { rules } = scan;
  const { context } = output;
  const table = loadTable(tableFile(context.cliPath));
  const detect = toDetect(table, rules.customDetectors);
  const outcomes = [await judge(scan, scan, detect)];
  for (let part = await scan.next?.(); part !== undefined; part = await scan.next?.()) {
    outcomes.push(await judge(part, scan, toDetect(table, part.rules.customDetectors)));
  }
  const outcome = joined(outcomes);
  const { scanned, isBlocked } = outcome;
  const late = (await scan.lateWarnings?.()) ?? [];
  const { findings, failure } = await explain(scan, outcome.findings, detect);
  checkCoverage(scanned);
  const report: Report = {
    findings,
    scanned,
    durationMs: nowMs() - scan.startedMs,
    stage: scan.stage,
    folder: toFolder(context.env),
    isStopped: isBlocked || failure !== undefined,
    allowed: outcome.allowed,
    warnings: [...new Set([...scan.warnings, ...late, ...outcome.warnings])].map(outcome.hideNames),
  };
  return {
    text: await toOutput(report, output),
    exitCode: toExitCode(isBlocked, failure),
    findings,
    scanned,
    warnings: report.warnings,
    rules,
    failure,
  };
}

/** git starts hooks at the root, and says from which folder below it somebody called it. */
function toFolder({ GIT_PREFIX: prefix = '' }: NodeJS.ProcessEnv): string {
  return /^(?!\/)(?:(?!\.\.?\/)[^/]+\/)+$/.test(prefix) ? prefix : '';
}

function toExitCode(isBlocked: boolean, failure: UserError | undefined): ExitCode {
  if (failure !== undefined) return ExitCode.CouldNotScan;
  return isBlocked ? ExitCode.Findings : ExitCode.Clean;
}

interface Explained {
  readonly findings: readonly Finding[];
  readonly failure: UserError | undefined;
}

/** What git cannot tell of the findings' commits is no reason to keep the findings back: then they may be out. */
async function explain(scan: Scan, findings: readonly Finding[], detect: Detect): Promise<Explained> {
  if (scan.explain === undefined || findings.length === 0) return { findings, failure: undefined };
  try {
    const explained = await scan.explain(findings, detect);
    return { findings: withoutSecretNames(explained, detect), failure: undefined };
  } catch (error) {
    if (!UserError.is(error)) throw error;
    return { findings: findings.map((finding) => ({ ...finding, exposure: 'unknown' })), failure: error };
  }
}

/** What came of a part, by its own rules. */
interface Judged extends Outcome {
  readonly isBlocked: boolean;
  readonly allowed: number;
  readonly warnings: readonly string[];
}

async function judge({ rules, changes }: Part, { exposure, watch }: Scan, detect: Detect): Promise<Judged> {
  const outcome = await guard(changes, { detect, rules, exposure, watch });
  return {
    ...outcome,
    isBlocked: outcome.findings.some((finding) => rules.blocks(finding.severity, finding.file)),
    allowed: rules.suppressed().length,
    warnings: rules.warnings(),
  };
}

function joined(parts: readonly Judged[]): Judged {
  return {
    findings: parts.flatMap(({ findings }) => findings),
    scanned: {
      blobs: sum(parts.map(({ scanned }) => scanned.blobs)),
      bytes: sum(parts.map(({ scanned }) => scanned.bytes)),
      skipped: parts.flatMap(({ scanned }) => scanned.skipped),
    },
    hideNames: (text) => parts.reduce((hidden, { hideNames }) => hideNames(hidden), text),
    isBlocked: parts.some(({ isBlocked }) => isBlocked),
    allowed: sum(parts.map(({ allowed }) => allowed)),
    warnings: parts.flatMap(({ warnings }) => warnings),
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** A clock that only runs forward. Not `performance`, which loads half a dozen modules when first named. */
export function nowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** A scan that saw nothing of what there was is no scan. What the settings exclude was looked at and decided. */
function checkCoverage({ blobs, skipped }: Scanned): void {
  const unseen = skipped.filter(({ why }) => why !== settingsExclude);
  if (blobs > 0 || unseen.length === 0) return;
  const [first] = unseen;
  throw new UserError(
    `Nothing was scanned: ${unseen.length} of ${skipped.length} files had to be left out.`,
    'Mend what is said above, or raise "maxFileSize" in .leak-guard.json, and run again.',
    { cause: `${first?.file}: ${first?.why}` },
  );
}

async function toOutput(report: Report, output: RunOutput): Promise<string> {
  return render(report, {
    format: output.format,
    style: { isColored: output.isColored, isQuiet: output.isQuiet },
    tool: { name: 'leak-guard', version: output.context.version },
  });
}
