import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import type { Ran, Repo } from '../support/repo.js';
import { blocks, expectBlock, fillerLines, install, passes, situation, tryCommit } from '../support/situation.js';

blocks('C01 blocks commit -a', async (repo, key) => {
  await repo.commit('a.txt', 'one\n');
  await repo.write('a.txt', `one\n${key}\n`);
  return { at: 'a.txt:2', args: ['commit', '-a', '-m', 'Try'] };
});

blocks('C02 blocks the commit of a path that is not staged', async (repo, key) => {
  await repo.commit('a.txt', 'one\n');
  await repo.write('a.txt', `one\n${key}\n`);
  await repo.stage('b.txt', 'clean\n');
  return { at: 'a.txt:2', args: ['commit', '-m', 'Try', '--', 'a.txt'] };
});

passes('C03 passes the commit of a clean path while another staged file has a secret', async (repo, key) => {
  await repo.commit('a.txt', 'one\n');
  await repo.write('a.txt', 'one\ntwo\n');
  await repo.stage('b.txt', `${key}\n`);
  return { args: ['commit', '-m', 'Try', '--', 'a.txt'] };
});

blocks('C04 blocks commit --include', async (repo, key) => {
  await repo.commit('a.txt', 'one\n');
  await repo.write('a.txt', `one\n${key}\n`);
  await repo.stage('b.txt', 'clean\n');
  return { at: 'a.txt:2', args: ['commit', '-m', 'Try', '--include', 'a.txt'] };
});

situation('C05 blocks commit -p, and names the line as it is recorded', {}, async (repo, key) => {
  await repo.commit('a.txt', fillerLines(30));
  await repo.write('a.txt', `left out\n${fillerLines(30)}${key}\n`);

  const { ran, isMoved } = await tryCommit(repo, { args: ['commit', '-p', '-m', 'Try'], options: { input: 'n\ny\n' } });

  expectBlock({ ...ran, stdout: '' }, { at: 'a.txt:31', key }); // git itself shows the lines that it asks about
  expect(isMoved).toBe(false);
});

blocks('C06 blocks commit --amend with a secret staged', async (repo, key) => {
  await repo.commit('a.txt', 'one\n');
  await repo.stage('a.txt', `one\n${key}\n`);
  return { at: 'a.txt:2', args: ['commit', '--amend', '--no-edit'] };
});

passes('C07 passes another message for a commit', async (repo, key) => {
  await repo.commit('a.txt', `${key}\n`);
  return { args: ['commit', '--amend', '-m', 'Say it better'], says: 'scanned 0 blobs' };
});

passes('C08 passes an empty commit', async (repo, key) => {
  await repo.commit('a.txt', `${key}\n`);
  return { args: ['commit', '--allow-empty', '-m', 'Try'], says: 'scanned 0 blobs' };
});

situation('C09 is not asked by commit --no-verify, and blocks the push of it', {}, async (repo, key) => {
  await repo.stage('a.txt', `${key}\n`);

  const { ran, isMoved } = await tryCommit(repo, { args: ['commit', '--no-verify', '-m', 'Try'] });

  expect([ran.exitCode, isMoved]).toEqual([0, true]);
  await expectPushBlocked(repo, key, 'a.txt:1');
});

situation('C10 passes a clean merge of what is in one parent already', {}, async (repo, key) => {
  await install(repo, '--hook', 'pre-merge-commit');
  await branchOff(repo, { base: 'one\n', ours: 'one\n', theirs: `one\n${key}\n` });
  await repo.commit('b.txt', 'clean\n');

  const { ran, isMoved } = await tryCommit(repo, { args: ['merge', '--no-ff', '-m', 'Merge', 'side'] });

  expect(ran).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^scanned 0 blobs/m) });
  expect(isMoved).toBe(true);
});

blocks('C11 blocks the resolution of a conflict that adds a secret', async (repo, key) => {
  await conflict(repo, 'theirs\n');
  await repo.stage('a.txt', `both\n${key}\n`);
  return { at: 'a.txt:2', args: ['commit', '-m', 'Merge'] };
});

passes('C12 passes the resolution of a conflict that takes over an old secret of the other side', async (repo, key) => {
  await conflict(repo, `theirs\n${key}\n`);
  await repo.stage('a.txt', `ours\ntheirs\n${key}\n`);
  return { args: ['commit', '-m', 'Merge'] };
});

blocks('C13 blocks a merge without a commit to which a secret is added', async (repo, key) => {
  await branchOff(repo, { base: 'one\n', ours: 'one\n', theirs: 'one\ntwo\n' });
  await repo.git('merge', '-q', '--no-ff', '--no-commit', 'side');
  await repo.stage('c.txt', `${key}\n`);
  return { at: 'c.txt:1', args: ['commit', '-m', 'Merge'] };
});

blocks('C14 blocks a squashed merge, which is new to this branch', async (repo, key) => {
  await branchOff(repo, { base: 'one\n', ours: 'one\n', theirs: `one\n${key}\n` });
  await repo.git('merge', '-q', '--squash', 'side');
  return 'a.txt:2';
});

blocks('C15 blocks commit --fixup', async (repo, key) => {
  await repo.commit('a.txt', 'one\n');
  await repo.stage('a.txt', `one\n${key}\n`);
  return { at: 'a.txt:2', args: ['commit', '--fixup', 'HEAD'] };
});

blocks('C16 blocks an amended commit in the middle of a rebase', async (repo, key) => {
  await repo.commit('a.txt', 'one\n');
  await repo.commit('a.txt', 'one\ntwo\n');
  await repo.commit('b.txt', 'b\n');
  const env = { GIT_SEQUENCE_EDITOR: 'sed -i.bak s/^pick/edit/' };
  await repo.tryGit(['rebase', '-q', '-i', 'HEAD~2'], { env });
  await repo.stage('a.txt', `one\n${key}\ntwo\n`);
  return { at: 'a.txt:2', args: ['commit', '--amend', '--no-edit'] };
});

/** Commands for which git runs no hook before the commit: the push is where it is stopped. */
const unasked: readonly (readonly [string, string, (repo: Repo, key: string) => Promise<Ran>])[] = [
  [
    'C17',
    'cherry-pick',
    async (repo, key) => {
      await branchOff(repo, { base: 'one\n', ours: 'one\n', theirs: `one\n${key}\n` });
      await repo.commit('b.txt', 'b\n');
      return repo.tryGit(['cherry-pick', 'side']);
    },
  ],
  [
    'C18',
    'rebase --continue',
    async (repo, key) => {
      await branchOff(repo, { base: 'base\n', ours: 'ours\n', theirs: 'theirs\n' });
      await repo.tryGit(['rebase', 'side']);
      await repo.stage('a.txt', `both\n${key}\n`);
      return repo.tryGit(['rebase', '--continue'], { env: { GIT_EDITOR: 'true' } });
    },
  ],
  [
    'C19',
    'revert',
    async (repo, key) => {
      await repo.commit('a.txt', `one\n${key}\n`);
      await repo.commit('a.txt', 'one\n');
      return repo.tryGit(['revert', '--no-edit', 'HEAD']);
    },
  ],
  [
    'C20',
    'am',
    async (repo, key) => {
      await branchOff(repo, { base: 'one\n', ours: 'one\n', theirs: `one\n${key}\n` });
      return repo.tryGit(['am', '-q'], { input: await repo.git('format-patch', '--stdout', 'main..side') });
    },
  ],
];

for (const [id, command, act] of unasked) {
  situation(`${id} blocks the push of a secret that came in by ${command}`, {}, async (repo, key) => {
    await repo.commit('first.txt', 'first\n');

    const ran = await act(repo, key);

    expect(ran).toMatchObject({ exitCode: 0 });
    await expectPushBlocked(repo, key, 'a.txt:2');
  });
}

situation('C21 blocks a secret in the message', {}, async (repo, key) => {
  await install(repo, '--hook', 'commit-msg');
  await repo.stage('a.txt', 'one\n');

  const { ran, isMoved } = await tryCommit(repo, { args: ['commit', '-m', 'Title', '-m', `use ${key} for now`] });

  expectBlock(ran, { key });
  expect(isMoved).toBe(false);
});

situation('C21 tells a command that brings the message back, in a linked work tree too', {}, async (repo, key) => {
  await install(repo, '--hook', 'commit-msg');
  await repo.commit('sub/a.txt', 'one\n');
  for (const cwd of [repo.dir, join(repo.dir, '..', 'linked')]) {
    if (cwd !== repo.dir) await repo.git('worktree', 'add', '-q', cwd);
    const inSub = { cwd: join(cwd, 'sub') };
    const ran = await repo.tryGit(['commit', '--allow-empty', '-m', `use ${key} for now`], inSub);
    const [command = ''] = /git commit -eF .*$/m.exec(ran.stderr) ?? [];

    const editor = `sed -i.bak 's/use .* for now/Use the key of the store/'`;
    const again = await repo.exec('sh', ['-c', `${command} --allow-empty`], { ...inSub, env: { GIT_EDITOR: editor } });

    expect([ran.exitCode, again.exitCode, again.stderr.includes(key)]).toEqual([1, 0, false]);
    expect(await repo.git('-C', cwd, 'log', '-1', '--format=%s')).toBe('Use the key of the store');
  }
});

situation('C22 passes a clean message', {}, async (repo) => {
  await install(repo, '--hook', 'commit-msg');
  await repo.stage('a.txt', 'one\n');

  const { ran, isMoved } = await tryCommit(repo, { args: ['commit', '-m', 'Add a file'] });

  expect(ran).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^scanned 1 /m) });
  expect(isMoved).toBe(true);
});

for (const [id, title, args, content] of [
  ['C23', 'the diff that commit -v shows below the scissors', ['commit', '-v'], 'Remove a line\n'],
  ['C24', 'the comment lines of a message', ['commit'], 'Remove a line\n# was: KEY\n'],
] as const) {
  situation(`${id} passes a secret in ${title}, which is not recorded`, {}, async (repo, key) => {
    await install(repo, '--hook', 'commit-msg');
    await repo.commit('a.txt', `one\n${key}\n`);
    await repo.stage('a.txt', 'one\n');
    await repo.write('../start', content.replace('KEY', key));
    const editor = 'sh -c \'cat "$START" "$1" > "$1.new" && mv "$1.new" "$1" && cp "$1" "$SEEN"\' -';
    const env = { GIT_EDITOR: editor, START: join(repo.dir, '../start'), SEEN: join(repo.dir, '../seen') };

    const { ran, isMoved } = await tryCommit(repo, { args, options: { env } });

    expect(await readFile(env.SEEN, 'utf8')).toContain(key);
    expect(ran.exitCode).toBe(0);
    expect(isMoved).toBe(true);
    expect(await repo.git('log', '-1', '--format=%B')).not.toContain(key);
  });
}

situation('C24 blocks a secret in a # line that no editor takes away', {}, async (repo, key) => {
  await install(repo, '--hook', 'commit-msg');
  await repo.stage('a.txt', 'one\n');

  const { ran, isMoved } = await tryCommit(repo, { args: ['commit', '-m', `Title\n\n# was: ${key}`] });

  expectBlock(ran, { key });
  expect(isMoved).toBe(false);
});

interface Sides {
  readonly base: string;
  readonly ours: string;
  readonly theirs: string;
}

/** Two branches from one commit: `main`, which is checked out, and `side`. */
async function branchOff(repo: Repo, { base, ours, theirs }: Sides): Promise<void> {
  await repo.commit('a.txt', base);
  await repo.git('checkout', '-q', '-b', 'side');
  await repo.commit('a.txt', theirs);
  await repo.git('checkout', '-q', 'main');
  if (ours !== base) await repo.commit('a.txt', ours);
}

/** A merge that has stopped at a conflict in `a.txt`. */
async function conflict(repo: Repo, theirs: string): Promise<void> {
  await branchOff(repo, { base: 'base\n', ours: 'ours\n', theirs });
  const ran = await repo.tryGit(['merge', 'side']);
  expect(ran.exitCode).toBe(1);
}

async function expectPushBlocked(repo: Repo, key: string, at: string): Promise<void> {
  const remote = join(repo.dir, '../remote.git');
  await repo.git('init', '-q', '--bare', remote);

  const ran = await repo.tryGit(['push', remote, 'main']);

  expectBlock(ran, { at, key });
  expect((await repo.tryGit(['ls-remote', remote])).stdout).toBe('');
}
