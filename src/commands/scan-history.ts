import { openGit } from '../changes/git.js';
import { type History, historyChanges } from '../changes/history.js';
import { resolveHead } from '../changes/received.js';
import { toRangeHistory, toSinceSeconds, toWholeHistory } from '../changes/revisions.js';
import { explainHistory } from '../explain-push.js';
import { toHeadValues } from '../head-values.js';
import { toProgress } from '../progress.js';
import type { RunOutput, ScanResult } from '../run-scan.js';
import { type ScanJob, scanRepository } from '../scan-repository.js';
import { untilHalted } from '../until-halted.js';
import { UserError } from '../user-error.js';
import type { Arguments } from './arguments.js';

type Git = ReturnType<typeof openGit>;

/** `scan --range A..B`, or one commit. */
export async function scanRange(range: string, words: Arguments, output: RunOutput): Promise<ScanResult> {
  if (words.has('since') || words.has('branch')) {
    throw new UserError('--since and --branch go with scan --history only.', 'Leave them out, or scan --history.');
  }
  return scanCommits((git) => toRangeHistory(git, range), output);
}

/** `scan --history`: all refs, or what `--since` and `--branch` leave of them. */
export async function scanHistory(words: Arguments, output: RunOutput): Promise<ScanResult> {
  const sinceSeconds = toSinceSeconds(words.value('since'));
  return scanCommits(async (git) => {
    const history = await toWholeHistory(git, words.value('branch'));
    return sinceSeconds === undefined ? history : { ...history, sinceSeconds };
  }, output);
}

async function scanCommits(toHistory: (git: Git) => Promise<History>, output: RunOutput): Promise<ScanResult> {
  const { context } = output;
  const { topLevel } = await atTop(context.cwd, output);
  // From the top: the index is listed from where git runs.
  const git = openGit({ cwd: topLevel ?? context.cwd, env: context.env });
  const progress = toProgress(context, output.isQuiet);
  try {
    const history = { ...(await toHistory(git)), onCommits: progress.onCommits };
    const head = await toHeadValues(git);
    const job: ScanJob = {
      stage: 'scan',
      exposure: 'unknown',
      source: (_, limits) => ({
        changes: progress.follow(historyChanges(git, history, limits)),
        paths: async () => null,
        ...(topLevel === null ? { rulesFrom: () => resolveHead(git) } : {}),
        watch: head.watch,
        explain: async (findings, detect) => explainHistory(git, await head.mark(findings, detect)),
      }),
    };
    return await untilHalted(scanRepository(git, job, output), progress.arm);
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
