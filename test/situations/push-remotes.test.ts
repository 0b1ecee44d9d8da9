import { addRemote, blocksPush, letsPush, pushUnasked, remoteOf } from '../support/push.js';
import type { Repo } from '../support/repo.js';

blocksPush('blocks a secret that is new to the address which a remote has got', async (repo, key) => {
  await repo.commit('a.txt', `${key}\n`);
  await pushUnasked(repo);
  await moveOrigin(repo);
  return 'a.txt:1';
});

blocksPush('blocks it too where other branches are said to have it', async (repo, key) => {
  await repo.commit('a.txt', `${key}\n`);
  await pushUnasked(repo, 'main', 'main:other');
  await repo.git('remote', 'set-head', 'origin', 'main');
  await moveOrigin(repo);
  return 'a.txt:1';
});

letsPush('passes a branch that was deleted over there, and whose commits another one has', async (repo, key) => {
  await repo.commit('a.txt', `${key}\n`);
  await pushUnasked(repo, 'main', 'main:topic');
  await repo.git('remote', 'set-head', 'origin', 'main');
  await repo.git('branch', 'topic');
  await repo.git('-C', remoteOf(repo), 'update-ref', '-d', 'refs/heads/topic');
  return { args: ['push', 'origin', 'topic'], says: 'scanned 0 blobs' };
});

blocksPush('blocks a secret that a remote has whose name begins like this one', async (repo, key) => {
  await repo.commit('first.txt', 'one\n');
  await pushUnasked(repo);
  await addNested(repo);
  await repo.commit('a.txt', `${key}\n`);
  await repo.git('push', '-q', '--no-verify', 'origin/private', 'main');
  return 'a.txt:1';
});

letsPush('passes what this remote has, next to one whose name begins like it', async (repo, key) => {
  await repo.commit('a.txt', `${key}\n`);
  await pushUnasked(repo, 'main', 'main:feature/x');
  await addNested(repo);
  await repo.git('checkout', '-q', '-b', 'topic');
  return { args: ['push', 'origin', 'topic'], says: 'scanned 0 blobs' };
});

for (const name of ['*', 'origin*', 'a/b', 'a.b']) {
  letsPush(`passes what a remote has that is called ${name}`, async (repo, key) => {
    await repo.commit('a.txt', `${key}\n`);
    await pushUnasked(repo);
    await repo.git('config', '--rename-section', 'remote.origin', `remote.${name}`);
    const mapping = `+refs/heads/*:refs/remotes/${name === '*' || name === 'origin*' ? 'starred' : name}/*`;
    await repo.git('config', `remote.${name}.fetch`, mapping);
    await repo.git('push', '-q', '--no-verify', name, 'main');
    await repo.git('checkout', '-q', '-b', 'topic');
    return { args: ['push', name, 'topic'], says: 'scanned 0 blobs' };
  });
}

letsPush('passes what a remote has whose branches are kept under another name', async (repo, key) => {
  await repo.commit('a.txt', `${key}\n`);
  await repo.git('config', 'remote.origin.fetch', '+refs/heads/*:refs/remotes/upstream/*');
  await pushUnasked(repo);
  await repo.git('checkout', '-q', '-b', 'topic');
  return { args: ['push', 'origin', 'topic'], says: 'scanned 0 blobs' };
});

blocksPush('blocks a secret where two remotes keep their branches under one name', async (repo, key) => {
  await addRemote(repo, {}, 'second');
  for (const name of ['origin', 'second']) {
    await repo.git('config', `remote.${name}.fetch`, '+refs/heads/*:refs/remotes/shared/*');
  }
  await repo.commit('a.txt', `${key}\n`);
  await pushUnasked(repo, 'main:trunk');
  return { at: 'a.txt:1', args: ['push', 'second', 'main'] };
});

blocksPush('blocks a secret though a mirror would keep branches where ours lie', async (repo, key) => {
  await repo.git('config', 'remote.origin.fetch', '+refs/*:refs/*');
  await repo.commit('a.txt', `${key}\n`);
  return 'a.txt:1';
});

blocksPush('blocks a secret though the main branch of the remote is said to be ours', async (repo, key) => {
  await repo.commit('first.txt', 'one\n');
  await pushUnasked(repo);
  await repo.commit('a.txt', `${key}\n`);
  await repo.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/heads/main');
  return 'a.txt:1';
});

blocksPush('blocks a secret though the main branch of the remote is gone', async (repo, key) => {
  await repo.commit('first.txt', 'one\n');
  await pushUnasked(repo);
  await repo.commit('a.txt', `${key}\n`);
  await repo.git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/gone');
  return { at: 'a.txt:1', says: '1 secret found' };
});

for (const name of ['-h', '--help', '-q', '-o', '--format', '--no-such-option', '--']) {
  blocksPush(`blocks a push to a remote that is called ${name}`, async (repo, key) => {
    await repo.git('config', `remote.${name}.url`, remoteOf(repo));
    await repo.commit('a.txt', `${key}\n`);
    return { at: 'a.txt:1', args: ['push', '--', name, 'main'] };
  });
}

/** The name `origin` leads to a new and empty repository from now on. */
async function moveOrigin(repo: Repo): Promise<void> {
  await repo.git('init', '-q', '--bare', remoteOf(repo, 'public'));
  await repo.git('remote', 'set-url', 'origin', remoteOf(repo, 'public'));
}

async function addNested(repo: Repo): Promise<void> {
  await repo.git('init', '-q', '--bare', remoteOf(repo, 'private'));
  await repo.git('remote', 'add', 'origin/private', remoteOf(repo, 'private'));
}
