import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import type { Repo } from '../support/repo.js';
import { runHusky } from './real-package.js';

/** A hook manager as a project uses it: with a command of the project's own in pre-commit and pre-push. */
export interface Manager {
  readonly name: string;
  /** Said in the names of the tests: the real program, or what we recorded of it. */
  readonly how: string;
  /** The file of the program, where it is not among our own packages. */
  readonly program?: string;
  /** The files that hold the project's settings. */
  readonly settings: readonly string[];
  /** Writes the settings. */
  setUp(repo: Repo): Promise<void>;
  /** What `npm install` runs: puts the manager's hooks where git looks. */
  apply(repo: Repo): Promise<void>;
}

const { LEAK_GUARD_TOOLS: tools = '', PATH: path = '' } = process.env;
// A project of their own: installed among our packages they would put hooks into this very repository.
const lefthookBin = resolve('test/tools/node_modules/lefthook/bin/index.js');
const simpleBin = resolve('test/tools/node_modules/simple-git-hooks/cli.js');

/** The real pre-commit, where this machine has one: it comes from no registry of npm. */
const frameworkBin = [...(tools === '' ? [] : [join(tools, 'venv/bin')]), ...path.split(delimiter)]
  .map((folder) => join(folder, 'pre-commit'))
  .find((file) => existsSync(file));

const own = 'echo ran >> ran';

/** Every manager that leak-guard installs through. */
export const managers: readonly Manager[] = [
  {
    name: 'native',
    how: 'git itself',
    settings: ['.git/hooks/pre-commit', '.git/hooks/pre-push'],
    setUp: async (repo) => {
      await repo.write('.git/hooks/pre-commit', `#!/bin/sh\n${own}\n`, 0o755);
      await repo.write('.git/hooks/pre-push', `#!/bin/sh\n${own}\n`, 0o755);
    },
    apply: async () => {},
  },
  {
    name: 'husky',
    how: 'the real program',
    settings: ['.husky/pre-commit', '.husky/pre-push'],
    setUp: async (repo) => {
      await repo.write('.husky/pre-commit', `${own}\n`);
      await repo.write('.husky/pre-push', `${own}\n`);
    },
    apply: runHusky,
  },
  lefthookWith('lefthook', 'lefthook.yml', toLefthookYaml),
  lefthookWith('lefthook in TOML', 'lefthook.toml', (hook) => `[${hook}.commands.own]\nrun = "${own}" # ours\n\n`),
  lefthookWith('lefthook in TOML with jobs', '.lefthook.toml', (hook) => `[[${hook}.jobs]]\nrun = "${own}"\n`),
  {
    name: 'simple-git-hooks',
    how: 'the real program',
    settings: ['package.json'],
    setUp: (repo) =>
      repo.write(
        'package.json',
        `${JSON.stringify({ name: 'x', 'simple-git-hooks': { 'pre-commit': own, 'pre-push': own } }, null, 2)}\n`,
      ),
    program: simpleBin,
    apply: (repo) => run(repo, simpleBin, []),
  },
  {
    name: 'pre-commit',
    how: frameworkBin === undefined ? 'as recorded' : 'the real program',
    settings: ['.pre-commit-config.yaml'],
    setUp: (repo) => repo.stage('.pre-commit-config.yaml', toFrameworkSettings()),
    apply: (repo) => (frameworkBin === undefined ? recordFramework(repo) : applyFramework(repo, frameworkBin)),
  },
];

/** Whether its program is here: `npm ci --prefix test/tools` brings those that are not among our own packages. */
export function isHere({ program }: Manager): boolean {
  return program === undefined || existsSync(program);
}

function lefthookWith(name: string, path: string, toEntry: (hook: string) => string): Manager {
  return {
    name,
    how: 'the real program',
    settings: [path],
    setUp: (repo) => repo.write(path, ['pre-commit', 'pre-push'].map(toEntry).join('')),
    program: lefthookBin,
    apply: (repo) => run(repo, lefthookBin, ['install', '--force']),
  };
}

async function run(repo: Repo, bin: string, args: readonly string[]): Promise<void> {
  const ran = await repo.exec(process.execPath, [bin, ...args]);
  if (ran.exitCode !== 0) throw new Error(`${bin}: ${ran.stdout}${ran.stderr}`);
}

function toLefthookYaml(hook: string): string {
  return `${hook}:\n  commands:\n    own:\n      run: ${own}\n`;
}

function toFrameworkSettings(): string {
  const hook = `      - { id: own, name: own, entry: sh -c '${own}', language: system, always_run: true, pass_filenames: false }`;
  return `repos:\n  - repo: local\n    hooks:\n${hook}\n`;
}

async function applyFramework(repo: Repo, bin: string): Promise<void> {
  const ran = await repo.exec(bin, ['install', '--hook-type', 'pre-commit', '--hook-type', 'pre-push']);
  if (ran.exitCode !== 0) throw new Error(ran.stdout + ran.stderr);
}

// What pre-commit 4.6.2 does: renames the hook that is there to .legacy, runs that first, then its own checks.
async function recordFramework(repo: Repo): Promise<void> {
  for (const hook of ['pre-commit', 'pre-push']) {
    const path = `.git/hooks/${hook}`;
    const before = existsSync(join(repo.dir, path)) ? readFileSync(join(repo.dir, path), 'utf8') : '';
    if (before !== '' && !before.includes('pre-commit.com')) await repo.exec('mv', [path, `${path}.legacy`]);
    const text = `#!/bin/sh\n# File generated by pre-commit: https://pre-commit.com\nif [ -x "$0.legacy" ]; then "$0.legacy" "$@" || exit 1; fi\n${own}\n`;
    await repo.write(path, text, 0o755);
  }
}
