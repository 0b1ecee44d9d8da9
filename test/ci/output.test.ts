import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type Pushed, runPushed, type SystemName, withPushed } from '../support/pushed-build.js';
import type { Ran } from '../support/repo.js';

const HEAD_LINE = /^leak-guard ci: (.*)$/m;

/** Adds a file with the secret, and pushes. */
async function leak(pushed: Pushed, path = 'src/mail.ts'): Promise<void> {
  await pushed.repo.commit(path, `send('${pushed.key}');\n`, 'Send mail');
}

function expectHidden(ran: Ran, { key }: Pushed): void {
  expect(ran.stdout + ran.stderr).not.toContain(key);
}

test('a clean build says what it scanned, and ends with 0', () =>
  withPushed(async (pushed) => {
    await pushed.repo.commit('notes.txt', 'nothing\n');
    await pushed.repo.commit('more.txt', 'nothing\n');

    const ran = await runPushed(pushed, 'github');

    expect(ran).toMatchObject({ exitCode: 0, stderr: '' });
    expect(HEAD_LINE.exec(ran.stdout)?.[1]).toBe('GitHub Actions, push: 2 commits');
    expect(ran.stdout).toMatch(/^scanned 4 blobs, /m); // two files and two messages
    expect((await runPushed(pushed, 'github', '--quiet')).stdout).toBe('');
  }));

test('a finding is on the host already: rotate it first, and see why the hook did not stop it', () =>
  withPushed(async (pushed) => {
    await leak(pushed);
    const commit = (await pushed.repo.git('rev-parse', 'HEAD')).slice(0, 7);

    const ran = await runPushed(pushed, 'travis');

    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toContain('leak-guard: 1 secret found. A remote has it already.');
    expect(ran.stdout).toContain('1 Rotate   leak-guard rotate sendgrid');
    expect(ran.stdout).toMatch(
      new RegExp(`^1 commit came past the hook: ${commit} \\(\\d{4}-\\d\\d-\\d\\d\\)\\.$`, 'm'),
    );
    expect(ran.stdout).toContain('"leak-guard doctor"');
    expect(ran.stdout).not.toMatch(/no-verify|this machine/i);
    expect(ran.stdout).not.toMatch(/^::|##/m);
    expectHidden(ran, pushed);
  }));

test('GitHub shows the finding at its line, and gets a summary below what is there', () =>
  withPushed(async (pushed) => {
    await leak(pushed);
    const summary = join(pushed.repo.home, 'summary.md');
    await writeFile(summary, '# Before\n');

    const ran = await runPushed(pushed, { system: 'github', env: { GITHUB_STEP_SUMMARY: summary } });

    const [, data, message] = /^::error (.*?)::(.*)$/m.exec(ran.stdout) ?? [];
    expect(data).toBe('file=src/mail.ts,line=1,endLine=1,col=7,title=leak-guard%3A SendGrid API key');
    expect(message).toMatch(
      /^SendGrid API key \(id [0-9a-f]{8}\), in commit [0-9a-f]{7}\. .* leak-guard rotate sendgrid, https/,
    );
    const text = await readFile(summary, 'utf8');
    expect(text).toMatch(/^# Before\n## leak-guard: 1 secret found\n/);
    expect(text).toContain('| src\\/mail\\.ts\\:1\\:7 | SendGrid API key\\, id ');
    expect(text).toContain('### Came past the hook');
    expect(text).not.toContain(pushed.key);
    expectHidden(ran, pushed);
  }));

test('Azure shows the finding at its line, and is told where the summary lies', () =>
  withPushed(async (pushed) => {
    await leak(pushed);
    const folder = join(pushed.repo.home, 'agent;temp');
    await mkdir(folder);

    const ran = await runPushed(pushed, { system: 'azure', env: { AGENT_TEMPDIRECTORY: folder } });

    expect(ran.stdout).toContain(
      '\n##vso[task.logissue type=error;sourcepath=src/mail.ts;linenumber=1;columnnumber=7;code=sendgrid-api-key;]SendGrid',
    );
    expect(ran.stdout.replaceAll('\\', '/')).toMatch(
      /\n##vso\[task\.uploadsummary\].*\/agent%3Btemp\/leak-guard-summary\.md\n$/,
    );
    expect(await readFile(join(folder, 'leak-guard-summary.md'), 'utf8')).toContain('## leak-guard: 1 secret found');
    expectHidden(ran, pushed);
  }));

test('Buildkite opens the part of the log, and --summary writes what its agent can show', () =>
  withPushed(async (pushed) => {
    await leak(pushed);

    const ran = await runPushed(pushed, 'buildkite', '--summary', 'leak-guard.md');

    expect(ran.stdout).toMatch(/^\+\+\+ leak-guard\nleak-guard ci: Buildkite, /);
    expect(await readFile(join(pushed.repo.dir, 'leak-guard.md'), 'utf8')).toContain('## leak-guard: 1 secret found');
  }));

test('GitLab gets a code quality report, an empty one where nothing was found', () =>
  withPushed(async (pushed) => {
    const read = async (): Promise<unknown> =>
      JSON.parse(await readFile(join(pushed.repo.dir, 'quality.json'), 'utf8'));
    await pushed.repo.commit('.gitignore', 'quality.json\n');

    await runPushed(pushed, 'gitlab', '--code-quality', 'quality.json');
    expect(await read()).toEqual([]);

    await leak(pushed);
    await runPushed(pushed, 'gitlab', '--code-quality', 'quality.json');
    expect(await read()).toEqual([
      {
        description: expect.stringContaining('leak-guard rotate sendgrid'),
        check_name: 'sendgrid-api-key',
        fingerprint: expect.stringMatching(/^[0-9a-f]{64}$/),
        severity: 'critical',
        location: { path: 'src/mail.ts', lines: { begin: 1 } },
      },
    ]);
    expect(JSON.stringify(await read())).not.toContain(pushed.key);
  }));

test.each(['', 'https://wiki.example.com/rotate'])(
  'what an own detector found is to be rotated where it was made, for no command tells how: %j',
  (url) =>
    withPushed(async (pushed) => {
      const value = `acme_${pushed.key.slice(3, 25).replaceAll(/[^A-Za-z0-9]/g, 'x')}`;
      const detector = { id: 'custom-acme', name: 'ACME token', pattern: 'acme_\\w{22}', keywords: ['acme_'] };
      const settings = { customDetectors: [{ ...detector, ...(url !== '' && { url }) }] };
      await pushed.repo.commit('.leak-guard.json', JSON.stringify(settings));
      await pushed.repo.commit('a.ts', `const token = '${value}';\n`);
      const summary = join(pushed.repo.home, 'summary.md');

      const ran = await runPushed(pushed, { system: 'github', env: { GITHUB_STEP_SUMMARY: summary } });

      expect(ran.stdout).toMatch(/^::error .*, so rotate it first, where it was made/m);
      expect(ran.stdout).toMatch(url === '' ? /^::error .* where it was made$/m : new RegExp(` made: ${url}$`, 'm'));
      const text = await readFile(summary, 'utf8');
      expect(text).toContain(url === '' ? '| where it was made |\n' : `| [where it was made](<${url}>) |\n`);
      expect(ran.stdout + text).not.toContain('leak-guard rotate');
      expect(ran.stdout + text).not.toContain(value);
    }),
);

test('JSON on standard output stands there alone, with the exposure of a build', () =>
  withPushed(async (pushed) => {
    await leak(pushed);

    const ran = await runPushed(pushed, 'github', '--format', 'json');

    expect(ran.exitCode).toBe(1);
    expect(JSON.parse(ran.stdout).findings).toMatchObject([{ file: 'src/mail.ts', exposure: 'remote', inHead: true }]);
    const filed = await runPushed(pushed, 'github', '--format', 'json', '--output', 'report.json');
    expect(filed.stdout).toMatch(/^::error [^\n]*\n$/);
    expect(JSON.parse(await readFile(join(pushed.repo.dir, 'report.json'), 'utf8')).findings).toHaveLength(1);
  }));

test('what the settings let pass is a warning, and no commit came past the hook', () =>
  withPushed(async (pushed) => {
    await pushed.repo.stage('.leak-guard.json', JSON.stringify({ block: 'critical' }));
    await leak(pushed);

    const ran = await runPushed(pushed, 'github');

    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toMatch(/^::warning file=src\/mail\.ts,/m);
    expect(ran.stdout).not.toContain('came past the hook');
  }));

test('rules that a build brings along are named', () =>
  withPushed(async (pushed) => {
    const allow = [{ path: 'src/**', detectors: ['sendgrid-*'], reason: 'grown' }];
    await pushed.repo.stage('.leak-guard-allow.json', JSON.stringify({ version: 1, allow }));
    await leak(pushed);

    const ran = await runPushed(pushed, 'github');

    expect(ran.exitCode).toBe(0);
    expect(ran.stdout).toContain('warning: .leak-guard-allow.json changes here: 1 entry added.');
  }));

test('a message and the name of a branch are told without a line', () =>
  withPushed(async (pushed) => {
    await pushed.repo.commit('a.txt', 'nothing\n', `Use ${pushed.key}`);

    const ran = await runPushed(pushed, { system: 'github', branch: `topic-${pushed.key}`, isFirst: true });

    expect(ran.exitCode).toBe(1);
    expect(ran.stdout.match(/^::error title=.*$/gm)).toHaveLength(2);
    expect(ran.stdout).toContain('branch topic-********');
    expectHidden(ran, pushed);
  }));

test.each([
  { where: 'the message', name: 'Ana', message: (key: string) => `Use ${key}` },
  { where: 'the name of its tagger', name: 'key', message: () => 'Release' },
])('a secret in $where of a tag is in no commit that came past the hook', ({ name, message }) =>
  withPushed(async (pushed) => {
    const { repo, key } = pushed;
    await repo.git('-c', `user.name=${name === 'key' ? key : name}`, 'tag', '-a', 'v1', '-m', message(key));

    const ran = await runPushed(pushed, { system: 'github', env: { GITHUB_REF: 'refs/tags/v1' }, isFirst: true });

    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toContain('1 secret found');
    expect(ran.stdout).not.toContain('came past the hook');
    expectHidden(ran, pushed);
  }),
);

test('--range takes the place of what the system says, and also works where no system is known', () =>
  withPushed(async (pushed) => {
    await leak(pushed);
    await pushed.repo.commit('more.txt', 'nothing\n');

    expect((await runPushed(pushed, 'github', '--range', 'HEAD~1..HEAD')).exitCode).toBe(0);
    const ran = await runPushed(pushed, { system: 'none' }, '--range', 'HEAD~2..HEAD');
    expect(ran.exitCode).toBe(1);
    expect(ran.stdout).toContain('leak-guard ci: no CI system, --range: 2 commits');
  }));

test('--since leaves out what was committed before', () =>
  withPushed(async (pushed) => {
    await leak(pushed);

    const ran = await runPushed(pushed, 'github', '--since', '2035-01-01');

    expect(ran.exitCode).toBe(0);
    expect(HEAD_LINE.exec(ran.stdout)?.[1]).toMatch(/push: 1 commit, of them only those since 2035-01-01$/);
  }));

interface Refused {
  readonly where: string;
  readonly system: SystemName | 'none';
  readonly args: readonly string[];
  readonly problem: string;
}

const refused: readonly Refused[] = [
  {
    where: 'no system is known',
    system: 'none',
    args: [],
    problem: 'Name the commits yourself: leak-guard scan --range',
  },
  { where: 'paths are given', system: 'github', args: ['src'], problem: 'ci takes no paths' },
  {
    where: 'the default branch has another name',
    system: 'buildkite',
    args: ['--default-branch', 'mian'],
    problem: 'The branch of --default-branch is not here',
  },
  {
    where: 'the summary cannot be written',
    system: 'github',
    args: ['--summary', 'nowhere/s.md'],
    problem: 'Could not write the file of --summary',
  },
  { where: 'the range is none', system: 'github', args: ['--range=--all..HEAD'], problem: 'does not know this range' },
];

test.each(refused)('where $where, the build is not clean', ({ system, args, problem }) =>
  withPushed(async (pushed) => {
    await pushed.repo.commit('notes.txt', 'nothing\n');

    const ran = await runPushed(pushed, { system }, ...args);

    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain(problem);
  }),
);

test('a hook loads nothing of this', async () => {
  const hot = await readFile('dist/bin/leak-guard.cjs', 'utf8');

  expect(hot).not.toContain('GITHUB_ACTIONS');
  expect(await readFile('dist/bin/cold.cjs', 'utf8')).toContain('GITHUB_ACTIONS');
});
