import { nameChange, readBlobs, type SizeLimits } from './blob-changes.js';
import type { ObjectSize } from './cat-file.js';
import type { Change, ChangeOrSkip } from './change.js';
import type { Git } from './git.js';
import type { RawEntry } from './raw-diff.js';
import { peelTip, type Tip } from './tip.js';
import { listTree } from './tree.js';

/** A part of the history: what can be reached from the tips and not from what is known. */
export interface History {
  readonly tips: readonly Tip[];
  /** Ids of what the other side has. Those that do not exist here are left out. */
  readonly known: readonly string[];
  /** True where the tips are most likely new commits: then one git lists them, and only if they are not, more are asked. */
  readonly areCommits?: boolean;
  /** True leaves out whatever a ref of this repository leads to as well. */
  readonly isOutsideRefs?: boolean;
  /** Leaves out commits that were made before this time, in seconds. */
  readonly sinceSeconds?: number;
  /** Is told which commits there are, oldest first, before they are read. */
  readonly onCommits?: ((commits: readonly string[]) => void) | undefined;
  /** Is told every path that a commit changes, in the same order. */
  readonly onEntry?: ((entry: RawEntry) => void) | undefined;
}

/**
 * The commits of a part of the history, oldest first, where all tips are among them; else null, and nothing is known.
 * What is not here is left out of both.
 */
export async function newCommits(git: Git, history: History): Promise<readonly string[] | null> {
  const tips = history.tips.map(({ oid }) => oid);
  const input = [...tips, ...history.known.map((oid) => `^${oid}`), ''].join('\n');
  const args = ['rev-list', '--topo-order', '--reverse', '--ignore-missing', '--stdin'];
  // Exit code 128: something is wrong with an id, or behind it. Who asks for each by itself finds out.
  const { code, stdout } = await git.run(args, { input, okCodes: [0, 128] });
  if (code !== 0) return null;
  const commits = stdout.toString('latin1').split(/\r?\n/).filter(Boolean);
  const listed = new Set(commits);
  return tips.every((oid) => listed.has(oid)) ? commits : null;
}

/**
 * Gives the commits of a part of the history, oldest first, and before them yields what else is new: names of refs, the
 * messages of tags, and what they name that is no commit.
 */
export async function* commitsOf(
  git: Git,
  history: History,
  limits: Required<SizeLimits>,
): AsyncGenerator<ChangeOrSkip, readonly string[]> {
  const objects = await git.catFile().sizes([...history.tips.map((tip) => tip.oid), ...history.known]);
  const commits: string[] = [];
  for (const tip of history.tips) {
    yield* refNames([tip]);
    const { messages, oid, type } = await peelTip(git, tip, objects.get(tip.oid)?.type);
    yield* messages;
    if (type === 'commit') commits.push(oid);
    else if (type === 'tree') yield* readBlobs(git, await listTree(git, oid), limits);
    else {
      const blob = { path: tip.name, kind: 'file', oid, commit: null, before: [], hasOldPath: true } as const;
      yield* readBlobs(git, [blob], limits);
    }
  }
  return commits.length === 0 ? [] : listCommits(git, commits, { history, objects });
}

/** The names of refs that are new to the other side. */
export function refNames(tips: readonly Tip[]): readonly Change[] {
  return tips.flatMap(({ refName }) => (refName === undefined ? [] : [nameChange(refName, 'ref', null)]));
}

/** What rev-list can leave out: a known blob or tree has no history, and an unknown id would stop it. */
function knownCommits(history: History, objects: ReadonlyMap<string, ObjectSize>): string[] {
  return history.known.filter((oid) => ['commit', 'tag'].includes(objects.get(oid)?.type ?? ''));
}

interface Wanted {
  readonly history: History;
  readonly objects: ReadonlyMap<string, ObjectSize>;
}

async function listCommits(git: Git, tips: readonly string[], { history, objects }: Wanted): Promise<string[]> {
  const { sinceSeconds } = history;
  const args = [
    'rev-list',
    '--topo-order', // parents before their children, …
    '--reverse', // … so that a finding names the commit that brought it
    ...(sinceSeconds === undefined ? [] : ['--timestamp']), // git's own --since stops where a clock was wrong
    '--stdin', // any number of refs
    ...(history.isOutsideRefs === true ? ['--not', '--all'] : []),
  ];
  const input = [...tips, ...knownCommits(history, objects).map((oid) => `^${oid}`), ''].join('\n');
  const { stdout } = await git.run(args, { input });
  const lines = stdout.toString('latin1').split(/\r?\n/).filter(Boolean);
  if (sinceSeconds === undefined) return lines;
  const pairs = lines.map((line) => line.split(' '));
  return pairs.flatMap(([seconds, oid]) => (oid !== undefined && Number(seconds) >= sinceSeconds ? [oid] : []));
}
