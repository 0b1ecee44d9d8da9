import { readBlobs, withDefaults } from './changes/blob-changes.js';
import type { Change } from './changes/change.js';
import type { Git } from './changes/git.js';
import { resolveHead } from './changes/tip.js';
import { listTree } from './changes/tree.js';
import type { Detect } from './detect/detect.js';
import type { Match } from './detect/match.js';
import type { Finding } from './finding.js';
import { isContent, isInCommit } from './finding-kind.js';
import { toNames } from './names.js';
import type { Watch } from './run-scan.js';
import { toFingerprint } from './to-finding.js';

/** Tells which values still stand in HEAD. */
export interface HeadValues {
  /** Looks on while the history is scanned: most of what HEAD holds comes by anyway. */
  readonly watch: Watch;
  /**
   * Says of each finding in a file whether HEAD holds its value, wherever; and of one in a commit's message or header
   * whether the commit is among those that lead to HEAD.
   */
  readonly mark: (findings: readonly Finding[], detect: Detect) => Promise<readonly Finding[]>;
}

/** Everything is compared in this process: a value on a command line would show in the list of processes. */
export async function toHeadValues(git: Git): Promise<HeadValues> {
  const head = await resolveHead(git);
  const blobs = head === null ? [] : await listTree(git, head);
  const unseen = new Map(blobs.map((blob) => [blob.oid, blob]));
  const inHead = new Set(unseen.keys());
  const held = new Set<string>();
  const watch = (change: Change, matches: readonly Match[]): void => {
    if (change.oid === undefined || !inHead.has(change.oid)) return;
    for (const match of matches) held.add(toFingerprint(change, match));
    if (change.slice?.isLast !== false) unseen.delete(change.oid);
  };
  const mark = async (findings: readonly Finding[], detect: Detect): Promise<readonly Finding[]> => {
    for await (const change of readBlobs(git, [...unseen.values()], withDefaults({}))) {
      if ('path' in change) watch(change, detect(change));
    }
    if (findings.some(({ kind }) => kind === 'name')) addNames(blobs, { held, detect });
    const outside = await commitsOutside(git, head, findings.filter(isInCommit));
    return findings.map((finding) => {
      if (isContent(finding) || finding.kind === 'name') return { ...finding, inHead: held.has(finding.fingerprint) };
      return isInCommit(finding) ? { ...finding, inHead: !outside.has(finding.commit ?? '') } : finding;
    });
  };
  return { watch, mark };
}

/** Those of the findings' commits that do not lead to HEAD. */
async function commitsOutside(
  git: Git,
  head: string | null,
  findings: readonly Finding[],
): Promise<ReadonlySet<string>> {
  const commits = findings.map(({ commit }) => commit ?? '');
  if (head === null || commits.length === 0) return new Set(commits);
  const input = [...commits, `^${head}`, ''].join('\n');
  const { stdout } = await git.run(['rev-list', '--stdin'], { input });
  return new Set(stdout.toString('latin1').split(/\r?\n/));
}

function addNames(
  blobs: readonly { readonly path: string }[],
  { held, detect }: { readonly held: Set<string>; readonly detect: Detect },
): void {
  const names = toNames(detect);
  for (const { path } of blobs) {
    const name = names.look(path);
    for (const match of name?.matches ?? []) held.add(toFingerprint({ bytes: name?.bytes ?? Buffer.alloc(0) }, match));
  }
}
