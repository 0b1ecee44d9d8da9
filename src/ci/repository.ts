import { isShallow } from '../changes/borders.js';
import type { Git } from '../changes/git.js';
import { resolveHead } from '../changes/tip.js';
import { UserError } from '../user-error.js';

/** What the checkout of a build holds. */
export interface Checkout {
  readonly git: Git;
  readonly head: string;
  readonly headParents: readonly string[];
  /** By whole name, such as `refs/remotes/origin/main`. Names that a build tells are only ever compared with these. */
  readonly refs: ReadonlyMap<string, string>;
  /** The default branch of the remote, where the clone has noted it. */
  readonly remoteDefault: string | undefined;
  readonly isShallow: boolean;
}

const ORIGIN = 'refs/remotes/origin/';

/** Looks at what is checked out. */
export async function readCheckout(git: Git): Promise<Checkout> {
  const head = await resolveHead(git);
  if (head === null) {
    throw new UserError('There is nothing to scan: no commit is checked out.', 'Check out the commit of this build.');
  }
  const { stdout: parents } = await git.run(['rev-list', '--parents', '--no-walk', head]);
  const { stdout } = await git.run(['for-each-ref', '--format=%(objectname) %(refname) %(symref)']);
  const lines = stdout.toString().split(/\r?\n/).filter(Boolean);
  const refs = lines.map((line) => line.split(' '));
  const [, , target] = refs.find(([, name]) => name === `${ORIGIN}HEAD`) ?? [];
  return {
    git,
    head,
    headParents: parents.toString().trim().split(' ').slice(1),
    refs: new Map(refs.map(([oid = '', name = '']) => [name, oid])),
    remoteDefault: target?.startsWith(ORIGIN) === true ? target.slice(ORIGIN.length) : undefined,
    isShallow: await isShallow(git),
  };
}

/** The end of a branch of the remote, as far as it was fetched. */
export function remoteBranch({ refs }: Checkout, name: string | undefined): string | undefined {
  return name === undefined ? undefined : refs.get(ORIGIN + name);
}

/** The other branches of the remote, except those that lead to what is checked out: they are as new as it is. */
export async function olderBranches({ git, head }: Checkout, name: string | undefined): Promise<string[]> {
  const { stdout } = await git.run([
    'for-each-ref',
    '--format=%(objectname) %(refname)',
    `--no-contains=${head}`,
    ORIGIN,
  ]);
  const own = name === undefined ? undefined : ORIGIN + name;
  const lines = stdout.toString().split(/\r?\n/).filter(Boolean);
  return lines.map((line) => line.split(' ')).flatMap(([oid = '', ref]) => (ref === own ? [] : [oid]));
}

/** The commits among these ids. A few first digits are completed, but never looked up as the name of a branch. */
export async function presentCommits({ git, head }: Checkout, ids: readonly string[]): Promise<string[]> {
  const whole: string[] = [];
  for (const id of ids) {
    if (id.length === head.length) whole.push(id);
    else
      whole.push(
        ...(await git.run(['rev-parse', `--disambiguate=${id}`])).stdout.toString().split(/\s+/).filter(Boolean),
      );
  }
  if (whole.length === 0) return [];
  const objects = await git.catFile().sizes(whole);
  return whole.filter((id) => objects.get(id)?.type === 'commit');
}
