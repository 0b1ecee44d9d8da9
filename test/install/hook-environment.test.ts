import { existsSync, symlinkSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { Ran, Repo, RunOptions } from '../support/repo.js';
import { grow } from '../support/sample.js';
import { pathWith, runHusky, withPackage } from './real-package.js';

const kinds = ['native', 'husky'] as const;

async function withHooks(kind: (typeof kinds)[number], test: (repo: Repo) => Promise<void>): Promise<void> {
  await withPackage(async (repo) => {
    if (kind === 'husky') await runHusky(repo);
    const args = ['node_modules/leak-guard/dist/bin/leak-guard.cjs', 'install'];
    const ran = await repo.exec(process.execPath, args);
    if (ran.exitCode !== 0) throw new Error(ran.stderr);
    await test(repo);
  });
}

function growText(): string {
  return grow('key = "SG.{{base64url:22}}.{{base64url:43}}"\n');
}

/** Where and how git is started. */
interface Start extends RunOptions {
  /** Words between `git` and `commit`. */
  readonly before?: readonly string[];
  /** Words behind `commit`. */
  readonly after?: readonly string[];
  /** The folder of the work tree that the file lies in. */
  readonly tree?: string;
}

async function commit(repo: Repo, text: string, start: Start): Promise<Ran> {
  const { before = [], after = [], tree = repo.dir, ...options } = start;
  await repo.write(`${tree === repo.dir ? '' : '../home/linked/'}a.txt`, text);
  const added = await repo.tryGit(['-C', tree, 'add', 'a.txt']);
  if (added.exitCode !== 0) throw new Error(added.stderr);
  return repo.tryGit([...before, 'commit', '-m', 'Change', ...after], options);
}

async function expectGuarded(repo: Repo, start: Start): Promise<void> {
  const leaking = await commit(repo, growText(), start);
  expect(leaking.stderr).toContain('SendGrid');
  expect(leaking.exitCode).not.toBe(0);
  const clean = await commit(repo, `clean ${Math.random()}\n`, start);
  expect(clean.stderr).toMatch(/^scanned 1 blob, /m);
  expect(clean.exitCode).toBe(0);
}

const OFF = 'process.exit(0);\n';

describe.each(kinds)('%s hooks', (kind) => {
  test.each<[string, (repo: Repo) => Promise<Start>]>([
    [
      'NODE_OPTIONS loads a program that ends node',
      async (repo) => {
        await repo.write('../home/off.cjs', OFF);
        return { env: { NODE_OPTIONS: `--require ${join(repo.home, 'off.cjs')}` } };
      },
    ],
    [
      "the repository's .npmrc sets node-options and script-shell",
      async (repo) => {
        await repo.write('off.cjs', OFF);
        await repo.commit('.npmrc', `node-options=--require ${join(repo.dir, 'off.cjs')}\nscript-shell=/bin/true\n`);
        return {};
      },
    ],
    [
      'I46 a dependency brings a program called git',
      async (repo) => {
        await repo.write('node_modules/.bin/git', '#!/bin/sh\nexit 0\n', 0o755);
        return {};
      },
    ],
    [
      'a dependency brings a program called node',
      async (repo) => {
        await repo.write('node_modules/.bin/node', '#!/bin/sh\nexit 0\n', 0o755);
        return {};
      },
    ],
    ['git is called in a sub-folder', async (repo) => ({ cwd: await folder(repo, 'deep/er') })],
    [
      'git is called from elsewhere with --git-dir and --work-tree',
      async (repo) => ({
        cwd: repo.home,
        before: [`--git-dir=${join(repo.dir, '.git')}`, `--work-tree=${repo.dir}`],
      }),
    ],
    [
      'GIT_DIR and GIT_WORK_TREE are set',
      async (repo) => ({ cwd: repo.home, env: { GIT_DIR: join(repo.dir, '.git'), GIT_WORK_TREE: repo.dir } }),
    ],
    ['the index is the one of commit -a', async () => ({ after: ['-a'] })],
    ['the index is the one of commit PATH', async () => ({ after: ['a.txt'] })],
    [
      'CI, SKIP and npm settings are in the environment',
      async () => ({ env: { CI: '1', SKIP: 'leak-guard', npm_config_ignore_scripts: 'true' } }),
    ],
  ])('scan where %s', async (_, arrange) => {
    await withHooks(kind, async (repo) => {
      await expectGuarded(repo, await arrange(repo));
    });
  });

  test('I28 X05 stop the commit, and never let it pass, where no node is on the PATH of a graphical client', async () => {
    await withHooks(kind, async (repo) => {
      const ran = await commit(repo, growText(), { env: { PATH: await pathWithoutNode(repo) } });

      expect(ran.exitCode).not.toBe(0);
    });
  });

  test('scan in a linked work tree that has its packages', async () => {
    await withHooks(kind, async (repo) => {
      await repo.git('add', '-A');
      await repo.git('commit', '-q', '--no-verify', '--allow-empty', '-m', 'Add hooks');
      const tree = join(repo.home, 'linked');
      await repo.git('worktree', 'add', '-q', '-b', 'linked', tree);
      symlinkSync(join(repo.dir, 'node_modules'), join(tree, 'node_modules'));
      if (kind === 'husky') await runHusky(repo, tree);

      await expectGuarded(repo, { cwd: tree, tree });
    });
  });
});

test('native hooks scan where no node is on the PATH of a graphical client', async () => {
  await withHooks('native', async (repo) => {
    await expectGuarded(repo, { env: { PATH: await pathWithoutNode(repo) } });
  });
});

test('native hooks call no node that a dependency brings', async () => {
  await withHooks('native', async (repo) => {
    await repo.write('node_modules/.bin/node', '#!/bin/sh\nexit 0\n', 0o755);

    await expectGuarded(repo, { env: pathWith('node_modules/.bin', join(repo.dir, 'node_modules/.bin')) });
  });
});

async function folder(repo: Repo, path: string): Promise<string> {
  await mkdir(join(repo.dir, path), { recursive: true });
  return join(repo.dir, path);
}

/** A folder with all that hooks and git use, save node. */
async function pathWithoutNode(repo: Repo): Promise<string> {
  const bin = join(repo.home, 'bin');
  await mkdir(bin);
  const folders = (repo.env['PATH'] ?? '').split(delimiter);
  for (const name of ['git', 'sh', 'env', 'cat', 'basename', 'dirname']) {
    const program = folders.map((each) => join(each, name)).find((path) => existsSync(path));
    if (program !== undefined) symlinkSync(program, join(bin, name));
  }
  return bin;
}
