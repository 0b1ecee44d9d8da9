import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Repo } from '../support/repo.js';
import { runHusky } from './real-package.js';

/** A hook manager as a project uses it: with a command of the project's own in pre-commit and pre-push. */
export interface Manager {
  readonly name: string;
  /** Said in the names of the tests: the real program, or what we recorded of it. */
  readonly how: string;
  /** The files that hold the project's settings. */
  readonly settings: readonly string[];
  /** Writes the settings. */
  setUp(repo: Repo): Promise<void>;
  /** What `npm install` runs: puts the manager's hooks where git looks. */
  apply(repo: Repo): Promise<void>;
}

const { LEAK_GUARD_TOOLS: tools = '' } = process.env;
const lefthookBin = findTool('lefthook/bin/index.js');
const simpleBin = findTool('simple-git-hooks/cli.js');
const frameworkBin = [join(tools, 'venv/bin/pre-commit')].find((path) => tools !== '' && existsSync(path));

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
  {
    name: 'lefthook',
    how: howOf(lefthookBin),
    settings: ['lefthook.yml'],
    setUp: (repo) => repo.write('lefthook.yml', ['pre-commit', 'pre-push'].map(toLefthookEntry).join('')),
    apply: (repo) =>
      lefthookBin === undefined ? recordLefthook(repo) : run(repo, lefthookBin, ['install', '--force']),
  },
  {
    name: 'simple-git-hooks',
    how: howOf(simpleBin),
    settings: ['package.json'],
    setUp: (repo) =>
      repo.write(
        'package.json',
        `${JSON.stringify({ name: 'x', 'simple-git-hooks': { 'pre-commit': own, 'pre-push': own } }, null, 2)}\n`,
      ),
    apply: (repo) => (simpleBin === undefined ? recordSimpleGitHooks(repo) : run(repo, simpleBin, [])),
  },
  {
    name: 'pre-commit',
    how: howOf(frameworkBin),
    settings: ['.pre-commit-config.yaml'],
    setUp: (repo) => repo.stage('.pre-commit-config.yaml', toFrameworkSettings()),
    apply: (repo) => (frameworkBin === undefined ? recordFramework(repo) : applyFramework(repo, frameworkBin)),
  },
];

function findTool(path: string): string | undefined {
  const folders = ['node_modules', ...(tools === '' ? [] : [join(tools, 'node_modules')])];
  return folders.map((folder) => resolve(folder, path)).find((file) => existsSync(file));
}

function howOf(bin: string | undefined): string {
  return bin === undefined ? 'as recorded' : 'the real program';
}

async function run(repo: Repo, bin: string, args: readonly string[]): Promise<void> {
  const ran = await repo.exec(process.execPath, [bin, ...args]);
  if (ran.exitCode !== 0) throw new Error(`${bin}: ${ran.stdout}${ran.stderr}`);
}

function toLefthookEntry(hook: string): string {
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

// What lefthook 2.2.2 does: a hook file that calls it, and commands from its settings, in the order of their names.
async function recordLefthook(repo: Repo): Promise<void> {
  await repo.write('node_modules/lefthook/bin/index.js', LEFTHOOK);
  for (const hook of ['pre-commit', 'pre-push']) {
    await repo.write(
      `.git/hooks/${hook}`,
      `#!/bin/sh\nif [ "$LEFTHOOK" = "0" ]; then\n  exit 0\nfi\ncall_lefthook()\n{\n  node node_modules/lefthook/bin/index.js "$@"\n}\n\ncall_lefthook run "${hook}" "$@"\n`,
      0o755,
    );
  }
}

const LEFTHOOK = `const { readFileSync } = require('node:fs');
const { spawnSync } = require('node:child_process');
const [, hook, ...args] = process.argv.slice(2);
const part = readFileSync('lefthook.yml', 'utf8').split(/^(?=\\S+:)/m).filter((text) => text.startsWith(hook + ':')).join('');
const input = hook === 'pre-push' ? readFileSync(0) : '';
for (const [, run] of part.matchAll(/run: (.*)/g)) {
  const command = run.replace(/\\{(\\d)\\}/g, (_, n) => args[n - 1]);
  const { status } = spawnSync('sh', ['-c', command], { input, stdio: ['pipe', 'inherit', 'inherit'] });
  if (status !== 0) process.exitCode = 1;
}
`;

// What simple-git-hooks 2.14.0 does: one file for each hook that its settings name; every other hook is deleted.
async function recordSimpleGitHooks(repo: Repo): Promise<void> {
  const { 'simple-git-hooks': commands }: { 'simple-git-hooks': Record<string, string> } = JSON.parse(
    readFileSync(join(repo.dir, 'package.json'), 'utf8'),
  );
  for (const [hook, command] of Object.entries(commands)) {
    await repo.write(
      `.git/hooks/${hook}`,
      `#!/bin/sh\nif [ "$SKIP_SIMPLE_GIT_HOOKS" = "1" ]; then\n    exit 0\nfi\n${command}`,
      0o755,
    );
  }
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
