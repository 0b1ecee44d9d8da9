import { type ReadOptions, withDefaults } from './blob-changes.js';
import type { ChangeOrSkip } from './change.js';
import { commitsOf, type History, newCommits, refNames } from './commits.js';
import type { Git } from './git.js';
import { readAsListed } from './read-as-listed.js';
import { readInBatches } from './read-batches.js';

// With fewer commits the work is done before another core has started.
const MANY_COMMITS = 300;

/**
 * Every content that these commits record, also what one adds and the next takes away, and what only a merge adds; the
 * messages of commits and tags; and what a tag names that is no commit. Oldest first.
 */
export async function* historyChanges(
  git: Git,
  history: History,
  options: ReadOptions = {},
): AsyncGenerator<ChangeOrSkip> {
  const limits = withDefaults(options);
  const { onEntry } = history;
  const { openTriage, limitsKnown } = options;
  const listed = history.areCommits === true ? await newCommits(git, history) : null;
  if (listed === null) await limitsKnown;
  const commits = listed ?? (yield* commitsOf(git, history, limits));
  history.onCommits?.(commits);
  if (commits.length === 0) return;
  const isMany = commits.length >= MANY_COMMITS && openTriage !== undefined;
  const changes = isMany
    ? readInBatches(git, commits, { limits, onEntry, openTriage })
    : readAsListed(git, commits, { limits, onEntry });
  await limitsKnown; // git is at work already
  if (listed !== null) yield* refNames(history.tips);
  yield* changes;
}
