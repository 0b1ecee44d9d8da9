import { type BlobToRead, type ReadOptions, toBlob, toNewName, tooLarge, withDefaults } from './blob-changes.js';
import type { Change, ChangeOrSkip } from './change.js';
import { commitsOf, type History } from './commits.js';
import type { Git } from './git.js';
import { missingObject } from './git-failure.js';
import { type RawEntry, rawParser } from './raw-diff.js';
import { type Batch, readBatches } from './read-batches.js';
import { messagesOf } from './tip.js';

// Enough to keep git busy while we scan, and little enough to hold. Each batch is a git that starts anew.
const BATCH = 2000;
// With fewer commits the work is done before another core has started.
const MANY_COMMITS = 300;
// Above this the list of what was read is dropped: then some blobs are read again.
const MAX_SEEN = 1_000_000;

/**
 * Every content that these commits record, also what one adds and the next takes away, and what only a merge adds; the
 * messages of commits and tags; and what a tag names that is no commit. Oldest first.
 */
export async function* historyChanges(
  git: Git,
  history: History,
  limits: ReadOptions = {},
): AsyncGenerator<ChangeOrSkip> {
  const full = withDefaults(limits);
  const fresh = yield* commitsOf(git, history, full);
  history.onCommits?.(fresh);
  const contents = listContents(git, fresh, history.onEntry);
  const triage = fresh.length < MANY_COMMITS ? undefined : await limits.openTriage?.();
  const batches = readBatches(git, contents.next, { limits: full, triage });
  try {
    yield* readMessages(git, fresh);
    yield* batches.read();
  } finally {
    contents.end();
    triage?.end();
  }
}

async function* readMessages(git: Git, commits: readonly string[]): AsyncGenerator<ChangeOrSkip> {
  const { wholeBytes } = withDefaults({});
  const seen = new Set<string>();
  let index = 0;
  for await (const object of git.catFile().readAll(commits, { maxBytes: wholeBytes })) {
    const oid = commits[index] ?? '';
    index += 1;
    if (object === null) throw missingObject(oid);
    if (object.bytes === null) yield tooLarge('commit message', wholeBytes);
    else yield* messagesOf(object.bytes, { path: 'commit message', what: 'commit', oid }, seen);
  }
}

/** The changed contents in batches. The next one is looked for while the one before is scanned: git has a core of its own. */
function listContents(
  git: Git,
  commits: readonly string[],
  onEntry: History['onEntry'],
): { next(): Promise<Batch>; end(): void } {
  const entries = diffTree(git, commits);
  const seen = new Set<string>();
  let coming: Promise<Batch> | undefined;
  const gather = (): Promise<Batch> => {
    const batch = gatherBatch(entries, seen, onEntry);
    batch.catch(() => {}); // whoever takes the batch is told; if nobody does, the run has failed already
    return batch;
  };
  if (commits.length > 0) coming = gather();
  return {
    next: async () => {
      const batch = (await coming) ?? { names: [], blobs: [], isLast: true };
      coming = batch.isLast ? undefined : gather();
      return batch;
    },
    end: () => {
      entries.return(undefined).catch(() => {}); // ends git when nobody reads on
    },
  };
}

async function gatherBatch(
  entries: AsyncGenerator<RawEntry>,
  seen: Set<string>,
  onEntry: History['onEntry'],
): Promise<Batch> {
  const names: Change[] = [];
  const blobs: BlobToRead[] = [];
  // Not `for await`, which would end the generator when it is left.
  for (let next = await entries.next(); next.done !== true; next = await entries.next()) {
    const entry = next.value;
    onEntry?.(entry);
    const name = toNewName(entry, entry.commit);
    if (name !== undefined) names.push(name);
    const blob = toBlob(entry, entry.commit);
    if (blob !== undefined && isFirst(seen, blob)) blobs.push(blob);
    if (blobs.length + names.length >= BATCH) return { names, blobs, isLast: false };
  }
  return { names, blobs, isLast: true };
}

/** A content that comes back at the same path was scanned when it first came. */
function isFirst(seen: Set<string>, blob: BlobToRead): boolean {
  const key = `${blob.oid} ${blob.path}`;
  if (seen.has(key)) return false;
  if (seen.size >= MAX_SEEN) seen.clear();
  seen.add(key);
  return true;
}

/** Every path that the commits change, oldest first, as blobs. */
export async function* diffTree(git: Git, commits: readonly string[]): AsyncGenerator<RawEntry> {
  const args = [
    'diff-tree',
    '--stdin', // one process for all commits
    '-r', // files, not folders
    '--root', // a first commit too, whatever log.showRoot says
    '--raw', // names of blobs: no attribute, driver or setting changes those
    '-z', // names as bytes, without quotes
    '--no-abbrev', // whole ids
    '-c', // of a merge, what differs from every parent, with what each of them has
    '-M', // a renamed file is compared with itself, so that its old lines are not new
    '-l2000', // but not at any price: above 2000 files only exact renames are found
    '--ignore-submodules=all', // another repository's commits have their own hooks
  ];
  const parser = rawParser();
  for await (const chunk of git.stream(args, { input: `${commits.join('\n')}\n` })) yield* parser.feed(chunk);
  parser.finish();
}
