import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { cli, type Repo } from '../support/repo.js';
import { blocks, expectBlock, situation, tryCommit } from '../support/situation.js';

/** Settings of git that change what its diffs show, and none of which may hide a line from the scan. */
const settings: readonly (readonly [string, string, readonly string[]])[] = [
  ['S24', 'whose attribute runs a textconv that prints nothing', ['diff.x.textconv=true']],
  ['S25', 'whose attribute runs another diff program', ['diff.x.command=true']],
  ['S26', 'whose attribute calls it binary', ['diff.x.binary=true']],
  ['S27', 'while another diff program is set for all files', ['diff.external=true']],
  ['S29', 'while git takes every file for a big one', ['core.bigFileThreshold=1']],
  ['S30', 'while diffs have no prefixes', ['diff.noprefix=true']],
  ['S31', 'while diffs have mnemonic prefixes', ['diff.mnemonicPrefix=true']],
  ['S32', 'while git always colours', ['color.ui=always', 'color.diff=always']],
  ['S33', 'while the order file of diffs is missing', ['diff.orderFile=/nonexistent']],
  ['S34', 'while diffs show a hundred lines of context', ['diff.context=100', 'diff.interHunkContext=100']],
  ['S36', 'while diffs ignore submodules and white space', ['diff.ignoreSubmodules=all', 'diff.wsErrorHighlight=all']],
  ['S39', 'while diffs are relative to the folder', ['diff.relative=true']],
];

for (const [id, title, set] of settings) {
  blocks(`${id} blocks a secret in a file ${title}`, async (repo, key) => {
    if (set.some((setting) => setting.startsWith('diff.x.'))) await repo.commit('.gitattributes', '*.txt diff=x\n');
    for (const setting of set) {
      const [name = '', value = ''] = setting.split('=');
      await repo.git('config', name, value);
    }
    return stageBelow(repo, key);
  });
}

blocks('S20 blocks a secret in a file without diffs', async (repo, key) => {
  await repo.commit('.gitattributes', '*.txt -diff\n');
  return stageBelow(repo, key);
});

blocks('S21 blocks a secret in a file that attributes call binary, in the same commit too', async (repo, key) => {
  await repo.stage('.gitattributes', '* binary\n');
  return stageBelow(repo, key);
});

blocks('S22 blocks a secret in a file that .git/info/attributes calls binary', async (repo, key) => {
  await repo.write('.git/info/attributes', '* -diff -text\n');
  return stageBelow(repo, key);
});

blocks("S23 blocks a secret in a file that the user's own attributes call binary", async (repo, key) => {
  await repo.write('../attributes', '* binary\n');
  await repo.git('config', '--global', 'core.attributesFile', join(repo.dir, '..', 'attributes'));
  return stageBelow(repo, key);
});

blocks('S28 blocks a secret while the environment names another diff program', async (repo, key) => ({
  at: await stageBelow(repo, key),
  options: { env: { GIT_EXTERNAL_DIFF: 'true', GIT_DIFF_OPTS: '-u0', GIT_PAGER: 'true' } },
}));

situation('S38 finds a secret though git itself stumbles over a setting of its diffs', {}, async (repo, key) => {
  const at = await stageBelow(repo, key);
  await repo.git('config', 'diff.algorithm', 'bogus');

  const hook = await repo.run('hook', 'pre-commit');
  const { ran, isMoved } = await tryCommit(repo);

  expectBlock(hook, { at, key });
  expect([ran.exitCode, isMoved]).toEqual([128, false]);
});

blocks('S40 blocks a commit from a sub-folder, and names paths from the top', async (repo, key) => {
  await mkdir(join(repo.dir, 'deep/er'), { recursive: true });
  return { at: await stageBelow(repo, key), options: { cwd: join(repo.dir, 'deep/er') } };
});

situation('S41 scans all that is staged from a sub-folder, and names paths from the top', {}, async (repo, key) => {
  await mkdir(join(repo.dir, 'deep'), { recursive: true });
  const at = await stageBelow(repo, key);
  const cwd = join(repo.dir, 'deep');

  const hook = await repo.exec(process.execPath, [cli, 'hook', 'pre-commit'], { cwd });
  const scan = await repo.exec(process.execPath, [cli, 'scan', '--staged'], { cwd });

  expectBlock(hook, { at, key });
  expectBlock({ ...scan, stderr: scan.stdout }, { at, key });
  expect([hook.exitCode, scan.exitCode]).toEqual([1, 1]);
});

/** A file in a folder that changes on its third line. */
async function stageBelow(repo: Repo, key: string): Promise<string> {
  await repo.commit('src/a.txt', 'one\ntwo\nthree\n');
  await repo.stage('src/a.txt', `one\ntwo\nkey = "${key}"\n`);
  return 'src/a.txt:3';
}
