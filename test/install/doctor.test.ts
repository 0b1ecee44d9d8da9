import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { mkdir, mkdtemp, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ExitCode } from '../../src/exit-code.js';
import { type Repo, withRepo } from '../support/repo.js';
import { examine, pathWith, runHusky, withPackage } from './real-package.js';

const HOOK = '.git/hooks/pre-commit';

function read(repo: Repo, path: string): string {
  return readFileSync(join(repo.dir, path), 'latin1');
}

async function withInstalled(test: (repo: Repo) => Promise<void>): Promise<void> {
  await withPackage(async (repo) => {
    const installed = await repo.run('install');
    if (installed.exitCode !== 0) throw new Error(installed.stderr);
    await test(repo);
  });
}

test('a repository with working hooks is fine, and says what was tried', async () => {
  await withInstalled(async (repo) => {
    const doctor = await repo.run('doctor');

    expect(doctor.exitCode).toBe(ExitCode.Clean);
    expect(doctor.stdout.split('\n')[0]).toBe(
      'leak-guard: pre-commit and pre-push run here, and each stopped a grown secret.',
    );
    expect(doctor.stdout).toContain('other commands in the hooks were not run');
    expect((await repo.run('doctor', '--quiet')).stdout).toBe('');
    expect((await examine(repo)).hooks).toEqual([
      { hook: 'pre-commit', ok: true, path: join(repo.dir, HOOK), problems: [] },
      { hook: 'pre-push', ok: true, path: join(repo.dir, '.git/hooks/pre-push'), problems: [] },
    ]);
  });
});

test('hooks that were asked for are tried, too', async () => {
  await withInstalled(async (repo) => {
    await repo.run('install', '--hook', 'commit-msg', '--hook', 'pre-merge-commit');

    const { exitCode, hooks } = await examine(repo);

    expect(exitCode).toBe(ExitCode.Clean);
    expect(hooks.map(({ hook }) => hook)).toEqual(['pre-commit', 'pre-push', 'commit-msg', 'pre-merge-commit']);
  });
});

test('the repository stays as it is to the last byte, and nothing stays behind', async () => {
  await withInstalled(async (repo) => {
    const temp = await mkdtemp(join(repo.home, 'temp-'));
    await repo.write('.git/hooks/post-index-change', '#!/bin/sh\necho ran > ran\n', 0o755);
    await repo.git('config', 'core.splitIndex', 'true');
    await repo.stage('staged.txt', 'staged\n');
    rmSync(join(repo.dir, 'ran'), { force: true });
    const files = async (): Promise<Map<string, string>> => {
      const names = await readdir(join(repo.dir, '.git'), { recursive: true, withFileTypes: true });
      const paths = names.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
      return new Map(paths.map((path) => [path, readFileSync(path, 'latin1')]));
    };
    const before = await files();

    const { exitCode } = await examine(repo, { env: { TMPDIR: temp, TEMP: temp, TMP: temp } });

    expect(exitCode).toBe(ExitCode.Clean);
    expect(await files()).toEqual(before);
    expect(readdirSync(temp)).toEqual([]);
    expect(existsSync(join(repo.dir, 'ran'))).toBe(false);
  });
});

test("other people's part of a hook is not run", async () => {
  await withPackage(async (repo) => {
    await repo.write(HOOK, '#!/bin/sh\necho ran > ran\n', 0o755);
    await repo.run('install');
    await repo.write(HOOK, `${read(repo, HOOK)}echo ran > ran-below\n`);

    const { exitCode } = await examine(repo);

    expect(exitCode).toBe(ExitCode.Clean);
    expect(existsSync(join(repo.dir, 'ran'))).toBe(false);
    expect(existsSync(join(repo.dir, 'ran-below'))).toBe(false);
  });
});

test.each<[string, string, (repo: Repo) => Promise<unknown>]>([
  ['is missing', 'missing', async (repo) => rmSync(join(repo.dir, HOOK))],
  ['is not executable', 'not-executable', (repo) => repo.exec('chmod', ['-x', HOOK])],
  [
    'is a link to nothing',
    'dangling-link',
    async (repo) => {
      rmSync(join(repo.dir, HOOK));
      symlinkSync('../../nowhere', join(repo.dir, HOOK));
    },
  ],
  [
    'is a folder',
    'not-a-file',
    async (repo) => {
      rmSync(join(repo.dir, HOOK));
      await mkdir(join(repo.dir, HOOK));
    },
  ],
  ['has CR LF', 'crlf', (repo) => repo.write(HOOK, read(repo, HOOK).replaceAll('\n', '\r\n'))],
  ['has no shebang', 'no-shebang', (repo) => repo.write(HOOK, read(repo, HOOK).replace('#!/bin/sh\n', ''))],
  [
    'names no interpreter that is there',
    'no-interpreter',
    (repo) => repo.write(HOOK, `#!/nowhere/sh\n${read(repo, HOOK)}`),
  ],
  [
    'is of an older version (X03)',
    'stale',
    (repo) => repo.write(HOOK, read(repo, HOOK).replace(/>>> v\d+ /, '>>> v0 ')),
  ],
  ['has half a block', 'broken-block', (repo) => repo.write(HOOK, read(repo, HOOK).replace(/# <<< .*/, ''))],
  [
    'ends before the block',
    'behind-exit',
    (repo) => repo.write(HOOK, read(repo, HOOK).replace('#!/bin/sh\n', '#!/bin/sh\nexit 0\n')),
  ],
  ['was written over', 'not-called', (repo) => repo.write(HOOK, '#!/bin/sh\nnpm test\n')],
  [
    'lets a secret pass',
    'secret-passed',
    (repo) => repo.write(HOOK, read(repo, HOOK).replaceAll('|| exit $?', '|| exit 0')),
  ],
  [
    'scans nothing',
    'cannot-scan',
    (repo) => repo.write(HOOK, read(repo, HOOK).replace(' hook pre-commit -- "$@"', ' nonsense hook pre-commit')),
  ],
])('a hook that %s is named %s, and the other hook stays fine', async (_, id, breakIt) => {
  await withInstalled(async (repo) => {
    await breakIt(repo);

    const { exitCode, hooks, ids } = await examine(repo);

    expect(exitCode).toBe(ExitCode.Findings);
    expect(ids('pre-commit')[0]).toBe(id);
    expect(ids('pre-push')).toEqual([]);
    for (const { text, mend } of hooks.flatMap(({ problems }) => problems)) {
      expect(text).toMatch(/^[^\n]+$/);
      expect(mend).toMatch(/^[A-Z][^\n]+$/);
    }
  });
});

test('a hook that another tool wrote over a chained one is named', async () => {
  await withPackage(async (repo) => {
    await repo.write(HOOK, '#!/bin/sh\necho mine\n', 0o755);
    await repo.run('install');
    await repo.write(HOOK, '#!/bin/sh\necho other\n');

    expect((await examine(repo)).ids('pre-commit')).toEqual(['overwritten']);
  });
});

test('a package that is gone is named', async () => {
  await withPackage(async (repo) => {
    await runHusky(repo);
    await repo.run('install');
    await repo.exec('mv', ['node_modules', 'gone']);

    expect((await examine(repo)).ids('pre-commit')).toEqual(['package-gone']);
  });
});

test.each([
  ['lacks one of its parts', 'cold.cjs', 'cannot-scan'],
  ['does not start', 'leak-guard.cjs', 'package-broken'],
])('a package that %s is named', async (_, file, id) => {
  await withPackage(async (repo) => {
    const own = 'node_modules/leak-guard/dist/bin';
    await repo.exec(process.execPath, [join(repo.dir, own, 'leak-guard.cjs'), 'install']);
    await repo.write(`${own}/${file}`, 'require("./gone.cjs");\n');

    const doctor = await repo.run('doctor', '--format', 'json'); // of this project, which is whole

    expect(doctor.exitCode).toBe(ExitCode.Findings);
    expect(doctor.stdout).toContain(`"${id}"`);
  });
});

test('a node that no hook can find is named', async () => {
  await withPackage(async (repo) => {
    await repo.git('config', 'core.hooksPath', '.githooks');
    await mkdir(join(repo.dir, '.githooks'));
    await repo.run('install');
    const bin = await mkdtemp(join(repo.home, 'bin-'));
    for (const tool of ['git', 'sh', 'env']) {
      const { stdout } = await repo.exec('sh', ['-c', `command -v ${tool}`]);
      symlinkSync(stdout.trim(), join(bin, tool));
    }

    expect((await examine(repo, { env: { PATH: bin } })).ids('pre-commit')).toEqual(['node-gone']);
  });
});

test.each(['local', 'global', 'worktree'])(
  'hooks that a core.hooksPath (%s setting) hides are named',
  async (scope) => {
    await withInstalled(async (repo) => {
      await mkdir(join(repo.dir, 'elsewhere'));
      await repo.git('config', 'extensions.worktreeConfig', 'true');
      await repo.git('config', `--${scope}`, 'core.hooksPath', join(repo.dir, 'elsewhere'));

      const { exitCode, hooks, ids } = await examine(repo);

      expect(exitCode).toBe(ExitCode.Findings);
      expect(ids('pre-commit')).toEqual(['shadowed']);
      expect(ids('pre-push')).toEqual(['shadowed']);
      expect(hooks[0]?.path).toBe(join(repo.dir, 'elsewhere/pre-commit'));
      expect(hooks[0]?.problems[0]?.text).toContain(`${scope} setting`);
      expect(hooks[0]?.problems[0]?.mend).toContain(`git config --${scope} --unset core.hooksPath`);
    });
  },
);

test('hooks that a setting of the machine or of one command hides are named', async () => {
  await withInstalled(async (repo) => {
    await mkdir(join(repo.home, 'all'));
    await repo.write('../home/system', `[core]\n\thooksPath = ${join(repo.home, 'all')}\n`);

    const system = { GIT_CONFIG_SYSTEM: join(repo.home, 'system'), GIT_CONFIG_NOSYSTEM: undefined };
    const bySystem = await examine(repo, { env: system });
    const command = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'core.hooksPath', GIT_CONFIG_VALUE_0: '/dev/null' };
    const byCommand = await examine(repo, { env: command });

    expect(bySystem.ids('pre-commit')).toEqual(['shadowed']);
    expect(bySystem.hooks[0]?.problems[0]?.mend).toMatch(/install --force.* --system --unset/);
    expect(byCommand.ids('pre-commit')).toEqual(['hooks-folder-missing']);
    expect(byCommand.hooks[0]?.problems[0]?.text).toContain('command setting');
  });
});

test('a linked work tree without the untracked folder that core.hooksPath names is told apart', async () => {
  await withPackage(async (repo) => {
    await mkdir(join(repo.dir, 'own-hooks'));
    await repo.git('config', 'core.hooksPath', 'own-hooks');
    await repo.run('install');
    const linked = join(repo.home, 'linked');
    await repo.git('worktree', 'add', '-q', linked);

    expect((await examine(repo)).exitCode).toBe(ExitCode.Clean);
    expect((await examine(repo, { cwd: linked })).ids('pre-push')).toEqual(['hooks-folder-missing']);
  });
});

test('hooks of someone else that hide ours are named', async () => {
  await withInstalled(async (repo) => {
    await repo.write('elsewhere/pre-commit', '#!/bin/sh\ntrue\n', 0o755);
    await repo.git('config', 'core.hooksPath', 'elsewhere');

    expect((await examine(repo)).ids('pre-commit')).toEqual(['shadowed']);
  });
});

test('a core.hooksPath that leads nowhere is named', async () => {
  await withInstalled(async (repo) => {
    await repo.git('config', 'core.hooksPath', 'nowhere');

    expect((await examine(repo)).ids('pre-push')).toEqual(['hooks-folder-missing']);
  });
});

test("global hooks are fine where git uses them, and named where the repository's own setting hides them", async () => {
  await withPackage(async (repo) => {
    await repo.write('.git/hooks/pre-commit', '#!/bin/sh\necho ran > ran\n', 0o755);
    await repo.run('install', '--global');
    expect((await examine(repo)).exitCode).toBe(ExitCode.Clean);
    expect(existsSync(join(repo.dir, 'ran'))).toBe(false);

    await runHusky(repo);

    expect((await examine(repo)).ids('pre-push')).toEqual(['missing']);
    await repo.git('config', 'core.hooksPath', '.git/hooks');
    rmSync(join(repo.dir, '.git/hooks/pre-commit'));
    expect((await examine(repo)).ids('pre-commit')).toEqual(['shadowed']);
  });
});

test('X01 a linked work tree in which husky has not run is named', async () => {
  await withPackage(async (repo) => {
    await runHusky(repo);
    await repo.run('install');
    await repo.git('add', '.husky');
    await repo.git('commit', '-q', '--no-verify', '-m', 'Add hooks');
    expect((await examine(repo)).exitCode).toBe(ExitCode.Clean);
    const linked = join(repo.home, 'linked');
    await repo.git('worktree', 'add', '-q', linked);

    const { exitCode, ids } = await examine(repo, { cwd: linked });

    expect(exitCode).toBe(ExitCode.Findings);
    expect(ids('pre-commit')).toEqual(['worktree-without-hooks']);
  });
});

test.each<[string, (repo: Repo) => Promise<Record<string, string>>]>([
  ['the environment', async () => ({ HUSKY: '0' })],
  [
    'its init file',
    async (repo) => {
      await repo.exec('mkdir', ['-p', join(repo.home, '.config/husky')]);
      await repo.write('../home/.config/husky/init.sh', 'export HUSKY=0 # quiet\n');
      return {};
    },
  ],
])('husky that is switched off in %s is named', async (_, switchOff) => {
  await withPackage(async (repo) => {
    await runHusky(repo);
    await repo.run('install');
    const env = await switchOff(repo);

    expect((await examine(repo, { env })).ids('pre-commit')).toEqual(['switched-off']);
  });
});

test('npm that runs no scripts is named where a script was to put the hooks in, and noted where they are', async () => {
  await withPackage(async (repo) => {
    await repo.write('package.json', '{ "scripts": { "prepare": "husky" } }\n');
    await repo.write('.npmrc', 'ignore-scripts=true\n');
    expect((await examine(repo)).ids('pre-commit')).toContain('ignore-scripts');

    await runHusky(repo);
    await repo.run('install');

    const { exitCode, notes } = await examine(repo);
    expect(exitCode).toBe(ExitCode.Clean);
    expect(notes[0]).toContain('.npmrc');
  });
});

test('hooks in settings that this git does not run are no hooks', async () => {
  await withPackage(async (repo) => {
    await repo.git('config', 'hook.mine.event', 'pre-commit');
    await repo.git('config', 'hook.mine.command', 'node_modules/.bin/leak-guard hook pre-commit');

    const { notes, ids } = await examine(repo, { env: await gitThatSays(repo, '2.53.0') });

    expect(notes).toEqual([expect.stringContaining('hook.mine (local setting) runs leak-guard on pre-commit only')]);
    expect(ids('pre-commit')).toEqual(['missing']);
  });
});

test('hooks in settings are tried where git runs them', async () => {
  await withPackage(async (repo) => {
    await repo.git('config', 'hook.mine.event', 'pre-commit');
    await repo.git('config', 'hook.mine.command', 'node_modules/.bin/leak-guard hook pre-commit');

    const { notes, ids } = await examine(repo, { env: await gitThatSays(repo, '2.54.1') });

    expect(notes).toEqual([expect.stringContaining("before the hook's file")]);
    expect(ids('pre-commit')).toEqual([]);
    expect(ids('pre-push')).toEqual(['missing']);
  });
});

test('a git that is too old is named', async () => {
  await withInstalled(async (repo) => {
    const { exitCode, ids } = await examine(repo, { env: await gitThatSays(repo, '2.17.1') });

    expect(exitCode).toBe(ExitCode.Findings);
    expect(ids('pre-commit')).toEqual(['git-too-old']);
  });
});

test('outside of a repository it could not tell', async () => {
  await withRepo(
    async (repo) => {
      const doctor = await repo.run('doctor');

      expect(doctor.exitCode).toBe(ExitCode.CouldNotScan);
      expect(doctor.stderr).toContain('There is no git repository here.');
    },
    { init: false },
  );
});

test.each([['--template='], ['--object-format=sha256'], ['--bare']])(
  'works in a repository made with %s',
  async (option) => {
    await withRepo(
      async (repo) => {
        await repo.run('install', ...(option === '--bare' ? ['--hook', 'pre-receive'] : []));

        const { hooks } = await examine(repo);

        expect(hooks[0]?.hook).toBe(option === '--bare' ? 'pre-receive' : 'pre-commit');
        if (option !== '--bare') expect(hooks.every(({ ok }) => ok)).toBe(true);
      },
      { init: [option] },
    );
  },
);

test('works from a sub-folder, a linked work tree and a folder with an odd name', async () => {
  await withInstalled(async (repo) => {
    const linked = join(repo.home, "it's a:b $x");
    await repo.git('worktree', 'add', '-q', '-b', 'linked', linked);
    await mkdir(join(linked, 'deep'));

    expect((await examine(repo, { cwd: join(linked, 'deep') })).exitCode).toBe(ExitCode.Clean);
  });
});

/** A git that claims another version, and is the real one otherwise. */
async function gitThatSays(repo: Repo, version: string): Promise<{ readonly PATH: string }> {
  const { stdout } = await repo.exec('sh', ['-c', 'command -v git']);
  const script = `#!/bin/sh\nfor word; do if [ "$word" = version ]; then echo git version ${version}; exit; fi; done\nexec ${stdout.trim()} "$@"\n`;
  await repo.write('../home/bin/git', script, 0o755);
  return pathWith(join(repo.home, 'bin'));
}
