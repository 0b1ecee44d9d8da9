import type { BranchEnd } from './changes/branch-ends.js';
import { type CommitGraph, descendantsOf } from './changes/commit-graph.js';
import type { Trail } from './changes/removals.js';
import type { Finding, Repair } from './finding.js';

export interface Mending {
  readonly graph: CommitGraph;
  readonly ends: readonly BranchEnd[];
  /** The commits with a finding, and all that build upon them. */
  readonly bad: ReadonlySet<string>;
  /** The merges among them that a rebase might not make again as they are. */
  readonly odd: ReadonlySet<string>;
}

/** How the commit of a finding can be mended, or null where no branch leads to it that could be rewritten. */
export function toRepair(
  { commit }: Finding,
  trail: Readonly<Trail> | undefined,
  { graph, ends, bad, odd }: Mending,
): Repair | null {
  const parents = commit === null ? undefined : graph.get(commit);
  if (commit === null || parents === undefined) return null;
  const reached = descendantsOf(graph, commit);
  const leading = trail?.removal === undefined ? reached : descendantsOf(graph, trail.removal.commit);
  const reachable = ends.filter(({ oid }) => leading.has(oid));
  const end = reachable.find(({ isCheckedOut }) => isCheckedOut) ?? reachable[0];
  if (end === undefined) return null;
  return {
    isLast: end.oid === commit,
    isRoot: parents.length === 0,
    isMerge: parents.length > 1,
    hasMergeAfter: [...reached].some((oid) => oid !== commit && (graph.get(oid)?.length ?? 0) > 1),
    hasOddMergeAfter: [...reached].some((oid) => oid !== commit && odd.has(oid)),
    branch: end.branch ?? end.oid.slice(0, 12),
    isCheckedOut: end.isCheckedOut,
    isDetached: end.branch === null || end.isDetached === true,
    tags: end.tags ?? [],
    ...(end.ref !== undefined && { ref: end.ref }),
    ...toTrailFacts(trail),
    ...findBase(end.oid, graph, bad),
  };
}

function toTrailFacts(trail: Readonly<Trail> | undefined): Partial<Repair> {
  if (trail === undefined) return {};
  const { from, path, changes, isOnDisk, removal } = trail;
  return {
    isTouched: changes > (removal === undefined ? 0 : 1),
    isFileGone: removal?.isFileGone === true,
    ...(path === from ? {} : { path }),
    ...(isOnDisk === undefined ? {} : { isOnDisk }),
  };
}

/**
 * Back along the first parents, to where nothing bad has come in yet; and what merges have brought in since that is not
 * bad either. Without a base, that is one.
 */
function findBase(end: string, graph: CommitGraph, bad: ReadonlySet<string>): Pick<Repair, 'base' | 'joined'> {
  let commit: string | undefined = end;
  while (commit !== undefined && bad.has(commit)) [commit] = graph.get(commit) ?? [];
  const joined = findJoined(end, graph, bad).filter((oid) => oid !== commit);
  return commit === undefined ? { base: joined.at(-1) ?? null, joined: joined.slice(0, -1) } : { base: commit, joined };
}

function findJoined(end: string, graph: CommitGraph, bad: ReadonlySet<string>): string[] {
  const seen = new Set([end]);
  const joined = new Set<string>();
  for (const commit of seen) {
    const parents = graph.get(commit) ?? [];
    for (const parent of parents) {
      if (bad.has(parent)) seen.add(parent);
      else if (parents.length > 1) joined.add(parent);
    }
  }
  // The last come first on the way back.
  return [...joined].toReversed();
}
