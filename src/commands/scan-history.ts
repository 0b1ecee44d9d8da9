import { isShallow, requireWholeHistory } from '../changes/borders.js';
import type { History } from '../changes/commits.js';
import { type Git, openGit } from '../changes/git.js';
import { historyChanges } from '../changes/history.js';
import { toRangeHistory, toSinceSeconds, toUnpushedHistory, toWholeHistory } from '../changes/revisions.js';
import { resolveHead } from '../changes/tip.js';
import { explainHistory } from '../explain-push.js';
import type { Finding } from '../finding.js';
import { toHeadValues } from '../head-values.js';
import { toProgress } from '../progress.js';
import type { RunOutput, ScanResult } from '../run-scan.js';
import { type ScanJob, type Source, scanRepository } from '../scan-repository.js';
import { untilHalted } from '../until-halted.js';
import { UserError } from '../user-error.js';
import type { Arguments } from './arguments.js';

/** `scan --range A..B`, or one commit. */
export async function scanRange(range: string, words: Arguments, output: RunOutput): Promise<ScanResult> {
  if (words.has('since') || words.has('branch')) {
    throw new UserError('--since and --branch go with scan --history only.', 'Leave them out, or scan --history.');
  }
  const toHistory = async (git: Git): Promise<History> => {
    const history = await toRangeHistory(git, range);
    await requireWholeHistory(git, history, 'Run "git fetch --unshallow", and scan again.');
    return history;
  };
  return scanCommits({ toHistory }, output);
}

/** `scan --history`: all refs, or what `--since` and `--branch` leave of them. */
export async function scanHistory(words: Arguments, output: RunOutput): Promise<ScanResult> {
  const sinceSeconds = toSinceSeconds(words.value('since'));
  const warnings: string[] = [];
  const toHistory = async (git: Git): Promise<History> => {
    const history = await toWholeHistory(git, words.value('branch'));
    if (await isShallow(git)) warnings.push(cutOff);
    if (history.tips.length === 0) {
      throw new UserError(
        'scan --history found no history: there is no commit here yet.',
        'Commit something first, or scan files with "leak-guard scan PATH".',
      );
    }
    return sinceSeconds === undefined ? history : { ...history, sinceSeconds };
  };
  return scanCommits({ toHistory, toSource: () => ({ warnings }) }, output);
}

const cutOff =
  'This clone is shallow: its oldest commits are not here and were not scanned. "git fetch --unshallow" fetches them.';

/** The commits that no remote has: what a push may have been stopped for. */
export function scanUnpushed(output: RunOutput): Promise<ScanResult> {
  return scanCommits({ toHistory: toUnpushedHistory }, output);
}

/** All commits that a ref leads to. */
export function scanWhole(output: RunOutput): Promise<ScanResult> {
  return scanCommits({ toHistory: (git) => toWholeHistory(git, undefined) }, output);
}

/** Which commits are scanned, and what is told of their findings. */
export interface CommitScan {
  readonly toHistory: (git: Git) => Promise<History>;
  readonly stage?: 'scan' | 'build';
  /** Says how far each finding has got; from what the remotes are known to have, when not given. */
  readonly explain?: (git: Git, findings: readonly Finding[]) => Promise<readonly Finding[]>;
  /** What has to be known besides, and what the rules are compared with: asked when the history is known. */
  readonly toSource?: () => Pick<Source, 'warnings' | 'rulesBefore'>;
}

/** Scans commits: their files with their names, messages and headers, and the names of refs that the history holds. */
export async function scanCommits(scan: CommitScan, output: RunOutput): Promise<ScanResult> {
  const { toHistory, stage = 'scan', explain = explainHistory, toSource } = scan;
  const { context } = output;
  const { topLevel } = await atTop(context.cwd, output);
  // From the top: the index is listed from where git runs.
  const git = openGit({ cwd: topLevel ?? context.cwd, env: context.env });
  const progress = toProgress(context, output.isQuiet);
  try {
    const history = { ...(await toHistory(git)), onCommits: progress.onCommits };
    const head = await toHeadValues(git);
    const job: ScanJob = {
      stage,
      exposure: 'unknown',
      source: (_, limits) => ({
        changes: progress.follow(historyChanges(git, history, limits)),
        paths: async () => null,
        ...(topLevel === null ? { rulesFrom: () => resolveHead(git) } : {}),
        watch: head.watch,
        explain: async (findings, detect) => explain(git, await head.mark(findings, detect)),
        ...toSource?.(),
      }),
    };
    return await untilHalted(() => scanRepository(git, job, output), progress.arm);
  } finally {
    git.close();
    progress.clear();
  }
}

async function atTop(cwd: string, { context }: RunOutput): Promise<{ readonly topLevel: string | null }> {
  const git = openGit({ cwd, env: context.env });
  try {
    return await git.facts();
  } finally {
    git.close();
  }
}
