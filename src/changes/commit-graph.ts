import type { Git } from './git.js';

/** Commits with their parents, parents before their children. */
export type CommitGraph = ReadonlyMap<string, readonly string[]>;

/** The refs of remotes as they are known here, or all refs. */
export type KnownRefs = '--remotes' | '--all';

/** The commits that these lead to and the known refs do not. One process for all of them. */
export async function readUnpushed(git: Git, commits: readonly string[], known: KnownRefs): Promise<CommitGraph> {
  const args = [
    'rev-list',
    '--parents',
    '--topo-order',
    '--reverse', // parents before their children
    '--stdin', // any number of commits
    '--not',
    known,
  ];
  const { stdout } = await git.run(args, { input: [...commits, ''].join('\n') });
  const graph = new Map<string, readonly string[]>();
  for (const line of stdout.toString('latin1').split(/\r?\n/)) {
    const [commit, ...parents] = line.split(' ');
    if (commit) graph.set(commit, parents);
  }
  return graph;
}

/** The commit and all that build upon it. */
export function descendantsOf(graph: CommitGraph, commit: string): ReadonlySet<string> {
  const reached = new Set([commit]);
  for (const [child, parents] of graph) {
    if (parents.some((parent) => reached.has(parent))) reached.add(child);
  }
  return reached;
}

/** When each commit was written, or each tag was made: `2026-11-20T12:00:00+01:00`. */
export async function readDates(git: Git, oids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const dates = new Map<string, string>();
  let index = 0;
  for await (const object of git.catFile().readAll(oids)) {
    const oid = oids[index] ?? '';
    index += 1;
    const header = object?.bytes?.toString('latin1').split('\n\n', 1)[0] ?? '';
    const [, seconds, zone] = /^(?:author|tagger) .* (-?\d+) ([+-]\d{4})$/m.exec(header) ?? [];
    if (seconds !== undefined && zone !== undefined) dates.set(oid, toIsoDate(Number(seconds), zone));
  }
  return dates;
}

/** The time as it was where it was written. */
function toIsoDate(seconds: number, zone: string): string {
  const minutes = (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3))) * (zone.startsWith('-') ? -1 : 1);
  const local = new Date((seconds + minutes * 60) * 1000);
  if (Number.isNaN(local.getTime())) return `@${seconds}`;
  return `${local.toISOString().slice(0, 19)}${zone.slice(0, 3)}:${zone.slice(3)}`;
}
