import { begun } from './begun.js';
import { type BlobSource, type BlobToRead, type SizeLimits, toChange, toSlices } from './blob-changes.js';
import type { Answer } from './cat-file-answer.js';
import { endedEarly } from './cat-file-reader.js';
import type { Change, ChangeOrSkip } from './change.js';
import { changedContents } from './changed-contents.js';
import { commitTexts } from './commit-texts.js';
import type { History } from './commits.js';
import { diffTree } from './diff-tree.js';
import type { Git } from './git.js';
import { missingObject } from './git-failure.js';

interface Options {
  readonly limits: Required<SizeLimits>;
  readonly onEntry: History['onEntry'];
}

/** What comes next: a name alone, or a content that was asked for. */
type Listed = Change | BlobToRead;

/**
 * The texts of some commits and the contents that they record, in the order of the commits. One git lists what changes,
 * and another reads what is listed so far. Both start at once, and work until somebody asks.
 */
export function readAsListed(
  git: Git,
  commits: readonly string[],
  { limits, onEntry }: Options,
): AsyncIterable<ChangeOrSkip> {
  const listed: Listed[] = [];
  const look = changedContents(onEntry);
  const names = async function* (): AsyncGenerator<readonly string[]> {
    yield commits;
    for await (const entries of diffTree(git, commits)) {
      const first = listed.length;
      for (const entry of entries) {
        const { name, blob } = look(entry);
        if (name !== undefined) listed.push(name);
        if (blob !== undefined) listed.push(blob);
      }
      yield listed.slice(first).flatMap((one) => (isName(one) ? [] : [one.oid]));
    }
  };
  const answers = begun(git.catFile().readAsNamed(names(), { maxBytes: limits.wholeBytes }));
  return toTexts({ git, limits }, commits, { listed, answers });
}

interface Coming {
  /** What was listed and has not been read. */
  readonly listed: Listed[];
  /** First the commits, then the contents. */
  readonly answers: AsyncIterable<Answer>;
}

async function* toTexts(
  source: BlobSource,
  commits: readonly string[],
  { listed, answers }: Coming,
): AsyncGenerator<ChangeOrSkip> {
  const seen = new Set<string>();
  let index = 0;
  for await (const object of answers) {
    const commit = commits[index];
    index += 1;
    if (commit !== undefined) {
      for (const text of commitTexts(object, commit, seen)) yield text;
      continue;
    }
    for (const name of takeNames(listed)) yield name;
    const blob = listed.shift();
    if (blob === undefined || isName(blob)) throw endedEarly();
    if (object === null) throw missingObject(blob.oid);
    const change = toChange(source, blob, object);
    if (change === undefined) yield* toSlices(source, blob);
    else yield change;
  }
  for (const name of takeNames(listed)) yield name;
}

/** Takes the names that stand before the next content. */
function takeNames(listed: Listed[]): readonly Change[] {
  const names: Change[] = [];
  for (let [first] = listed; first !== undefined && isName(first); [first] = listed) {
    listed.shift();
    names.push(first);
  }
  return names;
}

function isName(listed: Listed): listed is Change {
  return 'bytes' in listed;
}
