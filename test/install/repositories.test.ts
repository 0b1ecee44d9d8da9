import { rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { withBench } from './stand-in.js';

test('I22 a repository without a hooks folder gets one', async () => {
  await withBench(
    async ({ install, repo, calls, exists }) => {
      expect(exists('.git/hooks')).toBe(false);

      await install();
      await repo.git('commit', '-q', '--allow-empty', '-m', 'One');

      expect(calls()).toHaveLength(1);
    },
    { init: ['--template='] },
  );
});

test('I23 an install from a linked work tree guards all of them', async () => {
  await withBench(async ({ install, repo, calls }) => {
    await repo.commit('a.txt', 'a\n');
    const linked = join(repo.home, 'linked');
    await repo.git('worktree', 'add', '-q', linked);

    await install({}, { cwd: linked });
    await repo.tryGit(['commit', '-q', '--allow-empty', '-m', 'Linked'], { cwd: linked });
    await repo.git('commit', '-q', '--allow-empty', '-m', 'One');

    expect(calls()).toHaveLength(2);
  });
});

test('an install in a submodule guards the submodule', async () => {
  await withBench(async ({ install, repo, calls }) => {
    await repo.commit('a.txt', 'a\n');
    await repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', repo.dir, 'sub');
    const sub = join(repo.dir, 'sub');

    await install({}, { cwd: sub });
    await repo.tryGit(['commit', '-q', '--allow-empty', '-m', 'Sub'], { cwd: sub });

    expect(calls()).toHaveLength(1);
    expect(statSync(join(repo.dir, '.git/modules/sub/hooks/pre-commit')).isFile()).toBe(true);
  });
});

test('a bare repository takes pre-receive and nothing else', async () => {
  await withBench(
    async ({ install, repo, calls }) => {
      await expect(install()).rejects.toThrow('bare repository');

      await install({ hooks: ['pre-receive'] });
      const clone = join(repo.home, 'clone');
      await repo.git('clone', '-q', repo.dir, clone);
      await repo.tryGit(['commit', '-q', '--allow-empty', '-m', 'One'], { cwd: clone });
      await repo.tryGit(['push', '-q', 'origin', 'HEAD:main'], { cwd: clone });

      expect(calls()[0]?.args).toEqual(['hook', 'pre-receive', '--']);
      expect(calls()[0]?.input).toMatch(/ refs\/heads\/main\n$/);
    },
    { init: ['--bare'] },
  );
});

test('X09 a time budget for pre-receive stands in the hook, stays at the next install, and gives way to another', async () => {
  await withBench(
    async ({ install, repo, calls }) => {
      const hooks = ['pre-receive'];
      const clone = join(repo.home, 'clone');
      await repo.git('clone', '-q', repo.dir, clone);
      const pushed = async (): Promise<readonly string[] | undefined> => {
        await repo.tryGit(['commit', '-q', '--allow-empty', '-m', 'One'], { cwd: clone });
        await repo.tryGit(['push', '-q', 'origin', 'HEAD:main'], { cwd: clone });
        return calls().at(-1)?.args;
      };

      await install({ hooks, seconds: 90 });
      expect(await pushed()).toEqual(['hook', 'pre-receive', '--seconds', '90', '--']);
      expect(await install({ hooks })).toContain('guarded already');
      expect(await pushed()).toEqual(['hook', 'pre-receive', '--seconds', '90', '--']);
      await install({ hooks, seconds: 2.5 });
      expect(await pushed()).toEqual(['hook', 'pre-receive', '--seconds', '2.5', '--']);
    },
    { init: ['--bare'] },
  );
});

test('I24 outside a repository an install by hand fails, and one by npm prepare says one line', async () => {
  await withBench(
    async ({ install, repo, uninstall }) => {
      await expect(install()).rejects.toThrow('no git repository');
      await expect(uninstall()).rejects.toThrow('no git repository');
      await expect(install({}, { env: { ...repo.env, npm_lifecycle_event: 'npx' } })).rejects.toThrow(
        'no git repository',
      );

      const said = await install({}, { env: { ...repo.env, npm_lifecycle_event: 'prepare' } });

      expect(said).toMatch(/^leak-guard: .*no hooks were installed\.\n$/);
    },
    { init: false },
  );
});

test('npm prepare also works where not even git is installed', async () => {
  await withBench(
    async ({ install }) => {
      const said = await install({}, { env: { npm_lifecycle_event: 'prepare', PATH: '' } });

      expect(said).toContain('no hooks were installed');
    },
    { init: false },
  );
});

test('a broken repository is not taken for none, not even by npm prepare', async () => {
  await withBench(async ({ install, repo }) => {
    rmSync(join(repo.dir, '.git/HEAD'));

    await expect(install({}, { env: { ...repo.env, npm_lifecycle_event: 'prepare' } })).rejects.toThrow();
  });
});

test.each([
  ['a folder elsewhere, absolute', '.', (dir: string) => dir],
  ['the folder above, relative', '..', () => 'work'],
])('GIT_DIR and GIT_WORK_TREE lead to the right repository from %s', async (_, from, toTree) => {
  await withBench(async ({ install, repo, exists }) => {
    const cwd = from === '..' ? dirname(repo.dir) : repo.home;
    const tree = toTree(repo.dir);

    await install({}, { cwd, env: { ...repo.env, GIT_DIR: join(tree, '.git'), GIT_WORK_TREE: tree } });

    expect(exists('.git/hooks/pre-commit')).toBe(true);
  });
});

test('a separate git folder is where the hooks go', async () => {
  await withBench(
    async ({ install, repo, calls, exists }) => {
      await install();
      await repo.git('commit', '-q', '--allow-empty', '-m', 'One');

      expect(exists('separate/hooks/pre-push')).toBe(true);
      expect(calls()).toHaveLength(1);
    },
    { init: ['--separate-git-dir=separate'] },
  );
});
