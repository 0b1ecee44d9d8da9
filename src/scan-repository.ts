import { begun } from './changes/begun.js';
import { DEFAULT_MAX_BYTES, type ReadOptions } from './changes/blob-changes.js';
import type { ChangeOrSkip } from './changes/change.js';
import type { Git } from './changes/git.js';
import {
  indexPathsNamed,
  linksInIndex,
  readCommittedFile,
  readIndexFile,
  readTreeFile,
  treePathsNamed,
} from './changes/index-files.js';
import { type FileVersions, readVersions } from './changes/rule-versions.js';
import { once } from './detect/once.js';
import { loadRules, mayHoldSettings } from './filter/load-rules.js';
import { ALLOWLIST_FILE, PACKAGE_FILE, SETTINGS_FILE, touchesRules } from './filter/rule-file.js';
import type { ReadRuleFile, Rules } from './filter/rules.js';
import { settingsFilesFor } from './filter/settings-files.js';
import type { Exposure } from './finding.js';
import type { Stage } from './report/report.js';
import { type Explain, nowMs, type RunOutput, runScan, type ScanResult, type Watch } from './run-scan.js';

/** A scan of what a repository is about to record or to give away. */
export interface ScanJob {
  readonly stage: Stage;
  readonly exposure: Exposure;
  readonly source: (git: Git, options: ReadOptions) => Source;
}

/** Where the texts come from. */
export interface Source {
  readonly changes: AsyncIterable<ChangeOrSkip>;
  /** Has git begin to list the changes before the rules are known: it waits for `limitsKnown` itself before it reads. */
  readonly beginsEarly?: boolean;
  /** The paths that are scanned, where that can be told beforehand; null asks for the settings of every folder. */
  readonly paths: () => Promise<readonly string[] | null>;
  /** The paths in which the index differs from HEAD; null where that is not known. */
  readonly changed?: () => Promise<ReadonlySet<string> | null>;
  /** The commit that the rules are read from, where there is no index; null where that has none yet. */
  readonly rulesFrom?: () => Promise<string | null>;
  /** The commit whose rules those are compared with, where it is not the one that is checked out. */
  readonly rulesBefore?: string | undefined;
  /** What has to be known of the choice of the texts, one sentence each. */
  readonly warnings?: readonly string[];
  /** The rules that come with the commits, where there are any; asked when all texts have come by. */
  readonly ruleVersions?: () => ReadonlyMap<string, FileVersions>;
  readonly watch?: Watch;
  readonly explain?: Explain;
}

const RULE_FILES = new Set([SETTINGS_FILE, PACKAGE_FILE]);
const ALL_RULE_FILES = new Set([...RULE_FILES, ALLOWLIST_FILE]);

/** Scans by the rules that stand in the index: the very rules that are recorded with the change. */
export async function scanRepository(git: Git, job: ScanJob, output: RunOutput): Promise<ScanResult> {
  const startedMs = nowMs();
  let rules: Rules | undefined;
  let tellLimits = (): void => {};
  // The source is opened before the rules are read, because its paths tell which rules there are.
  const source = job.source(git, {
    limitsKnown: new Promise((done) => {
      tellLimits = done;
    }),
    maxBytesOf: (path) => rules?.maxBlobBytes(path) ?? DEFAULT_MAX_BYTES,
    openTriage: async () => {
      const { openTriage } = await import('./triage.js');
      const mostWorkers = job.stage === 'scan' || job.stage === 'build' ? 8 : 2; // somebody who pushes has other work for this machine
      return openTriage({
        ...output.context,
        cwd: git.cwd,
        customDetectors: rules?.customDetectors ?? [],
        mostWorkers,
      });
    },
  });
  const changes = source.beginsEarly === true ? begun(source.changes) : source.changes;
  if (source.beginsEarly === true) await untilIdle();
  const commit = await source.rulesFrom?.();
  const stored = commit === undefined ? inIndex(git, source) : inCommit(git, commit);
  const known = await source.paths();
  const paths = known ?? (output.configFile === undefined ? await stored.settingsPaths() : []);
  rules = await rulesFrom(stored.read, paths, output);
  tellLimits();
  const { watch, explain, ruleVersions, rulesBefore, warnings: told = [] } = source;
  const isCompared = commit !== undefined || rulesBefore !== undefined;
  const asked = toAsk({ isCompared, known, paths, rules }, job.stage);
  const warnings = [...told, ...(await ruleChanges(git, { stored, rulesBefore, ...asked }, output))];
  const lateWarnings = ruleVersions && (() => pushedRuleChanges(git, ruleVersions()));
  return runScan({ ...job, startedMs, rules, warnings, lateWarnings, changes, watch, explain }, output);
}

/** Lets everything go on that waits for nothing: what was begun has then started git. */
function untilIdle(): Promise<void> {
  return new Promise((done) => {
    setImmediate(done);
  });
}

interface Loaded {
  /** Whether the rules of one commit are compared with those of another. */
  readonly isCompared: boolean;
  readonly known: readonly string[] | null;
  readonly paths: readonly string[];
  readonly rules: Rules;
}

/** Which files of rules may have changed. A push does not carry the index: rules that stand there alone are named. */
function toAsk(
  { isCompared, known, paths, rules }: Loaded,
  stage: Stage,
): { readonly paths: readonly string[]; readonly where: string } {
  if (isCompared) return { paths: [...paths, ALLOWLIST_FILE], where: 'here' };
  if (known !== null) return { paths: known, where: 'here' };
  return { paths: stage === 'push' ? rules.sources : [], where: 'in the index only' };
}

/** A branch must not bring along rules of its own unnoticed either, whichever rules it is judged by today. */
async function pushedRuleChanges(git: Git, files: ReadonlyMap<string, FileVersions>): Promise<readonly string[]> {
  if (files.size === 0) return [];
  // Nearly every package.json that changes holds no settings, before and after.
  const contents = await readVersions(git, files, mayHoldSettings);
  if (contents.size === 0) return [];
  const { describePushedRules } = await import('./pushed-rules.js');
  return describePushedRules(contents);
}

/** Where the rules of a run stand. */
interface StoredRules {
  readonly read: ReadRuleFile;
  readonly settingsPaths: () => Promise<readonly string[]>;
}

function inIndex(git: Git, { changed }: Source): StoredRules {
  let links: (() => Promise<ReadonlySet<string>>) | undefined;
  return {
    read: async (path) => readIndexFile(git, path, { links, changed: await changed?.(), counts: mayHoldSettings }),
    settingsPaths: async () => {
      const paths = await indexPathsNamed(git, ALL_RULE_FILES);
      links = once(() => linksInIndex(git, paths));
      return paths;
    },
  };
}

function inCommit(git: Git, commit: string | null): StoredRules {
  if (commit === null) return { read: async () => null, settingsPaths: async () => [] };
  return {
    read: (path) => readTreeFile(git, commit, path),
    settingsPaths: () => treePathsNamed(git, commit, RULE_FILES),
  };
}

async function rulesFrom(read: ReadRuleFile, paths: readonly string[], { configFile }: RunOutput): Promise<Rules> {
  const now = new Date();
  if (configFile !== undefined) {
    const { readRuleFile } = await import('./filter/rule-file-on-disk.js');
    const readEither: ReadRuleFile = (name) => (name === configFile ? readRuleFile(name) : read(name));
    return loadRules({ read: readEither, settingsFiles: [{ dir: '', path: configFile }], now });
  }
  return loadRules({ read, settingsFiles: settingsFilesFor(paths), now });
}

interface RuleChange {
  readonly stored: StoredRules;
  readonly paths: readonly string[];
  readonly rulesBefore: string | undefined;
  /** Where they change, in words. */
  readonly where: string;
}

/** A change must not be judged unnoticed by rules that it brings along. */
async function ruleChanges(
  git: Git,
  { stored, paths, rulesBefore, where }: RuleChange,
  { configFile }: RunOutput,
): Promise<readonly string[]> {
  if (configFile !== undefined || !touchesRules(paths)) return [];
  const { describeRuleChanges } = await import('./filter/rule-changes.js');
  return describeRuleChanges({
    before: [
      (path) => (rulesBefore === undefined ? readCommittedFile(git, path) : readTreeFile(git, rulesBefore, path)),
    ],
    after: [stored.read],
    settingsFiles: settingsFilesFor(paths),
    where,
  });
}
