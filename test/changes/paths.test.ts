import { chmod, mkdir, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { ChangeOrSkip } from '../../src/changes/change.js';
import { type PathOptions, pathChanges, stdinChange } from '../../src/changes/paths.js';
import { type Repo, withRepo } from '../support/repo.js';

const onPosix = process.platform === 'win32' ? test.skip : test;

test('a folder gives all its files in order of name, but for .git', async () => {
  await withRepo(async (repo) => {
    for (const path of ['b.txt', 'sub/deep/c.txt', 'a.txt', 'sub/.git/config', '.env'])
      await repo.write(path, `${path}\n`);

    expect(await scan(repo, ['.'])).toEqual(
      ['.env', 'a.txt', 'b.txt', 'sub/deep/c.txt'].map((path) => `file ${path}: ${path}\n`),
    );
    expect(await scan(repo, ['sub/deep', join(repo.dir, 'a.txt')])).toEqual([
      'file sub/deep/c.txt: sub/deep/c.txt\n',
      'file a.txt: a.txt\n',
    ]);
  });
});

onPosix('a link is read as a link, also when it is asked for', async () => {
  await withRepo(async (repo) => {
    await mkdir(join(repo.home, 'outside'));
    await symlink(join(repo.home, 'outside'), join(repo.dir, 'folder'));
    await symlink('nowhere', join(repo.dir, 'dangling'));

    expect(await scan(repo, ['.', 'folder'])).toEqual([
      'link dangling: nowhere',
      `link folder: ${join(repo.home, 'outside')}`,
      `link folder: ${join(repo.home, 'outside')}`,
    ]);
  });
});

onPosix('names that are no UTF-8 are read', async () => {
  await withRepo(async (repo) => {
    const made = await repo.exec('/bin/sh', ['-c', `printf 'text\\n' > "$(printf 'caf\\351')"`]);
    if (made.exitCode !== 0) return; // a file system that takes Unicode only

    expect(await scan(repo, ['.'])).toEqual(['file caf\\xe9: text\n']);
  });
});

onPosix('what cannot be read is named, with the reason', async () => {
  await withRepo(async (repo) => {
    await repo.exec('mkfifo', [join(repo.dir, 'pipe')]);
    await repo.write('large.txt', 'x'.repeat(3_000_000));
    await repo.write('z.txt', 'read\n');

    expect(await scan(repo, ['.'], { maxBytesOf: () => 2_000_000 })).toEqual([
      'skipped large.txt: larger than 2 MB',
      'skipped pipe: not a file, a folder or a link',
      'file z.txt: read\n',
    ]);
  });
});

(process.getuid?.() === 0 ? test.skip : onPosix)('a file and a folder without permission are named', async () => {
  await withRepo(async (repo) => {
    await repo.write('secret.txt', 'x', 0o000);
    await mkdir(join(repo.dir, 'closed'));
    await chmod(join(repo.dir, 'closed'), 0o000);

    expect(await scan(repo, ['.'])).toEqual([
      'skipped closed: no permission to read it',
      'skipped secret.txt: no permission to read it',
    ]);
    await chmod(join(repo.dir, 'closed'), 0o755);
  });
});

test('a file that vanishes during the scan is named', async () => {
  await withRepo(async (repo) => {
    await repo.write('a.txt', 'a\n');
    await repo.write('b.txt', 'b\n');

    const items: ChangeOrSkip[] = [];
    for await (const item of pathChanges(['.'], { cwd: repo.dir })) {
      items.push(item);
      await rm(join(repo.dir, 'b.txt'), { force: true });
    }

    expect(items[1]).toEqual({ skipped: { file: 'b.txt', why: 'it vanished during the scan' } });
  });
});

test('a large file comes in slices', async () => {
  await withRepo(async (repo) => {
    await repo.write('large.txt', 'line of text\n'.repeat(1_000_000));

    const items = await collect(pathChanges(['large.txt'], { cwd: repo.dir, wholeBytes: 1000 }));

    expect(items.length).toBeGreaterThan(1);
    expect(items.at(-1)).toMatchObject({ path: 'large.txt', slice: { isLast: true } });
  });
});

test('a path that is not there is a UserError', async () => {
  await withRepo(async (repo) => {
    await expect(scan(repo, ['missing.txt'])).rejects.toMatchObject({
      name: 'UserError',
      message: 'Could not scan "missing.txt": there is no such path.',
    });
  });
});

test('standard input is decoded like a file', async () => {
  const change = stdinChange(Buffer.from('\ufefftext\n', 'utf16le'));

  expect(String(change.bytes)).toBe('text\n');
  expect(await change.before()).toEqual([]);
});

async function scan(repo: Repo, paths: readonly string[], options?: Omit<PathOptions, 'cwd'>): Promise<string[]> {
  const items = await collect(pathChanges(paths, { cwd: repo.dir, ...options }));
  return items.map((item) =>
    'skipped' in item
      ? `skipped ${item.skipped.file}: ${item.skipped.why}`
      : `${item.kind} ${item.path}: ${item.bytes}`,
  );
}

async function collect(source: AsyncIterable<ChangeOrSkip>): Promise<ChangeOrSkip[]> {
  const items: ChangeOrSkip[] = [];
  for await (const item of source) items.push(item);
  return items;
}
