import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { toHarmless, toHarmlessJson } from '../../src/ci/harmless.js';
import { type Pushed, runPushed, withPushed } from '../support/pushed-build.js';

const EVIL = [
  '$(touch pwned)',
  '`touch pwned`',
  '--output=pwned',
  '-pwned',
  'main\n^HEAD',
  '../../../etc',
  'a b',
  ':(top)',
];

function expectUntouched({ repo }: Pushed, files: readonly string[]): void {
  expect(readdirSync(repo.dir).sort()).toEqual(['.git', ...files].sort());
}

test('whatever a branch is called, it does no harm as source, target or default', () =>
  withPushed(async (pushed) => {
    await pushed.repo.commit('a.txt', `${pushed.key}\n`);
    const after = await pushed.repo.git('rev-parse', 'HEAD');
    for (const name of EVIL) {
      const event = {
        pull_request: { head: { sha: after, ref: name }, base: { sha: pushed.before, ref: name } },
        repository: { default_branch: name },
      };
      const target = { BUILDKITE_PULL_REQUEST: '1', BUILDKITE_PULL_REQUEST_BASE_BRANCH: name };

      const [change, push, missing, unknown] = await Promise.all([
        runPushed(pushed, { system: 'github', event }),
        runPushed(pushed, { system: 'buildkite', branch: name }),
        runPushed(pushed, { system: 'buildkite', env: target }),
        runPushed(pushed, { system: 'buildkite' }, `--default-branch=${name}`),
      ]);

      expect([change, push, missing, unknown].map(({ exitCode }) => exitCode)).toEqual([1, 1, 2, 2]);
      expect(missing.stderr).toContain('the target branch of this pull request is not here');
    }
    expectUntouched(pushed, ['README.md', 'a.txt']);
  }));

test('what is no id of a commit is refused, and no revision', () =>
  withPushed(async (pushed) => {
    await pushed.repo.commit('a.txt', 'nothing\n');
    const after = await pushed.repo.git('rev-parse', 'HEAD');
    for (const id of [...EVIL, 'HEAD', 'main', 'HEAD~1', '12345']) {
      const [before, tip] = await Promise.all([
        runPushed(pushed, { system: 'github', event: { before: id, after } }),
        runPushed(pushed, { system: 'gitlab', env: { CI_COMMIT_SHA: id } }),
      ]);

      expect([before.exitCode, tip.exitCode]).toEqual([2, 2]);
      expect(before.stderr).toContain('before does not hold the id of a commit');
      expect(tip.stderr).toContain('CI_COMMIT_SHA does not hold the id of a commit');
    }
    expectUntouched(pushed, ['README.md', 'a.txt']);
  }));

test('a shortened id is never taken for the branch that has its name', () =>
  withPushed(async (pushed) => {
    const { repo, before } = pushed;
    await repo.commit('a.txt', `${pushed.key}\n`);
    await repo.commit('b.txt', 'nothing\n');
    await repo.git('branch', before.slice(0, 12), 'HEAD');
    await repo.git('tag', before.slice(0, 12), 'HEAD');
    const range = `${before.slice(0, 12)}...${(await repo.git('rev-parse', 'HEAD')).slice(0, 12)}`;

    expect((await runPushed(pushed, { system: 'travis', env: { TRAVIS_COMMIT_RANGE: range } })).exitCode).toBe(1);
  }));

test.each([
  ['there is no event file', { env: { GITHUB_EVENT_PATH: '/nowhere/event.json' } }, 'Could not read the event'],
  ['the event file is not named', { env: { GITHUB_EVENT_PATH: undefined } }, 'Could not read the event'],
  [
    'the commits of a pull request are not fetched',
    { event: { pull_request: { head: { sha: 'a'.repeat(40) } } } },
    'A commit of this build is not here',
  ],
  [
    'the base of a pull request is not told',
    { event: { pull_request: { head: {} } } },
    'the target branch of this pull request is not here',
  ],
])('where %s, the build is not clean', (_, build, problem) =>
  withPushed(async (pushed) => {
    await pushed.repo.commit('a.txt', 'nothing\n');

    const ran = await runPushed(pushed, { system: 'github', ...build });

    expect(ran.exitCode).toBe(2);
    expect(ran.stderr).toContain(problem);
    expect(ran.stdout).not.toMatch(/^scanned /m);
  }),
);

const posix = process.platform === 'win32' ? test.skip : test; // Windows has no such names

const NAMES = [
  '::set-output name=a::b',
  '##vso[task.setvariable variable=a]b',
  '##[add-mask]b',
  'a%0A::error::b,line=9',
  'a\n::error::b',
  'a;b]c=d',
  '|`<img src=x>`[a](http:b.example)*_~',
  '--- b',
];

posix('names of files are no commands to any system, and no markup', () =>
  withPushed(async (pushed) => {
    for (const name of NAMES) await pushed.repo.write(`${name}.txt`, `${pushed.key}\n`);
    await pushed.repo.git('add', '--all');
    await pushed.repo.commit('excerpt.txt', `::add-mask::${pushed.key}\n##vso[task.complete]${pushed.key}\n`);
    const summary = join(pushed.repo.home, 'summary.md');

    const github = await runPushed(pushed, { system: 'github', env: { GITHUB_STEP_SUMMARY: summary } });
    const azure = await runPushed(pushed, { system: 'azure' });
    const json = await runPushed(pushed, 'github', '--format', 'json');

    const commands = github.stdout.split('\n').filter((line) => line.trimStart().startsWith('::'));
    const files = commands.map((line) => readGithubFile(line));
    expect([...new Set(files)].sort()).toEqual(
      [...NAMES.map((name) => `${name}.txt`.replace('\n', '\\x0a')), 'excerpt.txt'].sort(),
    );
    for (const line of github.stdout.split('\n')) if (!line.startsWith('::error ')) expect(line).not.toContain('##');
    for (const line of azure.stdout.split('\n')) {
      if (line.includes('##'))
        expect(line).toMatch(
          /^##vso\[task\.logissue type=error;sourcepath=[^;\]]*;linenumber=\d+;columnnumber=\d+;code=[\w-]+;\][^\]]*$/,
        );
    }
    expect(json.stdout).not.toMatch(/##|^\s*::/m);
    const names: { readonly file: string }[] = JSON.parse(json.stdout).findings;
    expect(names.map(({ file }) => file)).toContain('##vso[task.setvariable variable=a]b.txt');
    expectPlainTable(readFileSync(summary, 'utf8'));
  }),
);

/** As the runner reads a command: the place of the file, with its escapes undone. */
function readGithubFile(line: string): string | undefined {
  const [, properties] = /^::error (.*?)::/.exec(line) ?? [];
  const file = properties?.split(',').find((word) => word.startsWith('file='));
  return file?.slice(5).replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('%25', '%');
}

function expectPlainTable(markdown: string): void {
  const rows = markdown
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| where') && !line.startsWith('| ---'));
  expect(rows.length).toBeGreaterThanOrEqual(NAMES.length);
  for (const row of rows) {
    const cells = row.split(/(?<!\\)\|/);
    expect(cells).toHaveLength(6);
    expect(cells[1]?.replace(/\\[!-/:-@[-`{-~]/g, '')).not.toMatch(/[!-/:-@[-`{-~]/);
  }
}

test('no text is left that a system would obey', () => {
  const part = fc.constantFrom('#', '##', '[', 'vso[', '::', ':', ' ', '\t', '\n', 'a', '---', '+++ ');
  fc.assert(
    fc.property(fc.array(part), (parts) => {
      const text = parts.join('');
      expect(toHarmless(text)).not.toMatch(/##|^\s*::|^(?:---|\+\+\+) /m);
      expect(toHarmlessJson(JSON.stringify(text))).not.toContain('##');
      expect(JSON.parse(toHarmlessJson(JSON.stringify(text)))).toBe(text);
    }),
  );
});
