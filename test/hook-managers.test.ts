import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { sample } from './support/detectors.js';
import { installedPackage } from './support/npm.js';
import { type Ran, type Repo, withRepo } from './support/repo.js';
import { expectBlock, tryCommit } from './support/situation.js';

const HOOK = '.husky/pre-commit';
const FORMAT = 'sendgrid-api-key';
const CLI = 'node_modules/leak-guard/dist/bin/leak-guard.cjs';

/** A formatter as lint-staged runs them: it changes the files that it is given, and lint-staged stages them again. */
const formatter = `
const fs = require('node:fs');
for (const file of process.argv.slice(2)) {
  fs.writeFileSync(file, fs.readFileSync(file, 'utf8').replaceAll("'", '"'));
  fs.appendFileSync('formatted.log', file + '\\n');
}
`;

interface Project {
  readonly repo: Repo;
  /** Runs the package that the project has installed. */
  leakGuard(...args: readonly string[]): Promise<Ran>;
  read(path: string): string;
  exists(path: string): boolean;
}

test('husky runs the hook, which blocks a secret before the rest of the file', async () => {
  await withHusky('echo ran > ran\n', async ({ repo, leakGuard, exists }) => {
    await leakGuard('install');
    const key = sample(FORMAT);
    await repo.stage('a.env', `KEY=${key}\n`);

    const { ran, isMoved } = await tryCommit(repo);

    expectBlock(ran, { at: 'a.env:1', key });
    expect(isMoved).toBe(false);
    expect(exists('ran')).toBe(false);
  });
});

test('husky lets a clean commit pass, and runs the rest of the file', async () => {
  await withHusky('echo ran > ran\n', async ({ repo, leakGuard, exists }) => {
    await leakGuard('install');
    await repo.stage('notes.txt', 'nothing to see\n');

    const { ran, isMoved } = await tryCommit(repo);

    expect(ran.stderr).toMatch(/^scanned 1 blob, /m);
    expect(isMoved).toBe(true);
    expect(exists('ran')).toBe(true);
  });
});

test('husky runs the hook before a push', async () => {
  await withHusky('', async ({ repo, leakGuard }) => {
    await leakGuard('install');
    const remote = join(repo.home, 'remote.git');
    await repo.git('init', '-q', '--bare', remote);
    const key = sample(FORMAT);
    await repo.commit('a.env', `KEY=${key}\n`);

    const push = await repo.tryGit(['push', '-q', remote, 'HEAD:main']);

    expectBlock(push, { at: 'a.env:1', key });
    expect(await repo.git('--git-dir', remote, 'for-each-ref')).toBe('');
  });
});

test('uninstall gives husky back its hook, byte for byte', async () => {
  const content = '# ünï\nlint-staged\n';
  await withHusky(content, async ({ repo, leakGuard, read, exists }) => {
    await leakGuard('install');
    expect(read(HOOK)).not.toBe(content);

    await leakGuard('uninstall');

    expect(read(HOOK)).toBe(content);
    expect(exists('.husky/pre-push')).toBe(false);
    expect(await repo.git('config', 'core.hooksPath')).toBe('.husky/_');
    expect(exists(join('.husky/_', 'pre-commit'))).toBe(true);
  });
});

test('lint-staged formats and stages again what has been scanned', async () => {
  await withLintStaged({ '*.js': 'node format.cjs' }, async ({ repo, leakGuard, read }) => {
    await leakGuard('install');
    await repo.stage('a.js', "const a = 'one';\n");

    const { ran, isMoved } = await tryCommit(repo);

    expect(ran.stderr).toMatch(/^scanned 1 blob, /m);
    expect(isMoved).toBe(true);
    expect(await repo.git('show', 'HEAD:a.js')).toBe('const a = "one";');
    expect(read('formatted.log').trim().split('\n')).toHaveLength(1);
  });
});

test('a secret stops the commit before lint-staged touches a file', async () => {
  await withLintStaged({ '*.js': 'node format.cjs' }, async ({ repo, leakGuard, read, exists }) => {
    await leakGuard('install');
    const key = sample(FORMAT);
    const text = `send({ key: '${key}' });\n`;
    await repo.stage('a.js', text);

    const { ran, isMoved } = await tryCommit(repo);

    expectBlock(ran, { at: 'a.js:1', key });
    expect(isMoved).toBe(false);
    expect(exists('formatted.log')).toBe(false);
    expect(read('a.js')).toBe(text);
  });
});

test('of a partially staged file the staged part decides: clean staged, secret left in the work tree', async () => {
  await withLintStaged({ '*.js': 'node format.cjs' }, async ({ repo, leakGuard, read }) => {
    await leakGuard('install');
    await repo.commit('a.js', `const a = 'one';\n${filler}`);
    await repo.stage('a.js', `const a = 'two';\n${filler}`);
    const key = sample(FORMAT);
    await repo.write('a.js', `const a = 'two';\n${filler}send("${key}");\n`);

    const { ran, isMoved } = await tryCommit(repo);

    expect(isMoved).toBe(true);
    expect(ran.stderr).toMatch(/^scanned 1 blob, /m);
    expect(await repo.git('show', 'HEAD:a.js')).not.toContain(key);
    expect(read('a.js')).toContain(key);
  });
});

test('of a partially staged file the staged part decides: secret staged, clean in the work tree', async () => {
  await withLintStaged({ '*.js': 'node format.cjs' }, async ({ repo, leakGuard, read }) => {
    await leakGuard('install');
    await repo.commit('a.js', `const a = 'one';\n${filler}`);
    const key = sample(FORMAT);
    await repo.stage('a.js', `const a = 'one';\n${filler}send("${key}");\n`);
    await repo.write('a.js', `const a = 'one';\n${filler}`);

    const { ran, isMoved } = await tryCommit(repo);

    expectBlock(ran, { at: 'a.js:42', key });
    expect(isMoved).toBe(false);
    expect(read('a.js')).not.toContain(key);
  });
});

for (const name of ['src/a.js', 'src/with blank.js', 'src/ünï.js', 'src/[id].js']) {
  test(`S85 as a task of lint-staged, scan --staged reads the index of ${name}, given as an absolute path`, async () => {
    await withLintStaged({ '*': 'leak-guard scan --staged' }, async ({ repo }) => {
      const key = sample(FORMAT);
      await repo.stage(name, `send('${key}');\n${filler}`);
      // Partially staged: lint-staged hides the other part while its tasks run.
      await repo.write(name, `send('${key}');\n${filler}done();\n`);

      const { ran, isMoved } = await tryCommit(repo);

      expect(isMoved).toBe(false);
      expect(ran.stdout + ran.stderr).toContain(`${name}:1:`);
      expect(ran.stdout + ran.stderr).not.toContain(key);
    });
  });
}

test('S85 as a task of lint-staged, scan --staged passes clean files, and lint-staged keeps the rest', async () => {
  await withLintStaged({ '*': 'leak-guard scan --staged' }, async ({ repo, read }) => {
    await repo.stage('src/a.js', `one();\n${filler}`);
    const key = sample(FORMAT);
    await repo.write('src/a.js', `one();\n${filler}send('${key}');\n`);

    const { isMoved } = await tryCommit(repo);

    expect(isMoved).toBe(true);
    expect(read('src/a.js')).toContain(key);
  });
});

test('S85 as a task of lint-staged, a scan that could not run stops the commit', async () => {
  await withLintStaged({ '*': 'leak-guard scan --staged' }, async ({ repo }) => {
    await repo.stage('.leak-guard.json', '{ "unknown-key": true }\n');

    const { ran, isMoved } = await tryCommit(repo);

    expect(isMoved).toBe(false);
    expect(ran.stdout + ran.stderr).toContain('unknown-key');
  });
});

const filler = Array.from({ length: 40 }, (_, line) => `line(${line});\n`).join('');

/** Runs a test in a project that has husky with this pre-commit hook and leak-guard among its packages. */
async function withHusky(hook: string, act: (project: Project) => Promise<void>): Promise<void> {
  await withRepo(async (repo) => {
    const inRepo = (path: string): string => join(repo.dir, path);
    await repo.write('.gitignore', 'node_modules\nformatted.log\n');
    await addLeakGuard(repo);
    const husky = await repo.exec(process.execPath, [join(installedPackage('husky'), 'bin.js')]);
    if (husky.exitCode !== 0) throw new Error(`husky exited with ${husky.exitCode}: ${husky.stderr}`);
    if (hook !== '') await repo.write(HOOK, hook);
    await repo.git('add', '.');
    await repo.git('commit', '-q', '--no-verify', '-m', 'Begin');
    await act({
      repo,
      leakGuard: (...args) => repo.exec(process.execPath, [CLI, ...args]),
      read: (path) => readFileSync(inRepo(path), 'utf8'),
      exists: (path) => existsSync(inRepo(path)),
    });
  });
}

/** The same, with lint-staged as all that the hook runs. */
async function withLintStaged(
  tasks: Readonly<Record<string, string>>,
  act: (project: Project) => Promise<void>,
): Promise<void> {
  await withHusky('lint-staged\n', async (project) => {
    const { repo } = project;
    await link(installedPackage('lint-staged'), join(repo.dir, 'node_modules/lint-staged'));
    await addCommand(repo, 'lint-staged', 'node_modules/lint-staged/bin/lint-staged.js');
    await repo.commit('format.cjs', formatter);
    await repo.commit('package.json', JSON.stringify({ name: 'app', private: true, 'lint-staged': tasks }));
    await act(project);
  });
}

/** Puts the built package where npm would put it, with the dependencies that it asks for. */
async function addLeakGuard(repo: Repo): Promise<void> {
  const modules = join(repo.dir, 'node_modules');
  await cp('dist/bin', join(modules, 'leak-guard/dist/bin'), { recursive: true });
  await cp('package.json', join(modules, 'leak-guard/package.json'));
  const { dependencies }: { dependencies: Readonly<Record<string, string>> } = JSON.parse(
    readFileSync('package.json', 'utf8'),
  );
  for (const name of Object.keys(dependencies)) await link(installedPackage(name), join(modules, name));
  await addCommand(repo, 'leak-guard', CLI);
}

/** What npm writes on Linux and macOS is a link, on Windows a script. */
async function addCommand(repo: Repo, name: string, path: string): Promise<void> {
  const script = `#!/bin/sh\nexec node "$(dirname "$0")/../../${path}" "$@"\n`;
  await repo.write(`node_modules/.bin/${name}`, script, 0o755);
  await repo.write(`node_modules/.bin/${name}.cmd`, `@node "%~dp0\\..\\..\\${path.replaceAll('/', '\\')}" %*\r\n`);
}

async function link(target: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await symlink(target, path, 'junction');
}
