import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { ExitCode } from '../../src/exit-code.js';
import type { Ran, Repo } from '../support/repo.js';
import { grow } from '../support/sample.js';
import { isHere, type Manager, managers } from './managers.js';
import { examine, withPackage } from './real-package.js';

async function install(repo: Repo): Promise<Ran> {
  const ran = await repo.exec(process.execPath, ['node_modules/leak-guard/dist/bin/leak-guard.cjs', 'install']);
  if (ran.exitCode !== 0) throw new Error(ran.stderr);
  return ran;
}

async function withManager(manager: Manager, test: (repo: Repo) => Promise<void>): Promise<void> {
  await withPackage(async (repo) => {
    await repo.commit('.gitignore', 'node_modules\nran\n');
    await manager.setUp(repo);
    await manager.apply(repo);
    await test(repo);
  });
}

function growText(): string {
  return grow('key = "SG.{{base64url:22}}.{{base64url:43}}"\n');
}

async function commit(repo: Repo, text: string, ...args: readonly string[]): Promise<Ran> {
  await repo.stage('a.txt', text);
  return repo.tryGit(['commit', '-m', 'Change', ...args]);
}

async function push(repo: Repo): Promise<Ran> {
  const remote = join(repo.home, 'remote.git');
  if (!existsSync(remote)) await repo.git('init', '-q', '--bare', remote);
  return repo.tryGit(['push', remote, 'HEAD:refs/heads/main']);
}

function readAll(repo: Repo, manager: Manager): readonly string[] {
  return manager.settings.map((path) => readFileSync(join(repo.dir, path), 'latin1'));
}

const [here, missing] = [managers.filter(isHere), managers.filter((manager) => !isHere(manager))];

/** What needs all of them. */
const testAll = missing.length === 0 ? test : test.skip;

for (const { name } of missing) test.skip(`${name} is not here: run "npm ci --prefix test/tools"`, () => {});

describe.each(here.map((manager) => ({ ...manager, manager })))('$name ($how)', ({ manager }) => {
  test('stops a commit and a push with a secret, lets clean ones through, and the doctor agrees', async () => {
    await withManager(manager, async (repo) => {
      await install(repo);
      await manager.apply(repo);

      expect((await examine(repo)).hooks.flatMap(({ problems }) => problems)).toEqual([]);
      const leaking = await commit(repo, growText());
      expect(leaking.exitCode).not.toBe(0);
      expect(leaking.stdout + leaking.stderr).toContain('SendGrid');
      expect((await commit(repo, 'clean\n')).exitCode).toBe(0);
      expect((await push(repo)).exitCode).toBe(0);
      await commit(repo, growText(), '--no-verify');
      const pushed = await push(repo);
      expect(pushed.exitCode).not.toBe(0);
      expect(pushed.stdout + pushed.stderr).toContain('SendGrid');
    });
  });

  test('what the project runs itself goes on, and an install again changes nothing', async () => {
    await withManager(manager, async (repo) => {
      await install(repo);
      const once = readAll(repo, manager);
      await manager.apply(repo);

      expect((await install(repo)).stdout).toContain('already');
      expect(readAll(repo, manager)).toEqual(once);
      rmSync(join(repo.dir, 'ran'), { force: true });
      expect((await commit(repo, 'clean\n')).exitCode).toBe(0);
      expect((await push(repo)).exitCode).toBe(0);
      expect(readFileSync(join(repo.dir, 'ran'), 'utf8')).toBe('ran\nran\n');
    });
  });

  test('uninstall gives every byte back, and then nothing of ours runs', async () => {
    await withManager(manager, async (repo) => {
      const before = readAll(repo, manager);
      await install(repo);
      await manager.apply(repo);

      expect((await repo.run('uninstall')).exitCode).toBe(ExitCode.Clean);
      await manager.apply(repo);

      expect(readAll(repo, manager)).toEqual(before);
      expect((await commit(repo, growText())).exitCode).toBe(0);
      expect((await examine(repo)).ids('pre-commit')).toHaveLength(1);
    });
  });
});

function managerNamed(name: string): Manager {
  const manager = managers.find((each) => each.name === name);
  if (manager === undefined) throw new Error(`There is no manager ${name}.`);
  return manager;
}

testAll.each(['lefthook', 'simple-git-hooks'])(
  'hooks that %s has yet to put in are named with the command for it',
  async (name) => {
    await withPackage(async (repo) => {
      await managerNamed(name).setUp(repo);
      await install(repo);

      const { hooks } = await examine(repo);

      expect(hooks[0]?.problems).toMatchObject([{ id: 'not-applied', mend: expect.stringContaining(`npx ${name}`) }]);
    });
  },
);

testAll.each([
  ['lefthook', { LEFTHOOK: '0' }],
  ['lefthook', { LEFTHOOK_EXCLUDE: 'own,leak-guard' }],
  ['simple-git-hooks', { SKIP_SIMPLE_GIT_HOOKS: '1' }],
])('%s that is switched off is named', async (name, env) => {
  const manager = managerNamed(name);
  await withManager(manager, async (repo) => {
    await install(repo);
    await manager.apply(repo);

    expect((await examine(repo, { env })).ids('pre-commit')).toEqual(['switched-off']);
  });
});

test('a lefthook hook file whose lefthook is gone lets everything pass, and is named', async () => {
  await withPackage(async (repo) => {
    await managerNamed('lefthook').setUp(repo);
    await install(repo);
    const text = '#!/bin/sh\ncall_lefthook()\n{\n  lefthook "$@"\n}\ncall_lefthook run "pre-commit" "$@"\n';
    await repo.write('.git/hooks/pre-commit', text, 0o755);

    const { ids } = await examine(repo);

    expect(ids('pre-commit')).toEqual(['manager-gone']);
  });
});

testAll('only the command of leak-guard is run, whatever stands behind it in the settings', async () => {
  const manager = managerNamed('lefthook');
  await withManager(manager, async (repo) => {
    await install(repo);
    await manager.apply(repo);
    const settings = readFileSync(join(repo.dir, 'lefthook.yml'), 'utf8');
    await repo.write(
      'lefthook.yml',
      settings.replace('leak-guard hook pre-commit', 'leak-guard hook pre-commit; echo ran > bad'),
    );

    expect((await examine(repo)).exitCode).toBe(ExitCode.Clean);
    expect(existsSync(join(repo.dir, 'bad'))).toBe(false);
    await repo.write('lefthook-local.yml', 'pre-commit:\n  commands:\n    leak-guard:\n      skip: true\n');
    expect((await examine(repo)).exitCode).toBe(ExitCode.CouldNotScan);
  });
});

test('a native hook that the pre-commit framework moves aside still counts', async () => {
  await withPackage(async (repo) => {
    await install(repo);
    await managerNamed('pre-commit').setUp(repo);
    await managerNamed('pre-commit').apply(repo);

    expect(existsSync(join(repo.dir, '.git/hooks/pre-commit.legacy'))).toBe(true);
    expect((await examine(repo)).exitCode).toBe(ExitCode.Clean);
    expect((await commit(repo, growText())).exitCode).not.toBe(0);
  });
});

test('an entry in the settings of the pre-commit framework is named as not tried', async () => {
  await withManager(managerNamed('pre-commit'), async (repo) => {
    await repo.write('.pre-commit-config.yaml', 'repos:\n  - repo: x\n    hooks:\n      - id: leak-guard\n');

    const { exitCode, ids } = await examine(repo);

    expect(exitCode).toBe(ExitCode.CouldNotScan);
    expect(ids('pre-commit')).toEqual(['not-tried']);
  });
});
