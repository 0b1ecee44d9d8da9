import { readHeadEnd, readPushedEnds, withTags } from './changes/branch-ends.js';
import type { Git } from './changes/git.js';
import type { PushedRef } from './changes/pushed.js';
import type { ReceivedRef } from './changes/received.js';
import { shortName } from './changes/tip.js';
import { explainFindings } from './explain-findings.js';
import type { Finding } from './finding.js';

/** What a push would give away: how it can be mended here, before it is pushed again. */
export async function explainPush(
  git: Git,
  refs: readonly PushedRef[],
  findings: readonly Finding[],
): Promise<readonly Finding[]> {
  const ends = await readPushedEnds(git, refs);
  return explainFindings(git, findings, { ends, exposureOfRest: 'local', isRemovalSought: true, known: '--remotes' });
}

/** What a push brings to a server. Whoever pushed has most likely checked out what was pushed. */
export async function explainReceived(
  git: Git,
  refs: readonly ReceivedRef[],
  findings: readonly Finding[],
): Promise<readonly Finding[]> {
  const heads = refs.filter(({ ref }) => ref.startsWith('refs/heads/'));
  const branches = heads.map(({ ref, newOid }) => ({ oid: newOid, branch: shortName(ref), isCheckedOut: true }));
  const tags = refs.map(({ ref, newOid }) => ({ ref, oid: newOid }));
  const ends = await withTags(git, { ends: branches, tags, head: null });
  return explainFindings(git, findings, { ends, exposureOfRest: 'local', isRemovalSought: true, known: '--all' });
}

/** What stands in the history: only what no remote has can still be mended without anybody noticing. */
export async function explainHistory(git: Git, findings: readonly Finding[]): Promise<readonly Finding[]> {
  const { topLevel } = await git.facts();
  const head = await readHeadEnd(git);
  const explained = await explainFindings(git, findings, {
    ends: head === null ? [] : [head],
    exposureOfRest: 'unknown',
    isRemovalSought: false,
    known: '--remotes',
  });
  // A repository without a work tree is a server's or a mirror: whoever reads it has what it holds.
  if (topLevel !== null) return explained;
  return explained.map(({ repair: _, ...finding }) => ({ ...finding, exposure: 'unknown' }));
}

/** What a CI system was given to build: its host has it all, and whoever may read there has seen it. */
export async function explainBuild(git: Git, findings: readonly Finding[]): Promise<readonly Finding[]> {
  const explained = await explainFindings(git, findings, {
    ends: [],
    exposureOfRest: 'remote',
    isRemovalSought: false,
    known: '--remotes',
  });
  return explained.map((finding) => ({ ...finding, exposure: 'remote' }));
}
