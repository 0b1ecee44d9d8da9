import type { Git } from './git.js';
import { type RawEntry, rawParser } from './raw-diff.js';

/** Every path that the commits change, in the order of the commits, as many at a time as git has told. */
export async function* diffTree(git: Git, commits: readonly string[]): AsyncGenerator<readonly RawEntry[]> {
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
  for await (const chunk of git.stream(args, { input: `${commits.join('\n')}\n` })) yield parser.feed(chunk);
  parser.finish();
}
