import { spawn } from 'node:child_process';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { sample } from '../support/detectors.js';
import { withRemote } from '../support/remote.js';
import { cli, type Ran, type Repo, withRepo } from '../support/repo.js';

interface Told {
  readonly file: string;
  readonly startLine: number;
  readonly commit: string | null;
  readonly exposure: string;
  readonly kind: string;
  readonly authorDate?: string;
  readonly inHead?: boolean;
}

async function scan(
  repo: Repo,
  ...args: readonly string[]
): Promise<{ findings: Told[]; blobs: number; exitCode: number }> {
  const ran = await repo.run('scan', ...args, '--format', 'json');
  const { findings, scanned } = JSON.parse(ran.stdout || '{"findings":[],"scanned":{"blobs":-1}}');
  return { findings, blobs: scanned.blobs, exitCode: ran.exitCode };
}

function expectRefused(ran: Ran, problem: string): void {
  expect(ran.exitCode).toBe(2);
  expect(ran.stderr).toContain(problem);
  expect(ran.stderr).toContain('  Next: ');
  expect(ran.stdout + ran.stderr).not.toMatch(/^scanned /m);
}

test('a range is what the second has and the first has not; one commit is that commit', () =>
  withRepo(async (repo) => {
    const keys = [1, 2, 3].map(() => sample('sendgrid-api-key'));
    for (const [index, key] of keys.entries()) await repo.commit(`${index}.txt`, `${key}\n`);
    const files = async (range: string): Promise<string[]> =>
      (await scan(repo, '--range', range)).findings.map(({ file }) => file);

    expect(await files('HEAD~2..HEAD')).toEqual(['1.txt', '2.txt']);
    expect(await files('HEAD~2..')).toEqual(['1.txt', '2.txt']);
    expect(await files('HEAD~1..HEAD~1')).toEqual([]);
    expect(await files('HEAD~1')).toEqual(['1.txt']);
    expect(await files('HEAD~2')).toEqual(['0.txt']);
    expect(await files(`${'0'.repeat(40)}..HEAD`)).toEqual(['0.txt', '1.txt', '2.txt']);
  }));

test('of an annotated tag, its message is scanned with its commit; of a range that it ends, too', () =>
  withRepo(async (repo) => {
    const key = sample('sendgrid-api-key');
    await repo.commit('0.txt', 'one\n');
    await repo.commit('1.txt', `${sample('sendgrid-api-key')}\n`);
    await repo.git('tag', '-a', 'v1', '-m', `Release with ${key}`);
    await repo.git('tag', '-a', 'outer', '-m', 'A tag of a tag', 'v1');
    const files = async (range: string): Promise<string[]> =>
      (await scan(repo, '--range', range)).findings.map(({ file }) => file);

    expect(await files('v1')).toEqual(['tag v1', '1.txt']);
    expect(await files('HEAD~1..v1')).toEqual(['tag v1', '1.txt']);
    expect(await files('outer')).toEqual(['tag outer', '1.txt']);
    expect(await files('v1^{commit}')).toEqual(['1.txt']);
    expect(await files('v1~1')).toEqual([]);
  }));

test('a shallow clone is no whole history: a range that ends at its border cannot be scanned, and --history says what is missing', () =>
  withRemote(async ({ repo, remote }) => {
    for (const name of ['a', 'b', 'c']) await repo.commit(`${name}.txt`, `${name}\n`);
    await repo.git('push', '-q', '--no-verify', 'origin', 'main');
    const clone = join(repo.home, 'shallow');
    await repo.git('clone', '-q', '--depth', '2', '--no-local', `file://${remote}`, clone);
    const inClone = (...args: readonly string[]): Promise<Ran> =>
      repo.exec(process.execPath, [cli, 'scan', ...args], { cwd: clone });

    const [whole, cut, history] = [
      await inClone('--range', 'HEAD~1..HEAD'),
      await inClone('--range', 'HEAD~1'),
      await inClone('--history'),
    ];

    expect(whole).toMatchObject({ exitCode: 0, stderr: expect.not.stringContaining('shallow') });
    expectRefused(cut, 'this clone is shallow, and its history ends inside the range');
    expect(history.exitCode).toBe(0);
    expect(history.stdout.replaceAll(/\s+/g, ' ')).toContain('its oldest commits are not here and were not scanned');
  }));

test('of a merge, its own commit alone is what no parent has', () =>
  withRepo(async (repo) => {
    const [theirs, own] = [sample('sendgrid-api-key'), sample('sendgrid-api-key')];
    await repo.commit('a.txt', 'one\n');
    await repo.git('checkout', '-qb', 'side');
    await repo.commit('side.txt', `${theirs}\n`);
    await repo.git('checkout', '-q', 'main');
    await repo.commit('b.txt', 'two\n');
    await repo.git('merge', '-q', '--no-commit', 'side');
    await repo.stage('own.txt', `${own}\n`);
    await repo.git('commit', '-qm', 'Merge');

    expect((await scan(repo, '--range', 'HEAD')).findings.map(({ file }) => file)).toEqual(['own.txt']);
  }));

test('a finding carries the commit that brought it first, when that was, and whether HEAD still has it', () =>
  withRepo(async (repo) => {
    const [kept, gone, moved] = [1, 2, 3].map(() => sample('sendgrid-api-key'));
    const date = '2026-03-01T10:20:30+02:00';
    await repo.stage('kept.txt', `${kept}\n`);
    await repo.stage('gone.txt', `${gone}\n`);
    await repo.stage('moved.txt', `${moved}\n`);
    await repo.git('commit', '-q', '--no-verify', '--date', date, '-m', 'Three');
    const first = await repo.git('rev-parse', 'HEAD');
    await repo.commit('kept.txt', `${kept} again\nmore\n`);
    await repo.commit('gone.txt', 'nothing\n');
    await repo.git('mv', 'moved.txt', 'elsewhere.txt');
    await repo.commit('other.txt', 'more\n');

    const { findings, exitCode } = await scan(repo, '--history');

    expect(exitCode).toBe(1);
    expect(
      findings.map(({ file, inHead, commit, authorDate, exposure }) => [file, inHead, commit, authorDate, exposure]),
    ).toEqual([
      ['gone.txt', false, first, date, 'local'],
      ['kept.txt', true, first, date, 'local'],
      ['moved.txt', true, first, date, 'local'],
    ]);
    const range = await scan(repo, '--range', `${first}~0`);
    expect(range.findings.map(({ file, inHead }) => [file, inHead])).toEqual([
      ['gone.txt', false],
      ['kept.txt', true],
      ['moved.txt', true],
    ]);
  }));

test('of a message or an author it is told whether its commit leads to HEAD; of a tag nothing is', () =>
  withRepo(async (repo) => {
    const [told, dropped, tagged, author] = [1, 2, 3, 4].map(() => sample('sendgrid-api-key'));
    await repo.commit('a.txt', 'one\n', `Use ${told}`);
    await repo.git('tag', '-a', 'v1', '-m', `With ${tagged}`);
    await repo.git('checkout', '-qb', 'side');
    await repo.commit('b.txt', 'two\n', `Use ${dropped}`);
    await repo.git('checkout', '-q', 'main');
    await repo.stage('c.txt', 'three\n');
    await repo.git('commit', '-q', '--no-verify', '-m', 'Three', '--author', `${author} <ana@example.com>`);

    const { findings } = await scan(repo, '--history');

    const lines = findings.map(({ file, inHead }) => `${file} ${inHead}`).sort();
    expect(lines).toEqual(['commit author true', 'commit message false', 'commit message true', 'tag v1 undefined']);
  }));

test('in text, too, each finding has its commit, its day, and whether HEAD still has it', () =>
  withRemote(
    async ({ repo, push }) => {
      const date = '2026-03-01T10:20:30+02:00';
      const commit = async (path: string, message: string): Promise<string> => {
        await repo.stage(path, `${sample('sendgrid-api-key')}\n`);
        await repo.git('commit', '-q', '--no-verify', '--date', date, '-m', message);
        return repo.git('rev-parse', '--short=7', 'HEAD');
      };
      const out = await commit('out.txt', 'One');
      await push();
      await repo.commit('out.txt', 'nothing\n');
      const single = await repo.run('scan', '--history');
      const here = await commit('here.txt', `Two, with ${sample('sendgrid-api-key')}`);
      await repo.tryGit(['tag', '-a', 'v1', '-m', sample('sendgrid-api-key')], { env: { GIT_COMMITTER_DATE: date } });
      const several = await repo.run('scan', '--history');

      expect(single.stdout).toMatch(new RegExp(`out\\.txt:1:1 .* in ${out} `));
      expect(single.stdout).toContain('\n    committed on 2026-03-01, not in HEAD any more\n');
      expect(several.stdout).toMatch(
        new RegExp(`here\\.txt:1:1 .* in ${here} .* local\n {6}committed on 2026-03-01, and still in HEAD\n`),
      );
      expect(several.stdout).toMatch(
        new RegExp(` commit message:1:11 .* in ${here} .* local\n {6}committed on 2026-03-01, and still in HEAD\n`),
      );
      expect(several.stdout).toMatch(
        new RegExp(` out\\.txt:1:1 .* remote\n {6}in ${out}, committed on 2026-03-01, not in HEAD any more\n`),
      );
      expect(several.stdout).toMatch(/ tag v1:1:1 .* unknown\n {6}tagged on 2026-03-01\n/);
      for (const line of several.stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
    },
    { hasHooks: false },
  ));

test('all refs are looked at: branches, tags, the stash and a detached HEAD; --branch takes one', () =>
  withRepo(async (repo) => {
    await repo.commit('a.txt', 'one\n');
    for (const place of ['branch', 'tag', 'detached']) {
      await repo.git('checkout', '-q', ...(place === 'branch' ? ['-b', 'topic'] : ['--detach']), 'main');
      await repo.commit(`${place}.txt`, `${sample('sendgrid-api-key')}\n`);
      if (place === 'tag') await repo.git('tag', 'v1');
    }
    await repo.write('a.txt', `${sample('sendgrid-api-key')}\n`);
    await repo.git('stash', '-q');
    const files = async (...args: readonly string[]): Promise<string[]> =>
      (await scan(repo, '--history', ...args)).findings.map(({ file }) => file).sort();

    expect(await files()).toEqual(['a.txt', 'branch.txt', 'detached.txt', 'tag.txt']);
    expect(await files('--branch', 'topic')).toEqual(['branch.txt']);
    expect(await files('--branch', 'main')).toEqual([]);
    expect(await files('--branch', 'v1')).toEqual(['tag.txt']);
  }));

test('--branch takes names as git writes them: in "git branch --all", short and in full', () =>
  withRepo(async (repo) => {
    await repo.commit('a.txt', `${sample('sendgrid-api-key')}\n`);
    await repo.git('update-ref', 'refs/remotes/origin/topic', 'HEAD');

    for (const name of ['main', 'heads/main', 'refs/heads/main', 'origin/topic', 'remotes/origin/topic']) {
      const { findings } = await scan(repo, '--history', '--branch', name);

      expect([name, findings.length]).toEqual([name, 1]);
    }
  }));

test('what another work tree has checked out without a branch is looked at too', () =>
  withRepo(async (repo) => {
    await repo.commit('a.txt', 'one\n');
    await repo.git('worktree', 'add', '-q', '--detach', '../other');
    await repo.write('../other/b.txt', `${sample('sendgrid-api-key')}\n`);
    await repo.git('-C', '../other', 'add', 'b.txt');
    await repo.git('-C', '../other', 'commit', '-q', '--no-verify', '-m', 'Try it');

    const { findings } = await scan(repo, '--history');

    expect(findings).toMatchObject([{ file: 'b.txt', exposure: 'local', inHead: false }]);
  }));

test('--since leaves out older commits, also where the clock was wrong between', () =>
  withRepo(async (repo) => {
    const at = async (file: string, date: string): Promise<void> => {
      await repo.stage(file, `${sample('sendgrid-api-key')}\n`);
      await repo.tryGit(['commit', '-q', '--no-verify', '-m', file], {
        env: { GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: date },
      });
    };
    await at('old.txt', '2020-01-01T00:00:00Z');
    await at('new.txt', '2026-05-01T00:00:00Z');
    await at('wrong.txt', '2019-01-01T00:00:00Z');
    await at('newer.txt', '2026-06-01T00:00:00Z');

    const { findings } = await scan(repo, '--history', '--since', '2026-01-01');

    expect(findings.map(({ file }) => file)).toEqual(['new.txt', 'newer.txt']);
    expect((await scan(repo, '--history', '--since', '2026-05-15', '--branch', 'main')).findings).toMatchObject([
      { file: 'newer.txt' },
    ]);
    await repo.git('branch', 'topic', 'HEAD~1');
    expect((await scan(repo, '--history', '--since', '2026-05-15', '--branch', 'topic')).findings).toEqual([]);
    expect((await scan(repo, '--history', '--since', '2026-06-01T00:00:01Z')).findings).toEqual([]);
  }));

test.each([
  { zone: 'Etc/GMT-10', since: '2026-06-02', isFound: true },
  { zone: 'Etc/GMT-10', since: '2026-06-02T00:00', isFound: true },
  { zone: 'Etc/GMT-10', since: '2026-06-02T00:00Z', isFound: false },
  { zone: 'Etc/GMT-10', since: '2026-06-01T20:00:00Z', isFound: true },
  { zone: 'UTC', since: '2026-06-02', isFound: false },
  { zone: 'UTC', since: '2026-06-02T00:00', isFound: false },
  { zone: 'UTC', since: '2026-06-02T06:00+10:00', isFound: true },
])('--since $since, in $zone, takes a day and a time in the zone of the machine, if none is given', (given) =>
  withRepo(async (repo) => {
    const env = { GIT_COMMITTER_DATE: '2026-06-01T20:00:00Z', GIT_AUTHOR_DATE: '2026-06-01T20:00:00Z' };
    await repo.stage('a.txt', `${sample('sendgrid-api-key')}\n`);
    await repo.tryGit(['commit', '-q', '--no-verify', '-m', 'Add'], { env });

    const words = ['scan', '--history', '--since', given.since, '--format', 'json'];
    const ran = await repo.exec(process.execPath, [cli, ...words], { env: { TZ: given.zone } });

    expect(JSON.parse(ran.stdout).findings).toHaveLength(given.isFound ? 1 : 0);
  }),
);

test.each(['yesterdayish', '', '2026-02-30', '2026-13-01', '2026-1-1', '2026-01-01T25:00', '@0', '99999-01-01'])(
  '--since %j is no date, and is refused',
  (date) =>
    withRepo(async (repo) => {
      await repo.commit('a.txt', 'one\n');

      expectRefused(await repo.run('scan', '--history', `--since=${date}`), '--since does not know this date');
    }),
);

test('a repository without a commit has no history to be called clean', () =>
  withRepo(async (repo) => {
    expectRefused(await repo.run('scan', '--history'), 'there is no commit here yet');
    expectRefused(await repo.run('scan', '--history', '--branch', 'main'), 'names no branch');
    expectRefused(await repo.run('scan', '--range', 'HEAD'), 'names a commit that is not here');
    expectRefused(await repo.run('scan', '--range', 'main..HEAD'), 'names a commit that is not here');
    expectRefused(
      await repo.exec(process.execPath, [cli, 'scan', '--history'], { cwd: repo.home }),
      'not a git repository',
    );
  }));

test('what a remote branch leads to is remote, the rest is local', () =>
  withRemote(
    async ({ repo, push }) => {
      await repo.commit('out.txt', `${sample('sendgrid-api-key')}\n`);
      await push();
      await repo.commit('here.txt', `${sample('sendgrid-api-key')}\n`);

      const { findings } = await scan(repo, '--history');

      expect(findings.map(({ file, exposure }) => [file, exposure])).toEqual([
        ['out.txt', 'remote'],
        ['here.txt', 'local'],
      ]);
    },
    { hasHooks: false },
  ));

test('a bare repository is looked through by the rules of its HEAD', () =>
  withRemote(
    async ({ repo, remote, push }) => {
      await repo.stage(
        '.leak-guard-allow.json',
        JSON.stringify({ version: 1, allow: [{ path: 'ok/**', detectors: ['sendgrid-*'], reason: 'grown' }] }),
      );
      await repo.commit('ok/a.txt', `${sample('sendgrid-api-key')}\n`);
      await repo.commit('b.txt', `${sample('sendgrid-api-key')}\n`);
      await push();

      const { findings } = await scan(
        { ...repo, run: (...args) => repo.exec(process.execPath, [cli, ...args], { cwd: remote }) },
        '--history',
      );

      expect(findings.map(({ file, exposure }) => [file, exposure])).toEqual([['b.txt', 'unknown']]);
    },
    { hasHooks: false },
  ));

test('settings of other folders count from a sub-directory, too', () =>
  withRepo(async (repo) => {
    await repo.stage('lib/.leak-guard.json', JSON.stringify({ exclude: ['*.txt'] }));
    await repo.stage('src/a.txt', 'one\n');
    await repo.commit('lib/a.txt', `${sample('sendgrid-api-key')}\n`);

    const ran = await repo.exec(process.execPath, [cli, 'scan', '--history'], { cwd: join(repo.dir, 'src') });

    expect(ran.stdout).toContain('excluded by the settings');
    expect(ran.exitCode).toBe(0);
  }));

test.each([
  ['A...B', 'takes two dots'],
  ['nowhere..HEAD', 'names a commit that is not here'],
  [`${'1'.repeat(40)}..HEAD`, 'names a commit that is not here'],
  ['HEAD..nowhere', 'names a commit that is not here'],
  ['HEAD:a.txt', 'names a commit that is not here'],
  ['--all..HEAD', 'does not know this range'],
  ['..', 'does not know this range'],
  ['a..b..c', 'does not know this range'],
  ['', 'names a commit that is not here'],
])('the range %j is refused', (range, problem) =>
  withRepo(async (repo) => {
    await repo.commit('a.txt', 'one\n');

    const ran = await repo.run('scan', `--range=${range}`);

    if (range === '') expect(ran.exitCode).toBe(2);
    else expectRefused(ran, problem);
  }),
);

test('options that do not go together are refused', () =>
  withRepo(async (repo) => {
    await repo.commit('a.txt', 'one\n');

    expectRefused(await repo.run('scan', '--since', '2026-01-01'), 'go with scan --history only');
    expectRefused(await repo.run('scan', '--range', 'HEAD', '--branch', 'main'), 'go with scan --history only');
    expectRefused(await repo.run('scan', '--history', '--staged'), 'only one of');
    expectRefused(await repo.run('scan', '--history', '--branch', 'none'), 'names no branch');
    expectRefused(await repo.run('scan', '--history', 'src'), 'takes no further paths');
  }));

/** A git in front of the real one that does something when it is asked for the changes. */
async function withStandIn(repo: Repo, script: string): Promise<Record<string, string>> {
  const real = (await repo.exec('/bin/sh', ['-c', 'command -v git'])).stdout.trim();
  const folder = join(repo.home, 'bin');
  await repo.exec('mkdir', ['-p', folder]);
  await writeFile(join(folder, 'git'), `#!/bin/sh\ncase "$*" in *diff-tree*) ${script} ;; esac\nexec '${real}' "$@"\n`);
  await chmod(join(folder, 'git'), 0o755);
  return { PATH: `${folder}:${repo.env['PATH']}` };
}

const posix = process.platform === 'win32' ? test.skip : test;

posix('a git that is killed is exit code 2, never clean', () =>
  withRepo(async (repo) => {
    await repo.commit('a.txt', 'one\n');
    const env = await withStandIn(repo, 'kill -9 $$');

    const ran = await repo.exec(process.execPath, [cli, 'scan', '--history'], { env });

    expectRefused(ran, 'git diff-tree was stopped by SIGKILL');
  }),
);

posix('a ref that moves meanwhile changes nothing: what it led to at the start is scanned', () =>
  withRepo(async (repo) => {
    await repo.commit('a.txt', 'one\n');
    await repo.commit('b.txt', `${sample('sendgrid-api-key')}\n`);
    const env = await withStandIn(repo, `"$REAL" update-ref refs/heads/main main~1`);
    const REAL = (await repo.exec('/bin/sh', ['-c', 'command -v git'])).stdout.trim();

    const ran = await repo.exec(process.execPath, [cli, 'scan', '--history'], { env: { ...env, REAL } });

    expect(ran.stdout).toContain('b.txt:1:1');
    expect(ran.exitCode).toBe(1);
  }),
);

test('an object that is missing is exit code 2', () =>
  withRepo(async (repo) => {
    await repo.commit('a.txt', 'one\n');
    const blob = await repo.git('rev-parse', 'HEAD:a.txt');
    await rm(join(repo.dir, '.git/objects', blob.slice(0, 2), blob.slice(2)));

    expectRefused(await repo.run('scan', '--history'), 'an object is missing');
  }));

posix('an interrupt says how far it was, and is exit code 2', () =>
  withRepo(async (repo) => {
    await repo.commit('a.txt', 'one\n');
    const env = await withStandIn(repo, 'sleep 5');
    const child = spawn(process.execPath, [cli, 'scan', '--history'], { cwd: repo.dir, env: { ...repo.env, ...env } });
    const stderr: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    setTimeout(() => child.kill('SIGINT'), 1500);
    const exitCode = await new Promise((done) => child.on('close', done));

    expect(Buffer.concat(stderr).toString()).toMatch(/leak-guard: The scan was interrupted: 0 of 1 commits, 0 blobs, /);
    expect(exitCode).toBe(2);
  }),
);
