import { tooLarge, withDefaults } from './blob-changes.js';
import type { Answer } from './cat-file-answer.js';
import type { ChangeOrSkip } from './change.js';
import type { Git } from './git.js';
import { missingObject } from './git-failure.js';
import { messagesOf } from './tip.js';

/** The message of a commit, and the texts of its header unless they were `seen`; `commit` is what git answered. */
export function commitTexts(commit: Answer, oid: string, seen: Set<string>): readonly ChangeOrSkip[] {
  if (commit === null) throw missingObject(oid);
  if (commit.bytes === null) return [tooLarge('commit message', withDefaults({}).wholeBytes)];
  return messagesOf(commit.bytes, { path: 'commit message', what: 'commit', oid }, seen);
}

/** Asks for commits whose texts will be read soon. */
export function prefetchCommits(git: Git, commits: readonly string[]): void {
  git.catFile().prefetch(commits, { maxBytes: withDefaults({}).wholeBytes });
}

/** The texts of many commits, in their order. */
export async function* readCommitTexts(git: Git, commits: readonly string[]): AsyncGenerator<ChangeOrSkip> {
  const seen = new Set<string>();
  let index = 0;
  for await (const object of git.catFile().readAll(commits, { maxBytes: withDefaults({}).wholeBytes })) {
    for (const text of commitTexts(object, commits[index] ?? '', seen)) yield text;
    index += 1;
  }
}
