import { rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { standInHook } from '../support/hook-git.js';
import { addRemote, pushUnasked, remoteOf, tryPush } from '../support/push.js';
import { cli, type Ran, type Repo } from '../support/repo.js';
import { expectBlock, expectStop, install, type Setting, situation } from '../support/situation.js';

const ZERO = '0'.repeat(40);
const noHooks: Setting = { isGuarded: false };

/** The hook as git calls it. */
function prePush(repo: Repo, input: string, env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const args = [cli, 'hook', 'pre-push', 'origin', remoteOf(repo)];
  return repo.exec(process.execPath, args, { input, env });
}

situation('a line on standard input that git would not write stops the push', noHooks, async (repo, key) => {
  await addRemote(repo);
  await repo.commit('a.txt', 'one\n');
  const head = await repo.git('rev-parse', 'HEAD');
  const good = `refs/heads/main ${head} refs/heads/main ${ZERO}`;

  for (const input of [
    '\n',
    'main\n',
    `refs/heads/main ${head}\n`,
    `${good} more\n`,
    `${good}\n\n`,
    `${good}\nrefs/heads/main ${key} refs/heads/main ${ZERO}\n`,
    `refs/heads/main ${head.slice(0, 7)} refs/heads/main ${ZERO}\n`,
    `refs/heads/main ${'g'.repeat(40)} refs/heads/main ${ZERO}\n`,
  ]) {
    const ran = await prePush(repo, input);
    expectStop(ran, 'Could not tell what is being pushed');
    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).not.toContain(key);
  }
  expect(await prePush(repo, `${good}\n`)).toMatchObject({ exitCode: 0 });
});

if (process.platform !== 'win32') {
  situation('a standard input that nobody handed on stops the push', noHooks, async (repo) => {
    await addRemote(repo);
    const run = (input: string): Promise<Ran> =>
      repo.exec('sh', ['-c', `"$0" "$1" hook pre-push origin x ${input}`, process.execPath, cli]);

    for (const input of ['<&-', '</dev/null']) {
      const ran = await run(input);
      expectStop(ran, 'the standard input is closed');
      expect(ran.exitCode).toBe(2);
    }
    expect(await run('')).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('scanned 0 blobs') });
  });
}

situation(
  'an object that is not here stops the push: a tip, a tree, a blob, what a tag names',
  noHooks,
  async (repo) => {
    await addRemote(repo);
    await repo.commit('a.txt', 'one\n');
    await pushUnasked(repo);
    await repo.commit('b/c.txt', 'two\n');
    await repo.git('tag', '-a', 'v1', '-m', 'Release');
    const [head, tree, blob, tag] = (await repo.git('rev-parse', 'HEAD', 'HEAD:b', 'HEAD:b/c.txt', 'v1')).split('\n');
    const line = (oid = ''): string => `refs/heads/main ${oid} refs/heads/main ${ZERO}\n`;
    const without = async (oid: string, input: string): Promise<Ran> => {
      const path = join(repo.dir, '.git/objects', oid.slice(0, 2), oid.slice(2));
      await rename(path, `${path}.away`);
      const ran = await prePush(repo, input);
      await rename(`${path}.away`, path);
      return ran;
    };

    const runs = [
      await prePush(repo, line('1'.repeat(40))),
      await without(tree ?? '', line(head)),
      await without(blob ?? '', line(head)),
      await without(head ?? '', line(tag)),
    ];

    for (const ran of runs) {
      expectStop(ran, /missing|bad object|could not read|unable to read|not a valid/i);
      expect(ran.exitCode).toBe(2);
      expect(ran.stderr).toContain('git fsck');
    }
    expect(await prePush(repo, line(head))).toMatchObject({ exitCode: 0 });
  },
);

for (const content of ['1'.repeat(40), 'no id at all']) {
  situation(
    `a finding is told though a broken ref of the remote (${content}) ends the run with 2`,
    noHooks,
    async (repo, key) => {
      await addRemote(repo);
      await repo.commit('a.txt', 'one\n');
      await pushUnasked(repo);
      await repo.commit('src/mail.ts', `send('${key}');\n`);
      const [base, head] = (await repo.git('rev-parse', 'HEAD~1', 'HEAD')).split('\n');
      await writeFile(join(repo.dir, '.git/refs/remotes/origin/broken'), `${content}\n`);
      const line = `refs/heads/main ${head} refs/heads/main ${base}\n`;

      const push = await prePush(repo, line);
      const range = await repo.run('scan', '--range', 'HEAD~1..HEAD', '--format', 'json');

      expectStop(push, 'bad object');
      expect(push.exitCode).toBe(2);
      expect(push.stderr).toContain('push stopped, 1 secret found. It may be out already.');
      expect(push.stderr).toContain('src/mail.ts:1');
      expect(push.stderr).not.toContain(key);
      expect(range).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('bad object') });
      expect(JSON.parse(range.stdout).findings).toMatchObject([{ file: 'src/mail.ts', exposure: 'unknown' }]);
    },
  );
}

if (process.platform !== 'win32') {
  for (const command of ['cat-file', 'for-each-ref', 'rev-list', 'diff-tree', 'config']) {
    for (const [how, script] of [
      ['is killed', 'kill -9 $$'],
      ['fails', 'exit 3'],
    ] as const) {
      situation(`a git ${command} that ${how} stops the push`, {}, async (repo, key) => {
        await addRemote(repo);
        await repo.commit('a.txt', `${key}\n`);
        await repo.git('update-ref', 'refs/remotes/other/main', 'HEAD'); // so that there is something to ask the settings for
        await standInHook(repo, `*" ${command} "*) ${script} ;;`);

        const { ran, isMoved } = await tryPush(repo, undefined);

        expectStop(ran, /git \S+ (was stopped by SIGKILL|exited with 3)|git ended/);
        expect(isMoved).toBe(false);
      });
    }
  }

  situation(
    'a branch that moves meanwhile changes nothing: what was scanned is what is pushed',
    {},
    async (repo, key) => {
      await addRemote(repo);
      await repo.commit('a.txt', 'one\n');
      const clean = await repo.git('rev-parse', 'HEAD');
      await repo.git('checkout', '-qb', 'bad');
      await repo.commit('a.txt', `${key}\n`);
      await repo.git('checkout', '-q', 'main');
      await standInHook(repo, '*" diff-tree "*) "$REAL" update-ref refs/heads/main bad ;;');

      const { ran } = await tryPush(repo, undefined);

      expect(ran).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^scanned 2 blobs/m) });
      expect(await repo.git('rev-parse', 'main')).not.toBe(clean);
      expect(await repo.git('-C', remoteOf(repo), 'rev-parse', 'main')).toBe(clean);
    },
  );
}

situation('X08 a partial clone without its remote says so, and needs it for findings only', {}, async (repo, key) => {
  await addRemote(repo);
  await repo.commit('a.txt', 'one\ntwo\n');
  await repo.commit('b.txt', 'more\n');
  await pushUnasked(repo);
  await repo.git('-C', remoteOf(repo), 'config', 'uploadpack.allowFilter', 'true');
  await rm(repo.dir, { recursive: true });
  const clone = ['clone', '-q', '--filter=blob:none', '--no-checkout', `file://${remoteOf(repo)}`, repo.dir];
  await repo.exec('git', clone, { cwd: repo.home });
  await install(repo);
  await repo.git('read-tree', 'HEAD');
  await addRemote(repo, {}, 'backup');
  await rename(remoteOf(repo), `${remoteOf(repo)}.away`);
  const commitBlob = async (text: string): Promise<void> => {
    const { stdout } = await repo.tryGit(['hash-object', '-w', '--stdin'], { input: text });
    await repo.git('update-index', '--cacheinfo', `100644,${stdout.trim()},a.txt`);
    const tree = await repo.git('write-tree', '--missing-ok');
    await repo.git('update-ref', 'HEAD', await repo.git('commit-tree', tree, '-p', 'HEAD', '-m', 'Change a'));
  };
  const range = (): Promise<Ran> => repo.run('scan', '--range', 'origin/main..HEAD');
  const push = async (): Promise<Ran> => (await tryPush(repo, { args: ['push', 'backup', 'main'] })).ran;

  await commitBlob('one\nthree\n');
  const clean = await range();
  const whole = await push();
  await commitBlob(`one\n${key}\n`);
  const found = await range();

  expect(clean).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^scanned 2 blobs/) });
  for (const ran of [whole, found]) {
    expectStop(ran, /promisor|could not fetch|missing/i);
    expect(ran.stderr).toContain('Check the connection to its remote');
  }
  expect(found.exitCode).toBe(2);
  await rename(`${remoteOf(repo)}.away`, remoteOf(repo));
  const online = await range();
  expectBlock({ ...online, stderr: online.stdout }, { at: 'a.txt:2', key });
});
