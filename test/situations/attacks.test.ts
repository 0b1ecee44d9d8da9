import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect } from '@jest/globals';
import { cli, type Repo, withRepo } from '../support/repo.js';
import {
  blocks,
  expectBlock,
  expectStop,
  passes,
  type Setting,
  situation,
  stageBlob,
  tryCommit,
} from '../support/situation.js';

const noHooks: Setting = { isGuarded: false };
const escapes = '\x1b[2J\x1b]0;owned\x07\r\u009b31m\u202e\u2066';

situation('T01 escapes what a file name would do to the terminal', {}, async (repo, key) => {
  await stageBlob(repo, { path: `a${escapes}.txt` }, `${key}\n`);

  const { ran, isMoved } = await tryCommit(repo);

  expectBlock(ran, { key, says: 'a\\x1b[2J\\x1b]0;owned\\x07\\x0d' });
  expect(ran.stderr).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
  expect(isMoved).toBe(false);
});

situation('T02 escapes what a line with a secret would do to the terminal', {}, async (repo, key) => {
  await repo.stage('a.txt', `x ${escapes} "${key}" ${escapes}\n`);

  const { ran, isMoved } = await tryCommit(repo);

  expectBlock(ran, { at: 'a.txt:2', key }); // a carriage return ends a line, too
  expect(ran.stderr).not.toMatch(/[\0-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/);
  expect(isMoved).toBe(false);
});

situation('T03 runs no program of the repository that looks like settings', {}, async (repo, key) => {
  const program = `require('fs').writeFileSync(${JSON.stringify(markerOf(repo))}, 'ran'); process.exit(0);\n`;
  for (const name of ['leak-guard.config', '.leak-guard', '.leak-guardrc', '.leak-guard-allow', 'index']) {
    for (const ending of ['js', 'cjs', 'mjs', 'ts']) await repo.write(`${name}.${ending}`, program);
  }
  await repo.write('package.json', '{ "main": "index.js", "leak-guard": {} }\n');
  await repo.write('a.txt', `${key}\n`);
  await repo.git('add', '-A');

  const { ran, isMoved } = await tryCommit(repo);

  expectBlock(ran, { at: 'a.txt:1', key });
  expect([isMoved, existsSync(markerOf(repo))]).toEqual([false, false]);
});

situation('T04 is not switched off by NODE_OPTIONS or .npmrc', {}, async (repo, key) => {
  const program = join(repo.dir, 'evil.cjs');
  await repo.write(
    'evil.cjs',
    `require('fs').writeFileSync(${JSON.stringify(markerOf(repo))}, ''); process.exit(0);\n`,
  );
  await repo.write('.npmrc', `node-options=--require ${program}\nscript-shell=/bin/true\n`);
  await repo.stage('a.txt', `${key}\n`);

  const { ran, isMoved } = await tryCommit(repo, { options: { env: { NODE_OPTIONS: `--require ${program}` } } });

  expectBlock(ran, { at: 'a.txt:1', key });
  expect([isMoved, existsSync(markerOf(repo))]).toEqual([false, false]);
});

for (const [id, title, names] of [
  ['T05', 'file system monitor', ['core.fsmonitor']],
  [
    'T06',
    'pager, diff program or filter',
    ['core.pager', 'pager.diff-index', 'pager.cat-file', 'diff.external', 'diff.x.textconv', 'filter.x.smudge'],
  ],
] as const) {
  situation(`${id} runs no ${title} that the repository names`, noHooks, async (repo, key) => {
    await repo.stage('.gitattributes', '* diff=x filter=x\n');
    await repo.stage('a.txt', `${key}\n`);
    await repo.write('evil', `#!/bin/sh\necho ran > '${markerOf(repo)}'\ncat\n`, 0o755);
    for (const name of names) await repo.git('config', name, join(repo.dir, 'evil'));

    const hook = await repo.run('hook', 'pre-commit');

    expectBlock(hook, { at: 'a.txt:1', key });
    expect(existsSync(markerOf(repo))).toBe(false);
  });
}

situation('T07 goes through lines that are made to make patterns slow', noHooks, async (repo, key) => {
  const parts = [
    'SG.',
    'eyJ',
    'sk_live_',
    'ghp_',
    'AKIA',
    '-----BEGIN RSA PRIVATE KEY-----',
    'password="',
    'key: ',
    '"',
  ];
  const lines = [...parts, ' ', '=', '../', 'a:b@', '\\n'].map((part) => part.repeat(Math.ceil(500_000 / part.length)));
  await repo.stage('a.txt', `${lines.join('\n')}\n${key}\n`);

  const scan = await repo.run('scan', '--staged', '--format', 'json');

  const report: unknown = JSON.parse(scan.stdout);
  expect(report).toMatchObject({ findings: expect.arrayContaining([expect.objectContaining({ startLine: 15 })]) });
  expect(scan.stdout).not.toContain(key);
  expect(scan.exitCode).toBe(1);
});

passes('T08 does not unpack an archive that grows to 100 MB', async (repo) => {
  const archive = gzipSync(Buffer.alloc(100_000_000));
  await repo.stage('bomb.gz', archive);
  return { says: `scanned 1 blob, ${(archive.length / 1000).toFixed(1)} kB, 0 skipped` };
});

blocks('T09 blocks a secret in a blob of 100 MB', async (repo, key) => {
  await stageBlob(
    repo,
    { path: 'big.bin' },
    Buffer.concat([Buffer.alloc(100_000_000, 'abc\n'), Buffer.from(`${key}\n`)]),
  );
  return 'big.bin:25000001';
});

situation('T10 never shows a secret, whatever variable asks for more words', noHooks, async (repo, key) => {
  await repo.stage('a.txt', `${key}\n`);
  const names = [
    'DEBUG',
    'NODE_DEBUG',
    'NODE_DEBUG_NATIVE',
    'LEAK_GUARD_DEBUG',
    'VERBOSE',
    'TRACE',
    'GIT_TRACE_PACKET',
  ];
  const env = { ...Object.fromEntries(names.map((name) => [name, '*'])), GIT_TRACE: '1', GIT_TRACE2: '1' };

  const hook = await repo.exec(process.execPath, [cli, 'hook', 'pre-commit'], { env });
  const scan = await repo.exec(process.execPath, [cli, 'scan', '--staged', '--format', 'json'], { env });

  expect([hook.exitCode, scan.exitCode]).toEqual([1, 1]);
  for (const text of [hook.stdout, hook.stderr, scan.stdout, scan.stderr]) expect(text).not.toContain(key);
});

situation('T11 prints no colours into a pipe', {}, async (repo, key) => {
  await repo.git('config', 'color.ui', 'always');
  await repo.stage('a.txt', `${key}\n`);

  const { ran } = await tryCommit(repo, { options: { env: { FORCE_COLOR: '3', CLICOLOR_FORCE: '1' } } });
  const scan = await repo.run('scan', '--staged');

  expectBlock(ran, { at: 'a.txt:1', key });
  expect(ran.stderr + scan.stdout).not.toContain('\x1b');
});

situation('T12 scans the repository that the environment names, wherever it runs', noHooks, async (repo, key) => {
  await repo.stage('a.txt', `${key}\n`);
  const env = { GIT_DIR: join(repo.dir, '.git'), GIT_WORK_TREE: repo.dir };

  await withRepo(async (other) => {
    const hook = await other.exec(process.execPath, [cli, 'hook', 'pre-commit'], { env });

    expectBlock(hook, { at: 'a.txt:1', key });
    expect(hook.exitCode).toBe(1);
  });
});

const ALLOW = '.leak-guard-allow.json';

situation('T13 says that gzip in base64 which grows to 100 MB was not looked through', {}, async (repo, key) => {
  const bomb = gzipSync(Buffer.alloc(100_000_000)).toString('base64');
  await repo.stage('bomb.yaml', `user_data: ${bomb}\nkey: ${key}\n`);

  const { ran, isMoved } = await tryCommit(repo);

  expectBlock(ran, { at: 'bomb.yaml:2', key, says: 'not scanned' });
  expect(ran.stderr).toContain('gzip in base64 that grows too large');
  expect(isMoved).toBe(false);
});

situation('T20 passes a secret by its exact entry, says so, and blocks every other', {}, async (repo, key) => {
  await repo.stage('a.txt', `${key}\n`);
  const entries = allowlist(await fingerprintOf(repo));
  await repo.stage(ALLOW, entries);

  const allowed = await tryCommit(repo);
  await repo.stage('b.txt', `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}\n`);
  const other = await tryCommit(repo);

  expect(allowed).toMatchObject({ ran: { exitCode: 0 }, isMoved: true });
  expect(allowed.ran.stderr).toMatch(/1 allowed[\s\S]*leak-guard-allow\.json changes here: 1 entry added/);
  expectBlock(other.ran, { at: 'b.txt:1', key });
  expect(other.isMoved).toBe(false);
  expect(entries).not.toContain(key);
});

situation('T21 does not hear an allowlist that is not staged', {}, async (repo, key) => {
  await repo.stage('a.txt', `${key}\n`);
  await repo.write(ALLOW, allowlist(await fingerprintOf(repo)));

  const { ran, isMoved } = await tryCommit(repo);

  expectBlock(ran, { at: 'a.txt:1', key });
  expect(isMoved).toBe(false);
});

situation('T22 stops at an allowlist that is a link', {}, async (repo, key) => {
  await repo.stage('a.txt', `${key}\n`);
  await repo.write('real.json', allowlist(await fingerprintOf(repo)));
  await stageBlob(repo, { path: ALLOW, mode: '120000' }, 'real.json');

  const { ran, isMoved } = await tryCommit(repo);

  expectStop(ran, 'is a symbolic link');
  expect(isMoved).toBe(false);
});

situation(
  'T23 stops at a broken allowlist, also where the rest of it would let the secret pass',
  {},
  async (repo, key) => {
    await repo.stage('a.txt', `${key}\n`);
    await repo.stage(ALLOW, `${allowlist(await fingerprintOf(repo))}}\n`);

    const { ran, isMoved } = await tryCommit(repo);

    expectStop(ran, /leak-guard-allow\.json:\d+:\d+/);
    expect(isMoved).toBe(false);
  },
);

/** A file that a program of the repository would write, were it run. */
function markerOf(repo: Repo): string {
  return join(repo.home, 'ran');
}

async function fingerprintOf(repo: Repo): Promise<string> {
  const { stdout } = await repo.run('scan', '--staged', '--format', 'json');
  return /"fingerprint": ?"([0-9a-f]+)"/.exec(stdout)?.[1] ?? '';
}

function allowlist(finding: string): string {
  return `${JSON.stringify({ version: 1, allow: [{ finding, reason: 'a key of the public docs' }] })}\n`;
}
