import { chmodSync, lstatSync, mkdirSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ExitCode } from '../../src/exit-code.js';
import { sample } from '../support/detectors.js';
import { cli, type Repo, withRepo } from '../support/repo.js';

const HOOKS = '.git/hooks';

/** What stands in the hooks folder, save git's samples. */
function list(repo: Repo): readonly string[] {
  return readdirSync(join(repo.dir, HOOKS)).filter((name) => !name.endsWith('.sample'));
}

describe('install that cannot be carried out ends with 2, and leaves nothing half-written', () => {
  test('a file stands in the place of the hooks folder', async () => {
    await withRepo(async (repo) => {
      rmSync(join(repo.dir, HOOKS), { recursive: true, force: true });
      await repo.write(HOOKS, 'a file\n');

      const ran = await repo.run('install');

      expect(ran).toMatchObject({ exitCode: ExitCode.CouldNotScan, stderr: expect.stringContaining('Next: ') });
      expect((await repo.exec('cat', [HOOKS])).stdout).toBe('a file\n');
    });
  });

  // root writes everywhere, so there the folder is made immutable, where the file system can.
  test.each(['read-only', 'immutable'])('the hooks folder is %s', async (how) => {
    await withRepo(async (repo) => {
      mkdirSync(join(repo.dir, HOOKS), { recursive: true });
      const lock = (on: boolean): Promise<{ exitCode: number }> => {
        if (how === 'immutable') return repo.exec('chattr', [on ? '+i' : '-i', HOOKS]).catch(() => ({ exitCode: 1 }));
        chmodSync(join(repo.dir, HOOKS), on ? 0o555 : 0o755);
        return Promise.resolve({ exitCode: process.getuid?.() === 0 ? 1 : 0 });
      };
      const { exitCode } = await lock(true);
      try {
        const ran = await repo.run('install');

        // Where the lock does not hold (root, or a file system without such a flag) the install just works.
        if (exitCode !== 0) return expect(ran.exitCode).toBe(ExitCode.Clean);
        expect(ran).toMatchObject({
          exitCode: ExitCode.CouldNotScan,
          stderr: expect.stringContaining('stay as they were'),
        });
        expect(list(repo)).toEqual([]);
      } finally {
        await lock(false);
      }
    });
  });

  test('the second hook cannot be written: the first one is not there either', async () => {
    await withRepo(async (repo) => {
      await repo.write(`${HOOKS}/pre-push`, '#!/bin/sh\necho mine\n', 0o755);
      mkdirSync(join(repo.dir, HOOKS, 'pre-push.leak-guard-orig/full'), { recursive: true });
      const { exitCode } = await repo.exec('chattr', ['+i', `${HOOKS}/pre-push`]).catch(() => ({ exitCode: 1 }));
      try {
        const ran = await repo.run('install');

        if (exitCode !== 0) return expect(ran.exitCode).toBe(ExitCode.Clean);
        expect(ran.exitCode).toBe(ExitCode.CouldNotScan);
        expect([...list(repo)].sort()).toEqual(['pre-push', 'pre-push.leak-guard-orig']);
      } finally {
        await repo.exec('chattr', ['-i', `${HOOKS}/pre-push`]).catch(() => {});
      }
    });
  });

  test.each([
    ['--manager', 'grunt'],
    ['--hook', 'post-commit'],
    ['--seconds', 'soon'],
    ['--seconds', '60'],
  ])('install %s %s is refused', async (...words) => {
    await withRepo(async (repo) => {
      const before = list(repo);

      expect(await repo.run('install', ...words)).toMatchObject({
        exitCode: ExitCode.CouldNotScan,
        stderr: expect.stringContaining('Next: '),
      });

      expect(list(repo)).toEqual(before);
    });
  });

  test.each(['a folder', 'a link to nothing'])('%s stands in the place of a hook', async (what) => {
    await withRepo(async (repo) => {
      const path = join(repo.dir, HOOKS, 'pre-push');
      mkdirSync(join(repo.dir, HOOKS), { recursive: true });
      if (what === 'a folder') mkdirSync(join(path, 'mine'), { recursive: true });
      else symlinkSync('../../nowhere', path);

      expect(await repo.run('install')).toMatchObject({
        exitCode: ExitCode.CouldNotScan,
        stderr: expect.stringMatching(/in the place of a hook[\s\S]*pre-push[\s\S]*Next: Move it away/),
      });

      expect(list(repo)).toEqual(['pre-push']);
      expect(lstatSync(path).isFile()).toBe(false);
    });
  });

  test('settings of a hook manager that are a folder or a link to nothing are not guessed at', async () => {
    await withRepo(async (repo) => {
      await repo.write('node_modules/.bin/leak-guard', '', 0o755);
      mkdirSync(join(repo.dir, 'lefthook.yml'));

      expect((await repo.run('install')).exitCode).toBe(ExitCode.CouldNotScan);

      expect(list(repo)).toEqual([]);
      expect(readdirSync(join(repo.dir, 'lefthook.yml'))).toEqual([]);
    });
  });
});

test('X07 a template folder gives its hooks to new clones alone, and the doctor names an old one', async () => {
  await withRepo(async (repo) => {
    await repo.git('init', '-q', '../maker');
    const template = join(repo.home, 'template');
    const made = await repo.exec(process.execPath, [cli, 'install'], { cwd: join(repo.dir, '../maker') });
    expect(made.exitCode).toBe(ExitCode.Clean);
    mkdirSync(template);
    await repo.exec('cp', ['-r', '../maker/.git/hooks', join(template, 'hooks')]);
    await repo.git('config', '--global', 'init.templateDir', template);
    await repo.git('init', '-q', '../new');
    const cwd = join(repo.dir, '../new');

    const doctor = (where: string): ReturnType<Repo['exec']> =>
      repo.exec(process.execPath, [cli, 'doctor'], { cwd: where });
    expect((await doctor(cwd)).exitCode).toBe(ExitCode.Clean);
    expect(await doctor(repo.dir)).toMatchObject({
      exitCode: ExitCode.Findings,
      stdout: expect.stringContaining('no such hook'),
    });
    await repo.exec('sh', ['-c', `printf '%s' "$KEY" > a.txt && git add a.txt`], {
      cwd,
      env: { KEY: sample('sendgrid-api-key') },
    });
    expect((await repo.tryGit(['commit', '-m', 'Leak'], { cwd })).stderr).toContain('SendGrid');
  });
});

test('X08 a finding in a partial clone whose promisor is gone stops the commit and says why', async () => {
  await withRepo(async (repo) => {
    const key = sample('sendgrid-api-key');
    await repo.commit('a.txt', 'old\n');
    await repo.git('config', 'uploadpack.allowFilter', 'true');
    const cwd = join(repo.dir, '../partial');
    await repo.git('clone', '-q', '--no-checkout', '--filter=blob:none', `file://${repo.dir}`, cwd);
    await repo.exec(process.execPath, [cli, 'install'], { cwd });
    await repo.exec('mv', ['.git', 'gone']);
    const inClone = { cwd, env: { GIT_NO_LAZY_FETCH: undefined } };
    await repo.exec(
      'sh',
      [
        '-c',
        `git read-tree HEAD; printf '%s\\n' "old $KEY" > a.txt; git add a.txt; printf 'new\\n' > b.txt; git add b.txt`,
      ],
      {
        ...inClone,
        env: { KEY: key },
      },
    );

    const ran = await repo.tryGit(['commit', '-m', 'Change'], inClone);

    expect(ran.exitCode).not.toBe(0);
    expect(ran.stderr).toMatch(/could not fetch[\s\S]*Next: This clone fetches objects when they are needed/);
    expect(ran.stderr).not.toContain(key);
  });
});
