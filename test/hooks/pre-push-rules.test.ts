import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { standInHook } from '../support/hook-git.js';
import { type Pushing, withRemote } from '../support/remote.js';
import type { Repo } from '../support/repo.js';
import { toAllowlistText } from '../support/rules.js';

const ALLOWLIST = '.leak-guard-allow.json';
const allowsAll = toAllowlistText({ path: 'fixtures/**', detectors: ['sendgrid-*'], reason: 'grown at test time' });
const allowsTwo = toAllowlistText(
  { path: 'fixtures/**', detectors: ['sendgrid-*'], reason: 'grown at test time' },
  { path: 'docs/**', detectors: ['sendgrid-*'], reason: 'grown at test time' },
);

function pushes(name: string, act: (pushing: Pushing) => Promise<void>): void {
  // Long warnings are broken at blanks.
  const unbroken = (pushing: Pushing): Promise<void> =>
    act({
      ...pushing,
      push: async (...refs) => {
        const ran = await pushing.push(...refs);
        return { ...ran, stderr: ran.stderr.replaceAll('\n', ' ') };
      },
    });
  test(name, () => withRemote(unbroken));
}

async function leakAllowed({ repo, key }: Pushing): Promise<void> {
  await repo.commit('fixtures/a.txt', `${key}\n`);
}

pushes('a push that brings the allowlist it passes by says so', async (pushing) => {
  const { repo, push } = pushing;
  await leakAllowed(pushing);
  await repo.commit(ALLOWLIST, allowsAll);

  const { exitCode, stderr } = await push();

  expect(stderr).toMatch(/scanned 4 blobs, .*, 1 allowed in /);
  expect(stderr).toContain('leak-guard: warning: .leak-guard-allow.json changes here: 1 entry added.');
  expect(exitCode).toBe(0);
});

pushes('an allowlist that the remote has is not said to change, and what changes is counted', async (pushing) => {
  const { repo, push } = pushing;
  await repo.commit(ALLOWLIST, allowsAll);
  await push();
  await leakAllowed(pushing);
  const same = await push();
  await repo.commit(ALLOWLIST, allowsTwo);
  await repo.commit('a.txt', 'one\n');
  const more = await push('HEAD', 'HEAD:refs/heads/topic');
  await repo.commit(ALLOWLIST, allowsAll);
  await repo.commit(ALLOWLIST, allowsTwo);
  const forthAndBack = await push();

  expect(same.stderr).not.toContain('changes');
  expect(more.stderr).toContain('.leak-guard-allow.json changes here: 1 entry added.');
  expect(forthAndBack.stderr).not.toContain('changes');
  expect([same, more, forthAndBack].map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
});

pushes('a branch that is not checked out brings no rules that count, and they are told', async (pushing) => {
  const { repo, push } = pushing;
  await repo.git('checkout', '-qb', 'topic');
  await leakAllowed(pushing);
  await repo.stage('lib/.leak-guard.json', JSON.stringify({ exclude: ['*.txt'], block: 'high' }));
  await repo.commit(ALLOWLIST, allowsAll);
  await repo.git('checkout', '-q', 'main');

  const { exitCode, stderr } = await push('topic');

  expect(stderr).toContain('push stopped, 1 secret');
  expect(stderr).toContain('.leak-guard-allow.json changes here: 1 entry added.');
  expect(stderr).toContain('The settings in lib/.leak-guard.json change here: exclude, block.');
  expect(exitCode).not.toBe(0);
});

pushes('rules that are staged only are told when a push goes by them', async (pushing) => {
  const { repo, push } = pushing;
  await leakAllowed(pushing);
  await repo.stage(ALLOWLIST, allowsAll);

  const { exitCode, stderr } = await push();

  expect(stderr).toContain('.leak-guard-allow.json changes in the index only: 1 entry added.');
  expect(stderr).not.toContain('changes here');
  expect(exitCode).toBe(0);
});

pushes('settings in package.json are told of, and no other change of it', async ({ repo, push }) => {
  await repo.commit('web/package.json', JSON.stringify({ name: 'web', version: '1.0.0' }));
  const plain = await push();
  await repo.commit('web/package.json', JSON.stringify({ name: 'web', 'leak-guard': { exclude: ['dist/**'] } }));
  const settings = await push();
  await repo.commit('web/package.json', JSON.stringify({ name: 'web', 'leak-guard': { exclude: ['dist/**'] }, a: 1 }));
  const other = await push();

  expect(plain.stderr).not.toContain('change');
  expect(settings.stderr).toContain('The settings in web/package.json change here: exclude.');
  expect(other.stderr).not.toContain('change');
});

pushes('a side branch with rules that are broken, or a link, is told of and stops nothing', async ({ repo, push }) => {
  await repo.git('checkout', '-qb', 'topic');
  await repo.stage('lib/.leak-guard.json', '[');
  await repo.commit(ALLOWLIST, '{"version');
  await repo.git('checkout', '-q', 'main');

  const { exitCode, stderr } = await push('topic');

  expect(stderr).toContain('.leak-guard-allow.json changes here, and is broken.');
  expect(stderr).toContain('lib/.leak-guard.json changes here, and is broken.');
  expect(exitCode).toBe(0);
});

pushes('a link in the place of rules stops a push of what is checked out', async ({ repo, push }) => {
  await link(repo, 'lib/.leak-guard.json');

  const { exitCode, stderr } = await push();

  expect(stderr).toContain('lib/.leak-guard.json is a symbolic link');
  expect(exitCode).not.toBe(0);
});

async function link(repo: Repo, path: string): Promise<void> {
  const blob = await repo.tryGit(['hash-object', '-w', '--stdin'], { input: '/etc/passwd' });
  await repo.git('update-index', '--add', '--cacheinfo', `120000,${blob.stdout.trim()},${path}`);
  await repo.git('commit', '-qm', 'Link', '--no-verify');
}

if (process.platform !== 'win32') {
  pushes('120 files that may hold settings cost no process each', async ({ repo, push }) => {
    for (let index = 0; index < 120; index += 1) await repo.write(`p/${index}/package.json`, `{"name":"p${index}"}`);
    await repo.git('add', '.');
    await repo.git('commit', '-qm', 'Many', '--no-verify');
    await standInHook(repo, '*) echo "$*" >>"$(dirname "$0")/calls" ;;');

    const { exitCode, stderr } = await push();

    expect(stderr).toContain('scanned 121 blobs');
    expect(exitCode).toBe(0);
    const calls = await readFile(join(repo.dir, '../bin/calls'), 'utf8');
    expect(calls.trim().split('\n').length).toBeLessThanOrEqual(11);
  });
}

pushes('the sizes that the settings allow hold for all that is pushed, also for what a tag names', async (pushing) => {
  const { repo, push } = pushing;
  await repo.commit('.leak-guard.json', '{ "maxFileSize": "100 kB" }');
  await repo.git('tag', 'blob', 'HEAD:README.md');
  await push('HEAD', 'blob');
  await repo.write('large.txt', `${'x'.repeat(150_000)}\n`);
  await repo.git('tag', '--force', 'blob', await repo.git('hash-object', '-w', 'large.txt'));
  await repo.git('add', 'large.txt');
  await repo.commit('small.txt', 'small\n');

  const branch = await push();
  const tag = await push('+blob');

  expect(branch.stderr).toMatch(/large\.txt +larger than 0\.1 MB/);
  expect(branch).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^scanned 2 blobs, .* 1 skipped/m) });
  expect(tag.stderr).toMatch(/ blob: larger than 0\.1 MB/);
});

pushes(
  'settings that are broken stop a push, whatever was begun before they were read',
  async ({ repo, push, key }) => {
    await repo.commit('.leak-guard.json', '{ "maxFileSize": }');
    await repo.commit('a.txt', `${key}\n`);

    const { exitCode, stderr } = await push();

    expect(stderr).toContain('.leak-guard.json:1:18');
    expect(stderr).not.toContain('SendGrid');
    expect(exitCode).not.toBe(0);
  },
);
