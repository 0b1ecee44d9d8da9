import type { ChangeOrSkip } from './changes/change.js';
import type { Git } from './changes/git.js';
import { indexPathsNamed, readCommittedFile, readIndexFile } from './changes/index-files.js';
import { settingsFilesFor } from './filter/config.js';
import { loadRules } from './filter/load-rules.js';
import { PACKAGE_FILE, SETTINGS_FILE, touchesRules } from './filter/rule-file.js';
import type { ReadRuleFile, Rules } from './filter/rules.js';
import type { Exposure } from './finding.js';
import type { Stage } from './report/report.js';
import { nowMs, type RunOutput, runScan, type ScanResult } from './run-scan.js';

/** A scan of what a repository is about to record or to give away. */
export interface ScanJob {
  readonly stage: Stage;
  readonly exposure: Exposure;
  readonly source: (git: Git) => Source;
}

/** Where the texts come from. */
export interface Source {
  readonly changes: AsyncIterable<ChangeOrSkip>;
  /** The paths that are scanned, where that can be told beforehand; null asks for the settings of every folder. */
  readonly paths: () => Promise<readonly string[] | null>;
}

/** Scans by the rules that stand in the index: the very rules that are recorded with the change. */
export async function scanRepository(git: Git, job: ScanJob, output: RunOutput): Promise<ScanResult> {
  const startedMs = nowMs();
  const source = job.source(git);
  const paths = await source.paths();
  const rules = await rulesFromIndex(git, paths, output);
  const warnings = await ruleChanges(git, paths ?? [], output);
  return runScan({ ...job, startedMs, rules, warnings, changes: source.changes }, output);
}

async function rulesFromIndex(git: Git, paths: readonly string[] | null, { configFile }: RunOutput): Promise<Rules> {
  const read: ReadRuleFile = (path) => readIndexFile(git, path);
  const now = new Date();
  if (configFile !== undefined) {
    const { readRuleFile } = await import('./filter/rule-file-on-disk.js');
    const readEither: ReadRuleFile = (name) => (name === configFile ? readRuleFile(name) : read(name));
    return loadRules({ read: readEither, settingsFiles: [{ dir: '', path: configFile }], now });
  }
  const settingsFiles = settingsFilesFor(paths ?? (await indexPathsNamed(git, new Set([SETTINGS_FILE, PACKAGE_FILE]))));
  return loadRules({ read, settingsFiles, now });
}

/** A change must not be judged unnoticed by rules that it brings along. */
async function ruleChanges(git: Git, paths: readonly string[], { configFile }: RunOutput): Promise<readonly string[]> {
  if (configFile !== undefined || !touchesRules(paths)) return [];
  const { describeRuleChanges } = await import('./filter/rule-changes.js');
  return describeRuleChanges({
    before: (path) => readCommittedFile(git, path),
    after: (path) => readIndexFile(git, path),
    settingsFiles: settingsFilesFor(paths),
  });
}
