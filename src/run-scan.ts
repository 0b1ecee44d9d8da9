import type { Change, ChangeOrSkip } from './changes/change.js';
import type { CommandContext } from './commands/command-context.js';
import { type Detect, toDetect } from './detect/detect.js';
import type { Match } from './detect/match.js';
import { ExitCode } from './exit-code.js';
import type { Rules } from './filter/rules.js';
import type { Exposure, Finding, Scanned } from './finding.js';
import { guard, settingsExclude } from './guard.js';
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

/** One scan, ready to go. */
export interface Scan {
  readonly stage: Stage;
  readonly exposure: Exposure;
  readonly startedMs: number;
  readonly rules: Rules;
  readonly warnings: readonly string[];
  /** More of them, known when all texts have come by. */
  readonly lateWarnings?: (() => Promise<readonly string[]>) | undefined;
  readonly changes: AsyncIterable<ChangeOrSkip>;
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
}

/** Scans, renders, and says how the process ends. */
export async function runScan(scan: Scan, output: RunOutput): Promise<ScanResult> {
  const { rules } = scan;
  const { context } = output;
  const table = loadTable(tableFile(context.cliPath));
  const detect = toDetect(table, rules.customDetectors);
  const outcome = await guard(scan.changes, { detect, rules, exposure: scan.exposure, watch: scan.watch });
  const { scanned } = outcome;
  const late = (await scan.lateWarnings?.()) ?? [];
  const isExplained = scan.explain !== undefined && outcome.findings.length > 0;
  const explained = isExplained ? await scan.explain(outcome.findings, detect) : outcome.findings;
  const findings = isExplained ? withoutSecretNames(explained, detect) : explained;
  checkCoverage(scanned);
  const isBlocked = findings.some((finding) => rules.blocks(finding.severity, finding.file));
  const report: Report = {
    findings,
    scanned,
    durationMs: nowMs() - scan.startedMs,
    stage: scan.stage,
    folder: toFolder(context.env),
    isStopped: isBlocked,
    allowed: rules.suppressed().length,
    warnings: [...new Set([...scan.warnings, ...late, ...rules.warnings()])].map(outcome.hideNames),
  };
  return {
    text: await toOutput(report, output),
    exitCode: isBlocked ? ExitCode.Findings : ExitCode.Clean,
    findings,
    scanned,
    warnings: report.warnings,
    rules,
  };
}

/** git starts hooks at the root, and says from which folder below it somebody called it. */
function toFolder({ GIT_PREFIX: prefix = '' }: NodeJS.ProcessEnv): string {
  return /^(?!\/)(?:(?!\.\.?\/)[^/]+\/)+$/.test(prefix) ? prefix : '';
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
