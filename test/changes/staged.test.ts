import { chmod, mkdir, readFile, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { addedLines } from '../../src/changes/added-lines.js';
import type { Change, ChangeOrSkip } from '../../src/changes/change.js';
import { type Git, openGit } from '../../src/changes/git.js';
import { headsBeingMerged, type StagedOptions, stagedChanges } from '../../src/changes/staged.js';
import { type Repo, withRepo } from '../support/repo.js';

test('gives the new content of a staged file, and what it replaces', async () => {
  await withRepo(async (repo) => {
    await repo.commit('a.txt', 'old\n');
    await repo.stage('a.txt', 'old\nnew\n');
    await repo.write('a.txt', 'something else in the work tree\n');
    await repo.write('untracked.txt', 'not staged\n');

    const changes = await staged(repo);

    expect(changes).toEqual([{ path: 'a.txt', kind: 'file', text: 'old\nnew\n', before: ['old\n'], added: ['new'] }]);
  });
});

test.each([['sha1'], ['sha256']])('reads the first commit of a %s repository', async (format) => {
  await withRepo(
    async (repo) => {
      await repo.stage('a.txt', 'new\n');

      expect(await staged(repo)).toMatchObject([{ path: 'a.txt', before: [], added: ['new'] }]);
    },
    { init: [`--object-format=${format}`] },
  );
});

test('reads the first commit of an orphan branch', async () => {
  await withRepo(async (repo) => {
    await repo.commit('a.txt', 'old\n');
    await repo.git('checkout', '-q', '--orphan', 'fresh');

    expect(await staged(repo)).toMatchObject([{ path: 'a.txt', before: [] }]);
  });
});

test('gives nothing to read for deletions, modes, pure renames, submodules and intent-to-add', async () => {
  await withRepo(async (repo) => {
    await repo.commit('gone.txt', 'gone\n');
    await repo.commit('mode.sh', 'echo\n');
    await repo.commit('name.txt', 'a long enough\ncontent to be\nrecognised\n');
    await repo.git('rm', '-q', 'gone.txt');
    await repo.git('update-index', '--chmod=+x', 'mode.sh');
    await repo.git('mv', 'name.txt', 'renamed.txt');
    await repo.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},sub`);
    await repo.write('later.txt', 'later\n');
    await repo.git('add', '-N', 'later.txt');

    const source = stagedChanges(open(repo));

    expect(await collect(source)).toMatchObject([
      { path: 'renamed.txt', kind: 'name', bytes: Buffer.alloc(0) },
      { path: 'sub', kind: 'name', bytes: Buffer.alloc(0) },
    ]);
    expect(await source.count()).toBe(0);
  });
});

test('compares a renamed and edited file with its old name', async () => {
  await withRepo(async (repo) => {
    const content = Array.from({ length: 30 }, (_, line) => `line ${line}\n`).join('');
    await repo.commit('old.txt', content);
    await repo.git('mv', 'old.txt', 'new.txt');
    await repo.stage('new.txt', `${content}added\n`);

    expect(await staged(repo)).toMatchObject([{ path: 'new.txt', added: ['added'] }]);
  });
});

test('gives a link as a link, and a file that takes the place of one', async () => {
  await withRepo(async (repo) => {
    await symlink('/etc/hosts', join(repo.dir, 'becomes-file'));
    await repo.git('add', '-A');
    await repo.git('commit', '-qm', 'Add a link');
    await unlink(join(repo.dir, 'becomes-file'));
    await repo.stage('becomes-file', 'a file now\n');
    await symlink('some-target', join(repo.dir, 'link'));
    await repo.git('add', '-A');

    expect(await staged(repo)).toEqual([
      { path: 'becomes-file', kind: 'file', text: 'a file now\n', before: ['/etc/hosts'], added: ['a file now'] },
      { path: 'link', kind: 'link', text: 'some-target', before: [], added: ['some-target'] },
    ]);
  });
});

test('reads a file that takes the place of a submodule', async () => {
  await withRepo(async (repo) => {
    await repo.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},sub`);
    await repo.git('commit', '-qm', 'Add a submodule');
    await repo.stage('sub', 'a file\n');

    expect(await staged(repo)).toMatchObject([{ path: 'sub', before: [], added: ['a file'] }]);
  });
});

test('counts a line of a merge as new only where no parent has it', async () => {
  await withRepo(async (repo) => {
    await startConflict(repo);
    await repo.stage('a.txt', 'ours\ntheirs\nfrom nowhere\n');

    const changes = await staged(repo);

    expect(changes).toMatchObject([{ path: 'a.txt', added: ['from nowhere'] }]);
    expect(changes[0]?.before.sort()).toEqual(['ours\n', 'theirs\n']);
  });
});

test('leaves out what a merge takes from the other side as it is', async () => {
  await withRepo(async (repo) => {
    await startConflict(repo);
    await repo.stage('a.txt', 'ours\ntheirs\n');

    expect((await staged(repo)).map((change) => change.path)).toEqual(['a.txt']);
  });
});

test('names a path whose conflict is not resolved', async () => {
  await withRepo(async (repo) => {
    await startConflict(repo);

    const items = await collect(stagedChanges(open(repo)));

    expect(items).toEqual([{ skipped: { file: 'a.txt', why: 'its merge conflict is not resolved yet' } }]);
  });
});

test('takes the heads of a merge from the environment where git names them there', async () => {
  await withRepo(async (repo) => {
    await startConflict(repo);
    const other = await repo.git('rev-parse', 'other');
    await repo.stage('a.txt', 'ours\ntheirs\n');
    await rm(join(repo.dir, '.git/MERGE_HEAD'));

    const mergeHeads = headsBeingMerged({ [`GITHEAD_${other}`]: 'other', GITHEAD_x: 'no id' });
    const changes = await staged(repo, { mergeHeads });

    expect(mergeHeads).toEqual([other]);
    expect(changes.map((change) => change.path)).toEqual(['a.txt']);
  });
});

test('a branch that is called MERGE_HEAD is no merge', async () => {
  await withRepo(async (repo) => {
    await repo.commit('a.txt', 'old\n');
    await repo.git('branch', 'MERGE_HEAD');
    await repo.stage('a.txt', 'new\n');

    expect(await staged(repo)).toMatchObject([{ path: 'a.txt' }]);
  });
});

test('reads the index that git names in GIT_INDEX_FILE', async () => {
  await withRepo(async (repo) => {
    await repo.commit('a.txt', 'old\n');
    await repo.stage('other.txt', 'staged, but not in this commit\n');
    const index = join(repo.home, 'next-index');
    const env = { GIT_INDEX_FILE: index };
    await repo.tryGit(['read-tree', 'HEAD'], { env });
    await repo.write('a.txt', 'new\n');
    await repo.tryGit(['add', 'a.txt'], { env });

    const git = openGit({ cwd: repo.dir, env: { ...repo.env, ...env } });
    const items = await collect(stagedChanges(git));

    expect(items).toMatchObject([{ path: 'a.txt' }]);
  });
});

test('gives paths from the top when it is asked in a sub-directory', async () => {
  await withRepo(async (repo) => {
    await repo.git('config', 'diff.relative', 'true');
    await repo.stage('a.txt', 'new\n');
    await repo.stage('sub/b.txt', 'new\n');

    const git = openGit({ cwd: join(repo.dir, 'sub'), env: repo.env });

    expect(await collect(stagedChanges(git))).toMatchObject([{ path: 'a.txt' }, { path: 'sub/b.txt' }]);
  });
});

test('takes only the paths that are asked for, without patterns', async () => {
  await withRepo(async (repo) => {
    for (const path of ['a.txt', 'b.txt', '[ab].txt']) await repo.stage(path, `${path}\n`);

    const changes = await staged(repo, { paths: ['[ab].txt', 'missing.txt'] });

    expect(changes.map((change) => change.path)).toEqual(['[ab].txt']);
  });
});

test.each([
  'a space',
  'ünïcode',
  'e\u0301 decomposed',
  '"quotes"',
  "'single'",
  'back\\slash',
  'tab\there',
  'line\nfeed',
  '-rf',
  ':(exclude)x',
  'x b/y',
  'trailing ',
  '%s',
])('keeps the name %j as it is', async (name) => {
  await withRepo(async (repo) => {
    await repo.stage(name, 'new\n');

    expect(await staged(repo)).toMatchObject([{ path: name, added: ['new'] }]);
  });
});

test.each([
  ['* -diff binary', []],
  ['* diff=evil', ['diff.evil.textconv', 'true']],
  ['* diff=evil', ['diff.evil.command', 'true']],
  ['', ['diff.external', 'true']],
  ['', ['core.bigFileThreshold', '1']],
  ['', ['diff.orderFile', '/nonexistent']],
  ['', ['diff.algorithm', 'bogus']],
  ['', ['diff.ignoreSubmodules', 'none']],
  ['', ['color.ui', 'always']],
])('sees the same with attributes %j and setting %j', async (attributes, setting) => {
  await withRepo(async (repo) => {
    await repo.commit('a.txt', 'old\n');
    await repo.write('.git/info/attributes', attributes);
    if (setting.length > 0) await repo.git('config', ...setting);
    await repo.stage('a.txt', 'old\nnew\0\n');

    expect(await staged(repo)).toMatchObject([{ path: 'a.txt', text: 'old\nnew\0\n', added: ['new\0'] }]);
  });
});

test.each([['utf16le'], ['utf16be'], ['no mark']])(
  'tells the new line of a UTF-16 file (%s) from the old ones',
  async (form) => {
    await withRepo(async (repo) => {
      const encode = (text: string): Buffer => {
        const bytes = Buffer.from(form === 'no mark' ? text : `\ufeff${text}`, 'utf16le');
        return form === 'utf16be' ? bytes.swap16() : bytes;
      };
      await repo.commit('a.txt', encode('old line\r\n'));
      await repo.stage('a.txt', encode('old line\r\nnew line\r\n'));

      const [change] = await staged(repo);

      expect(change?.text).toBe('old line\r\nnew line\r\n');
      expect(change?.added).toEqual(['new line\r']);
    });
  },
);

test('a file system monitor in the settings is not run', async () => {
  await withRepo(async (repo) => {
    const proof = join(repo.home, 'ran');
    const script = join(repo.home, 'monitor.sh');
    await writeFile(script, `#!/bin/sh\necho ran >> '${proof}'\n`);
    await chmod(script, 0o755);
    await repo.stage('a.txt', 'new\n');
    await repo.git('config', 'core.fsmonitor', script);

    await staged(repo);

    await expect(readFile(proof)).rejects.toThrow('ENOENT');
  });
});

test('a content that is larger than one piece comes in slices, and a still larger one is named', async () => {
  await withRepo(async (repo) => {
    await repo.stage('large.txt', 'x'.repeat(3000));
    await repo.stage('middle.txt', 'y'.repeat(1500));
    await repo.stage('small.txt', 'z\n');

    const items = await collect(stagedChanges(open(repo), { wholeBytes: 1000, maxBytesOf: () => 2000 }));

    expect(items).toMatchObject([
      { skipped: { file: 'large.txt', why: 'larger than 0 MB' } },
      { path: 'middle.txt', slice: { startLine: 1, startColumn: 0, isLast: true } },
      { path: 'small.txt' },
    ]);
  });
});

test('a staged content that is not there stops the scan', async () => {
  await withRepo(async (repo) => {
    await repo.stage('a.txt', 'new\n');
    const oid = await repo.git('rev-parse', ':a.txt');
    await rm(join(repo.dir, '.git/objects', oid.slice(0, 2), oid.slice(2)));

    await expect(staged(repo)).rejects.toMatchObject({ name: 'UserError', cause: `git: missing object ${oid}` });
  });
});

test('a broken index stops the scan', async () => {
  await withRepo(async (repo) => {
    await repo.commit('a.txt', 'old\n');
    await writeFile(join(repo.dir, '.git/index'), 'no index');

    await expect(staged(repo)).rejects.toMatchObject({ name: 'UserError', hint: expect.stringContaining('index') });
  });
});

test('a HEAD that names a missing commit stops the scan', async () => {
  await withRepo(async (repo) => {
    await repo.commit('a.txt', 'old\n');
    await repo.write('.git/refs/heads/main', `${'1'.repeat(40)}\n`);

    await expect(staged(repo)).rejects.toMatchObject({ name: 'UserError' });
  });
});

test('a folder without a repository stops the scan', async () => {
  await withRepo(
    async (repo) => {
      await mkdir(join(repo.dir, 'plain'));

      await expect(staged(repo)).rejects.toMatchObject({
        name: 'UserError',
        hint: expect.stringContaining('git repository'),
      });
    },
    { init: false },
  );
});

(process.platform === 'win32' ? test.skip : test)(
  'a small commit costs two processes, settings from the index included',
  async () => {
    await withRepo(async (repo) => {
      await repo.commit('a.txt', 'old\n');
      await repo.stage('a.txt', 'new\n');
      await repo.stage('b.txt', 'new too\n');
      const real = (await repo.exec('/bin/sh', ['-c', 'command -v git'])).stdout.trim();
      const log = join(repo.home, 'log');
      await writeFile(join(repo.home, 'git'), `#!/bin/sh\necho x >> '${log}'\nexec '${real}' "$@"\n`);
      await chmod(join(repo.home, 'git'), 0o755);
      const git = openGit({ cwd: repo.dir, env: { ...repo.env, PATH: repo.home } });

      const source = stagedChanges(git);
      const [count, setting] = await Promise.all([source.count(), git.catFile().read(':settings.json')]);
      const items = await collect(source);

      expect([count, setting, items.length]).toEqual([2, null, 2]);
      expect(await readFile(log, 'utf8')).toBe('x\nx\n');
    });
  },
);

interface Shown {
  readonly path: string;
  readonly kind: Change['kind'];
  readonly text: string;
  readonly before: string[];
  readonly added: readonly string[];
}

async function staged(repo: Repo, options?: StagedOptions): Promise<Shown[]> {
  const git = open(repo);
  try {
    const shown: Shown[] = [];
    for await (const item of stagedChanges(git, options)) {
      if ('skipped' in item) throw new Error(`skipped ${item.skipped.file}: ${item.skipped.why}`);
      const before = (await item.before()).map(String);
      shown.push({ path: item.path, kind: item.kind, text: String(item.bytes), before, added: await added(item) });
    }
    return shown;
  } finally {
    git.close();
  }
}

async function added(change: Change): Promise<string[]> {
  const lines = await addedLines(change);
  let start = 0;
  return String(change.bytes)
    .split(/(?<=\n)/)
    .filter((line) => {
      const end = start + Buffer.byteLength(line);
      const isNew = lines.touches(start, end);
      start = end;
      return isNew;
    })
    .map((line) => line.replace(/\n$/, ''));
}

async function startConflict(repo: Repo): Promise<void> {
  await repo.commit('a.txt', 'base\n');
  await repo.git('checkout', '-qb', 'other');
  await repo.commit('a.txt', 'theirs\n');
  await repo.commit('their-file.txt', 'theirs alone\n');
  await repo.git('checkout', '-q', 'main');
  await repo.commit('a.txt', 'ours\n');
  await repo.tryGit(['merge', 'other']);
}

function open(repo: Repo): Git {
  return openGit({ cwd: repo.dir, env: repo.env });
}

async function collect(source: AsyncIterable<ChangeOrSkip>): Promise<ChangeOrSkip[]> {
  const items: ChangeOrSkip[] = [];
  for await (const item of source) items.push(item);
  return items;
}
