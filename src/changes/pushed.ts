import { UserError } from '../user-error.js';
import type { ReadOptions } from './blob-changes.js';
import type { ChangeOrSkip } from './change.js';
import type { History } from './commits.js';
import type { Git } from './git.js';
import { toEvidence } from './git-failure.js';
import { historyChanges } from './history.js';
import { pathText } from './path-text.js';
import { shortName, type Tip, toRefName } from './tip.js';

export interface PushedOptions extends ReadOptions {
  /** The hook's first argument: the remote's name, or its address where it has none. */
  readonly remoteName: string;
  /** The hook's second argument. */
  readonly remoteUrl: string;
  /** All that git writes to the hook's standard input. */
  readonly lines: Buffer;
  readonly onEntry?: History['onEntry'];
  readonly onCommits?: History['onCommits'];
}

/** Everything that a push would give to a remote which does not have it yet, whichever refs are pushed. */
export async function* pushedChanges(git: Git, options: PushedOptions): AsyncGenerator<ChangeOrSkip> {
  const refs = parsePushLines(options.lines).filter((ref) => !isZero(ref.localOid));
  if (refs.length === 0) return; // only deletions, or nothing to push
  const tips = refs.map(
    ({ localOid, remoteRef, remoteOid }): Tip => ({
      oid: localOid,
      name: shortName(remoteRef),
      ...(isZero(remoteOid) ? { refName: toRefName(remoteRef) } : {}),
    }),
  );
  const remoteOids = refs.map((ref) => ref.remoteOid).filter((oid) => !isZero(oid));
  const known = [...remoteOids, ...(await trackedOids(git, options))];
  const areBranches = refs.every(({ remoteRef }) => remoteRef.startsWith('refs/heads/'));
  const { onEntry, onCommits } = options;
  yield* historyChanges(git, { tips, known, areCommits: areBranches, onEntry, onCommits }, options);
}

/** A line of pre-push's input. */
export interface PushedRef {
  readonly localRef: string;
  readonly localOid: string;
  readonly remoteRef: string;
  readonly remoteOid: string;
}

/**
 * Parses what git writes to `pre-push`, one line for each ref; an id of zeros means that there is none:
 *
 *     refs/heads/main 67890… refs/heads/main 12345…
 *     (delete) 00000… refs/heads/old 12345…
 *     HEAD^{/a word} 67890… refs/heads/topic 00000…
 */
export function parsePushLines(input: Buffer): PushedRef[] {
  const lines = pathText(input).split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => {
    const [, localRef, localOid, remoteRef, remoteOid] =
      /^(.+) ([0-9a-f]{40,64}) (\S+) ([0-9a-f]{40,64})$/.exec(line) ?? [];
    if (localRef && localOid && remoteRef && remoteOid) return { localRef, localOid, remoteRef, remoteOid };
    throw new UserError(
      'Could not tell what is being pushed: a line that came from git is not understood.',
      'Check that the pre-push hook hands on its standard input as git wrote it.',
      { cause: toEvidence(line) },
    );
  });
}

/** What the remote had when it was last fetched from or pushed to. */
async function trackedOids(git: Git, options: PushedOptions): Promise<string[]> {
  const { stdout } = await git.run(['for-each-ref', '--format=%(objectname) %(refname)', 'refs/remotes/']);
  const refs = stdout
    .toString()
    .split(/\r?\n/)
    .map((line) => /^(\w+) refs\/remotes\/(.*)$/.exec(line))
    .flatMap((match) => (match?.[1] && match[2] ? [{ oid: match[1], name: match[2] }] : []));
  const isOf = (names: readonly string[]) => (ref: { readonly name: string }) =>
    names.some((name) => ref.name.startsWith(`${name}/`));
  // With one remote, as nearly everybody has, there is no need to ask which others have the same address.
  const names = refs.every(isOf([options.remoteName])) ? [options.remoteName] : await remoteNames(git, options);
  return refs.filter(isOf(names)).map(({ oid }) => oid);
}

/** The remote's name; a push to an address counts for every remote that has this address. */
async function remoteNames(git: Git, { remoteName, remoteUrl }: PushedOptions): Promise<string[]> {
  const names = new Set([remoteName]);
  // Exit code 1: no remote is set up.
  const pattern = '^remote\\..*\\.(url|pushurl)$';
  const { stdout } = await git.run(['config', '-z', '--get-regexp', pattern], { okCodes: [0, 1] });
  for (const setting of stdout.toString().split('\0')) {
    const [, name, url] = /^remote\.(.*)\.(?:push)?url\n(.*)$/s.exec(setting) ?? [];
    if (name !== undefined && (url === remoteUrl || url === remoteName)) names.add(name);
  }
  return [...names];
}

/** An object id of any length that stands for "none". */
export function isZero(oid: string): boolean {
  return /^0+$/.test(oid);
}
