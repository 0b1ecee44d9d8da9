import { UserError } from '../user-error.js';
import type { History } from './commits.js';
import type { Git } from './git.js';
import { toEvidence } from './git-failure.js';
import { isZero, resolveHead, shortName, type Tip, toRefName } from './tip.js';

/** The commits of `A..B`: what B leads to and A does not. A single commit stands for itself alone. */
export async function toRangeHistory(git: Git, range: string): Promise<History> {
  if (range.includes('...')) {
    throw new UserError(
      'scan --range takes two dots: three would count the commits of both sides.',
      'Write A..B for what B adds to A. Where they have parted, that is what counts as well.',
    );
  }
  const [from, to, ...rest] = range.split('..');
  if (rest.length > 0 || from === undefined || range === '..') throw notARange();
  if (to === undefined) return toOneCommit(git, from);
  const tip = await resolve(git, to || 'HEAD');
  // What a server calls the end of a branch that was not there before.
  const known = isZero(from) && from.length >= 40 ? [] : [await resolve(git, from || 'HEAD')];
  return { tips: [{ oid: tip, name: to || 'HEAD' }], known };
}

/** The commits that refs lead to: of all of them and of what is checked out anywhere, or of one branch or tag. */
export async function toWholeHistory(git: Git, branch: string | undefined): Promise<History> {
  const refs = await listRefs(git);
  if (branch !== undefined) return { tips: [findBranch(refs, branch)], known: [] };
  const heads = new Set([(await resolveHead(git)) ?? [], await listHeads(git)].flat());
  const tips = refs.map(({ ref, oid, name }) => ({ oid, name, refName: toRefName(ref) }));
  return { tips: [...tips, ...[...heads].map((oid) => ({ oid, name: 'HEAD' }))], known: [] };
}

/** What the work trees of this repository have checked out: no branch need lead to it. */
async function listHeads(git: Git): Promise<readonly string[]> {
  const { stdout } = await git.run(['worktree', 'list', '--porcelain']);
  const heads = [...stdout.toString('latin1').matchAll(/^HEAD ([0-9a-f]{40,64})\r?$/gm)];
  return heads.flatMap(([, oid]) => (oid === undefined || isZero(oid) ? [] : [oid]));
}

/** The commits of all branches and tags that no branch of a remote leads to. */
export async function toUnpushedHistory(git: Git): Promise<History> {
  const { tips } = await toWholeHistory(git, undefined);
  const remote = (await listRefs(git)).filter(({ ref }) => ref.startsWith('refs/remotes/'));
  return { tips, known: remote.map(({ oid }) => oid) };
}

async function listRefs(git: Git): Promise<readonly NamedTip[]> {
  const { stdout } = await git.run(['for-each-ref', '--format=%(objectname) %(refname)']);
  return stdout
    .toString()
    .split(/\r?\n/)
    .flatMap((line) => toNamedTip(line) ?? []);
}

/**
 * The value of `--since`, in seconds: a day, which counts from its beginning, or a time on it. Without a zone it is
 * meant where this machine is, as in git. But git would take any word, and mean "now" by it.
 */
export function toSinceSeconds(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const [, day] = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?)?$/.exec(text) ?? [];
  // A day without a time would be read as one of UTC.
  const time = day !== undefined && isDay(day) ? Date.parse(text === day ? `${day}T00:00` : text) : Number.NaN;
  if (!Number.isNaN(time)) return Math.floor(time / 1000);
  throw new UserError('scan --since does not know this date.', 'Write it like this: --since 2026-11-20');
}

/** The 30th of February is none, though it could be read as the 2nd of March. */
function isDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}

async function toOneCommit(git: Git, name: string): Promise<History> {
  const commit = await resolve(git, name, '^{commit}');
  const { stdout } = await git.run(['rev-list', '--parents', '--no-walk', commit]);
  const [, ...parents] = stdout.toString().trim().split(' ');
  // A tag has a message of its own.
  return { tips: [{ oid: await resolve(git, name), name }], known: parents };
}

async function resolve(git: Git, name: string, peel = ''): Promise<string> {
  if (name === '' || name.startsWith('-')) throw notARange();
  // 128: what it names in that commit is not there.
  const { code, stdout } = await git.run(['rev-parse', '--verify', '--quiet', `${name}${peel}`], {
    okCodes: [0, 1, 128],
  });
  const oid = stdout.toString().trim();
  // An id is taken at its word by git, whether there is such an object or not.
  const types = code === 0 ? await git.catFile().sizes([oid]) : new Map();
  const type = types.get(oid)?.type;
  if (type === 'commit' || type === 'tag') return oid;
  throw new UserError(
    'scan --range names a commit that is not here.',
    'Check the name. In a shallow clone, run "git fetch --unshallow" first.',
    { cause: toEvidence(name) },
  );
}

interface NamedTip extends Tip {
  readonly ref: string;
}

function toNamedTip(line: string): NamedTip | undefined {
  const [, oid, ref] = /^([0-9a-f]+) (.+)$/.exec(line) ?? [];
  return oid === undefined || ref === undefined ? undefined : { oid, ref, name: shortName(ref) };
}

function findBranch(refs: readonly NamedTip[], branch: string): Tip {
  // The last but one: "git branch --all" writes remotes/origin/main.
  const names = [`refs/heads/${branch}`, `refs/remotes/${branch}`, `refs/tags/${branch}`, `refs/${branch}`, branch];
  const found = names.map((name) => refs.find(({ ref }) => ref === name)).find((ref) => ref !== undefined);
  if (found !== undefined) return { oid: found.oid, name: found.name, refName: toRefName(found.ref) };
  throw new UserError('scan --branch names no branch that is here.', 'Run "git branch --all" to see which there are.');
}

function notARange(): UserError {
  return new UserError(
    'scan --range does not know this range.',
    'Write A..B, or one commit: --range origin/main..HEAD',
  );
}
