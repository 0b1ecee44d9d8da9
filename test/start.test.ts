import { chmod, cp, mkdir, readdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { sample } from './support/detectors.js';
import { cli, type Ran, type Repo, withRepo } from './support/repo.js';

/** A package of its own, and the hook of it. */
async function ownPackage(repo: Repo): Promise<{ bin: string; hook: (name?: string) => Promise<Ran> }> {
  const bin = join(repo.dir, '../package/bin');
  await cp(dirname(cli), bin, { recursive: true, filter: (file) => !file.endsWith('.cache') });
  await symlink(resolve('node_modules'), join(bin, '../node_modules'), 'junction');
  return {
    bin,
    hook: (name = 'pre-commit') => repo.exec(process.execPath, [join(bin, 'leak-guard.cjs'), 'hook', name]),
  };
}

function untimed({ stderr }: Ran): string {
  return stderr.replaceAll(/in [\d.]+ m?s/g, '');
}

async function caches(bin: string): Promise<string[]> {
  return (await readdir(bin)).filter((name) => name.endsWith('.cache'));
}

test('a hook keeps what was compiled beside the package, and does the same with it', () =>
  withRepo(async (repo) => {
    const { bin, hook } = await ownPackage(repo);
    const key = sample('sendgrid-api-key');
    await repo.stage('clean.txt', 'nothing\n');

    const first = await hook();
    const kept = await caches(bin);
    await repo.stage('mail.env', `KEY=${key}\n`);
    const second = await hook();
    const third = await hook();

    expect(first.exitCode).toBe(0);
    expect(kept).toEqual([expect.stringMatching(/^main\.cjs\.pre-commit\..*\.cache$/)]);
    expect(second.exitCode).toBe(1);
    expect(second.stderr).toContain('mail.env:1:5');
    expect(untimed(third)).toBe(untimed(second));
    expect(second.stderr).not.toContain(key);
  }));

test('a push in which a package.json without settings changes loads no part that reads rules', () =>
  withRepo(async (repo) => {
    const { bin } = await ownPackage(repo);
    await repo.commit('package.json', '{ "name": "one", "devDependencies": { "leak-guard": "^0.1.0" } }\n');
    const before = await repo.git('rev-parse', 'HEAD');
    await repo.commit('package.json', '{ "name": "two", "devDependencies": { "leak-guard": "^0.1.0" } }\n');
    const input = `refs/heads/main ${await repo.git('rev-parse', 'HEAD')} refs/heads/main ${before}\n`;

    const args = [join(bin, 'leak-guard.cjs'), 'hook', 'pre-push', 'origin', 'x'];
    const ran = await repo.exec(process.execPath, args, { input });

    expect(ran).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^scanned 2 blobs/) });
    expect(await caches(bin)).toEqual([expect.stringMatching(/^main\.cjs\.pre-push\./)]);
  }));

test('a cache that cannot be put in its place is taken away again', () =>
  withRepo(async (repo) => {
    const { bin, hook } = await ownPackage(repo);
    await repo.stage('clean.txt', 'nothing\n');
    await hook();
    const [name = ''] = await caches(bin);
    await rm(join(bin, name));
    await mkdir(join(bin, name));

    const ran = await hook();

    expect(ran).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^scanned 1 blob/m) });
    expect((await readdir(bin)).filter((file) => file.includes('.cache'))).toEqual([name]);
  }));

test('other commands keep nothing', () =>
  withRepo(async (repo) => {
    const { bin } = await ownPackage(repo);
    await repo.stage('clean.txt', 'nothing\n');

    const ran = await repo.exec(process.execPath, [join(bin, 'leak-guard.cjs'), 'scan', '--staged']);

    expect(ran.exitCode).toBe(0);
    expect(await caches(bin)).toEqual([]);
  }));

test('a cache that is empty, cut short or made of other code is not used', () =>
  withRepo(async (repo) => {
    const { bin, hook } = await ownPackage(repo);
    await repo.stage('mail.env', `KEY=${sample('sendgrid-api-key')}\n`);
    const right = await hook();
    const [name = ''] = await caches(bin);

    const ran: Ran[] = [];
    for (const spoil of [
      () => truncate(join(bin, name), 0),
      () => truncate(join(bin, name), 5000),
      () => writeFile(join(bin, name), 'no cache at all, but some text that is long enough to be looked at by V8\n'),
    ]) {
      await spoil();
      ran.push(await hook());
    }

    expect(right.exitCode).toBe(1);
    for (const { exitCode, stderr } of ran) {
      expect(exitCode).toBe(1);
      expect(stderr).toContain('mail.env:1:5');
    }
  }));

// Root can write anywhere.
(process.getuid?.() === 0 ? test.skip : test)('a package that cannot be written to works as well', () =>
  withRepo(async (repo) => {
    const { bin, hook } = await ownPackage(repo);
    await repo.stage('clean.txt', 'nothing\n');
    await chmod(bin, 0o555);

    const ran = await hook();
    await chmod(bin, 0o755);

    expect(ran).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^scanned 1 blob/m) });
  }),
);

test('a program without its main part says so and ends with 2', () =>
  withRepo(async (repo) => {
    const { bin, hook } = await ownPackage(repo);
    await repo.stage('clean.txt', 'nothing\n');
    await writeFile(join(bin, 'main.cjs'), 'require("./gone.cjs");\n');

    const ran = await hook();

    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain('a part of the package is missing or broken, so nothing was scanned');
    expect(ran.stderr).toContain('npm ci');
  }));
