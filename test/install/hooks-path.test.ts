import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { withBench } from './stand-in.js';

test.each(['.', 'deep/er'])(
  'I19 I20 a local core.hooksPath is where the hooks go, installed from %s',
  async (folder) => {
    await withBench(async ({ install, uninstall, repo, calls, exists }) => {
      mkdirSync(join(repo.dir, '.githooks'));
      mkdirSync(join(repo.dir, 'deep/er'), { recursive: true });
      await repo.git('config', 'core.hooksPath', '.githooks');

      expect(await install({}, { cwd: join(repo.dir, folder) })).toContain('keep them out of commits');
      await repo.git('commit', '-q', '--allow-empty', '-m', 'One');

      expect(calls()).toHaveLength(1);
      expect(exists('.git/hooks/pre-commit')).toBe(false);
      await uninstall();
      expect(exists('.githooks/pre-commit')).toBe(false);
    });
  },
);

test('I53 a tracked hook gets a block at its top, without a path of this machine, and gets its bytes back', async () => {
  await withBench(async ({ install, uninstall, repo, calls, read, addPackage, exists }) => {
    const before = '#!/bin/sh\ncat > seen-input\nexit 0\n';
    await repo.write('.githooks/pre-push', before, 0o755);
    await repo.git('add', '.githooks');
    await repo.git('config', 'core.hooksPath', '.githooks');
    await addPackage('.');

    await install();
    await install();
    const hook = await repo.exec('./.githooks/pre-push', ['origin', 'url'], { input: 'a b c d\n' });

    expect(hook.exitCode).toBe(0);
    expect(calls()).toMatchObject([{ args: ['hook', 'pre-push', '--', 'origin', 'url'], input: 'a b c d\n' }]);
    expect(read('seen-input')).toBe('a b c d\n');
    expect(read('.githooks/pre-push')).toMatch(/^#!\/bin\/sh\n# >>> leak-guard >>>/);
    for (const path of ['.githooks/pre-push', '.githooks/pre-commit'])
      expect(read(path)).not.toContain(repo.home.slice(0, 8));
    await uninstall();
    expect(read('.githooks/pre-push')).toBe(before);
    expect(exists('.githooks/pre-commit')).toBe(false);
  });
});

test('a tracked hook in another language is chained, not edited', async () => {
  await withBench(async ({ install, uninstall, repo, calls, read, addPackage, exists }) => {
    const before = '#!/usr/bin/env node\nrequire("node:fs").writeFileSync("ran", "ran");\n';
    await repo.write('.githooks/pre-commit', before, 0o755);
    await repo.git('add', '.githooks');
    await repo.git('config', 'core.hooksPath', '.githooks');
    await addPackage('.');

    await install();
    const once = read('.githooks/pre-commit');
    await install();
    await repo.git('commit', '-q', '-m', 'One');

    expect(read('.githooks/pre-commit')).toBe(once);
    expect(exists('ran')).toBe(true);
    expect(calls()).toHaveLength(1);
    await uninstall();
    expect(read('.githooks/pre-commit')).toBe(before);
  });
});

test('tracked hooks need the package in the repository, and the message says how', async () => {
  await withBench(async ({ install, repo }) => {
    await repo.commit('.githooks/pre-commit', '#!/bin/sh\n');
    await repo.git('config', 'core.hooksPath', '.githooks');

    await expect(install()).rejects.toMatchObject({
      hint: expect.stringContaining('npm install --save-dev leak-guard'),
    });
  });
});

test('a tracked hook whose package is missing stops the commit', async () => {
  await withBench(async ({ install, repo, addPackage }) => {
    await repo.commit('.githooks/x', 'x');
    await repo.git('config', 'core.hooksPath', '.githooks');
    await addPackage('.');
    await install();
    await repo.exec('mv', ['node_modules', 'gone']);

    const commit = await repo.tryGit(['commit', '-q', '--allow-empty', '-m', 'One']);

    expect(commit.exitCode).toBe(1);
    expect(commit.stderr).toContain('leak-guard is not installed here');
  });
});

test.each(['global', 'local'])(
  'I21 a folder outside the repository (%s setting) is refused unless forced',
  async (scope) => {
    await withBench(async ({ install, uninstall, repo, calls }) => {
      const folder = join(repo.home, 'team hooks');
      mkdirSync(folder);
      await repo.git('config', `--${scope}`, 'core.hooksPath', folder);

      await expect(install()).rejects.toMatchObject({ cause: folder, hint: expect.stringContaining('--force') });
      await install({ isForced: true });
      await repo.git('commit', '-q', '--allow-empty', '-m', 'One');

      expect(calls()).toHaveLength(1);
      expect(await uninstall()).toContain('are taken out');
    });
  },
);

test("a global setting that leads into this work tree is still every repository's", async () => {
  await withBench(async ({ install, repo }) => {
    mkdirSync(join(repo.dir, 'hooks'));
    await repo.git('config', '--global', 'core.hooksPath', join(repo.dir, 'hooks'));

    await expect(install()).rejects.toThrow('global setting');
  });
});

test('I51 a hooks folder that does not exist is named, because git then runs no hook', async () => {
  await withBench(async ({ install, repo, exists }) => {
    await repo.git('config', 'core.hooksPath', '.githooks');

    await expect(install()).rejects.toThrow('a folder that does not exist');
    expect(exists('.githooks')).toBe(false);
  });
});

test.each([false, true])('a core.hooksPath that is no folder is named (forced: %s)', async (isForced) => {
  await withBench(async ({ install, uninstall, repo }) => {
    await repo.git('config', 'core.hooksPath', '/dev/null');

    await expect(install({ isForced })).rejects.toThrow('that is no folder');
    expect(await uninstall()).toContain('nothing to take back');
  });
});

test('I52 a core.hooksPath of one work tree is seen', async () => {
  await withBench(async ({ install, repo, calls, exists }) => {
    mkdirSync(join(repo.dir, 'mine'));
    await repo.git('config', 'extensions.worktreeConfig', 'true');
    await repo.git('config', '--worktree', 'core.hooksPath', 'mine');

    await install();
    await repo.git('commit', '-q', '--allow-empty', '-m', 'One');

    expect(calls()).toHaveLength(1);
    expect(exists('mine/pre-commit')).toBe(true);
  });
});

test('a hooks folder that is a link out of the repository is not written through', async () => {
  await withBench(async ({ install, repo, exists }) => {
    mkdirSync(join(repo.home, 'elsewhere'));
    symlinkSync(join(repo.home, 'elsewhere'), join(repo.dir, 'linked'));
    await repo.git('config', 'core.hooksPath', 'linked');

    await expect(install()).rejects.toThrow('outside this repository');
    expect(exists('linked/pre-commit')).toBe(false);
  });
});

test('a .git/hooks that is a link into the tree counts as shared', async () => {
  await withBench(async ({ install, repo, addPackage, read, calls }) => {
    await repo.commit('scripts/hooks/pre-commit', '#!/bin/sh\n');
    await repo.exec('chmod', ['+x', 'scripts/hooks/pre-commit']);
    await repo.exec('rm', ['-r', '.git/hooks']);
    symlinkSync('../scripts/hooks', join(repo.dir, '.git/hooks'));
    await addPackage('.');

    await install();
    await repo.git('commit', '-q', '--allow-empty', '-m', 'One');

    expect(read('scripts/hooks/pre-commit')).toContain("lg_cli='node_modules/.bin/leak-guard'");
    expect(calls()).toHaveLength(1);
  });
});

test('a tracked hook that is not executable stays off, and ours runs', async () => {
  await withBench(async ({ install, repo, addPackage, calls, exists }) => {
    await repo.write('.githooks/pre-commit', '#!/bin/sh\necho ran > ran\n', 0o644);
    await repo.git('add', '.githooks');
    await repo.git('config', 'core.hooksPath', '.githooks');
    await addPackage('.');

    await install();
    await repo.git('commit', '-q', '-m', 'One');

    expect(calls()).toHaveLength(1);
    expect(exists('ran')).toBe(false);
  });
});
