import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { withBench } from './stand-in.js';

function folderOf(home: string): string {
  return join(home, '.config/leak-guard/hooks');
}

test('a global install scans in every repository, and uninstall leaves nothing of it', async () => {
  await withBench(async ({ install, uninstall, repo, calls }) => {
    const config = readFileSync(join(repo.home, '.gitconfig'), 'utf8');

    expect(await install({ isGlobal: true })).toContain('uninstall --global');
    expect(await install({ isGlobal: true })).toContain('guarded already');
    await repo.git('commit', '-q', '--allow-empty', '-m', 'One');
    expect(calls().map(({ args }) => args)).toEqual([['hook', 'pre-commit', '--']]);
    expect(await install()).toContain('this one too');
    expect(await uninstall()).toContain('nothing to take back');
    await uninstall(true);

    expect(readFileSync(join(repo.home, '.gitconfig'), 'utf8').replace('[core]\n', '')).toBe(config);
    expect(existsSync(join(folderOf(repo.home), 'pre-commit'))).toBe(false);
    expect(await uninstall(true)).toContain('nothing to take back');
  });
});

test("a repository's own hooks run as well, with arguments and input, also in a linked work tree", async () => {
  await withBench(async ({ install, repo, calls, read, exists }) => {
    const push = '#!/bin/sh\nprintf "%s|" "$@" > seen-args\ncat > seen-input\n';
    await repo.write('.git/hooks/pre-push', push, 0o755);
    await repo.write('.git/hooks/pre-commit', '#!/bin/sh\necho ran > ran\n', 0o755);
    await repo.write('.git/hooks/post-commit', '#!/bin/sh\necho ran > ran-after\n', 0o755);
    await repo.write('.git/hooks/prepare-commit-msg', '#!/bin/sh\necho "$2" > seen-source\n', 0o755);
    await repo.write('.git/hooks/post-checkout', '#!/bin/sh\nexit 0\n', 0o644);
    await install({ isGlobal: true });
    const remote = join(repo.home, 'remote.git');
    await repo.git('init', '-q', '--bare', remote);

    await repo.git('commit', '-q', '--allow-empty', '-m', 'One');
    await repo.git('push', '-q', remote, 'HEAD:a', 'HEAD:b');
    const linked = join(repo.home, 'linked');
    await repo.git('worktree', 'add', '-q', linked);
    await repo.tryGit(['commit', '-q', '--allow-empty', '-m', 'Two'], { cwd: linked });

    expect(exists('ran')).toBe(true);
    expect(exists('ran-after')).toBe(true);
    expect(read('seen-source')).toBe('message\n');
    expect(read('seen-input')).toBe(calls()[1]?.input);
    expect(read('seen-args')).toBe(`${remote}|${remote}|`);
    expect(existsSync(join(linked, 'ran'))).toBe(true);
    expect(calls()).toHaveLength(3);
  });
});

test("a repository's own hook that fails stops the commit", async () => {
  await withBench(async ({ install, repo }) => {
    await repo.write('.git/hooks/commit-msg', '#!/bin/sh\nexit 1\n', 0o755);
    await install({ isGlobal: true });

    expect((await repo.tryGit(['commit', '-q', '--allow-empty', '-m', 'One'])).exitCode).not.toBe(0);
  });
});

test('a folder of global hooks that someone else set up is left alone', async () => {
  await withBench(async ({ install, repo }) => {
    await repo.git('config', '--global', 'core.hooksPath', '~/hooks');

    await expect(install({ isGlobal: true })).rejects.toMatchObject({ cause: join(repo.home, 'hooks') });
    expect(existsSync(folderOf(repo.home))).toBe(false);
  });
});

test('hooks that were asked for before stay on, and a lost executable bit comes back', async () => {
  await withBench(async ({ install, repo, calls }) => {
    await install({ isGlobal: true, hooks: ['commit-msg'] });
    const hook = join(folderOf(repo.home), 'commit-msg');
    chmodSync(hook, 0o644);

    await install({ isGlobal: true });
    await repo.git('commit', '-q', '--allow-empty', '-m', 'One');

    expect(statSync(hook).mode & 0o111).toBe(0o111);
    expect(calls().map(({ args }) => args[1])).toEqual(['pre-commit', 'commit-msg']);
  });
});

test("a file of someone else in leak-guard's folder is not written over", async () => {
  await withBench(async ({ install, repo }) => {
    mkdirSync(folderOf(repo.home), { recursive: true });
    writeFileSync(join(folderOf(repo.home), 'update'), 'mine');

    await expect(install({ isGlobal: true })).rejects.toThrow("not leak-guard's");
    expect(readFileSync(join(folderOf(repo.home), 'update'), 'utf8')).toBe('mine');
  });
});

test('pushes into a work tree still update it, as git does without a hook', async () => {
  await withBench(async ({ install, repo }) => {
    await repo.commit('a.txt', 'a\n');
    await repo.git('config', 'receive.denyCurrentBranch', 'updateInstead');
    const clone = join(repo.home, 'clone');
    await repo.git('clone', '-q', repo.dir, clone);
    await install({ isGlobal: true });
    writeFileSync(join(clone, 'b.txt'), 'b\n');
    await repo.tryGit(['add', '.'], { cwd: clone });
    await repo.tryGit(['commit', '-q', '-m', 'Two'], { cwd: clone });

    expect((await repo.tryGit(['push', '-q'], { cwd: clone })).exitCode).toBe(0);
    expect(existsSync(join(repo.dir, 'b.txt'))).toBe(true);
  });
});
