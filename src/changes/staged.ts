import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeOf } from '../error-code.js';
import { UserError } from '../user-error.js';
import {
  type BlobToRead,
  readAhead,
  readBlobs,
  type SizeLimits,
  toBlob,
  toNewName,
  withDefaults,
} from './blob-changes.js';
import type { Answer } from './cat-file-answer.js';
import type { Change, ChangeOrSkip } from './change.js';
import type { Git } from './git.js';
import { pathText } from './path-text.js';
import { parseRaw, type RawEntry } from './raw-diff.js';

export interface StagedOptions extends SizeLimits {
  /** Only these paths: relative to the repository's top, with `/`, as they are (no patterns). */
  readonly paths?: readonly string[];
  /** The commits that are being merged, where git has not written them down yet; see headsBeingMerged(). */
  readonly mergeHeads?: readonly string[];
  /** Against nothing instead of HEAD: everything that the index holds is new. */
  readonly isWhole?: boolean;
}

/** What is staged, to be gone through once or more. */
export interface StagedChanges extends AsyncIterable<ChangeOrSkip> {
  /** How many paths have a staged content that no parent has there: each gives at least one change or skip. */
  count(): Promise<number>;
  /** Every path that the commit touches, those of deleted and renamed files too. */
  paths(): Promise<readonly string[]>;
  /** Every path in which the index differs from HEAD; null where other things were compared. */
  changed(): Promise<ReadonlySet<string> | null>;
}

/** The contents that the index holds and that the next commit would record, against its parent or parents. */
export function stagedChanges(git: Git, options: StagedOptions = {}): StagedChanges {
  let list: Promise<StagedList> | undefined;
  const listOnce = (): Promise<StagedList> => {
    list ??= listStaged(git, options);
    return list;
  };
  return {
    count: async () => (await listOnce()).blobs.length,
    paths: async () => (await listOnce()).touched,
    changed: async () => (await listOnce()).changed,
    async *[Symbol.asyncIterator]() {
      const { blobs, names, unmerged, ahead } = await listOnce();
      for (const file of unmerged) yield { skipped: { file, why: 'its merge conflict is not resolved yet' } };
      yield* names;
      yield* readBlobs(git, blobs, { ...withDefaults(options), ahead: ahead.shift() });
    },
  };
}

/** The commits that git names in the environment of `pre-merge-commit`, which runs before MERGE_HEAD is written. */
export function headsBeingMerged(env: NodeJS.ProcessEnv): string[] {
  return Object.keys(env).flatMap((name) => /^GITHEAD_([0-9a-f]{40,64})$/.exec(name)?.[1] ?? []);
}

interface StagedList {
  readonly blobs: readonly BlobToRead[];
  /** Files that are only renamed. */
  readonly names: readonly Change[];
  readonly unmerged: readonly string[];
  readonly touched: readonly string[];
  readonly changed: ReadonlySet<string> | null;
  /** The reading of the blobs, where it has begun: one, which the first who goes through them takes; or none. */
  readonly ahead: AsyncGenerator<Answer>[];
}

async function listStaged(git: Git, options: StagedOptions): Promise<StagedList> {
  const heads = options.isWhole === true ? [] : (options.mergeHeads ?? (await readMergeHeads(git)));
  const isAgainstHead = options.isWhole !== true && heads.length === 0;
  const first = options.isWhole === true ? await diffNothing(git) : await diffHead(git);
  const merged = await withOtherParents(git, first, heads);
  const wanted = options.paths === undefined ? undefined : new Set(options.paths);
  const chosen = merged.filter((entry) => wanted?.has(pathText(entry.path)) ?? true);
  const blobs = chosen.filter((entry) => entry.status !== 'U').flatMap((entry) => toBlob(entry, null) ?? []);
  const ahead = readAhead(git, blobs, withDefaults(options)); // along with the settings, or before they are known
  return {
    ahead: ahead === undefined ? [] : [ahead],
    blobs,
    names: chosen.flatMap((entry) => toNewName(entry, null) ?? []),
    unmerged: chosen.filter((entry) => entry.status === 'U').map((entry) => pathText(entry.path)),
    touched: chosen.map((entry) => pathText(entry.path)),
    changed: isAgainstHead ? new Set(first.flatMap(namesOf)) : null,
  };
}

/** A renamed file is gone from its old place, too. */
function namesOf({ path, oldPath }: RawEntry): string[] {
  return [path, ...(oldPath === undefined ? [] : [oldPath])].map(pathText);
}

/** The index against HEAD. Only when that fails is it asked whether there is a HEAD at all. */
async function diffHead(git: Git): Promise<RawEntry[]> {
  try {
    return await diffIndex(git, 'HEAD');
  } catch (failure) {
    const head = await git.run(['rev-parse', '--verify', '--quiet', 'HEAD'], { okCodes: [0, 1] });
    if (head.code === 0) throw failure;
    return diffNothing(git); // no commit yet: everything is new
  }
}

/** The index against the empty tree, whose id depends on the repository's hash: git is asked for it. */
async function diffNothing(git: Git): Promise<RawEntry[]> {
  const empty = await git.run(['hash-object', '-t', 'tree', '--stdin']);
  return diffIndex(git, empty.stdout.toString().trim());
}

async function diffIndex(git: Git, base: string): Promise<RawEntry[]> {
  const { stdout } = await git.run([
    'diff-index',
    '--cached', // the index, not the work tree
    '--raw', // names of blobs: no attribute, driver or setting changes those
    '-z', // names as bytes, without quotes
    '--no-abbrev', // whole ids
    '-M', // a renamed file is compared with itself, so that its old lines are not new
    '-l2000', // but not at any price: above 2000 files only exact renames are found
    '--ignore-submodules=none', // their commits have hooks of their own, but their names are recorded here
    '--ita-invisible-in-index', // "git add -N" announces a file, and commits nothing
    base,
    '--',
  ]);
  return parseRaw(stdout);
}

/** The other parents, one on each line; only in a merge is there such a file. */
async function readMergeHeads(git: Git): Promise<readonly string[]> {
  const file = join(await git.gitDir(), 'MERGE_HEAD');
  try {
    return readFileSync(file, 'utf8')
      .split('\n')
      .filter((line) => /^[0-9a-f]{40,64}$/.test(line));
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return [];
    throw new UserError('Could not read which commits are being merged.', `Check that ${file} can be read.`, { cause });
  }
}

/** Keeps what differs from every parent of the merge, with what each of them has there. */
async function withOtherParents(
  git: Git,
  entries: readonly RawEntry[],
  heads: readonly string[],
): Promise<readonly RawEntry[]> {
  let merged = entries;
  for (const head of heads) {
    const others = new Map((await diffIndex(git, head)).map((entry) => [entry.path.toString('latin1'), entry]));
    merged = merged.flatMap((entry) => {
      const other = others.get(entry.path.toString('latin1'));
      if (other === undefined) return [];
      const status = entry.status === 'U' ? 'U' : entry.status + other.status;
      return [{ ...entry, status, parents: [...entry.parents, ...other.parents] }];
    });
  }
  return merged;
}
