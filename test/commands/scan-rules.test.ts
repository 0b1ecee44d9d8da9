import { rename, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ExitCode } from '../../src/exit-code.js';
import { ALLOWLIST_FILE } from '../../src/filter/rule-file.js';
import { sample } from '../support/detectors.js';
import { cli, type Ran, type Repo, withRepo } from '../support/repo.js';
import { toAllowlistText } from '../support/rules.js';

const detector = 'sendgrid-api-key';
const code = `const key = '${sample(detector)}';\n`;
const value = sample(detector)
  .slice(3, 19)
  .replaceAll(/[^A-Za-z0-9]/g, 'x');
const reason = 'grown for this test';
const off = JSON.stringify({ detectors: { off: [detector] } });
const on = JSON.stringify({ detectors: { off: ['stripe-*'] } });

test('from the root, the nearest settings hold for each file and key, as in the hooks', () =>
  withRepo(async (repo) => {
    await repo.stage('.leak-guard.json', off);
    await repo.stage('packages/a/.leak-guard.json', on);
    await repo.stage('packages/b/package.json', JSON.stringify({ 'leak-guard': { exclude: ['fixtures/'] } }));
    await repo.stage('packages/a/a.ts', code);
    await repo.stage('packages/b/fixtures/b.ts', code);
    await repo.stage('c.ts', code);

    const places = await foundIn(repo, ['scan']);

    expect(places).toEqual(['packages/a/a.ts']);
    expect(places).toEqual(await foundIn(repo, ['scan', '--staged']));
  }));

test.each([
  { from: 'src', paths: [], told: ['b.ts'] },
  { from: 'src', paths: ['.'], told: ['b.ts'] },
  { from: 'src', paths: ['../src/deep/../b.ts'], told: ['b.ts'] },
  { from: 'src/deep', paths: ['..', '../../lib'], told: ['../b.ts', '../../lib/d.ts'] },
  { from: 'src/deep', paths: [], told: [] },
])(
  'from $from, scan $paths goes by the rules at the root, and tells paths from where it was called',
  ({ from, paths, told }) =>
    withRepo(async (repo) => {
      await repo.write(ALLOWLIST_FILE, toAllowlistText({ path: 'src/a.ts', detectors: [detector], reason }));
      await repo.write('.leak-guard.json', JSON.stringify({ exclude: ['src/deep/'] }));
      for (const file of ['src/a.ts', 'src/b.ts', 'src/deep/c.ts', 'lib/d.ts']) await repo.write(file, code);

      expect(await foundIn(repo, ['scan', ...paths], from)).toEqual(told);
    }),
);

test('what comes in on standard input goes by the rules of the folder that it is scanned in', () =>
  withRepo(async (repo) => {
    await repo.stage('src/.leak-guard.json', off);
    const scan = (cwd: string): Promise<Ran> =>
      repo.exec(process.execPath, [cli, 'scan', '--stdin'], { cwd: join(repo.dir, cwd), input: code });

    expect(await scan('src')).toMatchObject({ exitCode: ExitCode.Clean });
    expect(await scan('.')).toMatchObject({ exitCode: ExitCode.Findings });
  }));

test('settings that git does not track decide nothing below the root, and are told where they stand on the way', () =>
  withRepo(async (repo) => {
    await repo.write('node_modules/dep/.leak-guard.json', off);
    await repo.write('node_modules/dep/a.ts', code);

    const whole = await repo.run('scan');
    const dep = await repo.run('scan', 'node_modules/dep');

    expect(whole).toMatchObject({ exitCode: ExitCode.Findings });
    expect(whole.stdout).toContain('node_modules/dep/a.ts:1');
    expect(dep).toMatchObject({ exitCode: ExitCode.Findings });
    expect(dep.stdout.replace(/\s+/g, ' ')).toContain(
      'node_modules/dep/.leak-guard.json does not count, because git does not track it',
    );
  }));

test('a broken settings file counts only where it rules what is scanned', () =>
  withRepo(async (repo) => {
    await repo.stage('packages/a/.leak-guard.json', '{');
    await repo.stage('packages/b/b.ts', code);

    expect(await repo.run('scan', 'packages/b')).toMatchObject({ exitCode: ExitCode.Findings });
    expect(await repo.run('scan')).toMatchObject({ exitCode: ExitCode.CouldNotScan });
  }));

const testOnPosix = process.platform === 'win32' ? test.skip : test;

testOnPosix('a folder that has become a link leads to no rules', () =>
  withRepo(async (repo) => {
    await repo.stage('packages/a/.leak-guard.json', off);
    await repo.write('packages/a/a.ts', code);
    await rename(join(repo.dir, 'packages'), join(repo.dir, 'moved'));
    await symlink('moved', join(repo.dir, 'packages'));

    expect(await repo.run('scan', 'packages/a/a.ts')).toMatchObject({ exitCode: ExitCode.Findings });
  }),
);

test('a repository within another goes by its own rules, and that is told; what the outer one excludes stays excluded', () =>
  withRepo(async (repo) => {
    await repo.write(ALLOWLIST_FILE, toAllowlistText({ path: '**/a.ts', detectors: [detector], reason }));
    await repo.write('.leak-guard.json', JSON.stringify({ exclude: ['sub/dist/'] }));
    await repo.git('init', '-q', 'sub');
    await repo.write(`sub/${ALLOWLIST_FILE}`, toAllowlistText({ path: 'src/b.ts', detectors: [detector], reason }));
    for (const file of ['a.ts', 'sub/a.ts', 'sub/src/b.ts', 'sub/dist/c.ts']) await repo.write(file, code);

    expect(await foundIn(repo, ['scan'])).toEqual(['sub/a.ts']);
    const ran = await repo.run('scan');
    expect(ran.stdout.replace(/\s+/g, ' ')).toContain('sub is a repository with rules of its own');
    expect(await foundIn(repo, ['scan', 'sub'])).toEqual(['sub/a.ts', 'sub/dist/c.ts']);
    expect(await foundIn(repo, ['scan', 'a.ts', 'sub/a.ts', 'sub/src'])).toEqual(['sub/a.ts']);
    expect(await foundIn(repo, ['scan'], 'sub/src')).toEqual([]);
  }));

test('own detectors with one id in two repositories each hold in their own', () =>
  withRepo(async (repo) => {
    const acme = (prefix: string): string =>
      JSON.stringify({
        customDetectors: [{ id: 'custom-acme', name: 'ACME', pattern: `${prefix}_\\w{16}`, keywords: [`${prefix}_`] }],
      });
    await repo.git('init', '-q', 'sub');
    await repo.write('.leak-guard.json', acme('outer'));
    await repo.write('sub/.leak-guard.json', acme('inner'));
    const both = ['outer', 'inner'].map((prefix) => `key = '${prefix}_${value}'\n`).join('');
    await repo.write('a.txt', both);
    await repo.write('sub/b.txt', both);

    const { findings } = JSON.parse((await repo.run('scan', '--format', 'json')).stdout);

    expect(findings.map(({ file, startLine }: { file: string; startLine: number }) => [file, startLine])).toEqual([
      ['a.txt', 1],
      ['sub/b.txt', 2],
    ]);
  }));

test('--config wins over the settings of every folder', () =>
  withRepo(async (repo) => {
    await repo.stage('src/.leak-guard.json', off);
    await repo.write('src/a.ts', code);
    await repo.write('strict.json', on);

    expect(await foundIn(repo, ['scan', '--config', 'strict.json'])).toEqual(['src/a.ts']);
    expect(await foundIn(repo, ['scan', '--config', '../strict.json'], 'src')).toEqual(['a.ts']);
  }));

test('without git a plain folder goes by its own rules, and a repository by those on the way, which is told', () =>
  withRepo(
    async (repo) => {
      const scan = (...args: string[]): Promise<Ran> =>
        repo.exec(process.execPath, [cli, 'scan', ...args], { env: { PATH: repo.home } });
      await repo.write('.leak-guard.json', JSON.stringify({ exclude: ['a.ts'] }));
      await repo.write('a.ts', code);
      await repo.write('sub/.leak-guard.json', JSON.stringify({ exclude: ['b.ts'] }));
      await repo.write('sub/a.ts', code);

      const plain = await scan();
      await repo.git('init', '-q');
      const unlisted = await scan('sub', '--format', 'json');

      expect(plain).toMatchObject({ exitCode: ExitCode.Findings, stderr: '' });
      expect(plain.stdout).toContain('sub/a.ts:1');
      expect(JSON.parse(unlisted.stdout).findings).toHaveLength(1);
      expect((await scan('sub')).stdout.replace(/\s+/g, ' ')).toContain('Git could not list the files');
      await rm(join(repo.dir, 'sub'), { recursive: true });
      expect(await scan()).toMatchObject({ exitCode: ExitCode.Clean });
    },
    { init: false },
  ));

test('in a hook, a scan of a sub-folder is told of its own repository by git', () =>
  withRepo(async (repo) => {
    await repo.stage('src/.leak-guard.json', off);
    await repo.write('src/a.ts', code);
    const env = { GIT_DIR: join(repo.dir, '.git'), GIT_INDEX_FILE: join(repo.dir, '.git/next-index') };

    const ran = await repo.exec(process.execPath, [cli, 'scan'], { cwd: join(repo.dir, 'src'), env });

    expect(ran).toMatchObject({ exitCode: ExitCode.Clean, stderr: '' });
  }));

test('allow, baseline and audit use the allowlist at the root from every folder', () =>
  withRepo(async (repo) => {
    await repo.stage('src/deep/a.ts', code);
    const from = (...args: string[]): Promise<Ran> =>
      repo.exec(process.execPath, [cli, ...args], { cwd: join(repo.dir, 'src/deep') });
    const report = JSON.parse((await from('scan', '--staged', '--format', 'json')).stdout);

    expect(await from('allow', report.findings[0].id, '--reason', reason)).toMatchObject({ exitCode: ExitCode.Clean });
    expect(await repo.git('ls-files')).toBe(`${ALLOWLIST_FILE}\nsrc/deep/a.ts`);
    expect((await from('scan')).stdout).toContain('1 allowed');
    expect((await from('audit')).stdout).toContain('Findings allowed: 1.');

    await repo.git('rm', '-qf', ALLOWLIST_FILE);
    expect((await from('baseline', '--reason', reason)).stdout).toContain('Accepted 1 secret');
    expect(await repo.git('ls-files')).toBe(`${ALLOWLIST_FILE}\nsrc/deep/a.ts`);
  }));

/** The files in which something is found, in the order of the report. */
async function foundIn(repo: Repo, words: readonly string[], from = '.'): Promise<string[]> {
  const ran = await repo.exec(process.execPath, [cli, ...words, '--format', 'json'], { cwd: join(repo.dir, from) });
  return JSON.parse(ran.stdout).findings.map(({ file }: { file: string }) => file);
}
