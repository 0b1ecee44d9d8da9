import { expect, test } from '@jest/globals';
import { standInHook, writeGit } from './support/hook-git.js';
import { withRemote } from './support/remote.js';
import { cli, type Repo, withRepo } from './support/repo.js';
import { hasTerminal, runInTerminal } from './support/terminal.js';

/** Skipped where no terminal can be made. */
const inTerminal = hasTerminal ? test : test.skip;

// In the place of the terminal's shell: a Ctrl-C reaches that too, and as /bin/sh it would end with its own answer to it.
const scan = `exec '${process.execPath}' '${cli}' scan --history`;
const LINE = /\r\u001b\[Kscanned \d+ of (?:3|21) commits, \d+ blobs, \d+\.\d MB/;
const CLEARED = '\r\u001b[K';

/** A git that takes its time before it reads objects, and for the changes of commits as long as is said. */
function slow(seconds: number): string {
  return `*"cat-file --batch"*) sleep 0.6 ;; *" diff-tree "*) sleep ${seconds} ;;`;
}

async function withSlowGit(repo: Repo, seconds = 0): Promise<{ PATH: string }> {
  return { PATH: `${await writeGit(repo, slow(seconds))}:${repo.env['PATH']}` };
}

function withSlowHook(repo: Repo, seconds = 0): Promise<void> {
  return standInHook(repo, slow(seconds));
}

async function threeCommits(repo: Repo): Promise<void> {
  for (const text of ['one', 'two', 'three']) await repo.commit('a.txt', `${text}\n`);
}

/** As many as it takes for git to work in the background in a push or a history. */
async function enoughCommits(repo: Repo): Promise<void> {
  for (let number = 1; number <= 21; number += 1) await repo.commit('a.txt', `${number}\n`);
}

inTerminal('a long scan shows on a terminal how far it is, and takes the line away at the end', () =>
  withRepo(async (repo) => {
    await threeCommits(repo);
    const env = await withSlowGit(repo);

    const { stdout, exitCode } = await runInTerminal(repo, scan, { env });

    expect(stdout).toMatch(LINE);
    const [, report = ''] = /^[\s\S]*\r\u001b\[K([\s\S]*)$/.exec(stdout) ?? [];
    expect(report.replace(/\u001b\[\d+m/g, '')).toMatch(/^scanned 6 blobs, .* in [\d.]+ m?s\r\n$/);
    expect(exitCode).toBe(0);
  }),
);

inTerminal('--quiet shows no progress', () =>
  withRepo(async (repo) => {
    await threeCommits(repo);
    const env = await withSlowGit(repo);

    expect((await runInTerminal(repo, `${scan} --quiet`, { env })).stdout).toBe('');
  }),
);

/** Where there is a `timeout`. */
const onLinux = process.platform === 'linux' ? test : test.skip;
const posix = process.platform === 'win32' ? test.skip : test;

posix('without a terminal no byte of the progress is written', () =>
  withRemote(async ({ repo }) => {
    await repo.commit('a.txt', 'one\n');
    await withSlowHook(repo);
    const env = await withSlowGit(repo);

    const history = await repo.exec(process.execPath, [cli, 'scan', '--history'], { env });
    const push = await repo.exec('git', ['push', '-q', 'origin', 'HEAD'], { env });

    expect(history).toMatchObject({ exitCode: 0, stderr: '' });
    expect(history.stdout + push.stderr).not.toMatch(/\u001b|\r| commits, /);
    expect(push).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^scanned 2 blobs, /) });
  }),
);

inTerminal('Ctrl-C says how far the scan was, and ends it with 2', () =>
  withRepo(async (repo) => {
    await enoughCommits(repo);
    const env = await withSlowGit(repo, 30);

    const { stdout, exitCode } = await runInTerminal(repo, scan, { env, typing: { when: LINE, keys: '\u0003' } });

    expect(stdout).toMatch(/\r\u001b\[Kleak-guard: The scan was interrupted: 0 of 21 commits, 0 blobs, /);
    expect(stdout).toContain('  Next: Run it again to its end');
    expect(exitCode).toBe(2);
  }),
);

inTerminal('a long push shows how far its scan is, and lets it go at the end', () =>
  withRemote(
    async ({ repo, remote }) => {
      await enoughCommits(repo);
      await withSlowHook(repo);

      const { stdout, exitCode } = await runInTerminal(repo, 'git push -q origin HEAD');

      expect(stdout).toMatch(LINE);
      expect(stdout.lastIndexOf(CLEARED)).toBeLessThan(stdout.indexOf('scanned 42 blobs'));
      expect(exitCode).toBe(0);
      expect(await repo.git('-C', remote, 'rev-list', '--count', '--all')).toBe('21');
    },
    { isEmpty: true },
  ),
);

inTerminal('Ctrl-C during a push says how far the scan was, and nothing is pushed', () =>
  withRemote(
    async ({ repo, remote }) => {
      await enoughCommits(repo);
      await withSlowHook(repo, 30);

      // A shell that outlives git, as where people type.
      const { stdout, exitCode } = await runInTerminal(
        repo,
        'trap : INT; git push -q origin HEAD; code=$?; sleep 1; exit $code',
        {
          typing: { when: LINE, keys: '\u0003' },
        },
      );

      expect(stdout).toContain('The scan was interrupted: 0 of 21 commits');
      expect(stdout).toContain('  Next: Push again, and let the scan run to its end.');
      expect(exitCode).not.toBe(0);
      expect(await repo.git('-C', remote, 'for-each-ref')).toBe('');
    },
    { isEmpty: true },
  ),
);

onLinux('Ctrl-C while a git is waited for ends a push of a few commits', () =>
  withRemote(
    async ({ repo, remote }) => {
      await threeCommits(repo);
      await withSlowHook(repo, 30);

      // All that a terminal would reach: the whole group, which timeout makes its own.
      const push = await repo.exec('timeout', ['-s', 'INT', '2', 'git', 'push', '-q', 'origin', 'HEAD']);

      expect(push.stderr).toContain('The scan was interrupted: 0 of 3 commits');
      expect(push.exitCode).not.toBe(0);
      expect(await repo.git('-C', remote, 'for-each-ref')).toBe('');
    },
    { isEmpty: true },
  ),
);
