import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { basename, delimiter, dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { sample } from '../support/detectors.js';
import { cli, type Ran, type Repo, type RunOptions, withRepo } from '../support/repo.js';
import { expectBlock, expectStop, fillerLines, type Setting, situation, tryCommit } from '../support/situation.js';

const noHooks: Setting = { isGuarded: false };

/** Puts a secret into the index and makes something fail; gives the environment of the run. */
type Break = (repo: Repo) => Promise<RunOptions | undefined>;

const failures: readonly (readonly [string, RegExp, Break])[] = [
  ['there is no repository', /not a git repository/, async (repo) => ({ cwd: repo.home })],
  [
    'the branch names a commit that is missing',
    /git: .*HEAD|missing|bad object/,
    async (repo) => {
      await repo.write('.git/refs/heads/main', `${'1'.repeat(40)}\n`);
      return undefined;
    },
  ],
  [
    'the index is cut short',
    /git: /,
    async (repo) => {
      const index = await readFile(join(repo.dir, '.git/index'));
      await repo.write('.git/index', index.subarray(0, 50));
      return undefined;
    },
  ],
  [
    'a staged blob is damaged',
    /git: .*(corrupt|inflate|unable|missing)/s,
    async (repo) => {
      const oid = await repo.git('rev-parse', ':a.txt');
      const path = join(repo.dir, '.git/objects', oid.slice(0, 2), oid.slice(2));
      await chmod(path, 0o644);
      await writeFile(path, 'no object\n');
      return undefined;
    },
  ],
  ['there is no git', /Could not find git/, async (repo) => ({ env: { PATH: repo.home } })],
  ['git always fails', /git \S+ exited with 1/, (repo) => withGit(repo, 'exit 1')],
  ['git is killed', /git \S+ was stopped by SIGKILL/, (repo) => withGit(repo, 'kill -9 $$')],
  ['git says nothing and calls it a success', /git/, (repo) => withGit(repo, 'exit 0')],
  ['git cannot be run', /git/, (repo) => withGit(repo, '', '#!/nonexistent/shell\n')],
  ['git answers something else', /git/, (repo) => withGit(repo, 'echo something else')],
];

for (const [title, evidence, toFail] of failures) {
  situation(`stops when ${title}`, noHooks, async (repo, key) => {
    await repo.commit('first.txt', 'one\n');
    await repo.stage('a.txt', `${key}\n`);
    const options = await toFail(repo);

    const hook = await leakGuard(repo, ['hook', 'pre-commit'], options);
    const scan = await leakGuard(repo, ['scan', '--staged', '--format', 'json'], options);

    for (const ran of [hook, scan]) expectStop(ran, evidence);
    expect([hook.exitCode, scan.exitCode, scan.stdout]).toEqual([2, 2, '']);
  });
}

situation('finds nothing staged before the first commit', noHooks, async (repo) => {
  const hook = await repo.run('hook', 'pre-commit');

  expect(hook).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('scanned 0 blobs') });
});

for (const words of [
  ['scan', '--nope'],
  ['scan', '--staged', '--stdin'],
  ['scan', '--format', 'nope'],
  ['scan', 'no-such-path'],
  ['scan', '--message', 'no-such-file'],
  ['scan', '--staged', '--output', 'no/such/folder/report.json'],
  ['scan', '--staged', '--config', 'no-such-file.json'],
  ['scan', '.', '--config', 'no-such-file.json'],
  ['hook', 'nope'],
  ['hook', '__proto__'],
  ['hook'],
  ['hook', 'pre-push'],
  ['hook', 'commit-msg'],
]) {
  situation(`does not understand "leak-guard ${words.join(' ')}", and says so`, noHooks, async (repo) => {
    const ran = await repo.run(...words);

    expectStop(ran, /^leak-guard: /);
    expect([ran.exitCode, ran.stdout]).toEqual([2, '']);
  });
}

if (process.platform !== 'win32') {
  situation('stops when the current folder or the standard input cannot be read', noHooks, async (repo) => {
    const inGone = `mkdir gone && cd gone && rmdir ../gone && "${process.execPath}" "${cli}" hook pre-commit`;

    const gone = await repo.exec('sh', ['-c', inGone]);
    const unread = await repo.exec('sh', ['-c', `"${process.execPath}" "${cli}" scan --stdin </`]);

    expectStop(gone, 'the current folder is gone');
    expectStop(unread, 'Could not read the standard input');
    expect([gone.exitCode, unread.exitCode]).toEqual([2, 2]);
  });
}

situation('stops when its own detectors are missing or cut short', noHooks, async (repo) => {
  const own = join(repo.dir, '../leak-guard');
  await cp(dirname(cli), own, { recursive: true });
  const run = (): Promise<Ran> => repo.exec(process.execPath, [join(own, basename(cli)), 'hook', 'pre-commit']);

  await truncate(join(own, 'scan-table.bin'), 1_000);
  const short = await run();
  await rm(join(own, 'scan-table.bin'));
  const missing = await run();

  for (const ran of [short, missing]) expectStop(ran, 'Could not read the detectors');
  expect([short.exitCode, missing.exitCode]).toEqual([2, 2]);
});

situation('does not repeat an unknown word, which may be a pasted secret', noHooks, async (repo, key) => {
  for (const words of [['scan', `--${key}`], ['hook', key], [key], ['scan', '--format', key]]) {
    const ran = await repo.run(...words);

    expect(ran.exitCode).toBe(2);
    expect(ran.stdout + ran.stderr).not.toContain(key);
  }
});

if (process.platform === 'linux') {
  situation('scans files on the disk with any bytes in their names', noHooks, async (repo, key) => {
    const names = [
      Buffer.from('a\nleak-guard: all clean'),
      Buffer.from('b\x1b[2J.txt'),
      Buffer.from('c-\xff', 'latin1'),
    ];
    for (const name of names) {
      await writeFile(Buffer.concat([Buffer.from(`${repo.dir}/`), name]), `${key}\n`);
    }

    const scan = await repo.run('scan', '.');

    expectBlock(
      { ...scan, stderr: scan.stdout },
      { key, says: ['In 3 places', 'a\\x0aleak-guard', 'b\\x1b[2J.txt:1:1'] },
    );
    expect(scan.stdout).not.toContain('\x1b');
    expect(scan.exitCode).toBe(1);
  });
}

situation('finds a secret in the midst of a binary file', {}, async (repo, key) => {
  const noise = (): Buffer => randomBytes(1_000_000);
  await repo.stage('a.bin', Buffer.concat([noise(), Buffer.from(`\0${key}\0`), noise()]));

  const { ran, isMoved } = await tryCommit(repo);

  expectBlock(ran, { key, says: 'a.bin' });
  expect(isMoved).toBe(false);
});

situation('finds a secret in a line of 10 MB', {}, async (repo, key) => {
  await repo.stage('a.json', `{"a":"${'lorem ipsum '.repeat(800_000)}","b":"${key}"}`);

  const { ran, isMoved } = await tryCommit(repo);

  expectBlock(ran, { at: 'a.json:1', key });
  expect(ran.stderr.length).toBeLessThan(2_000);
  expect(isMoved).toBe(false);
});

situation('scans a blob of 60 MB in slices, in less than 200 MB of memory', noHooks, async (repo, key) => {
  await repo.stage('big.txt', `${'a line of a plain text\n'.repeat(2_700_000)}${key}\n`);

  const { ran, megabytes } = await measured(repo, ['hook', 'pre-commit']);

  expectBlock(ran, { at: 'big.txt:2700001', key });
  expect(megabytes).toBeLessThan(200);
});

situation('names a blob of 210 MB as not scanned, in less than 200 MB of memory', noHooks, async (repo, key) => {
  await repo.stage('huge.bin', Buffer.alloc(210 * 1024 * 1024));
  const alone = await measured(repo, ['hook', 'pre-commit']);
  await repo.stage('a.txt', 'clean\n');
  const beside = await measured(repo, ['hook', 'pre-commit']);
  await repo.stage('a.txt', `${key}\n`);
  const found = await repo.run('hook', 'pre-commit');

  expectStop(alone.ran, /huge\.bin/);
  expect(beside.ran).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/1 skipped[\s\S]*\n {2}huge\.bin/) });
  expectBlock(found, { at: 'a.txt:1', key, says: 'huge.bin' });
  expect(alone.ran.exitCode).toBe(2);
  expect(Math.max(alone.megabytes, beside.megabytes)).toBeLessThan(200);
});

situation('ends with 2 when the reader of its report has gone, clean or not', noHooks, async (repo, key) => {
  await repo.stage('a.txt', 'clean\n');
  const clean = await unread(repo, ['scan', '--staged'], 'stdout');
  const cleanHook = await unread(repo, ['hook', 'pre-commit'], 'stderr');
  await repo.stage('a.txt', `${Array.from({ length: 300 }, () => sample('sendgrid-api-key')).join('\n')}\n${key}\n`);
  const found = await unread(repo, ['scan', '--staged', '--format', 'json'], 'stdout');
  const foundHook = await unread(repo, ['hook', 'pre-commit'], 'stderr');

  expectStop(clean, 'closed the pipe');
  expectStop(found, 'closed the pipe');
  expect([clean, cleanHook, found, foundHook].map(({ exitCode }) => exitCode)).toEqual([2, 2, 2, 2]);
});

if (existsSync('/dev/full')) {
  situation('ends with 2 when the disk that takes its report is full', noHooks, async (repo, key) => {
    await repo.stage('a.txt', `${key}\n`);
    const command = `"${process.execPath}" "${cli}"`;

    const scan = await repo.exec('sh', ['-c', `${command} scan --staged --format json >/dev/full`]);
    const hook = await repo.exec('sh', ['-c', `${command} hook pre-commit 2>/dev/full`]);

    expectStop(scan, 'Could not write the result');
    expect([scan.exitCode, hook.exitCode]).toEqual([2, 2]);
  });
}

situation('keeps an older report when it cannot write the new one', noHooks, async (repo) => {
  await repo.stage('a.txt', fillerLines(3));
  await mkdir(join(repo.dir, 'out/report.json'), { recursive: true });

  const ran = await repo.run('scan', '--staged', '--output', 'out/report.json');

  expectStop(ran, /--output/);
  expect(ran.exitCode).toBe(2);
  expect(await readdir(join(repo.dir, 'out'))).toEqual(['report.json']);
});

/** An environment whose git does something else. */
async function withGit(repo: Repo, script: string, start = '#!/bin/sh\n'): Promise<RunOptions> {
  await repo.write('../bin/git', `${start}${script}\n`, 0o755);
  return { env: { PATH: [join(repo.dir, '../bin'), repo.env['PATH']].join(delimiter) } };
}

function leakGuard(repo: Repo, words: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return repo.exec(process.execPath, [cli, ...words], options);
}

/** A run, and the most memory that its process had. */
async function measured(repo: Repo, words: readonly string[]): Promise<{ ran: Ran; megabytes: number }> {
  await repo.write(
    '../measure.cjs',
    `process.on('exit', () => require('fs').writeFileSync(process.env.LG_MEMORY, String(process.resourceUsage().maxRSS)));`,
  );
  const file = join(repo.dir, '../memory.txt');
  const args = ['--require', join(repo.dir, '../measure.cjs'), cli, ...words];
  const ran = await repo.exec(process.execPath, args, { env: { LG_MEMORY: file } });
  return { ran, megabytes: Number(await readFile(file, 'utf8')) / 1024 };
}

/** A run whose report nobody reads: the reader closes its end before there is a word. */
function unread(repo: Repo, words: readonly string[], stream: 'stdout' | 'stderr'): Promise<Ran> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [cli, ...words], { cwd: repo.dir, env: repo.env, stdio: 'pipe' });
    const other = stream === 'stdout' ? child.stderr : child.stdout;
    const text: Buffer[] = [];
    child[stream].destroy();
    child.stdin.end();
    other.on('data', (chunk: Buffer) => text.push(chunk));
    child.on('error', fail);
    child.on('close', (code) => done({ exitCode: code ?? -1, stdout: '', stderr: Buffer.concat(text).toString() }));
  });
}

test('a package that lacks a part of itself stops with 2 and says how to mend it', async () => {
  await withRepo(async (repo) => {
    await repo.stage('a.env', `KEY=${sample('sendgrid-api-key')}\n`);
    await cp(dirname(cli), join(repo.home, 'bin'), { recursive: true });
    await rm(join(repo.home, 'bin/cold.cjs'));

    const hook = await repo.exec(process.execPath, [join(repo.home, 'bin/leak-guard.cjs'), 'hook', 'pre-commit']);

    expect(hook.exitCode).toBe(2);
    expect(hook.stderr).toBe(
      'leak-guard: a part of the package is missing or broken, so nothing was scanned.\n' +
        '  Next: Run "npm ci" (or "npm install"), and try again.\n',
    );
  });
});
