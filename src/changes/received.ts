import { UserError } from '../user-error.js';
import type { History } from './commits.js';
import type { Git } from './git.js';
import { toEvidence } from './git-failure.js';
import { pathText } from './path-text.js';
import { isZero, resolveHead, shortName, toRefName } from './tip.js';

/** A line of pre-receive's input. */
export interface ReceivedRef {
  readonly oldOid: string;
  readonly newOid: string;
  readonly ref: string;
}

/**
 * Parses what git writes to `pre-receive`, one line for each ref; an id of zeros means that there is none:
 *
 *     12345… 67890… refs/heads/main
 *     12345… 00000… refs/heads/old
 *
 * Git never calls the hook without a line: none means that something on the way has taken them, and nothing was scanned.
 */
export function parseReceivedLines(input: Buffer): ReceivedRef[] {
  const lines = pathText(input).split('\n');
  if (lines.at(-1) === '') lines.pop();
  if (lines.length === 0) throw notUnderstood('there is no line');
  return lines.map((line) => {
    const [, oldOid, newOid, ref] = /^([0-9a-f]{40,64}) ([0-9a-f]{40,64}) (refs\/\S+)$/.exec(line) ?? [];
    if (oldOid && newOid && ref) return { oldOid, newOid, ref };
    throw notUnderstood(line);
  });
}

/** What the refs would bring into this repository: all that no ref leads to yet. */
export function toReceivedHistory(refs: readonly ReceivedRef[]): History {
  const tips = refs
    .filter(({ newOid }) => !isZero(newOid))
    .map(({ oldOid, newOid, ref }) => ({
      oid: newOid,
      name: shortName(ref),
      ...(isZero(oldOid) ? { refName: toRefName(ref) } : {}),
    }));
  return { tips, known: [], isOutsideRefs: true };
}

/** The commit whose rules count: what the push makes of the default branch, else that branch as it is; null for none. */
export async function findRulesCommit(git: Git, refs: readonly ReceivedRef[]): Promise<string | null> {
  // Exit code 1: HEAD names a commit and no branch.
  const { stdout } = await git.run(['symbolic-ref', '--quiet', 'HEAD'], { okCodes: [0, 1] });
  const pushed = refs.find(({ ref, newOid }) => ref === stdout.toString().trim() && !isZero(newOid));
  return pushed?.newOid ?? resolveHead(git);
}

function notUnderstood(line: string): UserError {
  return new UserError(
    'Could not tell what is being pushed: a line that came from git is not understood.',
    'Check that the pre-receive hook hands on its standard input as git wrote it.',
    { cause: toEvidence(line) },
  );
}
