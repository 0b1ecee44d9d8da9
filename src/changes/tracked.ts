import type { Git } from './git.js';

/** A push, as far as it tells what the remote has. */
export interface Pushing {
  /** The remote's name, or its address where it has none. */
  readonly remoteName: string;
  readonly remoteUrl: string;
  /** The refs that the remote does not have, as it says itself. */
  readonly absent: ReadonlySet<string>;
}

/** A remote-tracking ref. */
interface TrackingRef {
  readonly name: string;
  readonly oid: string;
  /** The ref that it stands for, where it is symbolic; else empty. */
  readonly target: string;
}

/** Which refs of a remote are kept under which names here: `refs/heads/*` as `refs/remotes/origin/*`. */
interface Mapping {
  readonly remote: string;
  readonly theirs: string;
  readonly ours: string;
}

/**
 * What the remote had when it was last fetched from or pushed to. What it says itself weighs more: a branch that it does
 * not have is no sign of what it has. Where that is its main branch, the address leads to another repository by now, or
 * to an emptied one, and no branch is. A symbolic ref adds nothing, and may name a branch of our own.
 */
export async function trackedOids(git: Git, pushing: Pushing): Promise<readonly string[]> {
  const refs = await readTrackingRefs(git);
  const { remoteName, absent } = pushing;
  const usual = [usualMapping(remoteName)];
  // With one remote, as nearly everybody has, there is no need to ask for others. One below it would have longer names.
  const isPlain = refs.every(({ name }) => ownersOf(name, usual).length > 0 && name.split('/').length === 4);
  const { names, mappings } = isPlain ? { names: new Set([remoteName]), mappings: usual } : await remotes(git, pushing);
  const isOfRemote = (owners: readonly Mapping[]): boolean =>
    owners.length > 0 && owners.every(({ remote }) => names.has(remote));
  const isAbsent = (name: string): boolean =>
    ownersOf(name, mappings).some((owner) => absent.has(toTheirs(name, owner)));
  const own = refs.filter(({ name }) => isOfRemote(ownersOf(name, mappings)));
  if (own.some(({ name, target }) => name.endsWith('/HEAD') && isAbsent(target))) return [];
  return own.filter(({ name, target }) => target === '' && !isAbsent(name)).map(({ oid }) => oid);
}

async function readTrackingRefs(git: Git): Promise<readonly TrackingRef[]> {
  const { stdout } = await git.run(['for-each-ref', '--format=%(objectname) %(refname) %(symref)', 'refs/remotes/']);
  return stdout
    .toString()
    .split(/\r?\n/)
    .flatMap((line) => {
      const [oid = '', name = '', target = ''] = line.split(' ');
      return oid === '' ? [] : [{ oid, name, target }];
    });
}

/** The remotes that the push goes to, and what is kept of every remote. A push to an address counts for all that have it. */
async function remotes(
  git: Git,
  { remoteName, remoteUrl }: Pushing,
): Promise<{ readonly names: ReadonlySet<string>; readonly mappings: readonly Mapping[] }> {
  const names = new Set([remoteName]);
  const all = new Set([remoteName]);
  const mappings: Mapping[] = [];
  // Exit code 1: no remote is set up.
  const pattern = '^remote\\..*\\.(url|pushurl|fetch)$';
  const { stdout } = await git.run(['config', '-z', '--get-regexp', pattern], { okCodes: [0, 1] });
  for (const setting of stdout.toString().split('\0')) {
    const [, remote, key, value = ''] = /^remote\.(.*)\.(url|pushurl|fetch)\n(.*)$/.exec(setting) ?? [];
    if (remote === undefined) continue;
    all.add(remote);
    if (key === 'fetch') mappings.push(...toMapping(remote, value));
    else if (value === remoteUrl || value === remoteName) names.add(remote);
  }
  return { names, mappings: [...mappings, ...[...all].map(usualMapping)] };
}

function usualMapping(remote: string): Mapping {
  return { remote, theirs: 'refs/heads/*', ours: `refs/remotes/${remote}/*` };
}

/** `+refs/heads/*:refs/remotes/origin/*`. One that leads elsewhere tells nothing: our own branches lie there, too. */
function toMapping(remote: string, refspec: string): readonly Mapping[] {
  const [theirs = '', ours = ''] = refspec.replace(/^\+/, '').split(':');
  return ours.startsWith('refs/remotes/') ? [{ remote, theirs, ours }] : [];
}

/** Those that say most exactly what this ref is kept of: the ref of `origin/x` also has a name as of `origin`. */
function ownersOf(name: string, mappings: readonly Mapping[]): readonly Mapping[] {
  const fitting = mappings.filter(({ ours }) => {
    const [start, end] = halves(ours);
    return end === undefined
      ? name === ours
      : name.length > start.length + end.length && name.startsWith(start) && name.endsWith(end);
  });
  const longest = Math.max(...fitting.map(({ ours }) => halves(ours)[0].length));
  return fitting.filter(({ ours }) => halves(ours)[0].length === longest);
}

function toTheirs(name: string, { theirs, ours }: Mapping): string {
  const [start, end = ''] = halves(ours);
  const [theirStart, theirEnd] = halves(theirs);
  return theirEnd === undefined
    ? theirStart
    : theirStart + name.slice(start.length, name.length - end.length) + theirEnd;
}

/** A pattern around its star; only the first half where it has none. */
function halves(pattern: string): readonly [string, string?] {
  const star = pattern.indexOf('*');
  return star < 0 ? [pattern] : [pattern.slice(0, star), pattern.slice(star + 1)];
}
