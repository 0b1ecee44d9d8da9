import type { Git } from './git.js';
import { parseRaw, type RawEntry, rawParser } from './raw-diff.js';

const COMMAND: readonly string[] = [
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
  '--ignore-submodules=none', // their commits have hooks of their own, but their names are recorded here
];

/** Every path that the commits change, in the order of the commits, as many at a time as git has told. */
export async function* diffTree(git: Git, commits: readonly string[]): AsyncGenerator<readonly RawEntry[]> {
  const parser = rawParser();
  for await (const chunk of git.stream(COMMAND, { input: toInput(commits) })) yield parser.feed(chunk);
  parser.finish();
}

/** The same for a few commits, while nothing else runs here. */
export async function diffTreeAtOnce(git: Git, commits: readonly string[]): Promise<readonly RawEntry[]> {
  const { stdout } = await git.run(COMMAND, { input: toInput(commits) });
  return parseRaw(stdout);
}

function toInput(commits: readonly string[]): string {
  return `${commits.join('\n')}\n`;
}
