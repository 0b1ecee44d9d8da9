import { expect } from '@jest/globals';
import { sample } from '../support/detectors.js';
import { blocksPush, commitOnBranch, commitTree, letsPush, pushUnasked } from '../support/push.js';
import type { Repo } from '../support/repo.js';
import { fillerLines, stageBlob } from '../support/situation.js';

blocksPush('P16 blocks a file that only a merge adds', async (repo, key) => {
  await mergeWith(repo, { 'c.txt': `${key}\n` });
  return 'c.txt:1';
});

blocksPush('P17 blocks a line that only a merge adds', async (repo, key) => {
  await mergeWith(repo, { 'a.txt': `one\n${key}\n` });
  return 'a.txt:2';
});

blocksPush('P18 blocks the resolution of a conflict that adds a secret', async (repo, key) => {
  await repo.commit('a.txt', 'base\n');
  await commitOnBranch(repo, 'side', { path: 'a.txt', content: 'theirs\n' });
  await repo.commit('a.txt', 'ours\n');
  expect((await repo.tryGit(['merge', 'side'])).exitCode).toBe(1);
  await repo.commit('a.txt', `ours\ntheirs\n${key}\n`);
  return 'a.txt:3';
});

blocksPush('P19 blocks a line that only a merge adds to a file without diffs', async (repo, key) => {
  await repo.commit('.gitattributes', '* -diff\n');
  await mergeWith(repo, { 'a.txt': `one\n${key}\n` });
  return 'a.txt:2';
});

blocksPush('P20 blocks a line that only a merge adds to a file with a NUL byte', async (repo, key) => {
  await mergeWith(repo, { 'a.txt': `one\0\n${key}\n` });
  return 'a.txt:2';
});

blocksPush('P21 blocks a file that only a merge of three branches adds', async (repo, key) => {
  await repo.commit('a.txt', 'one\n');
  await commitOnBranch(repo, 'side', { path: 'b.txt', content: 'two\n' });
  await commitOnBranch(repo, 'other', { path: 'c.txt', content: 'three\n' });
  await repo.stage('d.txt', `${key}\n`);
  await repo.git('reset', '-q', '--soft', await commitTree(repo, 'Merge', 'main', 'side', 'other'));
  return 'd.txt:1';
});

blocksPush('P22 blocks a branch whose content a merge throws away', async (repo, key) => {
  await repo.commit('a.txt', 'one\n');
  await commitOnBranch(repo, 'side', { path: 'b.txt', content: `${key}\n` });
  await repo.git('merge', '-q', '-s', 'ours', '--no-edit', 'side');
  return 'b.txt:1';
});

for (const attributes of ['*.txt -diff', '* binary', '*.txt diff=x']) {
  blocksPush(`P24 blocks a secret in the history of a file with the attributes "${attributes}"`, async (repo, key) => {
    await repo.commit('.gitattributes', `${attributes}\n`);
    await repo.commit('a.txt', `${key}\n`);
    await repo.commit('a.txt', 'clean\n');
    return 'a.txt:1';
  });
}

for (const setting of ['diff.x.textconv', 'diff.x.command', 'diff.external']) {
  blocksPush(`P25 blocks a secret in the history under ${setting}=true`, async (repo, key) => {
    await repo.commit('.gitattributes', '* diff=x\n');
    await repo.commit('a.txt', `${key}\n`);
    await repo.git('config', setting, 'true');
    return 'a.txt:1';
  });
}

blocksPush('P26 blocks a secret in the history of a UTF-16 file', async (repo, key) => {
  await repo.commit('a.txt', Buffer.from(`\ufeffone\r\n${key}\r\n`, 'utf16le'));
  return 'a.txt:2';
});

blocksPush('P27 blocks a secret in the history of a file with a NUL byte', async (repo, key) => {
  await repo.commit('a.txt', `one\0\n${key}\n`);
  return 'a.txt:2';
});

blocksPush('P28 blocks a secret in the history whatever the settings of log and diff', async (repo, key) => {
  await repo.commit('a.txt', `one\n${key}\n`);
  const settings = [
    ['log.showSignature', 'true'],
    ['log.diffMerges', 'off'],
    ['log.follow', 'true'],
    ['format.pretty', 'oneline'],
    ['diff.orderFile', '/nonexistent'],
    ['diff.noprefix', 'true'],
    ['diff.ignoreSubmodules', 'all'],
    ['color.ui', 'always'],
    ['core.quotePath', 'true'],
  ];
  for (const [name = '', value = ''] of settings) await repo.git('config', name, value);
  return 'a.txt:2';
});

for (const [path, shown] of [
  ['a b.txt', 'a b.txt'],
  ['größe.txt', 'größe.txt'],
  ['a\nleak-guard: all clean', 'a\\x0aleak-guard: all clean'],
  ['-rf', '-rf'],
  [':(exclude)x', ':(exclude)x'],
  ['a\x1b[2J.txt', 'a\\x1b[2J.txt'],
] as const) {
  blocksPush(
    `P29 blocks a secret in the history of a file that is called ${JSON.stringify(path)}`,
    async (repo, key) => {
      await stageBlob(repo, { path }, `${key}\n`);
      await repo.git('commit', '-q', '--no-verify', '-m', 'Add a file');
      return `${shown}:1`;
    },
  );
}

blocksPush('P30 blocks only what is new in a renamed file', async (repo, key) => {
  const old = `${fillerLines(20)}${sample('sendgrid-api-key')}\n`;
  await repo.commit('a.txt', old);
  await pushUnasked(repo);
  await repo.git('mv', 'a.txt', 'b.txt');
  await repo.commit('b.txt', `${old}${key}\n`);
  return { at: 'b.txt:22', says: '1 secret found' };
});

blocksPush('P30 blocks a secret in the new name of a file that has no new content', async (repo, key) => {
  await repo.commit('a.txt', 'one\n');
  await repo.git('mv', 'a.txt', `${key}.txt`);
  await repo.git('commit', '-q', '--no-verify', '-m', 'Rename a file');
  return { says: '********.txt (its name)' };
});

blocksPush('blocks a secret in the name of a submodule, which brings no file', async (repo, key) => {
  await repo.commit('a.txt', 'one\n');
  await addSubmodule(repo, key);
  await repo.git('commit', '-q', '--no-verify', '-m', 'Add a submodule');
  return { says: '******** (its name)' };
});

letsPush('passes a submodule that moves on', async (repo, key) => {
  await repo.commit('a.txt', 'one\n');
  await addSubmodule(repo, key);
  await repo.git('commit', '-q', '--no-verify', '-m', 'Add a submodule');
  await pushUnasked(repo);
  await addSubmodule(repo, key);
  await repo.git('commit', '-q', '--no-verify', '-m', 'Move it on');
  return { says: 'scanned 1 blob' };
});

/** A submodule as `git add` records a folder with a repository in it. */
async function addSubmodule(repo: Repo, path: string): Promise<void> {
  await repo.git('update-index', '--add', '--cacheinfo', `160000,${await repo.git('rev-parse', 'HEAD')},${path}`);
}

/** A merge of two branches that brings contents which neither of them has. */
async function mergeWith(repo: Repo, contents: Readonly<Record<string, string>>): Promise<void> {
  await repo.commit('a.txt', 'one\n');
  await commitOnBranch(repo, 'side', { path: 'b.txt', content: 'two\n' });
  await repo.git('merge', '-q', '--no-ff', '--no-commit', 'side');
  for (const [path, content] of Object.entries(contents)) await repo.stage(path, content);
  await repo.git('commit', '-q', '--no-verify', '-m', 'Merge');
}
