import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { type Ran, type Repo, withRepo } from '../support/repo.js';

interface Manifest {
  readonly version: string;
}

const manifest: Manifest = JSON.parse(await readFile('package.json', 'utf8'));
const PINNED = `npx --yes --prefix "$(mktemp -d)" leak-guard@${manifest.version} ci`;

/** What has to be found where in each template, so that the checkout is deep enough. */
const templates: readonly {
  readonly file: string;
  readonly path: readonly (string | number)[];
  readonly value: unknown;
}[] = [
  { file: 'github-actions.yml', path: ['jobs', 'leak-guard', 'steps', 0, 'with', 'fetch-depth'], value: 0 },
  { file: 'gitlab-ci.yml', path: ['leak-guard', 'variables', 'GIT_DEPTH'], value: 0 },
  { file: 'bitbucket-pipelines.yml', path: ['clone', 'depth'], value: 'full' },
  { file: 'circleci.yml', path: ['jobs', 'leak-guard', 'steps', 0, 'checkout', 'method'], value: 'full' },
  { file: 'travis.yml', path: ['git', 'depth'], value: false },
  { file: 'azure-pipelines.yml', path: ['steps', 0, 'fetchDepth'], value: 0 },
  { file: 'buildkite.yml', path: ['steps', 0, 'command'], value: expect.stringContaining('git fetch --unshallow') },
];

test.each(templates)('$file can be read, fetches all of the history, and runs the pinned command', async (template) => {
  const text = await readFile(join('docs/ci', template.file), 'utf8');
  const document: unknown = parse(text);

  expect(at(document, template.path)).toEqual(template.value);
  const commands = stringsOf(document).flatMap((value) => value.replaceAll('$$', '$').split('\n'));
  expect(commands.filter((line) => line.includes(PINNED))).toHaveLength(template.file.startsWith('bitbucket') ? 4 : 1);
  expectNothingElse(text);
});

test('the Jenkinsfile fetches all of the history, and runs the pinned command', async () => {
  const text = await readFile('docs/ci/Jenkinsfile', 'utf8');

  expect(text).toContain('cloneOption(shallow: false, noTags: false, honorRefspec: false');
  expect(text).toContain(`sh '${PINNED} `); // single quotes: Groovy must not fill in anything
  expect(text.split('{')).toHaveLength(text.split('}').length);
  expectNothingElse(text);
});

test('nothing that a build is told stands in a command', async () => {
  const text = await readFile('docs/ci/github-actions.yml', 'utf8');

  expect(text).not.toContain('${{');
  expect(text).not.toContain('pull_request_target');
});

test('the page of the templates names each of them', async () => {
  const text = await readFile('docs/ci/README.md', 'utf8');

  expectNothingElse(await readFile('README.md', 'utf8'));
  for (const file of [...templates.map((template) => template.file), 'Jenkinsfile'])
    expect(text).toContain(`](${file})`);
});

function expectNothingElse(text: string): void {
  const versions = text.match(/leak-guard@[^\s"']+/g) ?? [];
  expect(new Set(versions)).toEqual(new Set([`leak-guard@${manifest.version}`]));
}

function at(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce((found: unknown, key) => {
    const entries = typeof found === 'object' && found !== null ? Object.entries(found) : [];
    return entries.find(([name]) => name === String(key))?.[1];
  }, value);
}

function stringsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsOf) : [];
}

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly runs: {
    readonly steps: readonly { readonly run: string; readonly env: Readonly<Record<string, string>> }[];
  };
}

const action: Action = parse(await readFile('action.yml', 'utf8'));
const [step] = action.runs.steps;

test('the action runs the version that it belongs to, and hands inputs on as variables only', () => {
  expect(action.inputs['version']?.default).toBe(manifest.version);
  expect(step?.run).not.toContain('${{');
  const inputs = Object.values(step?.env ?? {}).filter((value) => value.includes('inputs.'));
  expect(inputs.sort()).toEqual(
    Object.keys(action.inputs)
      .sort()
      .map((name) => `\${{ inputs.${name} }}`),
  );
});

const posix = process.platform === 'win32' ? test.skip : test;

posix('the action hands every input on as one word, and runs nothing of it', () =>
  withRepo(async (repo) => {
    const hostile = '$(touch pwned); `touch pwned` "x" -- a..b';

    const ran = await runAction(repo, { LEAK_GUARD_RANGE: hostile, LEAK_GUARD_CONFIG: '-x y' });

    expect(ran).toMatchObject({ exitCode: 7, stderr: '' });
    const [yes, prefix, folder, ...words] = ran.stdout.trimEnd().split('\n');
    expect([yes, prefix]).toEqual(['--yes', '--prefix']);
    expect(folder).not.toBe(repo.dir);
    expect(words).toEqual([`leak-guard@${manifest.version}`, 'ci', '--config=-x y', `--range=${hostile}`]);
    expect((await repo.exec('ls', [])).stdout).toBe('');
  }),
);

posix('the action refuses a version that is none', () =>
  withRepo(async (repo) => {
    for (const version of ['', 'latest', '1.0.0 evil', 'file:..', '1/../..', '1;ls']) {
      expect(await runAction(repo, { LEAK_GUARD_VERSION: version })).toMatchObject({ exitCode: 2, stdout: '' });
    }
  }),
);

posix('the action runs its own files where they are built', () =>
  withRepo(async (repo) => {
    const own = join(repo.home, 'action');
    await mkdir(join(own, 'node_modules'), { recursive: true });
    await mkdir(join(own, 'dist/bin'), { recursive: true });
    await writeFile(join(own, 'dist/bin/leak-guard.cjs'), 'console.log("own", ...process.argv.slice(2))');

    expect((await runAction(repo, { LEAK_GUARD_ACTION: own, LEAK_GUARD_SINCE: '2026-11-20' })).stdout).toBe(
      'own ci --since=2026-11-20\n',
    );
  }),
);

/** Runs the action's script, with an npx that prints its words and ends with 7. */
async function runAction(repo: Repo, env: Readonly<Record<string, string>>): Promise<Ran> {
  const folder = join(repo.home, 'bin');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'npx'), '#!/bin/sh\nprintf "%s\\n" "$@"\nexit 7\n');
  await chmod(join(folder, 'npx'), 0o755);
  const inputs = {
    LEAK_GUARD_ACTION: join(repo.home, 'nowhere'),
    LEAK_GUARD_CONFIG: '',
    LEAK_GUARD_RANGE: '',
    LEAK_GUARD_SINCE: '',
    LEAK_GUARD_VERSION: manifest.version,
  };
  const PATH = `${folder}:${repo.env['PATH']}`;
  return repo.exec('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', step?.run ?? ''], {
    env: { ...inputs, PATH, ...env },
  });
}
