import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Ran, Repo, RunOptions } from './repo.js';
import { type Attempt, expectBlock, type Setting, situation } from './situation.js';

/** Prepares a push with a new secret; gives how to push and where the finding stands. */
export type ArrangePush = (repo: Repo, key: string) => Promise<string | Attempt | undefined>;

const PUSH = ['push', 'origin', 'main'];

/** A push that must be stopped by a finding: the remote gets nothing. */
export function blocksPush(name: string, arrange: ArrangePush, setting: Setting = {}): void {
  situation(name, setting, async (repo, key) => {
    await addRemote(repo, setting);
    const { ran, isMoved, attempt } = await tryPush(repo, await arrange(repo, key));

    expectBlock(ran, { ...attempt, key });
    expect(isMoved).toBe(false);
  });
}

/** A push that must go through, scanned. */
export function letsPush(name: string, arrange: ArrangePush, setting: Setting = {}): void {
  situation(name, setting, async (repo, key) => {
    await addRemote(repo, setting);
    const { ran, isMoved, attempt } = await tryPush(repo, await arrange(repo, key));

    expect(ran).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^scanned \d+ blobs?, /m) });
    for (const text of [attempt.says ?? []].flat()) expect(ran.stderr).toContain(text);
    expect(isMoved).toBe(true);
  });
}

/** Where the remote `origin` lies. */
export function remoteOf(repo: Repo, name = 'origin'): string {
  return join(repo.dir, `../${name}.git`);
}

/** Adds an empty remote. */
export async function addRemote(repo: Repo, setting: Setting = {}, name = 'origin'): Promise<void> {
  await repo.git('init', '-q', '--bare', ...(setting.init ?? []), remoteOf(repo, name));
  await repo.git('remote', 'add', name, remoteOf(repo, name));
}

/** Pushes without hooks: what an earlier day has left on the remote. */
export async function pushUnasked(repo: Repo, ...refs: readonly string[]): Promise<void> {
  await repo.git('push', '-q', '--no-verify', 'origin', ...(refs.length === 0 ? ['main'] : refs));
}

/** A commit with a parent that need not be HEAD, or with several, and the tree of the index. */
export async function commitTree(repo: Repo, message: string, ...parents: readonly string[]): Promise<string> {
  const tree = await repo.git('write-tree');
  return repo.git('commit-tree', tree, '-m', message, ...parents.flatMap((parent) => ['-p', parent]));
}

/** Commits a file on a new branch that starts here, and comes back. */
export async function commitOnBranch(
  repo: Repo,
  branch: string,
  file: { readonly path: string; readonly content: string },
): Promise<void> {
  await repo.git('checkout', '-q', '-b', branch);
  await repo.commit(file.path, file.content);
  await repo.git('checkout', '-q', '-');
}

/** Tries to push, and tells whether any remote of the test has changed. */
export async function tryPush(
  repo: Repo,
  arranged: string | Attempt | undefined,
): Promise<{ ran: Ran; isMoved: boolean; attempt: Attempt }> {
  const attempt = typeof arranged === 'string' ? { at: arranged } : (arranged ?? {});
  const before = await refsOf(repo);
  const ran = await repo.tryGit(attempt.args ?? PUSH, attempt.options);
  return { ran, attempt, isMoved: (await refsOf(repo)) !== before };
}

async function refsOf(repo: Repo): Promise<string> {
  const list = 'for remote in "$0"/*.git; do git --git-dir="$remote" for-each-ref; done';
  const options: RunOptions = { cwd: repo.home };
  return (await repo.exec('sh', ['-c', list, join(repo.dir, '..')], options)).stdout;
}
