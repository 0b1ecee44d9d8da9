import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { writeGit } from '../support/hook-git.js';
import { type Pushing, withRemote } from '../support/remote.js';
import { cli, type Ran } from '../support/repo.js';

const ZERO = '0'.repeat(40);

/** A server with the hook in it; whoever pushes has none. */
function server(name: string, act: (pushing: Pushing) => Promise<void>, isEmpty = false): void {
  test(name, () =>
    withRemote(
      async (pushing) => {
        const { repo, remote } = pushing;
        const installed = await repo.exec(process.execPath, [cli, 'install', '--hook', 'pre-receive'], { cwd: remote });
        expect(installed).toMatchObject({ exitCode: 0, stderr: '' });
        await act(pushing);
      },
      { hasHooks: false, isEmpty },
    ),
  );
}

/** Calls the hook as git does, for objects that are on the server. */
async function receive({ repo, remote }: Pushing, input: string, args: readonly string[] = []): Promise<Ran> {
  const env = { GIT_DIR: '.' };
  return repo.exec(process.execPath, [cli, 'hook', 'pre-receive', ...args], { cwd: remote, env, input });
}

function expectNotScanned(ran: Ran): void {
  expect(ran.exitCode).toBe(2);
  expect(ran.stderr).toMatch(/^leak-guard: [\s\S]*\n {2}Next: \S/);
  expect(ran.stderr).not.toContain('a bug in leak-guard');
  expect(ran.stdout + ran.stderr).not.toMatch(/^scanned /m);
}

server('a clean push goes through, and is said to be scanned', async ({ repo, push }) => {
  await repo.commit('a.txt', 'clean\n');

  const ran = await push('main');

  expect(ran.stderr).toMatch(/remote: scanned 2 blobs, /);
  expect(ran.exitCode).toBe(0);
});

server('a push with a secret is refused, and no ref and no object of it stays', async (pushing) => {
  const { repo, remote, key, push } = pushing;
  await repo.commit('a.txt', `one\n${key}\n`);
  const ran = await push('main');

  expect(ran.exitCode).not.toBe(0);
  expect(ran.stderr).toContain('remote: leak-guard: push stopped, 1 secret found. No remote has it yet.');
  expect(ran.stderr).toContain('remote:   a.txt:2:1   SendGrid API key');
  expect(ran.stderr).not.toContain(key);
  expect((await repo.tryGit(['-C', remote, 'cat-file', '-e', await repo.git('rev-parse', 'main')])).exitCode).not.toBe(
    0,
  );
});

server(
  'every ref is looked at, next to a deletion, and what one commit adds and the next takes away',
  async (pushing) => {
    const { repo, key, push } = pushing;
    await repo.git('push', '-q', 'origin', 'main:old');
    await repo.git('checkout', '-qb', 'topic');
    await repo.commit('a.txt', `${key}\n`);
    await repo.commit('a.txt', 'gone\n');

    const ran = await push(':old', 'main:copy', 'topic');

    expect(ran.stderr).toContain('removed again in');
    expect(ran.exitCode).not.toBe(0);
  },
);

server('a new tag is looked at: its message, its name, and the commits behind it', async (pushing) => {
  const { repo, key, push } = pushing;
  await repo.git('tag', '-a', 'v1', '-m', `with ${key}`);
  await repo.git('tag', `v-${key}`);
  await repo.git('checkout', '-q', '--detach');
  await repo.commit('a.txt', `${key}\n`);
  await repo.git('tag', 'v2');

  expect((await push('v1')).stderr).toContain('remote:   tag v1:1:6');
  expect((await push(`v-${key}`)).stderr).toContain('remote:   tag v-********');
  expect((await push('v2')).stderr).toContain('remote:   a.txt:1:1');
});

server('a branch over commits that are there already brings nothing new', async ({ repo, remote, key, push }) => {
  await repo.commit('a.txt', `${key}\n`);
  await repo.git('-C', remote, 'config', 'core.hooksPath', '/nonexistent');
  await push('main');
  await repo.git('-C', remote, 'config', '--unset', 'core.hooksPath');

  const ran = await push('main:copy');

  expect(ran.stderr).toContain('remote: scanned 0 blobs');
  expect(ran.exitCode).toBe(0);
});

server(
  'the rules are those that the push brings to the default branch, and it is said that they change',
  async (pushing) => {
    const { repo, key, push } = pushing;
    await repo.commit('fixtures/a.txt', `${key}\n`);
    expect((await push('main')).exitCode).not.toBe(0);
    await repo.commit(
      '.leak-guard-allow.json',
      JSON.stringify({
        version: 1,
        allow: [{ path: 'fixtures/**', detectors: ['sendgrid-*'], reason: 'grown at test time' }],
      }),
    );

    const ran = await push('main');

    expect(ran.stderr).toContain('.leak-guard-allow.json changes here: 1 entry added.');
    expect(ran.exitCode).toBe(0);
  },
);

server(
  'the rules of a side branch do not count',
  async ({ repo, key, push }) => {
    await repo.commit('a.txt', 'clean\n');
    await push('main');
    await repo.git('checkout', '-qb', 'side');
    await repo.stage('.leak-guard.json', JSON.stringify({ exclude: ['*.txt'] }));
    await repo.commit('b.txt', `${key}\n`);

    expect((await push('side')).stderr).toContain('remote: leak-guard: push stopped, 1 secret');
  },
  true,
);

server('a link in the place of the rules stops the push', async (pushing) => {
  const { repo, push } = pushing;
  const blob = await repo.tryGit(['hash-object', '-w', '--stdin'], { input: '/etc/passwd' });
  await repo.git('update-index', '--add', '--cacheinfo', `120000,${blob.stdout.trim()},.leak-guard-allow.json`);
  await repo.git('commit', '-qm', 'Link');

  const ran = await push('main');

  expect(ran.stderr).toContain('is a symbolic link');
  expect(ran.exitCode).not.toBe(0);
});

server('what takes too long is stopped with exit code 2, never passed', async (pushing) => {
  const { repo, remote } = pushing;
  const lines = Array.from({ length: 300_000 }, (_, line) => `api key token ${line} for github and sendgrid\n`).join(
    '',
  );
  for (let part = 0; part < 4; part += 1) await repo.commit(`large-${part}.txt`, `${part}\n${lines}`);
  await repo.git('-C', remote, 'fetch', '-q', repo.dir, 'main');

  const ran = await receive(pushing, `${ZERO} ${await repo.git('rev-parse', 'main')} refs/heads/main\n`, [
    '--seconds',
    '0.1',
  ]);

  expectNotScanned(ran);
  expect(ran.stderr).toContain('0.1 seconds were not enough to scan it.');
});

if (process.platform !== 'win32') {
  for (const command of ['symbolic-ref', 'rev-list', 'diff-tree', 'cat-file']) {
    server(`a git ${command} that does not end is stopped when the time is up`, async (pushing) => {
      const { repo, remote } = pushing;
      await repo.commit('a.txt', 'one\n');
      await repo.git('-C', remote, 'fetch', '-q', repo.dir, 'main');
      const folder = await writeGit(repo, `*" ${command} "*) exec sleep 600 ;;`);
      const line = `${ZERO} ${await repo.git('rev-parse', 'main')} refs/heads/main\n`;

      const env = { GIT_DIR: '.', GIT_EXEC_PATH: folder };
      const args = [cli, 'hook', 'pre-receive', '--seconds', '0.5'];
      const ran = await repo.exec(process.execPath, args, { cwd: remote, env, input: line });

      expectNotScanned(ran);
      expect(ran.stderr).toContain('0.5 seconds were not enough to scan it.');
    });
  }
}

server('input that git would not write is exit code 2, and nothing of it is shown', async (pushing) => {
  const { key } = pushing;
  for (const input of [
    '',
    '\n',
    'main\n',
    `${ZERO} ${ZERO}\n`,
    `${ZERO} ${ZERO} ${key}\n`,
    `${key} x refs/heads/a\n`,
  ]) {
    const ran = await receive(pushing, input);
    expectNotScanned(ran);
    expect(ran.stderr).not.toContain(key);
  }
  expectNotScanned(await receive(pushing, `${ZERO} ${'1'.repeat(40)} refs/heads/main\n`));
  expectNotScanned(await receive(pushing, `${ZERO} ${ZERO} refs/heads/main\n`, ['--seconds', 'many']));
});

server('a missing object is exit code 2', async (pushing) => {
  const { repo, remote } = pushing;
  await repo.commit('a.txt', 'one\n');
  await repo.git('-C', remote, 'fetch', '-q', repo.dir, 'main');
  const blob = await repo.git('rev-parse', 'HEAD:a.txt');
  await rm(join(remote, 'objects', blob.slice(0, 2), blob.slice(2)), { force: true });

  const ran = await receive(pushing, `${ZERO} ${await repo.git('rev-parse', 'main')} refs/heads/main\n`);

  expectNotScanned(ran);
});

server('the advice fits on twelve lines for whoever pushed', async (pushing) => {
  const { repo, key } = pushing;
  await repo.commit('a.txt', `${key}\n`);
  await repo.commit('b.txt', 'more\n');
  const { stderr } = await pushing.push('main');
  const ours = stderr.split('\n').filter((line) => /^remote: +\S/.test(line) && !line.includes('pre-receive'));

  expect(ours.length).toBeLessThanOrEqual(12);
  expect(stderr).toContain('git -c sequence.editor=: rebase -i --autosquash');
});
