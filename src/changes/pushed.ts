import { UserError } from '../user-error.js';
import type { ReadOptions } from './blob-changes.js';
import type { ChangeOrSkip } from './change.js';
import type { History } from './commits.js';
import type { Git } from './git.js';
import { toEvidence } from './git-failure.js';
import { historyChanges } from './history.js';
import { pathText } from './path-text.js';
import { isZero, shortName, type Tip, toRefName } from './tip.js';
import { trackedOids } from './tracked.js';

export interface PushedOptions extends ReadOptions {
  /** The hook's first argument: the remote's name, or its address where it has none. */
  readonly remoteName: string;
  /** The hook's second argument. */
  readonly remoteUrl: string;
  /** All that git writes to the hook's standard input. */
  readonly lines: Buffer;
  /** True where the lines do not come from git, and the zeros in them say nothing of the remote. */
  readonly isRemoteUnknown?: boolean | undefined;
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
  const { remoteName, remoteUrl, isRemoteUnknown = false, onEntry, onCommits } = options;
  const absent = new Set(isRemoteUnknown ? [] : refs.flatMap((ref) => (isZero(ref.remoteOid) ? [ref.remoteRef] : [])));
  const known = [...remoteOids, ...(await trackedOids(git, { remoteName, remoteUrl, absent }))];
  const areBranches = refs.every(({ remoteRef }) => remoteRef.startsWith('refs/heads/'));
  const grafted = (await git.hasGrafts()) ? await graftedTips(git, tips, known) : [];
  const all = [...tips, ...grafted];
  yield* historyChanges(git, { tips: all, known, areCommits: areBranches, onEntry, onCommits }, options);
}

/** git goes by grafts when it gathers what to send, so it sends along what no commit leads to by itself. */
async function graftedTips(git: Git, tips: readonly Tip[], known: readonly string[]): Promise<readonly Tip[]> {
  const input = [...tips.map(({ oid }) => oid), ...known.map((oid) => `^${oid}`), ''].join('\n');
  const { stdout } = await git.run(['rev-list', '--ignore-missing', '--stdin'], { input, isGrafted: true });
  const oids = stdout.toString('latin1').split(/\r?\n/).filter(Boolean);
  return oids.map((oid) => ({ oid, name: oid }));
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
