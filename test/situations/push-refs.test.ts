import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import {
  addRemote,
  blocksPush,
  commitOnBranch,
  commitTree,
  letsPush,
  pushUnasked,
  remoteOf,
  tryPush,
} from '../support/push.js';
import type { Repo } from '../support/repo.js';
import { expectBlock, install, situation } from '../support/situation.js';

blocksPush('P01 blocks what was committed without the hook', async (repo, key) => {
  await repo.commit('first.txt', 'one\n');
  await pushUnasked(repo);
  await repo.commit('a.txt', `one\n${key}\n`);
  return {
    at: 'a.txt:2',
    says: ['push stopped', 'No remote has it yet', (await repo.git('rev-parse', 'HEAD')).slice(0, 7)],
  };
});

blocksPush('P02 blocks what one commit adds and the next takes away', async (repo, key) => {
  await repo.commit('a.txt', 'one\n');
  await pushUnasked(repo);
  await repo.commit('a.txt', `one\n${key}\n`);
  await repo.commit('a.txt', 'one\n');
  return 'a.txt:2';
});

letsPush('P03 passes clean commits', async (repo) => {
  await repo.commit('a.txt', 'one\n');
  await pushUnasked(repo);
  await repo.commit('a.txt', 'one\ntwo\n');
  return undefined;
});

letsPush('P04 passes a new branch on a secret that the remote has', async (repo, key) => {
  await repo.commit('a.txt', `${key}\n`);
  await pushUnasked(repo);
  await repo.git('checkout', '-q', '-b', 'topic');
  await repo.commit('b.txt', 'clean\n');
  return { args: ['push', '-u', 'origin', 'topic'] };
});

blocksPush('P05 blocks a first push', async (repo, key) => {
  await repo.commit('a.txt', `${key}\n`);
  await repo.commit('b.txt', 'clean\n');
  return 'a.txt:1';
});

blocksPush('P06 blocks a first push though git shows no root commits', async (repo, key) => {
  await repo.git('config', 'log.showRoot', 'false');
  await repo.commit('a.txt', `${key}\n`);
  return 'a.txt:1';
});

letsPush('P07 passes the deletion of a branch', async (repo, key) => {
  await repo.commit('a.txt', `${key}\n`);
  await pushUnasked(repo, 'main', 'main:old');
  return { args: ['push', 'origin', ':old'], says: 'scanned 0 blobs' };
});

blocksPush('P08 blocks a forced push of a rewritten history', async (repo, key) => {
  await repo.commit('first.txt', 'one\n');
  await repo.commit('a.txt', 'one\n');
  await pushUnasked(repo);
  await repo.git('reset', '-q', '--hard', 'HEAD~1');
  await repo.commit('a.txt', `${key}\n`);
  return { at: 'a.txt:1', args: ['push', '--force', 'origin', 'main'] };
});

blocksPush('P09 blocks two refs of which the second has a secret', async (repo, key) => {
  await repo.commit('a.txt', 'one\n');
  await commitOnBranch(repo, 'topic', { path: 'b.txt', content: `${key}\n` });
  return { at: 'b.txt:1', args: ['push', 'origin', 'main', 'topic'] };
});

blocksPush('P10 blocks a branch that is pushed beside a deletion', async (repo, key) => {
  await repo.commit('a.txt', 'one\n');
  await pushUnasked(repo, 'main', 'main:old');
  await repo.commit('a.txt', `one\n${key}\n`);
  return { at: 'a.txt:2', args: ['push', 'origin', ':old', 'main'] };
});

blocksPush('P11 blocks a tag of a commit that the remote does not have', async (repo, key) => {
  await repo.commit('a.txt', `${key}\n`);
  await repo.git('tag', '-a', 'v1', '-m', 'First');
  return { at: 'a.txt:1', args: ['push', 'origin', 'v1'] };
});

letsPush('P12 passes a tag of a commit that the remote has', async (repo, key) => {
  await repo.commit('a.txt', `${key}\n`);
  await pushUnasked(repo);
  await repo.git('tag', '-a', 'v1', '-m', 'First');
  return { args: ['push', 'origin', 'v1'] };
});

blocksPush('P13 blocks a tag that names a file', async (repo, key) => {
  await repo.write('a.txt', `one\n${key}\n`);
  await repo.git('tag', 'notes', await repo.git('hash-object', '-w', 'a.txt'));
  return { at: 'notes:2', args: ['push', 'origin', 'notes'] };
});

blocksPush('P14 blocks a secret in the message of a tag', async (repo, key) => {
  await repo.commit('a.txt', 'one\n');
  await pushUnasked(repo);
  await repo.git('tag', '-a', 'v1', '-m', 'First', '-m', `with ${key}`);
  return { at: 'tag v1:3', args: ['push', 'origin', 'v1'] };
});

blocksPush('P15 blocks a secret in the message of a commit', async (repo, key) => {
  await repo.commit('a.txt', 'one\n', `Add a file\n\nwith ${key}`);
  return 'commit message:3';
});

letsPush('P23 passes a branch that merges a secret which the remote has', async (repo, key) => {
  await repo.commit('a.txt', 'one\n');
  await commitOnBranch(repo, 'topic', { path: 'b.txt', content: 'clean\n' });
  await repo.commit('a.txt', `one\n${key}\n`);
  await pushUnasked(repo);
  await repo.git('checkout', '-q', 'topic');
  await repo.git('merge', '-q', '--no-edit', 'main');
  return { args: ['push', 'origin', 'topic'] };
});

for (const [id, title, isNamed] of [
  ['P31', 'the address of a remote', true],
  ['P31', 'an address that no remote has', false],
] as const) {
  blocksPush(`${id} blocks a new secret that is pushed to ${title}`, async (repo, key) => {
    await repo.commit('a.txt', 'one\n');
    await pushUnasked(repo);
    if (!isNamed) await repo.git('remote', 'remove', 'origin');
    await repo.commit('a.txt', `one\n${key}\n`);
    return { at: 'a.txt:2', args: ['push', remoteOf(repo), 'main'], says: '1 secret found' };
  });
}

letsPush('P32 passes an old secret when the address is that of a remote', async (repo, key) => {
  await repo.commit('a.txt', `${key}\n`);
  await pushUnasked(repo);
  await repo.commit('b.txt', 'clean\n');
  return { args: ['push', remoteOf(repo), 'main'] };
});

letsPush('P33 passes a new branch when the address is that of a remote', async (repo, key) => {
  await repo.commit('a.txt', `${key}\n`);
  await pushUnasked(repo);
  await commitOnBranch(repo, 'topic', { path: 'b.txt', content: 'clean\n' });
  return { args: ['push', remoteOf(repo), 'topic'] };
});

letsPush('P34 passes a forced push over commits that were never fetched', async (repo, key) => {
  await repo.commit('a.txt', `${key}\n`);
  await pushUnasked(repo);
  await pushFromElsewhere(repo);
  await repo.commit('b.txt', 'clean\n');
  return { args: ['push', '--force', 'origin', 'main'], says: 'scanned 2 blobs' };
});

blocksPush('P34 blocks a new secret that is forced over commits that were never fetched', async (repo, key) => {
  await repo.commit('a.txt', 'one\n');
  await pushUnasked(repo);
  await pushFromElsewhere(repo);
  await repo.commit('b.txt', `${key}\n`);
  return { at: 'b.txt:1', args: ['push', '--force', 'origin', 'main'] };
});

blocksPush('P35 blocks a secret that is new to this remote, though another has it', async (repo, key) => {
  await repo.commit('a.txt', `${key}\n`);
  await pushUnasked(repo);
  await addRemote(repo, {}, 'public');
  return { at: 'a.txt:1', args: ['push', 'public', 'main'] };
});

blocksPush('P36 blocks a push from a sub-folder', async (repo, key) => {
  await repo.commit('deep/a.txt', `${key}\n`);
  return { at: 'deep/a.txt:1', options: { cwd: join(repo.dir, 'deep') } };
});

blocksPush('P36 blocks a push from a linked worktree', async (repo, key) => {
  const cwd = join(repo.dir, '../linked');
  await repo.commit('a.txt', 'one\n');
  await repo.git('worktree', 'add', '-q', '-b', 'topic', cwd);
  await repo.write('../linked/b.txt', `${key}\n`);
  await repo.tryGit(['add', 'b.txt'], { cwd });
  await repo.tryGit(['commit', '-q', '--no-verify', '-m', 'Add b'], { cwd });
  return { at: 'b.txt:1', args: ['push', 'origin', 'topic'], options: { cwd } };
});

blocksPush('P36 blocks a push of a detached HEAD', async (repo, key) => {
  await repo.commit('a.txt', 'one\n');
  await repo.git('checkout', '-q', '--detach');
  await repo.commit('b.txt', `${key}\n`);
  return { at: 'b.txt:1', args: ['push', 'origin', 'HEAD:refs/heads/topic'] };
});

const sha256 = { init: ['--object-format=sha256'] };
const twoCommits = async (repo: Repo, texts: readonly [string, string]): Promise<undefined> => {
  await repo.commit('a.txt', texts[0]);
  await pushUnasked(repo);
  await repo.commit('b.txt', texts[1]);
};

blocksPush(
  'P37 blocks a new secret in a SHA-256 repository',
  async (repo, key) => {
    await twoCommits(repo, ['one\n', `${key}\n`]);
    return 'b.txt:1';
  },
  sha256,
);
letsPush(
  'P37 passes an old secret in a SHA-256 repository',
  (repo, key) => twoCommits(repo, [`${key}\n`, 'two\n']),
  sha256,
);

situation('P38 knows what is new in a shallow clone', {}, async (repo, key) => {
  await addRemote(repo);
  await repo.commit('a.txt', `${key}\n`);
  await repo.commit('b.txt', 'two\n');
  await pushUnasked(repo);
  await rm(repo.dir, { recursive: true });
  await repo.exec('git', ['clone', '-q', '--depth=1', `file://${remoteOf(repo)}`, repo.dir], { cwd: repo.home });
  await install(repo);

  await repo.commit('c.txt', 'three\n');
  const clean = await tryPush(repo, undefined);
  await repo.commit('d.txt', `${key}\n`);
  const leaking = await tryPush(repo, undefined);

  expect(clean).toMatchObject({ ran: { exitCode: 0 }, isMoved: true });
  expectBlock(leaking.ran, { at: 'd.txt:1', key, says: '1 secret found' });
  expect(leaking.isMoved).toBe(false);
});

blocksPush('P39 blocks one of 300 branches', async (repo, key) => {
  await repo.commit('a.txt', 'one\n');
  await commitOnBranch(repo, 'b-200', { path: 'b.txt', content: `${key}\n` });
  const input = Array.from({ length: 299 }, (_, index) => `create refs/heads/t-${index} main\n`).join('');
  await repo.tryGit(['update-ref', '--stdin'], { input });
  return { at: 'b.txt:1', args: ['push', '--all', 'origin'] };
});

blocksPush('P40 blocks what the 1000th of 2000 commits adds and the next takes away', async (repo, key) => {
  const commit = (index: number): string => {
    const text = index === 1_000 ? `${key}\n` : `commit ${index}\n`;
    const file = `M 644 inline file-${index % 7 === 6 ? 'x' : 'y'}.txt\ndata ${text.length}\n${text}\n`;
    return `commit refs/heads/main\ncommitter Ana <ana@example.com> ${1_700_000_000 + index} +0000\ndata 3\nAdd\n${file}`;
  };
  const input = Array.from({ length: 2_000 }, (_, index) => commit(index)).join('');
  const ran = await repo.tryGit(['fast-import', '--quiet'], { input });
  expect(ran.exitCode).toBe(0);
  return { at: 'file-x.txt:1', says: '1 secret found' };
});

situation('P41 scans for --dry-run too, not for --no-verify, and nothing when all is pushed', {}, async (repo, key) => {
  await addRemote(repo);
  await repo.commit('a.txt', `${key}\n`);

  const dry = await tryPush(repo, { args: ['push', '--dry-run', 'origin', 'main'] });
  const unasked = await tryPush(repo, { args: ['push', '--no-verify', 'origin', 'main'] });
  const again = await tryPush(repo, undefined);

  expectBlock(dry.ran, { at: 'a.txt:1', key });
  expect(unasked).toMatchObject({ ran: { exitCode: 0 }, isMoved: true });
  expect(again.ran).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('scanned 0 blobs') });
});

blocksPush('P42 blocks --mirror when any ref has a secret', async (repo, key) => {
  await repo.commit('a.txt', 'one\n');
  await repo.write('b.txt', `${key}\n`);
  await repo.git('add', 'b.txt');
  await repo.git('update-ref', 'refs/anything/here', await commitTree(repo, 'Hidden', 'main'));
  return { at: 'b.txt:1', args: ['push', '--mirror', 'origin'] };
});

blocksPush('P43 blocks a commit that a replacement makes look clean', async (repo, key) => {
  await repo.commit('a.txt', 'one\n');
  await repo.commit('a.txt', `one\n${key}\n`);
  const bad = await repo.git('rev-parse', 'HEAD');
  await repo.stage('a.txt', 'one\n');
  await repo.git('replace', bad, await commitTree(repo, 'Look clean', 'HEAD~1'));
  return 'a.txt:2';
});

/** Somebody else pushes, and nobody here fetches it. */
async function pushFromElsewhere(repo: Repo): Promise<void> {
  await repo.commit('theirs.txt', 'theirs\n');
  const oid = await repo.git('rev-parse', 'HEAD');
  await repo.git('reset', '-q', '--hard', 'HEAD~1');
  await repo.git('-c', 'remote.origin.fetch=', 'push', '-q', '--no-verify', '--force', remoteOf(repo), `${oid}:main`);
  await repo.git('update-ref', 'refs/remotes/origin/main', 'main');
  await rm(join(repo.dir, '.git/objects', oid.slice(0, 2), oid.slice(2)));
}
