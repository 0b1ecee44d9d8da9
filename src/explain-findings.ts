import type { BranchEnd } from './changes/branch-ends.js';
import type { ObjectType } from './changes/cat-file-answer.js';
import { type CommitGraph, descendantsOf, type KnownRefs, readDates, readUnpushed } from './changes/commit-graph.js';
import type { Git } from './changes/git.js';

import { isPlainMerge } from './changes/plain-merges.js';
import { followValues, type Trail } from './changes/removals.js';
import { shortName } from './changes/tip.js';
import type { Exposure, Finding, Holder } from './finding.js';
import { isContent } from './finding-kind.js';
import { toRepair } from './to-repair.js';

export interface Explaining {
  /** The ends that count; those that are no commit are left out. */
  readonly ends: readonly BranchEnd[];
  /** How far what is no commit has got: the message of a tag, the name of a branch. */
  readonly exposureOfRest: Exposure;
  /** Whether to follow values through later commits, which may take them out again. */
  readonly isRemovalSought: boolean;
  /** The refs that show how far a commit got: those of remotes, or on a server all. */
  readonly known: KnownRefs;
}

type Trails = ReadonlyMap<Finding, Readonly<Trail>>;

/** So many values are followed through later commits; a longer list says nothing of that anyway. */
const MOST_FOLLOWED = 20;
/** So many merges are looked at, each with two processes; of more, none is taken for a plain one. */
const MOST_MERGES = 10;

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
  const holders = ends.flatMap((end) => toHolders(end, objects.get(end.oid)?.type));
  const graph = await readUnpushed(git, [...named.filter(isCommit), ...branchEnds.map(({ oid }) => oid)], known);
  const dates = await readDates(git, named);
  const explained = findings.map((finding): Finding => {
    const { commit } = finding;
    if (commit === null) return { ...finding, exposure: exposureOfRest, ...findHolder(finding, holders) };
    const authorDate = dates.get(commit);
    const dated = { ...finding, ...(authorDate === undefined ? {} : { authorDate }) };
    if (!isCommit(commit)) return { ...dated, exposure: exposureOfRest };
    return graph.has(commit) ? { ...dated, exposure: 'local' } : { ...dated, exposure: 'remote' };
  });
  const trails: Trails = isRemovalSought ? await readTrails(git, explained, graph) : new Map();
  const bad = union(named.filter((oid) => graph.has(oid)).map((oid) => descendantsOf(graph, oid)));
  const mending = { graph, ends: branchEnds, bad, odd: await readOddMerges(git, graph, bad) };
  return explained.map((finding) => {
    const trail = trails.get(finding);
    const repair = toRepair(finding, trail, mending);
    if (repair === null) return finding;
    return { ...finding, repair, ...(trail?.removal === undefined ? {} : { removedIn: trail.removal.commit }) };
  });
}

/** The refs that lead to an end which is no commit. */
function toHolders({ ref, tags = [] }: BranchEnd, type: ObjectType | undefined): Holder[] {
  if (type !== 'blob' && type !== 'tree') return [];
  const tagged = tags.map(({ name, isAnnotated }) => ({ ref: `refs/tags/${name}`, type, isAnnotated }));
  return ref === undefined ? tagged : [{ ref, type, isAnnotated: false }, ...tagged];
}

/** Which of them names what was found, where only one can be meant. */
function findHolder({ file, kind }: Finding, holders: readonly Holder[]): { readonly holder?: Holder } {
  if (kind === 'ref' || kind === 'message' || kind === 'header') return {};
  // The content of a blob goes by the ref's name.
  const named = holders.filter(({ ref, type }) => type === 'blob' && shortName(ref) === file);
  const [holder, ...others] = named.length > 0 ? named : holders.filter(({ type }) => type === 'tree');
  return holder === undefined || others.length > 0 ? {} : { holder };
}

async function readTrails(git: Git, findings: readonly Finding[], graph: CommitGraph): Promise<Trails> {
  const followed = findings.filter(isFollowed).slice(0, MOST_FOLLOWED);
  if (followed.length === 0) return new Map();
  const values = followed.map(({ commit, file, secret, kind }) => ({
    commit: commit ?? '',
    // A name is told masked, and stands as long as its file.
    isAt: (path: string) => (kind === 'name' ? secret.isIn(Buffer.from(path)) : path === file),
    isIn: (content: Buffer) => kind === 'name' || secret.isIn(content),
  }));
  const trails = await followValues(git, [...graph.keys()], values);
  return new Map(followed.flatMap((finding, index) => toEntry(finding, trails[index])));
}

function toEntry(finding: Finding, trail: Trail | undefined): [Finding, Trail][] {
  return trail === undefined ? [] : [[finding, trail]];
}

/** The merges that a rebase might not make again as they are. */
async function readOddMerges(git: Git, graph: CommitGraph, bad: ReadonlySet<string>): Promise<ReadonlySet<string>> {
  const merges = [...graph].filter(([commit, parents]) => bad.has(commit) && parents.length > 1);
  const odd = new Set(merges.map(([commit]) => commit));
  if (merges.length > MOST_MERGES) return odd;
  for (const [commit, parents] of merges) {
    if (await isPlainMerge(git, { commit, parents })) odd.delete(commit);
  }
  return odd;
}

function isFollowed(finding: Finding): boolean {
  return finding.exposure === 'local' && finding.commit !== null && (isContent(finding) || finding.kind === 'name');
}

function union(sets: readonly ReadonlySet<string>[]): ReadonlySet<string> {
  const all = new Set<string>();
  for (const set of sets) for (const one of set) all.add(one);
  return all;
}
