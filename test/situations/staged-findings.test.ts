import { generateKeyPairSync } from 'node:crypto';
import { expect } from '@jest/globals';
import { sample } from '../support/detectors.js';
import { blocks, expectBlock, situation, tryCommit } from '../support/situation.js';

blocks(
  'S69 blocks a private key, and shows none of its lines',
  async (repo, key) => {
    await repo.stage('id_rsa.txt', `${key}\n`);
    return { at: 'id_rsa.txt:1', hidden: linesOf(key) };
  },
  { format: 'private-key-pem' },
);

situation('S70 blocks a private key that changes below its unchanged first line', {}, async (repo) => {
  const key = newKey();
  await repo.commit('tls.pem', newKey());
  await repo.stage('tls.pem', key);

  const { ran, isMoved } = await tryCommit(repo);

  expectBlock(ran, { at: 'tls.pem:1', key, hidden: linesOf(key), format: 'private-key-pem' });
  expect(isMoved).toBe(false);
});

blocks(
  'S71 blocks an AWS secret that changes below its unchanged key id',
  async (repo) => {
    const [before, after] = [sample('aws-secret-access-key'), sample('aws-secret-access-key')];
    const id = `aws_access_key_id = ${sample('aws-access-key-id')}`;
    await repo.commit('credentials', `[default]\n${id}\naws_secret_access_key = ${before}\n`);
    await repo.stage('credentials', `[default]\n${id}\naws_secret_access_key = ${after}\n`);
    return { at: 'credentials:3', hidden: [before, after] };
  },
  { format: 'aws-secret-access-key' },
);

blocks('S72 hides both of two secrets on one line', async (repo, key) => {
  const other = sample('stripe-secret-key');
  await repo.stage('a.txt', `mail=${key} pay=${other}\n`);
  return { at: 'a.txt:1', hidden: [other], says: ['2 secrets found', 'Stripe'] };
});

blocks('S73 hides both of two secrets on neighbouring lines', async (repo, key) => {
  const other = sample('stripe-secret-key');
  await repo.commit('a.txt', `mail=none\npay=${other}\n`);
  await repo.stage('a.txt', `mail=${key}\npay=${other}\n`);
  return { at: 'a.txt:1', hidden: [other], says: '1 secret found' };
});

blocks('S74 names three places of one secret, and counts it once', async (repo, key) => {
  for (const name of ['a', 'b', 'c']) await repo.stage(`${name}.txt`, `${key}\n`);
  return { at: ['a.txt:1', 'b.txt:1', 'c.txt:1'], says: ['1 secret found', 'In 3 places'] };
});

situation('S75 counts 300 findings, and keeps the message short', {}, async (repo, key) => {
  const others = Array.from({ length: 299 }, () => sample('sendgrid-api-key'));
  await repo.stage('a.txt', `${[key, ...others].join('\n')}\n`);

  const { ran, isMoved } = await tryCommit(repo);

  expectBlock(ran, {
    at: 'a.txt:1',
    key,
    hidden: others,
    says: ['300 secrets found', 'more: leak-guard scan --staged'],
  });
  expect(ran.stderr.split('\n').length).toBeLessThan(25);
  expect(isMoved).toBe(false);
});

function newKey(): string {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}

/** The lines of a key that say something. */
function linesOf(key: string): string[] {
  return key.split('\n').filter((line) => line !== '' && !line.startsWith('-----'));
}
