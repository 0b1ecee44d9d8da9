import { chmodSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Repo } from '../support/repo.js';
import { type Bench, withBench } from './stand-in.js';

const HOOK = '.husky/pre-commit';

/** Runs the real husky, as `prepare` does. */
async function runHusky(repo: Repo, folder = '.husky'): Promise<void> {
  await repo.exec(process.execPath, [resolve('node_modules/husky/bin.js'), folder]);
}

async function withHusky(test: (bench: Bench) => Promise<void>): Promise<void> {
  await withBench(async (bench) => {
    await bench.addPackage('.');
    await runHusky(bench.repo);
    await test(bench);
  });
}

test('I41 a husky repository without hook files gets two, and they run', async () => {
  await withHusky(async ({ install, uninstall, repo, read, exists, calls }) => {
    await install();
    await install();
    await repo.git('commit', '-q', '--allow-empty', '-m', 'One');

    expect(calls()).toMatchObject([{ args: ['hook', 'pre-commit', '--'], nodeOptions: null }]);
    expect(read(HOOK)).not.toContain(repo.dir);
    expect(exists('.git/hooks/pre-commit')).toBe(false);
    await uninstall();
    expect(exists(HOOK)).toBe(false);
    expect(exists('.husky/pre-push')).toBe(false);
    expect(await repo.git('config', 'core.hooksPath')).toBe('.husky/_');
  });
});

test.each([
  ['I40 plain', 'echo ran > ran\n', 0],
  ['I42 exit 0', 'echo ran > ran\nexit 0\n', 0],
  ['I43 no final newline', 'echo ran > ran', 0],
  ['a failing linter', 'echo ran > ran\nfalse\n', 1],
  ['a shebang', '#!/usr/bin/env sh\necho ran > ran\n', 0],
  ['I44 the header of husky 4 to 8', '#!/usr/bin/env sh\n. "$(dirname -- "$0")/_/husky.sh"\n\necho ran > ran\n', 0],
  ['bytes that are no UTF-8', Buffer.from('# \xff\necho ran > ran\n', 'latin1'), 0],
])(
  'a husky hook (%s) is scanned first, then does its own work, and gets its bytes back',
  async (_, content, exitCode) => {
    await withHusky(async ({ install, uninstall, repo, read, exists, calls }) => {
      await repo.write(HOOK, content, 0o640);
      const before = read(HOOK);

      await install();
      await runHusky(repo);
      expect((await repo.tryGit(['commit', '-q', '--allow-empty', '-m', 'One'])).exitCode).toBe(exitCode);
      expect(calls()).toHaveLength(1);
      expect(exists('ran')).toBe(true);
      await uninstall();

      expect(read(HOOK)).toBe(before);
    });
  },
);

test('a finding stops the commit before the rest of the husky hook', async () => {
  await withHusky(async ({ install, repo, exists, endWith }) => {
    await repo.write(HOOK, 'echo ran > ran\n');
    await install();
    await endWith(1);

    expect((await repo.tryGit(['commit', '-q', '--allow-empty', '-m', 'One'])).exitCode).toBe(1);
    expect(exists('ran')).toBe(false);
  });
});

test('the block stands below the header of husky 4 to 8', async () => {
  await withHusky(async ({ install, repo, read }) => {
    const header = '#!/usr/bin/env sh\n. "$(dirname -- "$0")/_/husky.sh"\n';
    await repo.write(HOOK, `${header}\nnpm test\n`);

    await install();

    expect(read(HOOK).startsWith(`${header}# >>> leak-guard >>>`)).toBe(true);
  });
});

test('lines below ours in a husky pre-push hook still get the refs', async () => {
  await withHusky(async ({ install, repo, read, calls }) => {
    await repo.write('.husky/pre-push', 'cat > seen-input\nprintf "%s|" "$@" > seen-args\n');
    await install();
    const remote = join(repo.home, 'remote.git');
    await repo.git('init', '-q', '--bare', remote);
    await repo.git('commit', '-q', '--allow-empty', '-m', 'One');

    await repo.git('push', '-q', remote, 'HEAD:a', 'HEAD:b');

    const scan = calls().at(-1);
    expect(scan?.input.split('\n')).toHaveLength(3);
    expect(read('seen-input')).toBe(scan?.input);
    expect(read('seen-args')).toBe(`${remote}|${remote}|`);
  });
});

test('a missing package stops the commit and says what to do', async () => {
  await withHusky(async ({ install, repo }) => {
    await install();
    await repo.exec('mv', ['node_modules', 'gone']);

    const commit = await repo.tryGit(['commit', '-q', '--allow-empty', '-m', 'One']);

    expect(commit.exitCode).toBe(1);
    expect(commit.stderr).toContain('Next: Run "npm install"');
  });
});

test('neither NODE_OPTIONS nor certificates for node reach the scan', async () => {
  await withHusky(async ({ install, repo, endWith, calls }) => {
    await repo.write('off.cjs', 'process.exit(0);\n');
    await install();
    await endWith(1);

    const commit = await repo.tryGit(['commit', '-q', '--allow-empty', '-m', 'One'], {
      env: {
        NODE_OPTIONS: `--require ${join(repo.dir, 'off.cjs')}`,
        NODE_EXTRA_CA_CERTS: join(repo.dir, 'company.pem'),
      },
    });

    expect(commit.exitCode).toBe(1);
    expect(calls()).toMatchObject([{ nodeOptions: null, certificates: null }]);
  });
});

test('I45 husky in the package of a sub-folder works', async () => {
  await withBench(async ({ install, uninstall, repo, read, calls, exists, addPackage }) => {
    await addPackage('web');
    await runHusky(repo, 'web/.husky');

    await install({}, { cwd: join(repo.dir, 'web') });
    await repo.git('commit', '-q', '--allow-empty', '-m', 'One');

    expect(read('web/.husky/pre-commit')).toContain("lg_cli='web/node_modules/.bin/leak-guard'");
    expect(calls()).toHaveLength(1);
    await uninstall();
    expect(exists('web/.husky/pre-commit')).toBe(false);
  });
});

test('husky hooks of a clone in which husky has not run are not called installed', async () => {
  await withBench(async ({ install, repo, addPackage }) => {
    await addPackage('.');
    await repo.commit(HOOK, 'npm test\n');

    await expect(install()).rejects.toMatchObject({ hint: expect.stringContaining('npx husky') });
    expect(await install({}, { env: { ...repo.env, HUSKY: '0' } })).toContain('HUSKY=0');
    expect(await install({ manager: 'native' })).toContain('.git/hooks/pre-commit');
  });
});

test('husky whose folder is missing in a fresh work tree is named', async () => {
  await withHusky(async ({ install, repo }) => {
    await repo.commit(HOOK, 'npm test\n');
    await repo.exec('rm', ['-r', '.husky/_']);

    await expect(install()).rejects.toMatchObject({ hint: expect.stringContaining('npx husky') });
  });
});

test('a manager that the repository does not use is refused', async () => {
  await withHusky(async ({ install }) => {
    await expect(install({ manager: 'native' })).rejects.toThrow('belong to husky');
    await expect(install({ hooks: ['pre-receive'] })).rejects.toThrow('husky does not run pre-receive');
  });
  await withBench(async ({ install }) => {
    await expect(install({ manager: 'husky' })).rejects.toThrow('do not belong to husky');
  });
});

test('a husky hook that is a link is left as it is', async () => {
  await withHusky(async ({ install, repo, read }) => {
    await repo.write('check.sh', 'npm test\n');
    symlinkSync('../check.sh', join(repo.dir, HOOK));

    await expect(install()).rejects.toThrow('is a link');
    expect(read('check.sh')).toBe('npm test\n');
  });
});

test('the hooks of husky 8, which git runs itself, get the block, too', async () => {
  await withBench(async ({ install, repo, addPackage, calls }) => {
    await addPackage('.');
    await repo.commit(HOOK, '#!/usr/bin/env sh\n. "$(dirname -- "$0")/_/husky.sh"\n\ntrue\n');
    await repo.write('.husky/_/husky.sh', 'true\n');
    chmodSync(join(repo.dir, HOOK), 0o755);
    await repo.git('config', 'core.hooksPath', '.husky');

    await install();
    await repo.git('commit', '-q', '--allow-empty', '-m', 'One');

    expect(calls()).toHaveLength(1);
  });
});
