import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@jest/globals';
import { addedLines } from '../../src/changes/added-lines.js';
import type { Change } from '../../src/changes/change.js';
import { openGit } from '../../src/changes/git.js';
import { parsePushLines, pushedChanges } from '../../src/changes/pushed.js';
import { type Repo, withRepo } from '../support/repo.js';

const ZERO = '0'.repeat(40);

test('a first push gives every commit from the root, oldest first, and the messages', async () => {
  await withRepo(async (repo) => {
    await repo.git('config', 'log.showRoot', 'false');
    await repo.commit('a.txt', 'one\n', 'First message');
    await repo.commit('a.txt', 'one\ntwo\n', 'Second message');

    const changes = await pushed(repo, [await line(repo, 'main')]);

    expect(changes.map((change) => [change.path, change.kind, change.added])).toEqual([
      ['commit message', 'message', ['First message']],
      ['commit message', 'message', ['Second message']],
      ['a.txt', 'file', ['one']],
      ['a.txt', 'file', ['two']],
    ]);
    expect(changes[3]?.commit).toBe(await repo.git('rev-parse', 'HEAD'));
  });
});

test('what one commit adds and the next takes away is given', async () => {
  await withRepo(async (repo) => {
    await track(repo, { 'a.txt': 'one\n' });
    await repo.commit('a.txt', 'one\nfor a moment\n');
    await repo.commit('a.txt', 'one\n');

    expect(await files(repo, [await line(repo, 'main')])).toEqual(['a.txt: for a moment', 'a.txt: ']);
  });
});

test('nothing is given for what the remote has: a new branch, a merge of main, nothing new', async () => {
  await withRepo(async (repo) => {
    await track(repo, { 'a.txt': 'one\n' });
    await repo.git('branch', 'topic');

    expect(await pushed(repo, [await line(repo, 'topic')])).toEqual([]);
    expect(await pushed(repo, [])).toEqual([]);
    expect(await pushed(repo, [`(delete) ${ZERO} refs/heads/old ${await repo.git('rev-parse', 'main')}`])).toEqual([]);
  });
});

test('the remote tip from the hook counts as known, and one that is not here is left out', async () => {
  await withRepo(async (repo) => {
    await repo.commit('a.txt', 'one\n');
    const base = await repo.git('rev-parse', 'main');
    await repo.commit('b.txt', 'two\n');

    expect(await files(repo, [await line(repo, 'main', base)])).toEqual(['b.txt: two']);
    expect(await files(repo, [await line(repo, 'main', '1'.repeat(40))])).toEqual(['a.txt: one', 'b.txt: two']);
  });
});

test('every ref is read, the second one too, and next to a deletion', async () => {
  await withRepo(async (repo) => {
    await track(repo, { 'a.txt': 'one\n' });
    const old = await repo.git('rev-parse', 'main');
    await repo.git('checkout', '-qb', 'second');
    await repo.commit('b.txt', 'two\n');

    const lines = [
      `(delete) ${ZERO} refs/heads/gone ${old}`,
      await line(repo, 'main', old),
      await line(repo, 'second'),
    ];

    expect(await files(repo, lines)).toEqual(['b.txt: two']);
  });
});

test('a remote that has nothing yet gets everything, whatever another one has', async () => {
  await withRepo(async (repo) => {
    await track(repo, { 'a.txt': 'one\n' });

    expect(await files(repo, [await line(repo, 'main')], { remoteName: 'second' })).toEqual(['a.txt: one']);
  });
});

test('a push to an address counts for the remote that has it', async () => {
  await withRepo(async (repo) => {
    await track(repo, { 'a.txt': 'one\n' });
    const remoteName = 'https://example.com/origin.git';

    expect(await files(repo, [await line(repo, 'main')], { remoteName })).toEqual([]);
    expect(await files(repo, [await line(repo, 'main')], { remoteName: `${remoteName}/x` })).toEqual(['a.txt: one']);
  });
});

test('what a remote of the same address has is known too, and what any other has is not', async () => {
  await withRepo(async (repo) => {
    await track(repo, { 'a.txt': 'one\n' });
    await repo.git('remote', 'add', 'same', 'file:///r');
    await repo.git('update-ref', 'refs/remotes/same/trunk', 'HEAD');
    await repo.commit('b.txt', 'two\n');
    await repo.git('update-ref', 'refs/remotes/origin/trunk', 'HEAD');

    expect(await files(repo, [await line(repo, 'main')], { remoteName: 'third' })).toEqual(['b.txt: two']);
    expect(await files(repo, [await line(repo, 'main')], { remoteName: 'sam' })).toEqual(['b.txt: two']);
  });
});

test('a branch gets all that it is said to name: a tag with what it names, a blob, next to new commits', async () => {
  await withRepo(async (repo) => {
    await track(repo, { 'a.txt': 'one\n' });
    await repo.commit('b.txt', 'two\n');
    await repo.git('tag', '-a', 'v1', '-m', 'Tag message');
    const tag = await repo.git('rev-parse', 'refs/tags/v1');
    const blob = await repo.git('rev-parse', 'HEAD:b.txt');
    const known = await repo.git('rev-parse', 'HEAD~');
    await repo.commit('c.txt', 'three\n');
    const toBranch = (oid: string) => `HEAD ${oid} refs/heads/x ${ZERO}`;

    const changes = await pushed(repo, [toBranch(tag), await line(repo, 'main'), toBranch(blob), toBranch(known)]);

    const all = ['x: Tag message', 'x: two', 'b.txt: two', 'c.txt: three'];
    const texts = changes.map(({ path, added }) => `${path.replace('tag ', '')}: ${added}`);
    expect(texts.filter((text) => !text.startsWith('commit message'))).toEqual(all);
  });
});

test('of a merge only what no parent has is new: an added line, an added file, a changed conflict', async () => {
  await withRepo(async (repo) => {
    await repo.commit('a.txt', 'base\n');
    await repo.git('checkout', '-qb', 'other');
    await repo.commit('b.txt', 'theirs\n');
    await repo.git('checkout', '-q', 'main');
    await repo.commit('a.txt', 'ours\n');
    const known = [await repo.git('rev-parse', 'main'), await repo.git('rev-parse', 'other')];
    await repo.git('merge', '-q', '--no-commit', 'other');
    await repo.stage('b.txt', 'theirs\nevil\n');
    await repo.stage('c.txt', 'evil file\n');
    await repo.git('commit', '-qm', 'Merge');
    await repo.git('update-ref', 'refs/remotes/origin/other', known[1] ?? '');

    const changes = await pushed(repo, [await line(repo, 'main', known[0])]);

    expect(shown(changes)).toEqual(['b.txt: evil', 'c.txt: evil file']);
    expect(changes.map((change) => change.path)).toEqual(['commit message', 'b.txt', 'c.txt']);
  });
});

test('an octopus merge that adds a line is seen, whatever the attributes say', async () => {
  await withRepo(async (repo) => {
    await repo.commit('a.txt', 'base\n');
    for (const branch of ['one', 'two']) {
      await repo.git('checkout', '-qb', branch, 'main');
      await repo.commit(`${branch}.txt`, `${branch}\n`);
      await repo.git('update-ref', `refs/remotes/origin/${branch}`, 'HEAD');
    }
    await repo.git('checkout', '-q', 'main');
    await repo.write('.git/info/attributes', '* -diff');
    await repo.git('merge', '-q', '--no-commit', 'one', 'two');
    await repo.stage('a.txt', 'base\nevil\0\n');
    await repo.git('commit', '-qm', 'Octopus');

    expect(await files(repo, [await line(repo, 'main')])).toEqual(['a.txt: evil\0']);
  });
});

test('the side branch of a merge that keeps nothing of it is read', async () => {
  await withRepo(async (repo) => {
    await track(repo, { 'a.txt': 'one\n' });
    await repo.git('checkout', '-qb', 'dirty');
    await repo.commit('b.txt', 'dirty\n');
    await repo.git('checkout', '-q', 'main');
    await repo.git('merge', '-q', '-s', 'ours', 'dirty', '-m', 'Keep ours');

    expect(await files(repo, [await line(repo, 'main')])).toEqual(['b.txt: dirty']);
  });
});

test('a tag gives its message, and what it names: a commit, a blob or a tree', async () => {
  await withRepo(async (repo) => {
    await track(repo, { 'a.txt': 'one\n' });
    const blob = (await repo.tryGit(['hash-object', '-w', '--stdin'], { input: 'tagged blob\n' })).stdout.trim();
    await repo.commit('sub/b.txt', 'in a tree\n');
    const tree = await repo.git('rev-parse', 'HEAD^{tree}');
    await repo.git('reset', '-q', '--hard', 'HEAD~');
    await repo.git('tag', '-a', 'v1', '-m', 'Tag message');
    await repo.git('tag', '-a', 'v1-again', 'v1', '-m', 'Tag of a tag');
    await repo.git('tag', 'blob', blob);
    await repo.git('tag', '-a', 'tree', tree, '-m', 'Tree');
    const tags = await Promise.all(['v1-again', 'blob', 'tree'].map((tag) => line(repo, `refs/tags/${tag}`)));

    const changes = await pushed(repo, tags);

    expect(changes.map((change) => `${change.path}: ${change.added}`)).toEqual([
      'tag v1-again: Tag of a tag',
      'tag v1-again: Tag message',
      'blob: tagged blob',
      'tag tree: Tree',
      'a.txt: one',
      'sub/b.txt: in a tree',
    ]);
  });
});

test('a ref that named a blob before is known, and hides nothing', async () => {
  await withRepo(async (repo) => {
    await repo.commit('a.txt', 'one\n');
    await repo.git('tag', '-a', 'old', '-m', 'Old', await repo.git('rev-parse', 'HEAD:a.txt'));
    const old = await repo.git('rev-parse', 'refs/tags/old');

    expect(await files(repo, [await line(repo, 'main', old)])).toEqual(['a.txt: one']);
  });
});

test('a shallow clone pushes what is new to it', async () => {
  await withRepo(async (repo) => {
    await repo.commit('a.txt', 'one\n');
    await repo.commit('a.txt', 'one\ntwo\n');
    const dir = join(repo.home, 'shallow');
    await repo.git('clone', '-q', '--depth=1', pathToFileURL(repo.dir).href, dir);
    const clone = { ...repo, dir, git: (...args: readonly string[]) => repo.git('-C', dir, ...args) };
    await clone.git('commit', '-q', '--allow-empty', '-m', 'New message');
    const base = await clone.git('rev-parse', 'HEAD~');

    const known = await pushed(clone, [await line(clone, 'main', base)]);
    const unknown = await pushed(clone, [await line(clone, 'main')], { remoteName: 'other' });

    expect(known.map((change) => change.added)).toEqual([['New message']]);
    expect(shown(unknown)).toEqual(['a.txt: one,two']);
  });
});

test('the message of a signed tag that a merge keeps is read', async () => {
  await withRepo(async (repo) => {
    await repo.commit('a.txt', 'one\n');
    const tree = await repo.git('rev-parse', 'HEAD^{tree}');
    const person = 'Ana <ana@example.com> 1 +0000';
    const tag = `mergetag object ${'1'.repeat(40)}\n type commit\n tag v1\n tagger ${person}\n \n Embedded message\n`;
    const commit = `tree ${tree}\nauthor ${person}\ncommitter ${person}\n${tag}\nThe merge\n`;
    const made = await repo.tryGit(['hash-object', '-t', 'commit', '-w', '--stdin'], { input: commit });

    const changes = await pushed(repo, [`refs/heads/x ${made.stdout.trim()} refs/heads/x ${ZERO}`]);

    expect(changes.map((change) => change.added.join('|'))).toEqual([
      'The merge',
      expect.stringContaining('Embedded message'),
      'one',
    ]);
  });
});

test('a replaced commit is read as it will be pushed', async () => {
  await withRepo(async (repo) => {
    await track(repo, { 'a.txt': 'one\n' });
    await repo.commit('a.txt', 'one\nbad\n');
    const bad = await repo.git('rev-parse', 'HEAD');
    await repo.git('replace', bad, 'HEAD~');

    expect(await files(repo, [`refs/heads/main ${bad} refs/heads/main ${ZERO}`])).toEqual(['a.txt: bad']);
  });
});

test('a commit that grafts hide is read', async () => {
  await withRepo(async (repo) => {
    await repo.commit('a.txt', 'one\n');
    await repo.commit('b.txt', 'two\n');
    await repo.write('.git/info/grafts', `${await repo.git('rev-parse', 'HEAD')}\n`);

    expect(await files(repo, [await line(repo, 'main')])).toEqual(['a.txt: one', 'b.txt: two']);
  });
});

test('a commit that only a graft leads to is read, since git sends it along, and none that the remote has', async () => {
  await withRepo(async (repo) => {
    await track(repo, { 'a.txt': 'one\n' });
    const base = await repo.git('rev-parse', 'HEAD');
    await repo.git('checkout', '-q', '--orphan', 'aside');
    await repo.commit('b.txt', 'aside\n');
    const aside = await repo.git('rev-parse', 'HEAD');
    await repo.git('checkout', '-q', 'main');
    await repo.commit('c.txt', 'three\n');
    await repo.write('.git/info/grafts', `${await repo.git('rev-parse', 'HEAD')} ${base} ${aside}\n`);

    expect((await files(repo, [await line(repo, 'main')])).sort()).toEqual([
      'a.txt: one',
      'b.txt: aside',
      'c.txt: three',
    ]);
    await repo.git('update-ref', 'refs/remotes/origin/other', aside);
    expect(await files(repo, [await line(repo, 'main')])).toEqual(['c.txt: three']);
  });
});

test('renames, odd names and SHA-256 are read as they are', async () => {
  await withRepo(
    async (repo) => {
      const content = Array.from({ length: 30 }, (_, index) => `line ${index}\n`).join('');
      await track(repo, { 'old name': content });
      await repo.git('mv', 'old name', 'new\nname');
      await repo.stage('new\nname', `${content}added\n`);
      await repo.git('commit', '-qm', 'Rename');

      expect(await files(repo, [await line(repo, 'main', '0'.repeat(64))])).toEqual(['new\nname: added']);
    },
    { init: ['--object-format=sha256'] },
  );
});

test('a content is read once for each path, however often it comes back', async () => {
  await withRepo(async (repo) => {
    for (const content of ['one\n', 'two\n', 'one\n', 'two\n']) await repo.commit('a.txt', content);

    expect(await files(repo, [await line(repo, 'main')])).toEqual(['a.txt: one', 'a.txt: two']);
  });
});

(process.platform === 'win32' ? test.skip : test)('300 refs and 1000 commits cost a handful of processes', async () => {
  await withRepo(async (repo) => {
    const commits = Array.from({ length: 1000 }, (_, index) => importCommit(index)).join('');
    await repo.tryGit(['fast-import', '--quiet'], { input: commits });
    const oids = (await repo.git('rev-list', 'main')).split('\n').slice(0, 300);
    const log = join(repo.home, 'log');
    const real = (await repo.exec('/bin/sh', ['-c', 'command -v git'])).stdout.trim();
    await writeFile(join(repo.home, 'git'), `#!/bin/sh\necho x >> '${log}'\nexec '${real}' "$@"\n`);
    await chmod(join(repo.home, 'git'), 0o755);
    const counting = { ...repo, env: { ...repo.env, PATH: repo.home } };

    const lines = oids.map((oid, index) => `x ${oid} refs/heads/b${index} ${ZERO}`);
    const changes = await pushed(counting, lines);

    expect(changes).toHaveLength(2000);
    expect((await readFile(log, 'utf8')).length).toBeLessThan(40); // two bytes for each git
  });
});

test.each([['blob'], ['tree'], ['commit']])('a missing %s stops the push', async (type) => {
  await withRepo(async (repo) => {
    await repo.commit('sub/a.txt', 'one\n');
    await repo.commit('sub/b.txt', 'two\n');
    const push = await line(repo, 'main');
    const name = { blob: 'HEAD~:sub/a.txt', tree: 'HEAD~:sub', commit: 'HEAD~' }[type] ?? '';
    const oid = await repo.git('rev-parse', name);
    await rm(join(repo.dir, '.git/objects', oid.slice(0, 2), oid.slice(2)));

    await expect(pushed(repo, [push])).rejects.toMatchObject({ name: 'UserError' });
  });
});

test.each(['main', `main ${ZERO} main`, `a ${'g'.repeat(40)} b ${ZERO}`, '', ` ${ZERO} b ${ZERO}`])(
  'a line that is none (%j) is a UserError',
  (text) => {
    expect(() => parsePushLines(Buffer.from(`${text}\n`))).toThrow('not understood');
  },
);

test('the local ref may be any expression', () => {
  const [ref] = parsePushLines(Buffer.from(`HEAD^{/fix it} ${'a'.repeat(40)} refs/heads/x ${ZERO}\n`));

  expect(ref).toMatchObject({ localRef: 'HEAD^{/fix it}', localOid: 'a'.repeat(40), remoteRef: 'refs/heads/x' });
});

interface Shown {
  readonly path: string;
  readonly kind: Change['kind'];
  readonly commit: string | null;
  readonly added: readonly string[];
}

async function pushed(repo: Repo, lines: readonly string[], options = { remoteName: 'origin' }): Promise<Shown[]> {
  const git = openGit({ cwd: repo.dir, env: repo.env });
  try {
    const seen: Shown[] = [];
    const input = Buffer.from(lines.map((text) => `${text}\n`).join(''));
    for await (const item of pushedChanges(git, { ...options, remoteUrl: 'file:///r', lines: input })) {
      if ('skipped' in item) throw new Error(`skipped ${item.skipped.file}: ${item.skipped.why}`);
      if (item.kind === 'ref' || item.kind === 'header') continue; // they have tests of their own
      seen.push({ path: item.path, kind: item.kind, commit: item.commit, added: await added(item) });
    }
    return seen;
  } finally {
    git.close();
  }
}

async function files(repo: Repo, lines: readonly string[], options?: { remoteName: string }): Promise<string[]> {
  return shown(await pushed(repo, lines, options));
}

function shown(changes: readonly Shown[]): string[] {
  return changes.filter((change) => change.kind !== 'message').map((change) => `${change.path}: ${change.added}`);
}

async function added(change: Change): Promise<string[]> {
  const lines = await addedLines(change);
  let start = 0;
  const kept: string[] = [];
  for (const text of String(change.bytes).split(/(?<=\n)/)) {
    const end = start + Buffer.byteLength(text);
    if (text !== '' && lines.touches(start, end)) kept.push(text.replace(/\n$/, ''));
    start = end;
  }
  return kept;
}

/** Commits files that `origin` has already, in a branch that nobody here pushes to. */
async function track(repo: Repo, contents: Readonly<Record<string, string>>): Promise<void> {
  for (const [path, content] of Object.entries(contents)) await repo.commit(path, content);
  await repo.git('remote', 'add', 'origin', 'https://example.com/origin.git');
  await repo.git('update-ref', 'refs/remotes/origin/trunk', 'HEAD');
}

/** What git writes to the hook for a branch, or for a tag given as `refs/tags/…`. */
async function line(repo: Repo, name: string, remote = ZERO): Promise<string> {
  const ref = name.startsWith('refs/') ? name : `refs/heads/${name}`;
  return `${ref} ${await repo.git('rev-parse', ref)} ${ref} ${remote}`;
}

function importCommit(index: number): string {
  const text = `content ${index}\n`;
  const person = `Ana <ana@example.com> ${index} +0000`;
  return `commit refs/heads/main\ncommitter ${person}\ndata 2\nm\nM 644 inline f${index % 50}\ndata ${text.length}\n${text}`;
}
