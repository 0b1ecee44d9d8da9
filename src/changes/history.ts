import { type ReadOptions, type SizeLimits, withDefaults } from './blob-changes.js';
import type { ChangeOrSkip } from './change.js';
import { commitsOf, type History, newCommits, refNames } from './commits.js';
import type { Git } from './git.js';
import { readAsListed } from './read-as-listed.js';
import { readInBatches } from './read-batches.js';
import { readFew } from './read-few.js';

// With more, git works in the background from the start.
const FEW_COMMITS = 20;
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
  const changes = await open(git, commits, { limits, onEntry, openTriage });
  await limitsKnown; // git is at work already
  if (listed !== null) yield* refNames(history.tips);
  yield* changes;
}

interface Opening {
  readonly limits: Required<SizeLimits>;
  readonly onEntry: History['onEntry'];
  readonly openTriage: ReadOptions['openTriage'];
}

/** Has git begin to read: how depends on how much there is. What comes of it does not. */
async function open(
  git: Git,
  commits: readonly string[],
  { limits, onEntry, openTriage }: Opening,
): Promise<AsyncIterable<ChangeOrSkip>> {
  if (commits.length <= FEW_COMMITS) return readFew(git, commits, { limits, onEntry });
  if (commits.length < MANY_COMMITS || openTriage === undefined) return readAsListed(git, commits, { limits, onEntry });
  return readInBatches(git, commits, { limits, onEntry, openTriage });
}
