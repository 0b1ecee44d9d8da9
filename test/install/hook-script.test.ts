import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import {
  HOOK_NAMES,
  quote,
  toHandOnBlock,
  toHookFile,
  toPrivateBlock,
  toSharedBlock,
  toShellPath,
} from '../../src/install/hook-script.js';
import { type Repo, withRepo } from '../support/repo.js';
import { withBench } from './stand-in.js';

const HOOK = '.git/hooks/pre-commit';
const programs = { nodePath: '/opt/node', cliPath: "/opt/it's/cli.cjs", otherCliPaths: ['web/cli.cjs'] };

async function commit(repo: Repo, env: Record<string, string | undefined> = {}): Promise<number> {
  await repo.stage('a.txt', `${Math.random()}\n`);
  return (await repo.tryGit(['commit', '-q', '-m', 'Change'], { env })).exitCode;
}

/** A folder for PATH with what the hook needs, but without node. */
function pathWithoutNode(repo: Repo): string {
  const folder = join(repo.home, 'bin');
  mkdirSync(folder);
  symlinkSync('/bin/cat', join(folder, 'cat'));
  return folder;
}

test.each(HOOK_NAMES)('sh accepts every form of the %s hook', async (hook) => {
  await withRepo(async (repo) => {
    const blocks = [
      toPrivateBlock(hook, programs),
      toPrivateBlock(hook, programs, { chain: 'repository' }),
      toSharedBlock(hook, 'web/node_modules/.bin/leak-guard', true),
      toSharedBlock(hook, null, false),
      toHandOnBlock(hook),
    ];
    for (const block of blocks) {
      expect(await repo.exec('sh', ['-n'], { input: toHookFile(block) })).toEqual({
        exitCode: 0,
        stdout: '',
        stderr: '',
      });
      expect(await repo.exec('bash', ['-n'], { input: toHookFile(block) })).toEqual({
        exitCode: 0,
        stdout: '',
        stderr: '',
      });
    }
  });
});

test('a shared block holds no path of this machine', () => {
  const block = toSharedBlock('pre-push', 'node_modules/.bin/leak-guard', true);

  expect(block.replaceAll('/dev/null', '')).not.toMatch(/(^|[ '"=])\/[a-z]/m);
});

test.each([
  ['C:\\Program Files\\x.cjs', '\\', 'C:/Program Files/x.cjs'],
  ['/a\\b', '/', '/a\\b'],
])('X04 toShellPath(%j) with %j as separator is %j', (path, separator, expected) => {
  expect(toShellPath(path, separator)).toBe(expected);
});

test('quote makes one word of anything', async () => {
  await withRepo(async (repo) => {
    const text = `a'b"c$d\`e\\f\n*`;

    expect((await repo.exec('sh', ['-c', `printf %s ${quote(text)}`])).stdout).toBe(text);
  });
});

test('I26 paths with blanks, quotes and dollar signs work', async () => {
  await withBench(
    async ({ install, repo, calls }) => {
      const odd = join(repo.dir, `it's "a" $HOME \`x\` & é`);
      mkdirSync(odd);
      await repo.tryGit(['init', '-q'], { cwd: odd });

      await install({}, { cwd: odd });
      await repo.tryGit(['commit', '-q', '--allow-empty', '-m', 'One'], { cwd: odd });

      expect(calls()).toHaveLength(1);
    },
    { toolFolder: `my 'tools' "x" $PATH \`y\` ü` },
  );
});

test('I30 works when HOME is not set', async () => {
  await withBench(async ({ install, repo, calls }) => {
    await install({}, { env: { ...repo.env, HOME: undefined } });

    await repo.exec('sh', [HOOK], { env: { HOME: undefined } });

    expect(calls()).toHaveLength(1);
  });
});

test('I32 variables that switch other hook managers off do not switch ours off', async () => {
  await withBench(async ({ install, repo, calls }) => {
    await install();

    await commit(repo, { HUSKY: '0', LEFTHOOK: '0', CI: '1', SKIP: 'leak-guard' });

    expect(calls()).toHaveLength(1);
  });
});

test('neither NODE_OPTIONS nor .npmrc reaches the scan', async () => {
  await withBench(async ({ install, repo, calls, endWith }) => {
    await repo.write('off.cjs', 'process.exit(0);\n');
    await repo.write('.npmrc', 'node-options=--require ./off.cjs\nscript-shell=/bin/true\n');
    await install();
    await endWith(1);

    expect(await commit(repo, { NODE_OPTIONS: `--require ${join(repo.dir, 'off.cjs')}` })).not.toBe(0);
    expect(calls()[0]?.nodeOptions).toBeNull();
  });
});

test('the scan does not wait for certificates that node would read at its start', async () => {
  await withBench(async ({ install, repo, calls }) => {
    await install();

    await commit(repo, { NODE_EXTRA_CA_CERTS: join(repo.home, 'company.pem') });

    expect(calls()).toMatchObject([{ certificates: null }]);
  });
});

test('I27 when leak-guard is gone, the commit stops and the message says what to do', async () => {
  await withBench(async ({ install, repo, cliPath }) => {
    await install();
    rmSync(dirname(cliPath), { recursive: true });

    const hook = await repo.exec('sh', [HOOK]);

    expect(hook.exitCode).toBe(1);
    expect(hook.stderr).toContain('this commit could not be scanned and was stopped');
    expect(hook.stderr).toContain('Next: Run "npm install"');
    expect(await commit(repo)).not.toBe(0);
  });
});

test("when leak-guard is gone, the repository's own package takes its place", async () => {
  await withBench(async ({ install, repo, cliPath, addPackage, calls }) => {
    await install();
    rmSync(cliPath);
    await addPackage('.');

    expect(await commit(repo)).toBe(0);
    expect(calls()[0]?.file).toBe(join(repo.dir, 'node_modules/leak-guard/dist/bin/leak-guard.cjs'));
  });
});

test('a package in a sub-folder is found there again after the repository has moved', async () => {
  await withBench(async ({ install, repo, addPackage, calls }) => {
    await addPackage('web');
    const own = join(repo.dir, 'web/node_modules/leak-guard/dist/bin/leak-guard.cjs');
    await install({}, { cwd: join(repo.dir, 'web'), cliPath: own });
    const moved = join(repo.home, 'moved');
    await repo.exec('mv', [repo.dir, moved], { cwd: repo.home });

    await repo.tryGit(['commit', '-q', '--allow-empty', '-m', 'One'], { cwd: moved });

    expect(calls()[0]?.file).toBe(join(moved, 'web/node_modules/leak-guard/dist/bin/leak-guard.cjs'));
  });
});

test('I29 X05 works without node in PATH, as in a program with windows', async () => {
  await withBench(async ({ install, repo, calls }) => {
    await install();

    expect((await repo.exec('/bin/sh', [HOOK], { env: { PATH: pathWithoutNode(repo) } })).exitCode).toBe(0);
    expect(calls()).toHaveLength(1);
  });
});

test.each([
  ['nvm', '.nvm/versions/node/v22.1.0/bin/node', {}],
  ['fnm', '.local/share/fnm/node-versions/v22.1.0/installation/bin/node', {}],
  ['volta', '.volta/bin/node', {}],
  ['asdf', '.asdf/installs/nodejs/22.1.0/bin/node', {}],
  ['mise', 'my mise/installs/node/22.1.0/bin/node', { MISE_DATA_DIR: 'my mise' }],
])('when the recorded node is gone, the one of %s is used', async (_, place, more) => {
  await withBench(async ({ install, repo, calls }) => {
    const node = join(repo.home, place);
    mkdirSync(dirname(node), { recursive: true });
    writeFileSync(node, `#!/bin/sh\necho used >>"${repo.home}/used"\nexec "${process.execPath}" "$@"\n`, {
      mode: 0o755,
    });
    const inHome = Object.fromEntries(Object.entries(more).map(([name, value]) => [name, join(repo.home, value)]));
    await install({}, { nodePath: join(repo.home, 'gone/node') });

    const hook = await repo.exec('/bin/sh', [HOOK], { env: { ...inHome, PATH: pathWithoutNode(repo) } });

    expect(hook).toMatchObject({ exitCode: 0, stderr: '' });
    expect(calls()).toHaveLength(1);
    expect((await repo.exec('cat', [join(repo.home, 'used')])).stdout).toContain('used');
  });
});

test('a node that is too old, broken, or brought by a dependency is passed over', async () => {
  await withBench(async ({ install, repo, calls }) => {
    const path = ['old', 'broken', 'node_modules/.bin', 'good dir'].map((name) => join(repo.home, name));
    for (const folder of path) mkdirSync(folder, { recursive: true });
    writeFileSync(join(path[0] ?? '', 'node'), '#!/bin/sh\nexit 1\n', { mode: 0o755 });
    writeFileSync(join(path[1] ?? '', 'node'), '#!/nowhere\n', { mode: 0o755 });
    writeFileSync(join(path[2] ?? '', 'node'), '#!/bin/sh\nexit 0\n', { mode: 0o755 });
    symlinkSync(process.execPath, join(path[3] ?? '', 'node'));
    await repo.write('node', '#!/bin/sh\nexit 0\n', 0o755);
    await install({}, { nodePath: join(repo.home, 'gone/node') });

    const hook = await repo.exec('/bin/sh', [HOOK], { env: { PATH: ['.', '', ...path].join(':') } });

    expect(hook).toMatchObject({ exitCode: 0, stderr: '' });
    expect(calls()).toHaveLength(1);
  });
});

test('I28 without any node, the push stops and the message says what to do', async () => {
  await withRepo(async (repo) => {
    const cliPath = join(repo.home, 'cli.cjs');
    writeFileSync(cliPath, '');
    const gone = { nodePath: join(repo.home, 'gone'), cliPath, otherCliPaths: [] };
    // Only what is below HOME and in PATH can be emptied here: the machine's own folders are taken out of the text.
    const text = toHookFile(toPrivateBlock('pre-push', gone)).replace(/^ *\/opt\/homebrew.*$/m, '    \\');

    const hook = await repo.exec('/bin/sh', ['-s', 'origin', 'url'], {
      input: text,
      env: { PATH: pathWithoutNode(repo) },
    });

    expect(hook.exitCode).toBe(1);
    expect(hook.stderr).toContain('this push could not be scanned and was stopped: no Node.js 20 or newer was found');
  });
});

test('a pre-push hook that cannot read its input stops the push', async () => {
  await withBench(async ({ install, repo, calls }) => {
    await install();

    expect((await repo.exec('/bin/sh', ['.git/hooks/pre-push'], { env: { PATH: '/nowhere' } })).exitCode).toBe(1);
    expect(calls()).toEqual([]);
  });
});

test('strict settings that the user put above the block do no harm', async () => {
  await withBench(async ({ install, repo, calls, read }) => {
    await install();
    for (const hook of [HOOK, '.git/hooks/pre-push']) {
      await repo.write(hook, read(hook).replace('#!/bin/sh\n', '#!/bin/sh\nset -euf\n'));
      chmodSync(join(repo.dir, hook), 0o755);
      expect(await repo.exec(`./${hook}`, ['a', 'b'])).toMatchObject({ exitCode: 0, stderr: '' });
    }

    expect(calls()).toHaveLength(2);
  });
});
