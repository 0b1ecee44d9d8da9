import type { BranchEnd } from './changes/branch-ends.js';
import { type CommitGraph, descendantsOf, type KnownRefs, readDates, readUnpushed } from './changes/commit-graph.js';
import type { Git } from './changes/git.js';
import { findRemovals, type Removal } from './changes/removals.js';
import type { Exposure, Finding, Repair } from './finding.js';

export interface Explaining {
  /** The ends that count; those that are no commit are left out. */
  readonly ends: readonly BranchEnd[];
  /** How far what is no commit has got: the message of a tag, the name of a branch. */
  readonly exposureOfRest: Exposure;
  /** Whether to look for later commits that take a value out again. */
  readonly isRemovalSought: boolean;
  /** The refs that show how far a commit got: those of remotes, or on a server all. */
  readonly known: KnownRefs;
}

type Removals = ReadonlyMap<Finding, Removal>;

/** So many values are followed through later commits; a longer list says nothing of that anyway. */
const MOST_FOLLOWED = 20;

/** Adds what the commits tell: how far each finding got, when it was made, how it can be mended, and whether it went away. */
export async function explainFindings(
  git: Git,
  findings: readonly Finding[],
  { ends, exposureOfRest, isRemovalSought, known }: Explaining,
): Promise<readonly Finding[]> {
  const named = [...new Set(findings.flatMap(({ commit }) => commit ?? []))];
  const objects = await git.catFile().sizes([...named, ...ends.map(({ oid }) => oid)]);
  const isCommit = (oid: string): boolean => objects.get(oid)?.type === 'commit';
  const branchEnds = ends.filter(({ oid }) => isCommit(oid));
  const graph = await readUnpushed(git, [...named.filter(isCommit), ...branchEnds.map(({ oid }) => oid)], known);
  const dates = await readDates(git, named);
  const explained = findings.map((finding): Finding => {
    const { commit } = finding;
    if (commit === null) return { ...finding, exposure: exposureOfRest };
    const authorDate = dates.get(commit);
    const dated = { ...finding, ...(authorDate === undefined ? {} : { authorDate }) };
    if (!isCommit(commit)) return { ...dated, exposure: exposureOfRest };
    return graph.has(commit) ? { ...dated, exposure: 'local' } : { ...dated, exposure: 'remote' };
  });
  const removals: Removals = isRemovalSought ? await readRemovals(git, explained, graph) : new Map();
  const bad = union(named.filter((oid) => graph.has(oid)).map((oid) => descendantsOf(graph, oid)));
  return explained.map((finding) => withRepair(finding, removals.get(finding), { graph, ends: branchEnds, bad }));
}

async function readRemovals(git: Git, findings: readonly Finding[], graph: CommitGraph): Promise<Removals> {
  const followed = findings.filter(isFollowed).slice(0, MOST_FOLLOWED);
  if (followed.length === 0) return new Map();
  const values = followed.map(({ commit, file, secret }) => ({
    commit: commit ?? '',
    path: file,
    isIn: (content: Buffer) => secret.isIn(content),
  }));
  const removals = await findRemovals(git, [...graph.keys()], values);
  return new Map(followed.flatMap((finding, index) => toEntry(finding, removals[index])));
}

function toEntry(finding: Finding, removal: Removal | undefined): [Finding, Removal][] {
  return removal === undefined ? [] : [[finding, removal]];
}

function isFollowed({ kind, exposure, commit }: Finding): boolean {
  return exposure === 'local' && commit !== null && (kind === 'file' || kind === 'link');
}

interface Mending {
  readonly graph: CommitGraph;
  readonly ends: readonly BranchEnd[];
  /** The commits with a finding, and all that build upon them. */
  readonly bad: ReadonlySet<string>;
}

function withRepair(finding: Finding, removal: Removal | undefined, { graph, ends, bad }: Mending): Finding {
  const { commit } = finding;
  const parents = commit === null ? undefined : graph.get(commit);
  if (commit === null || parents === undefined) return finding;
  const reached = descendantsOf(graph, commit);
  const leading = removal === undefined ? reached : descendantsOf(graph, removal.commit);
  const reachable = ends.filter(({ oid }) => leading.has(oid));
  const end = reachable.find(({ isCheckedOut }) => isCheckedOut) ?? reachable[0];
  if (end === undefined) return finding;
  const repair: Repair = {
    isLast: end.oid === commit,
    isRoot: parents.length === 0,
    isMerge: parents.length > 1,
    hasMergeAfter: [...reached].some((oid) => oid !== commit && (graph.get(oid)?.length ?? 0) > 1),
    branch: end.branch ?? end.oid.slice(0, 12),
    isCheckedOut: end.isCheckedOut,
    isFileGone: removal?.isFileGone === true,
    isDetached: end.branch === null || end.isDetached === true,
    tags: end.tags ?? [],
    base: findBase(end.oid, graph, bad),
  };
  return { ...finding, repair, ...(removal === undefined ? {} : { removedIn: removal.commit }) };
}

/** Back along the first parents, to where nothing bad has come in yet. */
function findBase(end: string, graph: CommitGraph, bad: ReadonlySet<string>): string | null {
  let commit: string | undefined = end;
  while (commit !== undefined && bad.has(commit)) [commit] = graph.get(commit) ?? [];
  return commit ?? null;
}

function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const all = new Set<string>();
  for (const set of sets) for (const one of set) all.add(one);
  return all;
}
