import { lstatSync, mkdirSync, readdirSync, readlinkSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { Repo } from '../support/repo.js';
import { type Bench, withBench } from './stand-in.js';

const HOOK = '.git/hooks/pre-commit';
const PUSH = '.git/hooks/pre-push';
const ASIDE = `${HOOK}.leak-guard-orig`;

async function commit(repo: Repo, env: Record<string, string | undefined> = {}): Promise<number> {
  await repo.stage('a.txt', `${Math.random()}\n`);
  return (await repo.tryGit(['commit', '-q', '-m', 'Change'], { env })).exitCode;
}

async function push({ repo }: Bench, ...args: string[]): Promise<number> {
  const remote = join(repo.home, 'remote.git');
  await repo.git('init', '-q', '--bare', remote);
  await repo.tryGit(['remote', 'add', 'origin', remote]);
  return (await repo.tryGit(['push', '-q', 'origin', ...args])).exitCode;
}

/** A hook that leaves its arguments and input behind. */
const recorder = 'printf "%s|" "$@" > seen-args\ncat > seen-input\n';

test('I01 installs pre-commit and pre-push as executable regular files that sh accepts', async () => {
  await withBench(async ({ install, repo, read }) => {
    await install();

    for (const hook of [HOOK, PUSH]) {
      const stats = lstatSync(join(repo.dir, hook));
      expect(stats.isFile()).toBe(true);
      expect(stats.mode & 0o777).toBe(0o755);
      expect(read(hook)).not.toContain('\r');
      expect(read(hook)).toMatch(/^#!\/bin\/sh\n# >>> leak-guard >>> v\d+ /);
      expect((await repo.exec('sh', ['-n', hook])).stderr).toBe('');
    }
  });
});

test('I50 runs on commit and push, with the arguments and the refs that git gives', async () => {
  await withBench(async (bench) => {
    await bench.install();

    expect(await commit(bench.repo)).toBe(0);
    expect(await push(bench, 'main', 'main:other')).toBe(0);

    const [first, second] = bench.calls();
    expect(first?.args).toEqual(['hook', 'pre-commit', '--']);
    expect(second?.args).toEqual(['hook', 'pre-push', '--', 'origin', join(bench.repo.home, 'remote.git')]);
    expect(second?.input.match(/^refs\/heads\/main [0-9a-f]{40} refs\/heads\/(main|other) 0{40}$/gm)).toHaveLength(2);
  });
});

test.each([1, 2])('a scan that ends with %d stops the commit', async (exitCode) => {
  await withBench(async ({ install, endWith, repo }) => {
    await install();
    await endWith(exitCode);

    await repo.stage('a.txt', 'a\n');
    const hook = await repo.exec('sh', [HOOK]);

    expect(hook.exitCode).toBe(exitCode);
    expect(await commit(repo)).not.toBe(0);
  });
});

test('I02 a second install changes no byte and says so', async () => {
  await withBench(async ({ install, read, repo }) => {
    await install();
    const before = read(HOOK) + read(PUSH);

    expect(await install()).toContain('guarded already');
    expect(read(HOOK) + read(PUSH)).toBe(before);
    expect(readdirSync(join(repo.dir, '.git/hooks')).filter((name) => /leak-guard|tmp/.test(name))).toEqual([]);
  });
});

test.each([
  ['I03 plain', '#!/bin/sh\necho ran > ran\n'],
  ['I04 exit 0', '#!/bin/sh\necho ran > ran\nexit 0\n'],
  ['I05 exec', '#!/bin/sh\nexec sh -c "echo ran > ran"\n'],
  ['I06 no final newline', '#!/bin/sh\necho ran > ran'],
  ['no shebang', 'echo ran > ran\n'],
  ['I07 bash', '#!/usr/bin/env bash\n[[ 1 == 1 ]] && echo ran > ran\n'],
  ['I08 another interpreter', '#!/usr/bin/env node\nrequire("node:fs").writeFileSync("ran", "ran");\n'],
  ['I09 set -e and a trap', '#!/bin/sh\nset -eu\ntrap "echo ran > ran" EXIT\n'],
  ['bytes that are no UTF-8', Buffer.from('#!/bin/sh\n# \xff\xfe\necho ran > ran\n', 'latin1')],
])('I14 an earlier hook (%s) still runs beside ours, and comes back byte for byte', async (_, content) => {
  await withBench(async ({ install, uninstall, calls, exists, read, repo }) => {
    await repo.write(HOOK, content, 0o750);
    const before = read(HOOK);

    await install();
    expect(await commit(repo)).toBe(0);
    expect(exists('ran')).toBe(true);
    expect(calls()).toHaveLength(1);
    await uninstall();

    expect(read(HOOK)).toBe(before);
    expect(statSync(join(repo.dir, HOOK)).mode & 0o777).toBe(0o750);
    expect(exists(ASIDE)).toBe(false);
    expect(exists(PUSH)).toBe(false);
  });
});

test('I10 an earlier hook that fails stops the commit before the scan', async () => {
  await withBench(async ({ install, calls, repo }) => {
    await repo.write(HOOK, '#!/bin/sh\nexit 7\n', 0o755);
    await install();

    expect(await commit(repo)).not.toBe(0);
    expect(calls()).toEqual([]);
  });
});

test('I11 an earlier pre-push hook gets the same arguments and the same refs', async () => {
  await withBench(async (bench) => {
    await bench.repo.write(PUSH, `#!/bin/sh\n${recorder}`, 0o755);
    await bench.install();
    await commit(bench.repo);

    expect(await push(bench, 'main', 'main:other')).toBe(0);

    const scan = bench.calls().at(-1);
    expect(bench.read('seen-input')).toBe(scan?.input);
    expect(bench.read('seen-args')).toBe(`origin|${join(bench.repo.home, 'remote.git')}|`);
  });
});

test('a push without refs hands on an empty input', async () => {
  await withBench(async ({ install, repo, calls, read }) => {
    await repo.write(PUSH, `#!/bin/sh\n${recorder}`, 0o755);
    await install();

    const hook = await repo.exec('sh', [PUSH, 'origin', 'url']);

    expect(hook.exitCode).toBe(0);
    expect(calls().at(-1)?.input).toBe('');
    expect(read('seen-input')).toBe('');
  });
});

test('many refs reach both the scan and the earlier hook', async () => {
  await withBench(async ({ install, repo, calls, read }) => {
    const input = Array.from(
      { length: 5000 },
      (_, n) => `refs/heads/b${n} ${'a'.repeat(40)} refs/heads/$b\`${n}\\n ${'0'.repeat(40)}\n`,
    ).join('');
    await repo.write(PUSH, `#!/bin/sh\n${recorder}`, 0o755);
    await install();

    const hook = await repo.exec('sh', [PUSH, 'origin', 'url'], { input });

    expect(hook.exitCode).toBe(0);
    expect(calls().at(-1)?.input).toBe(input);
    expect(read('seen-input')).toBe(input);
  });
});

test('a push with a finding stops before an earlier hook can upload anything', async () => {
  await withBench(async (bench) => {
    await bench.repo.write(PUSH, `#!/bin/sh\n${recorder}`, 0o755);
    await bench.install();
    await commit(bench.repo);
    await bench.endWith(1);

    expect(await push(bench, 'main')).not.toBe(0);
    expect(bench.exists('seen-input')).toBe(false);
  });
});

test('I12 a hook that is a link keeps its script untouched and comes back as a link', async () => {
  await withBench(async ({ install, uninstall, exists, read, repo }) => {
    const script = '#!/bin/sh\necho ran > ran\n';
    await repo.write('scripts/check.sh', script, 0o755);
    symlinkSync('../../scripts/check.sh', join(repo.dir, HOOK));

    await install();
    await commit(repo);
    expect(lstatSync(join(repo.dir, HOOK)).isFile()).toBe(true);
    expect(exists('ran')).toBe(true);
    await uninstall();

    expect(readlinkSync(join(repo.dir, HOOK))).toBe('../../scripts/check.sh');
    expect(read('scripts/check.sh')).toBe(script);
  });
});

test('I13 an earlier hook that was not executable stays off, and comes back as it was', async () => {
  await withBench(async ({ install, uninstall, exists, calls, repo }) => {
    await repo.write(HOOK, '#!/bin/sh\necho ran > ran\n', 0o644);

    await install();
    await commit(repo);
    expect(calls()).toHaveLength(1);
    expect(exists('ran')).toBe(false);
    await uninstall();

    expect(statSync(join(repo.dir, HOOK)).mode & 0o777).toBe(0o644);
  });
});

test('I17 lines that the user added around the block survive install and uninstall', async () => {
  await withBench(async ({ install, uninstall, read, repo }) => {
    await install();
    await repo.write(HOOK, `${read(HOOK).replace('#!/bin/sh\n', '#!/bin/sh\necho above\n')}echo below\n`);
    const edited = read(HOOK);

    await install();
    expect(read(HOOK)).toBe(edited);
    await uninstall();

    expect(read(HOOK)).toBe('#!/bin/sh\necho above\necho below\n');
  });
});

test('lines that the user added stay beside the earlier hook, and uninstall says where that is', async () => {
  await withBench(async ({ install, uninstall, read, repo }) => {
    await repo.write(HOOK, '#!/bin/sh\necho earlier\n', 0o755);
    await install();
    await repo.write(HOOK, `${read(HOOK)}echo below\n`);

    expect(await uninstall()).toContain('pre-commit.leak-guard-orig');
    expect(read(HOOK)).toBe('#!/bin/sh\necho below\n');
    expect(read(ASIDE)).toBe('#!/bin/sh\necho earlier\n');
  });
});

test('I18 a hook that another tool wrote over ours is chained, and the older copy is kept', async () => {
  await withBench(async ({ install, read, repo, exists, calls }) => {
    await repo.write(HOOK, '#!/bin/sh\necho oldest\n', 0o755);
    await install();
    await repo.write(HOOK, '#!/bin/sh\necho ran > ran\n', 0o755);

    await install();
    await commit(repo);

    expect(exists('ran')).toBe(true);
    expect(calls()).toHaveLength(1);
    expect(read(`${ASIDE}.1`)).toBe('#!/bin/sh\necho oldest\n');
  });
});

test('X03 a stale block of an older version is replaced', async () => {
  await withBench(async ({ install, read, repo }) => {
    await install();
    const fresh = read(HOOK);
    await repo.write(HOOK, '#!/bin/sh\n# >>> leak-guard >>> v0\nleak-guard\n# <<< leak-guard <<<\n', 0o644);

    await install();

    expect(read(HOOK)).toBe(fresh);
    expect(statSync(join(repo.dir, HOOK)).mode & 0o777).toBe(0o755);
  });
});

test('a block without its last line is not guessed at', async () => {
  await withBench(async ({ install, repo, read }) => {
    const text = '#!/bin/sh\n# >>> leak-guard >>> v1\necho mine\n';
    await repo.write(HOOK, text, 0o755);

    await expect(install()).rejects.toThrow('not its last one');
    expect(read(HOOK)).toBe(text);
  });
});

test('I15 I16 uninstall twice, or without an install, has nothing to do', async () => {
  await withBench(async ({ install, uninstall, repo }) => {
    expect(await uninstall()).toContain('nothing to take back');
    await install();
    await uninstall();

    expect(await uninstall()).toContain('nothing to take back');
    expect(readdirSync(join(repo.dir, '.git/hooks')).filter((name) => !name.endsWith('.sample'))).toEqual([]);
  });
});

test('a dry run tells what would be done and does nothing', async () => {
  await withBench(async ({ install, exists, repo }) => {
    await repo.write(HOOK, '#!/bin/sh\n', 0o755);

    const said = await install({ isDryRun: true });

    expect(said).toContain('rename  .git/hooks/pre-commit -> .git/hooks/pre-commit.leak-guard-orig');
    expect(said).toContain('write   .git/hooks/pre-push');
    expect(exists(ASIDE)).toBe(false);
    expect(exists(PUSH)).toBe(false);
  });
});

test('a folder with control characters in its name does not reach the terminal raw', async () => {
  await withBench(async ({ install, repo }) => {
    const folder = join(repo.dir, 'a\x1b[31mb');
    mkdirSync(folder);
    await repo.git('config', 'core.hooksPath', folder);

    expect(await install()).toContain('a\\x1b[31mb/pre-commit');
  });
});

test('I25 other hooks come on request, and a name that is none is refused', async () => {
  await withBench(async ({ install, exists, repo, calls }) => {
    await install({ hooks: ['commit-msg', 'pre-merge-commit'] });
    await commit(repo);

    expect(exists('.git/hooks/pre-merge-commit')).toBe(true);
    expect(exists(HOOK)).toBe(false);
    expect(calls().map(({ args }) => args)).toEqual([['hook', 'commit-msg', '--', '.git/COMMIT_EDITMSG']]);
    await expect(install({ hooks: ['pre-comit'] })).rejects.toThrow('"pre-comit"');
  });
});

test('I31 a hook that a manager renamed and calls still knows what it is', async () => {
  await withBench(async ({ install, repo, calls, exists }) => {
    await repo.write(HOOK, '#!/bin/sh\necho ran > ran\n', 0o755);
    await install();
    await repo.exec('mv', [HOOK, `${HOOK}.legacy`]);

    await repo.exec('sh', [`${HOOK}.legacy`]);

    expect(calls()[0]?.args).toEqual(['hook', 'pre-commit', '--']);
    expect(exists('ran')).toBe(true);
  });
});

test("I49 the pre-commit framework's hook stays where it is, and its own chain runs ours", async () => {
  await withBench(async ({ install, uninstall, read, exists, repo }) => {
    const framework = '#!/usr/bin/env bash\n# File generated by pre-commit: https://pre-commit.com\nexit 0\n';
    await repo.write(HOOK, framework, 0o755);

    await install();
    await install();
    expect(read(HOOK)).toBe(framework);
    expect(read(`${HOOK}.legacy`)).toContain('hook pre-commit');
    expect(exists(ASIDE)).toBe(false);
    await uninstall();

    expect(read(HOOK)).toBe(framework);
    expect(exists(`${HOOK}.legacy`)).toBe(false);
  });
});
