import { requireWholeHistory } from '../changes/borders.js';
import type { History } from '../changes/commits.js';
import type { Git } from '../changes/git.js';
import type { Tip } from '../changes/tip.js';
import { UserError } from '../user-error.js';
import type { Build, CiSystem } from './build.js';
import { type Checkout, olderBranches, presentCommits, readCheckout, remoteBranch } from './repository.js';

/** The commits of a build, and how they came to be chosen. */
export interface BuildRange {
  readonly history: History;
  /** The commit whose rules those of the build are compared with. */
  readonly before: string | undefined;
  readonly commitCount: number;
  /** What the build is: `merge request`. */
  readonly what: string;
  /** Which commits were chosen, where that is not plain: `all that main does not have`. */
  readonly which: string | undefined;
  /** What has to be known besides. */
  readonly notes: readonly string[];
}

/** What is known already, and why. */
interface Known {
  readonly ids: readonly string[];
  readonly which?: string;
  readonly notes?: readonly string[];
}

/** What the range is worked out from. */
export interface Request {
  readonly system: CiSystem;
  readonly build: Build;
  /** The default branch, where the user names it. */
  readonly defaultBranch?: string | undefined;
}

/** The commits that a build is about. When they cannot be told for sure, that is a UserError, and never an empty range. */
export async function toBuildRange(git: Git, request: Request): Promise<BuildRange> {
  const { build, system } = request;
  const checkout = await readCheckout(git);
  const told = await presentCommits(checkout, build.tips);
  if (told.length < build.tips.length) throw tooShallow(checkout, system, 'A commit of this build is not here');
  const known = await toKnown(checkout, request);
  const history: History = { tips: toTips(checkout, build, told), known: known.ids };
  return {
    history,
    before: known.ids[0],
    commitCount: await requireWholeHistory(git, history, system.deepen),
    what: describe(build, system),
    which: known.which,
    notes: known.notes ?? [],
  };
}

async function toKnown(checkout: Checkout, request: Request): Promise<Known> {
  const { build, system } = request;
  const bases = await presentCommits(checkout, build.bases);
  if (build.kind === 'change') return toTarget(checkout, request, bases);
  if (bases.length > 0) return { ids: bases };
  if (build.bases.length === 0) return withoutBefore(checkout, request);
  if (checkout.isShallow) throw tooShallow(checkout, system, 'The commit before this push is not here');
  const { ids, which } = await withoutBefore(checkout, request);
  const note = `the commit before this push is not here, as after a forced push; scanned is ${which}`;
  return { ids, notes: [note] };
}

/** All that the target branch has, as far as it is here. */
function toTarget(checkout: Checkout, { build, system }: Request, bases: readonly string[]): Known {
  const { headParents } = checkout;
  // Of a merge that the system made of the change and its target, the other parent is the target's.
  const isMerge = headParents.length > 1 && headParents.some((parent) => build.tips.includes(parent));
  const merged = isMerge ? headParents.filter((parent) => !build.tips.includes(parent)) : [];
  const target = remoteBranch(checkout, build.target);
  const ids = [...new Set([...bases, ...merged, ...(target === undefined ? [] : [target])])];
  if (ids.length > 0) return { ids };
  if (checkout.isShallow) throw tooShallow(checkout, system, `The target branch of this ${system.change} is not here`);
  const variable = `$${system.targetVariable}`;
  throw new UserError(
    `Could not tell which commits to scan: the target branch of this ${system.change} is not here.`,
    `Fetch it before this step: git fetch origin "+refs/heads/${variable}:refs/remotes/origin/${variable}"`,
  );
}

/**
 * What is new where nobody says what was there before. Branches that are pushed at the same time would hide each other's
 * commits, so that it is the default branch alone that counts, where it is known.
 */
async function withoutBefore(checkout: Checkout, request: Request): Promise<Known & { readonly which: string }> {
  const { build, system, defaultBranch } = request;
  const name = defaultBranch ?? build.defaultBranch ?? checkout.remoteDefault;
  const isUnnamed = build.tag === undefined && build.branch === undefined;
  if (isUnnamed || (name !== undefined && name === build.branch)) return { ids: [], which: 'all of its history' };
  const end = remoteBranch(checkout, name);
  if (end !== undefined) return { ids: [end], which: 'all that the default branch does not have' };
  if (defaultBranch !== undefined) throw tooShallow(checkout, system, 'The branch of --default-branch is not here');
  const others = await olderBranches(checkout, build.branch);
  if (others.length === 0) return { ids: [], which: 'all of its history' };
  return { ids: others, which: 'all that no other branch of the remote has' };
}

function toTips({ head, refs }: Checkout, build: Build, told: readonly string[]): Tip[] {
  const { kind, tag, branch } = build;
  const tagged = tag === undefined ? undefined : refs.get(`refs/tags/${tag}`);
  // The name of a branch is scanned where it is new: in a change, and in the first push.
  const isNew = kind === 'change' || (kind === 'push' && build.bases.length === 0);
  const refName = tag !== undefined ? `tag ${tag}` : isNew && branch !== undefined ? `branch ${branch}` : undefined;
  const first: Tip = { oid: tagged ?? head, name: tag ?? 'HEAD', ...(refName === undefined ? {} : { refName }) };
  const others = [...new Set([head, ...told])].filter((oid) => oid !== first.oid);
  return [first, ...others.map((oid) => ({ oid, name: 'HEAD' }))];
}

function describe({ kind }: Build, { change }: CiSystem): string {
  if (kind === 'change') return change;
  return kind === 'run' ? 'scheduled or manual run' : kind;
}

function tooShallow({ isShallow }: Checkout, { deepen }: CiSystem, what: string): UserError {
  const why = isShallow ? 'the checkout is shallow' : 'it was not fetched';
  const next = isShallow ? deepen : `Check out the commit of this build, and all branches. ${deepen}`;
  return new UserError(`Could not tell which commits to scan. ${what}: ${why}.`, next);
}
