import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { CatFile } from '../../src/changes/cat-file.js';
import { answerParser } from '../../src/changes/cat-file-answer.js';
import { openGit } from '../../src/changes/git.js';
import { type Repo, withRepo } from '../support/repo.js';

test('reads by id and by name, and gives null for what is not there', async () => {
  await withReader(async (reader, repo) => {
    await repo.commit('a.txt', 'hello\n');
    await repo.stage('line\nfeed', 'odd name\n');
    const oid = await repo.git('rev-parse', 'HEAD:a.txt');

    expect(await reader.read(oid)).toEqual({ oid, type: 'blob', size: 6, bytes: Buffer.from('hello\n') });
    expect(await reader.read(':a.txt')).toMatchObject({ oid });
    expect(await reader.read('HEAD')).toMatchObject({ type: 'commit' });
    expect(String((await reader.read(':line\nfeed'))?.bytes)).toBe('odd name\n');
    expect(await reader.read(':no\nsuch file')).toBeNull();
    expect(await reader.read(':missing')).toBeNull();
    expect(await reader.read('1'.repeat(40))).toBeNull();
  });
});

test('answers questions that are asked at once, each with its own object', async () => {
  await withReader(async (reader, repo) => {
    const contents = Array.from({ length: 60 }, (_, index) => 'x'.repeat(index * 3000));
    await Promise.all(contents.map((content, index) => repo.write(`${index}.txt`, content)));
    await repo.git('add', '-A');

    const read = await Promise.all(contents.map((_, index) => reader.read(`:${index}.txt`)));

    expect(read.map((object) => object?.size)).toEqual(contents.map((content) => content.length));
  });
});

test('reads many in order, and leaves the large ones unread', async () => {
  await withReader(async (reader, repo) => {
    const sizes = Array.from({ length: 700 }, (_, index) => (index % 100 === 99 ? 300_000 + index : index));
    await Promise.all(sizes.map((size, index) => repo.write(`${index}`, 'x'.repeat(size))));
    await repo.git('add', '-A');
    const names = sizes.map((_, index) => `:${index}`);

    const seen: (number | null | undefined)[] = [];
    for await (const object of reader.readAll([...names, ':missing'], { maxBytes: 200_000 })) {
      seen.push(object === null ? null : (object.bytes?.length ?? -object.size));
    }

    expect(seen).toEqual([...sizes.map((size) => (size > 200_000 ? -size : size)), null]);
  });
});

test('reads ahead in order through two gits, and stops when nobody takes the rest', async () => {
  await withReader(async (reader, repo) => {
    const contents = Array.from({ length: 300 }, (_, index) => `${index}\n`.repeat(index));
    await Promise.all(contents.map((content, index) => repo.write(`${index}`, content)));
    await repo.git('add', '-A');
    const names = contents.map((_, index) => `:${index}`);

    const seen: (string | null | undefined)[] = [];
    for await (const object of reader.readAhead([...names, ':missing'], { maxBytes: 1_000 })) {
      seen.push(object === null ? null : object.bytes?.toString());
    }
    for await (const _ of reader.readAhead(names, { maxBytes: 1_000 })) break;

    expect(seen).toEqual([...contents.map((content) => (content.length > 1_000 ? undefined : content)), null]);
  });
});

async function* inGroups(names: readonly string[], size: number): AsyncGenerator<readonly string[]> {
  yield [];
  for (let at = 0; at < names.length; at += size) {
    await new Promise((done) => setImmediate(done));
    yield names.slice(at, at + size);
  }
}

test.each([1, 7, 400])('reads what is named %d at a time, in order, and leaves the large ones unread', async (size) => {
  await withReader(async (reader, repo) => {
    const sizes = Array.from({ length: 400 }, (_, index) => (index % 50 === 49 ? 300_000 + index : index * 20));
    await Promise.all(sizes.map((length, index) => repo.write(`${index}`, 'x'.repeat(length))));
    await repo.git('add', '-A');
    const names = [...sizes.map((_, index) => `:${index}`), ':missing', ':399'];

    const seen: (number | null | undefined)[] = [];
    for await (const object of reader.readAsNamed(inGroups(names, size), { maxBytes: 200_000 })) {
      seen.push(object === null ? null : (object.bytes?.length ?? -object.size));
    }

    expect(seen).toEqual([...sizes.map((length) => (length > 200_000 ? -length : length)), null, -300_399]);
  });
});

test('names come no faster than they are read, and whoever leaves early is done', async () => {
  await withReader(async (reader, repo) => {
    await repo.stage('a.txt', 'x'.repeat(10_000));
    const oid = await repo.git('rev-parse', ':a.txt');
    let named = 0;
    const names = async function* (): AsyncGenerator<readonly string[]> {
      for (; named < 100_000; named += 100) yield Array.from({ length: 100 }, () => oid);
    };

    for await (const object of reader.readAsNamed(names(), { maxBytes: 100_000 })) {
      expect(object?.size).toBe(10_000);
      break;
    }
    await new Promise((done) => setTimeout(done, 200));

    expect(named).toBeGreaterThan(0);
    expect(named).toBeLessThan(20_000);
  });
});

test('what keeps names from coming is what reading fails with', async () => {
  await withReader(async (reader, repo) => {
    await repo.stage('a.txt', 'a\n');
    const names = async function* (): AsyncGenerator<readonly string[]> {
      yield [':a.txt'];
      throw new Error('the list has ended in the middle');
    };
    const read = async (): Promise<void> => {
      for await (const object of reader.readAsNamed(names(), { maxBytes: 100 })) expect(object?.size).toBe(2);
    };

    await expect(read()).rejects.toThrow('the list has ended in the middle');
  });
});

test('a question in the middle of reading many is answered, however much lies ready', async () => {
  await withReader(async (reader, repo) => {
    const names = Array.from({ length: 12 }, (_, index) => `${index}`);
    for (const name of names) await repo.stage(name, Buffer.alloc(4_000_000, name));

    let answers = 0;
    for await (const object of reader.readAll(names.map((name) => `:${name}`))) {
      await new Promise((done) => setTimeout(done, 20)); // long enough for git to fill what is held
      if ((await reader.read(':0'))?.size === object?.size) answers += 1;
    }

    expect(answers).toBe(12);
  });
});

test('goes on after somebody stopped reading early', async () => {
  await withReader(async (reader, repo) => {
    const names = Array.from({ length: 12 }, (_, index) => `${index}`);
    for (const name of names) await repo.stage(name, Buffer.alloc(4_000_000, name));
    const all = names.map((name) => `:${name}`);

    for await (const object of reader.readAll(all)) if (object !== null) break;
    let count = 0;
    for await (const object of reader.readAll(all)) if (object !== null) count += 1;

    expect(count).toBe(12);
  });
});

test('tells types and sizes of what exists', async () => {
  await withReader(async (reader, repo) => {
    await repo.commit('a.txt', 'hello\n');
    const blob = await repo.git('rev-parse', 'HEAD:a.txt');

    const sizes = await reader.sizes([blob, '1'.repeat(40)]);

    expect([...sizes]).toEqual([[blob, { type: 'blob', size: 6 }]]);
  });
});

test('a large blob comes in pieces; a missing one throws', async () => {
  await withReader(async (reader, repo) => {
    await repo.stage('a.txt', Buffer.alloc(1_000_000, 'x'));

    let size = 0;
    for await (const chunk of reader.slices(await repo.git('rev-parse', ':a.txt'))) size += chunk.length;
    const missing = reader.slices('1'.repeat(40))[Symbol.asyncIterator]().next();

    expect(size).toBe(1_000_000);
    await expect(missing).rejects.toMatchObject({ name: 'UserError' });
  });
});

(process.platform === 'win32' ? test.skip : test)('when git dies, every question that waits is rejected', async () => {
  await withRepo(async (repo) => {
    const program = join(repo.home, 'git');
    await writeFile(
      program,
      `#!/bin/sh\nread name\necho "${'a'.repeat(40)} blob 100"\necho "fatal: out of luck" >&2\nexit 3\n`,
    );
    await chmod(program, 0o755);
    const reader = openGit({ cwd: repo.dir, env: { ...repo.env, GIT_EXEC_PATH: repo.home } }).catFile();

    const answers = await Promise.allSettled(['x', 'y', 'z'].map((name) => reader.read(name)));

    const rejected = { status: 'rejected', reason: { name: 'UserError', cause: 'git: fatal: out of luck' } };
    expect(answers).toMatchObject([rejected, rejected, rejected]);
  });
});

test('an object that is damaged is not read', async () => {
  await withReader(async (reader, repo) => {
    await repo.stage('a.txt', 'a\n');
    const oid = await repo.git('rev-parse', ':a.txt');
    const file = join(repo.dir, '.git/objects', oid.slice(0, 2), oid.slice(2));
    await rm(file);
    await writeFile(file, 'no zlib');

    expect(await reader.read(oid)).toBeNull();
  });
});

test('after close a new question starts a new process', async () => {
  await withReader(async (reader, repo) => {
    await repo.stage('a.txt', 'a\n');

    await reader.read(':a.txt');
    reader.close();

    expect(await reader.read(':a.txt')).toMatchObject({ size: 2 });
  });
});

test.each([1, 2, 3, 7, 1000])('parses answers that come in pieces of %d bytes', (length) => {
  const oid = 'a'.repeat(40);
  const output = Buffer.from(`${oid} blob 6\nhello\n\n:x y missing\n${oid} blob 0\n\n${oid} tag 1\n\n\n`);
  const seen: unknown[] = [];
  const parser = answerParser({ maxBytes: () => 100, onAnswer: (object) => seen.push(object && String(object.bytes)) });

  for (let at = 0; at < output.length; at += length) parser.feed(output.subarray(at, at + length));

  expect(seen).toEqual(['hello\n', null, '', '\n']);
});

test('an answer that is none is a UserError', () => {
  const parser = answerParser({ maxBytes: () => 100, onAnswer: () => {} });

  expect(() => parser.feed(Buffer.from('what is this\n'))).toThrow('Could not read an object');
});

async function withReader(use: (reader: CatFile, repo: Repo) => Promise<void>): Promise<void> {
  await withRepo(async (repo) => {
    const git = openGit({ cwd: repo.dir, env: repo.env });
    try {
      await use(git.catFile(), repo);
    } finally {
      git.close();
    }
  });
}
