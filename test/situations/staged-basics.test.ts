import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sample } from '../support/detectors.js';
import type { Repo } from '../support/repo.js';
import { blocks, fillerLines, passes, stageBlob } from '../support/situation.js';

const ENV = 'config/app.env';

for (const [id, format] of [
  ['S01', 'github-personal-access-token'],
  ['S02', 'stripe-secret-key'],
  ['S02', 'slack-bot-token'],
  ['S02', 'sendgrid-api-key'],
] as const) {
  const stage = async (repo: Repo, key: string): Promise<string> => {
    await repo.stage(ENV, `# settings\nPORT=8080\nKEY=${key}\n`);
    return `${ENV}:3`;
  };
  blocks(`${id} blocks a new file with a ${format}`, stage, { format });
}

blocks(
  'S02 blocks a new file with an AWS key pair, and names it once',
  async (repo) => {
    const secret = sample('aws-secret-access-key');
    await repo.stage(ENV, `AWS_ACCESS_KEY_ID=${sample('aws-access-key-id')}\nAWS_SECRET_ACCESS_KEY=${secret}\n`);
    return { hidden: [secret], at: `${ENV}:2`, says: ['1 secret found', `with AWS access key id at ${ENV}:1`] };
  },
  { format: 'aws-secret-access-key' },
);

passes('S03 passes a clean commit', async (repo) => {
  await repo.stage('notes.txt', 'nothing to see\n');
  return { says: 'scanned 1 blob, 15 B, 0 skipped in ' };
});

blocks('S04 blocks the first commit of a repository', async (repo, key) => {
  await repo.stage('a.txt', `${key}\n`);
  return 'a.txt:1';
});

blocks('S05 blocks the first commit of an orphan branch, whose files are all new to it', async (repo, key) => {
  await repo.commit('a.txt', `one\n${key}\n`);
  await repo.git('checkout', '-q', '--orphan', 'fresh');
  return 'a.txt:2';
});

blocks('S06 blocks what is staged, though the work tree is clean again', async (repo, key) => {
  await repo.stage('a.txt', `${key}\n`);
  await repo.write('a.txt', 'clean\n');
  return 'a.txt:1';
});

passes('S07 passes a secret that stands in the work tree only', async (repo, key) => {
  await repo.stage('a.txt', 'clean\n');
  await repo.write('a.txt', `${key}\n`);
  await repo.write('untracked.txt', `${key}\n`);
  return undefined;
});

blocks('S08 names the line as it is staged, not as the work tree has it', async (repo, key) => {
  await repo.commit('a.txt', 'one\ntwo\n');
  await repo.stage('a.txt', `one\n${key}\ntwo\n`);
  await repo.write('a.txt', `more\nlines\nabove\none\n${key}\ntwo\n`);
  return 'a.txt:2';
});

passes('S09 passes another line of a file with an old secret', async (repo, key) => {
  await repo.commit('a.txt', `one\n${key}\nthree\n`);
  await repo.stage('a.txt', `one, edited\n${key}\nthree\nfour\n`);
  return undefined;
});

passes('S10 passes the removal of a secret', async (repo, key) => {
  await repo.commit('a.txt', `one\n${key}\n`);
  await repo.stage('a.txt', 'one\n');
  return undefined;
});

passes('S11 passes the removal of a file with a secret', async (repo, key) => {
  await repo.commit('a.txt', `${key}\n`);
  await repo.git('rm', '-q', 'a.txt');
  return undefined;
});

for (const [title, edit] of [
  ['', ''],
  [' that is edited elsewhere, too', 'one more line\n'],
] as const) {
  passes(`S12 passes the renaming of a file with an old secret${title}`, async (repo, key) => {
    await repo.commit('a.txt', `${fillerLines(20)}${key}\n`);
    await repo.git('mv', 'a.txt', 'b.txt');
    await repo.stage('b.txt', `${edit}${fillerLines(20)}${key}\n`);
    return undefined;
  });
}

blocks('S13 blocks a renamed file with an added secret, under its new name', async (repo, key) => {
  await repo.commit('a.txt', fillerLines(20));
  await repo.git('mv', 'a.txt', 'b.txt');
  await repo.stage('b.txt', `${fillerLines(20)}${key}\n`);
  return { at: 'b.txt:21', says: '1 secret found' };
});

blocks('S14 blocks a copied file with an added secret, whatever diff.renames says', async (repo, key) => {
  await repo.git('config', 'diff.renames', 'copies');
  await repo.commit('a.txt', fillerLines(20));
  await repo.stage('a.txt', `${fillerLines(20)}one more\n`);
  await repo.stage('b.txt', `${fillerLines(20)}${key}\n`);
  return 'b.txt:21';
});

blocks('S15 blocks a link that a file with a secret takes the place of', async (repo, key) => {
  await stageBlob(repo, { path: 'a.txt', mode: '120000' }, 'elsewhere');
  await repo.git('commit', '-q', '--no-verify', '-m', 'Add a link');
  await rm(join(repo.dir, 'a.txt'), { force: true });
  await repo.stage('a.txt', `${key}\n`);
  return 'a.txt:1';
});

blocks('S16 blocks a link whose target is a secret', async (repo, key) => {
  await stageBlob(repo, { path: 'link', mode: '120000' }, key);
  return 'link:1';
});

passes('S17 passes a link to a file with a secret: links are not followed', async (repo, key) => {
  await repo.exec(process.execPath, ['-e', 'require("fs").writeFileSync("../outside.txt", process.argv[1])', key]);
  await stageBlob(repo, { path: 'link', mode: '120000' }, '../outside.txt');
  return undefined;
});

passes('S18 passes a new mode of a file with an old secret', async (repo, key) => {
  await repo.commit('run.sh', `${key}\n`);
  await repo.git('update-index', '--chmod=+x', 'run.sh');
  return undefined;
});
