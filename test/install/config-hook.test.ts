import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ExitCode } from '../../src/exit-code.js';
import { sample } from '../support/detectors.js';
import { cli as builtCli, type Ran, type Repo, withRepo } from '../support/repo.js';
import { examine, pathWith, runHusky, withPackage } from './real-package.js';

/** The folder of a git that runs hooks from its settings: 2.54 or newer, on PATH or among LEAK_GUARD_TOOLS. */
const newGit = findNewGit();
const cli = 'node_modules/leak-guard/dist/bin/leak-guard.cjs';

function findNewGit(): { readonly path: string; readonly env: Record<string, string> } | undefined {
  const { LEAK_GUARD_TOOLS: tools = '', PATH: path = '' } = process.env;
  const folders = [...path.split(delimiter), ...(tools === '' ? [] : [join(tools, 'git/bin')])];
  for (const folder of folders.filter((each) => existsSync(join(each, 'git')))) {
    const said = execFileSync(join(folder, 'git'), ['version'], { encoding: 'utf8' });
    const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(said) ?? [];
    if (Number(major) < 2 || (Number(major) === 2 && Number(minor) < 54)) continue;
    // One that is only unpacked looks for its programs where it would be installed.
    const own = join(folder, '../lib/git-core');
    return { path: folder, env: { ...pathWith(folder), ...(existsSync(own) ? { GIT_EXEC_PATH: own } : {}) } };
  }
  return undefined;
}

function withNewGit(env: Record<string, string>): {
  git(repo: Repo, ...args: readonly string[]): Promise<Ran>;
  run(repo: Repo, ...args: readonly string[]): Promise<Ran>;
} {
  return {
    git: (repo, ...args) => repo.exec('git', args, { env }),
    run: (repo, ...args) => repo.exec(process.execPath, [cli, ...args], { env }),
  };
}

async function installed(act: (repo: Repo) => Promise<void>): Promise<void> {
  await withPackage(async (repo) => {
    const ran = await withNewGit(newGit?.env ?? {}).run(repo, 'install', '--config-hook');
    if (ran.exitCode !== 0) throw new Error(ran.stderr);
    await act(repo);
  });
}

const title = newGit === undefined ? 'hooks in git’s settings (skipped: no git 2.54 here)' : 'hooks in git’s settings';

(newGit === undefined ? describe.skip : describe)(title, () => {
  const { env } = newGit ?? { env: {} };
  const { git, run } = withNewGit(env);

  test('X02 a secret is stopped, a clean commit passes, and the hook’s own file still runs', async () => {
    await installed(async (repo) => {
      await repo.write('.git/hooks/pre-commit', '#!/bin/sh\necho file >&2\n', 0o755);
      const key = sample('sendgrid-api-key');
      await repo.stage('a.txt', `key = "${key}"\n`);

      const stopped = await git(repo, 'commit', '-m', 'Leak');
      expect(stopped.exitCode).not.toBe(0);
      expect(stopped.stderr).toContain('SendGrid');
      expect(stopped.stderr).not.toContain(key);

      await repo.stage('a.txt', 'clean\n');
      const passed = await git(repo, 'commit', '-m', 'Clean');
      expect(passed).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^scanned 1 blob[\s\S]*^file$/m) });
    });
  });

  test('X02 a push gets its refs, from a sub-directory and a linked work tree, too', async () => {
    await installed(async (repo) => {
      const remote = join(repo.home, 'remote.git');
      await git(repo, 'init', '-q', '--bare', remote);
      await repo.commit('sub/a.txt', `key = "${sample('sendgrid-api-key')}"\n`);
      await git(repo, 'worktree', 'add', '-q', '../tree', '-b', 'other');

      for (const cwd of [repo.dir, join(repo.dir, 'sub'), join(repo.dir, '../tree')]) {
        const push = await repo.exec('git', ['push', '-q', remote, 'HEAD:main'], { cwd, env });
        expect(push).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('SendGrid') });
      }
      const clean = await git(repo, 'push', '-q', remote, 'HEAD~1:refs/heads/main');
      expect(clean).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^scanned /m) });
    });
  });

  test('X02 core.hooksPath does not hide them, and the doctor tries them', async () => {
    await installed(async (repo) => {
      await runHusky(repo);
      await repo.stage('a.txt', `key = "${sample('sendgrid-api-key')}"\n`);

      expect((await git(repo, 'commit', '-m', 'Leak')).stderr).toContain('SendGrid');
      expect(await examine(repo, { env })).toMatchObject({
        exitCode: ExitCode.Clean,
        notes: expect.arrayContaining([
          expect.stringContaining('hook.leak-guard-pre-push (local setting) runs leak-guard'),
        ]),
      });
    });
  });

  test('X02 installing again changes nothing and adds what is new; uninstall gives the settings back', async () => {
    await withPackage(async (repo) => {
      const read = (): string => readFileSync(join(repo.dir, '.git/config'), 'utf8');
      const before = read();
      await run(repo, 'install');
      expect(existsSync(join(repo.dir, '.git/hooks/pre-commit'))).toBe(true);

      const first = await run(repo, 'install', '--config-hook');
      expect(first.stdout).toContain('guarded now (config hooks)');
      expect(first.stdout).toContain('An older git');
      expect(existsSync(join(repo.dir, '.git/hooks/pre-commit'))).toBe(false);
      const once = read();
      expect((await run(repo, 'install')).stdout).toContain('guarded already (config hooks)');
      expect(read()).toBe(once);
      await run(repo, 'install', '--hook', 'commit-msg');
      expect((await git(repo, 'hook', 'list', 'commit-msg')).stdout).toBe('leak-guard-commit-msg\n');
      expect(await run(repo, 'install', '--manager', 'native')).toMatchObject({ exitCode: ExitCode.CouldNotScan });

      expect((await run(repo, 'uninstall')).stdout).toContain('no more in git');
      expect(read()).toBe(before);
      expect(existsSync(join(repo.dir, '.git/leak-guard'))).toBe(false);
    });
  });

  test('X02 for all repositories: each is guarded once, whatever its own hooks are, and uninstall takes it back', async () => {
    await withPackage(async (repo) => {
      const config = join(repo.home, '.gitconfig');
      await run(repo, 'install', '--global');
      await runHusky(repo);

      const first = await run(repo, 'install', '--global', '--config-hook');
      expect(first.stdout).toContain('guarded now (hooks for all repositories)');
      expect(readFileSync(config, 'utf8')).not.toContain('hooksPath');
      const once = readFileSync(config, 'utf8');
      expect((await run(repo, 'install', '--global', '--config-hook')).stdout).toContain('guarded already');
      expect(readFileSync(config, 'utf8')).toBe(once);
      await run(repo, 'install', '--config-hook');

      await repo.stage('a.txt', 'clean\n');
      expect((await git(repo, 'commit', '-m', 'Clean')).stderr.match(/^scanned /gm)).toHaveLength(1);
      expect((await run(repo, 'uninstall')).stdout).toContain('no more in git');
      await repo.stage('a.txt', `key = "${sample('sendgrid-api-key')}"\n`);
      expect((await git(repo, 'commit', '-m', 'Leak')).stderr).toContain('SendGrid');
      expect((await examine(repo, { env })).exitCode).toBe(ExitCode.Clean);

      await run(repo, 'uninstall', '--global');
      expect(readFileSync(config, 'utf8')).not.toContain('leak-guard');
      expect(existsSync(join(repo.home, '.config/leak-guard/config-hooks'))).toBe(false);
      expect((await git(repo, 'commit', '-m', 'Leak')).exitCode).toBe(0);
    });
  });

  test('X02 a script that is gone stops everything, and the doctor names it', async () => {
    await installed(async (repo) => {
      await repo.exec('rm', ['-r', '.git/leak-guard']);
      await repo.stage('a.txt', 'clean\n');

      expect((await git(repo, 'commit', '-m', 'Clean')).exitCode).not.toBe(0);
      const { exitCode, ids } = await examine(repo, { env });
      expect(exitCode).not.toBe(ExitCode.Clean);
      expect(ids('pre-commit')).toEqual(['cannot-scan']);
    });
  });

  test.each(['hook.leak-guard-pre-commit.enabled', 'hook.pre-commit.enabled'])(
    'X02 %s=false is named with what mends it',
    async (key) => {
      await installed(async (repo) => {
        await repo.git('config', key, 'false');
        await repo.stage('a.txt', `key = "${sample('sendgrid-api-key')}"\n`);

        expect((await git(repo, 'commit', '-m', 'Leak')).exitCode).toBe(0);
        const { hooks } = await examine(repo, { env });
        expect(hooks[0]?.problems).toMatchObject([{ id: 'switched-off', mend: expect.stringContaining(key) }]);
      });
    },
  );
});

test('X02 an older git is told that it runs no hooks from its settings, and nothing is written', async () => {
  await withRepo(async (repo) => {
    const folder = join(repo.home, 'bin');
    const real = (await repo.exec('sh', ['-c', 'command -v git'])).stdout.trim();
    const old = `#!/bin/sh\nfor word; do [ "$word" = version ] && echo git version 2.53.0 && exit; done\nexec '${real}' "$@"\n`;
    await repo.write('../home/bin/git', old, 0o755);

    for (const words of [['--config-hook'], ['--config-hook', '--global']]) {
      const ran = await repo.exec(process.execPath, [builtCli, 'install', ...words], { env: pathWith(folder) });
      expect(ran).toMatchObject({ exitCode: ExitCode.CouldNotScan, stderr: expect.stringContaining('2.54 or newer') });
    }

    expect((await repo.tryGit(['config', '--get-regexp', '^hook'])).stdout).toBe('');
  });
});
