import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { blocksPush } from '../support/push.js';
import { expectBlock, install, situation, stageBlob, tryCommit } from '../support/situation.js';

situation('X07 a template of git guards what is made after it, and no older clone', {}, async (repo, key) => {
  const template = join(repo.dir, '../template');
  const [fresh, clone, older] = ['fresh', 'clone', 'older'].map((name) => join(repo.dir, '..', name));
  await install(repo);
  await repo.commit('a.txt', 'one\n');
  await repo.git('clone', '-q', repo.dir, older ?? '');
  await mkdir(template);
  await cp(join(repo.dir, '.git/hooks'), join(template, 'hooks'), { recursive: true });
  await repo.git('config', '--global', 'init.templateDir', template);
  await repo.git('init', '-q', fresh ?? '');
  await repo.git('clone', '-q', repo.dir, clone ?? '');

  for (const dir of [fresh, clone]) {
    await repo.write(join('..', dir === fresh ? 'fresh' : 'clone', 'a.txt'), `one\n${key}\n`);
    await repo.tryGit(['add', 'a.txt'], { cwd: dir ?? '' });
    const { ran, isMoved } = await tryCommit(repo, { options: { cwd: dir ?? '' } });
    expectBlock(ran, { at: 'a.txt:2', key });
    expect(isMoved).toBe(false);
  }
  expect((await repo.exec('ls', [join(older ?? '', '.git/hooks')])).stdout).not.toMatch(/^pre-commit$/m);
});

blocksPush('X10 blocks the push of a commit that a program made without git commit', async (repo, key) => {
  await repo.commit('first.txt', 'one\n');
  await stageBlob(repo, { path: 'a.txt' }, `${key}\n`);
  const tree = await repo.git('write-tree');
  await repo.git('update-ref', 'HEAD', await repo.git('commit-tree', tree, '-p', 'HEAD', '-m', 'Made elsewhere'));
  return 'a.txt:1';
});
