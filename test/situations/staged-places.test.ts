import { mkdir, rm } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { expect } from '@jest/globals';
import { sample } from '../support/detectors.js';
import { cli, type Repo } from '../support/repo.js';
import {
  blocks,
  expectBlock,
  expectStop,
  fillerLines,
  passes,
  situation,
  stageBlob,
  tryCommit,
} from '../support/situation.js';

passes('S58 passes the new commit of a submodule', async (repo, key) => {
  await repo.commit('a.txt', `${key}\n`);
  const commit = await repo.git('rev-parse', 'HEAD');
  await repo.git('config', 'diff.submodule', 'diff');
  await repo.git('update-index', '--add', '--cacheinfo', `160000,${commit},sub`);
  return undefined;
});

blocks('S59 blocks a commit inside a submodule', async (repo, key) => {
  const sub = join(repo.dir, 'sub');
  await repo.commit('a.txt', 'one\n');
  await repo.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', repo.dir, 'sub');
  await repo.exec(process.execPath, [cli, 'install'], { cwd: sub });
  await repo.write('sub/b.txt', `${key}\n`);
  await repo.tryGit(['add', 'b.txt'], { cwd: sub });
  return { at: 'b.txt:1', options: { cwd: sub } };
});

blocks('S60 blocks a file that a sparse checkout keeps out of the work tree', async (repo, key) => {
  await repo.commit('in/a.txt', 'one\n');
  await repo.git('sparse-checkout', 'set', 'in');
  await stageBlob(repo, { path: 'out/b.txt' }, `${key}\n`);
  return 'out/b.txt:1';
});

blocks(
  'S61 blocks a commit in a SHA-256 repository',
  async (repo, key) => {
    await repo.stage('a.txt', `${key}\n`);
    return 'a.txt:1';
  },
  { init: ['--object-format=sha256'] },
);

blocks('S62 blocks a commit in a linked worktree', async (repo, key) => {
  const cwd = join(repo.dir, '../linked');
  await repo.commit('a.txt', 'one\n');
  await repo.git('worktree', 'add', '-q', cwd);
  await repo.write('../linked/b.txt', `${key}\n`);
  await repo.tryGit(['add', 'b.txt'], { cwd });
  return { at: 'b.txt:1', options: { cwd } };
});

blocks('S63 blocks a commit by --git-dir and --work-tree from elsewhere', async (repo, key) => {
  await repo.stage('a.txt', `${key}\n`);
  const [gitDir, workTree] = [`--git-dir=${join(repo.dir, '.git')}`, `--work-tree=${repo.dir}`];
  return { at: 'a.txt:1', args: [gitDir, workTree, 'commit', '-m', 'Try'], options: { cwd: repo.home } };
});

blocks(
  'S64 blocks a commit in a repository whose git folder lies elsewhere',
  async (repo, key) => {
    await repo.stage('a.txt', `${key}\n`);
    return 'a.txt:1';
  },
  { init: ['--separate-git-dir=../elsewhere.git'] },
);

blocks('S65 blocks a secret that a clean filter puts in', async (repo, key) => {
  await setFilter(repo, `sed s/PLACE/${key}/`);
  await repo.stage('a.txt', 'one\nPLACE\n');
  return 'a.txt:2';
});

passes('S66 passes a secret that a clean filter encrypts', async (repo, key) => {
  await setFilter(repo, `sed s/${key}/encrypted/`);
  await repo.stage('a.txt', `one\n${key}\n`);
  return undefined;
});

blocks('S67 blocks a secret that a replacement of HEAD pretends to have already', async (repo, key) => {
  await repo.commit('a.txt', 'one\n');
  const real = await repo.git('rev-parse', 'HEAD');
  await repo.commit('a.txt', `one\n${key}\n`);
  const pretended = await repo.git('rev-parse', 'HEAD');
  await repo.git('reset', '-q', '--soft', real);
  await repo.git('replace', real, pretended);
  return 'a.txt:2';
});

passes('S68 passes a file that is announced but not staged', async (repo, key) => {
  await repo.write('a.txt', `${key}\n`);
  await repo.git('add', '-N', 'a.txt');
  await repo.stage('b.txt', 'clean\n');
  return undefined;
});

blocks('S76 blocks an ignored .env file that was added by force', async (repo, key) => {
  await repo.commit('.gitignore', '.env*\n');
  await repo.stage('.env.bak', `MAIL=${key}\n`);
  return '.env.bak:1';
});

situation('S77 stops when a staged blob is missing', {}, async (repo, key) => {
  const missing = '1'.repeat(40);
  await repo.stage('a.txt', `${key}\n`);
  await repo.git('update-index', '--add', '--cacheinfo', `100644,${missing},b.txt`);

  const hook = await repo.run('hook', 'pre-commit');
  const { ran, isMoved } = await tryCommit(repo);

  expectStop(hook, missing);
  expect([hook.exitCode, ran.exitCode !== 0, isMoved]).toEqual([2, true, false]);
});

situation('S78 stops when the index is corrupt', {}, async (repo) => {
  await repo.stage('a.txt', 'one\n');
  await repo.write('.git/index', 'DIRC, but no more\n');

  const hook = await repo.run('hook', 'pre-commit');
  const { ran, isMoved } = await tryCommit(repo);

  expectStop(hook, /git: .*(index|signature)/);
  expect([hook.exitCode, ran.exitCode !== 0, isMoved]).toEqual([2, true, false]);
});

situation('S79 stops outside a repository', {}, async (repo) => {
  const hook = await repo.exec(process.execPath, [cli, 'hook', 'pre-commit'], { cwd: repo.home });

  expectStop(hook, /git: fatal: not a git repository/);
  expect(hook.exitCode).toBe(2);
});

situation('S80 stops when git distrusts the owner of the folder', {}, async (repo) => {
  const { stdout: git } = await repo.exec('sh', ['-c', 'command -v git']);
  const script = `#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec ${git.trim()} "$@"\n`;
  await repo.write('../bin/git', script, 0o755);
  const PATH = [join(repo.dir, '../bin'), repo.env['PATH']].join(delimiter);

  const hook = await repo.exec(process.execPath, [cli, 'hook', 'pre-commit'], { env: { PATH } });

  expectStop(hook, /dubious ownership[\s\S]*safe\.directory/);
  expect(hook.exitCode).toBe(2);
});

situation('S81 ends with 0 when clean, 1 with findings, 2 when it could not scan', {}, async (repo, key) => {
  await repo.stage('a.txt', 'clean\n');
  const clean = await repo.run('scan', '--staged');
  await repo.stage('a.txt', `${key}\n`);
  const found = await repo.run('scan', '--staged', '--format', 'json', '--quiet');
  await rm(join(repo.dir, '.git/HEAD'));
  const failed = await repo.run('scan', '--staged', '--format', 'json', '--quiet');

  expect([clean.exitCode, found.exitCode, failed.exitCode]).toEqual([0, 1, 2]);
  expect(failed.stdout).toBe('');
});

for (const [id, env] of [
  ['S82', { LC_ALL: 'C', LANG: 'C' }],
  ['S83', { LC_ALL: 'de_DE.UTF-8', LANGUAGE: 'de', LANG: 'de_DE.UTF-8' }],
] as const) {
  blocks(`${id} blocks under LC_ALL=${env.LC_ALL}, names with all their letters`, async (repo, key) => {
    await repo.stage('größe.txt', `größe\n${key}\n`);
    return { at: 'größe.txt:2', options: { env } };
  });
}

passes('S84 passes the pointer of a large file', async (repo) => {
  const hash = Array.from({ length: 64 }, (_, index) => ((index * 7) % 16).toString(16)).join('');
  await repo.stage('big.bin', `version https://git-lfs.github.com/spec/v1\noid sha256:${hash}\nsize 12345\n`);
  return undefined;
});

situation('S85 scans the staged content of named files, by absolute paths too', {}, async (repo, key) => {
  const other = sample('sendgrid-api-key');
  await repo.stage('src/a.txt', `${fillerLines(3)}${key}\n`);
  await repo.stage('src/b.txt', `${other}\n`);
  await repo.write('src/a.txt', 'clean in the work tree\n');
  await mkdir(join(repo.dir, 'deep'));
  const cwd = join(repo.dir, 'deep');
  const scan = (...files: string[]) => repo.exec(process.execPath, [cli, 'scan', '--staged', ...files], { cwd });

  const byAbsolute = await scan(join(repo.dir, 'src/a.txt'));
  const byRelative = await scan('../src/a.txt');
  const unstaged = await scan(join(repo.dir, 'src/c.txt'));

  for (const ran of [byAbsolute, byRelative]) {
    expectBlock({ ...ran, stderr: ran.stdout }, { at: 'src/a.txt:4', key, hidden: [other], says: '1 secret found' });
    expect(ran.exitCode).toBe(1);
  }
  expect(unstaged).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('scanned 0 blobs') });
});

async function setFilter(repo: Repo, command: string): Promise<void> {
  await repo.commit('.gitattributes', '*.txt filter=x\n');
  await repo.git('config', 'filter.x.clean', command);
}
