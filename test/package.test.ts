import { accessSync, constants, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { build } from 'esbuild';
import { sample } from './support/detectors.js';
import { installedPackage, npmProgram } from './support/npm.js';
import { cli, type Ran, type Repo, withRepo } from './support/repo.js';

interface Packed {
  readonly filename: string;
  readonly unpackedSize: number;
  readonly files: readonly { readonly path: string }[];
}

interface Manifest {
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

const FORMAT = 'sendgrid-api-key';
const MAX_UNPACKED_BYTES = 3_000_000;
/** A dependency more is a decision, and is taken here. */
const DEPENDENCIES = ['jsonc-parser', 'micromatch', 'picocolors'];
/** What reaches other machines, and what hides that from a reader. */
const NETWORK_MODULES = ['dgram', 'dns', 'dns/promises', 'http', 'http2', 'https', 'inspector', 'tls', 'undici'];
/** Ways to reach the network that need no module. */
const NETWORK_GLOBALS = ['EventSource', 'WebSocket', 'XMLHttpRequest', 'fetch'];

const manifest: Manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const folder = await mkdtemp(join(tmpdir(), 'leak-guard-pack-'));
let packed: Packed;
let tarball: string;

beforeAll(async () => {
  await withRepo(
    async (repo) => {
      const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
      const ran = await runNpm(repo, { program: 'npm', args, cwd: process.cwd() });
      const [first]: Packed[] = JSON.parse(ran.stdout);
      if (first === undefined) throw new Error(`npm pack made nothing: ${ran.stderr}`);
      packed = first;
      tarball = join(folder, first.filename);
    },
    { init: false },
  );
});

afterAll(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));

test('the package stays below three megabytes', () => {
  expect(packed.unpackedSize).toBeLessThan(MAX_UNPACKED_BYTES);
});

test('the package holds the command, its tables, its types and its papers, and nothing else', () => {
  const paths = packed.files.map(({ path }) => path);

  expect(paths).toEqual(
    expect.arrayContaining([
      'LICENSE',
      'dist/bin/index.js',
      'dist/bin/leak-guard.cjs',
      'dist/bin/playbooks.json.br',
      'dist/bin/scan-table.bin',
      'dist/man/leak-guard.1',
      'dist/src/index.d.ts',
    ]),
  );
  const usual =
    /^(?:dist\/bin\/(?:[^/]+\.(?:cjs|js|bin|br)|third-party-licenses\.txt)|dist\/man\/leak-guard\.1|dist\/src\/.+\.d\.ts|[A-Z]+(?:\.md)?|package\.json)$/;
  expect(paths.filter((path) => !usual.test(path))).toEqual([]);
});

test('the licenses of all packages whose code is in the bundle are handed on', () => {
  const licenses = readFileSync('dist/bin/third-party-licenses.txt', 'utf8');

  expect(licenses.match(/^\S+ \d+\.\d+\.\d+$/gm)).toEqual([
    expect.stringMatching(/^eslint-visitor-keys /),
    expect.stringMatching(/^toml-eslint-parser /),
    expect.stringMatching(/^yaml /),
  ]);
  expect(licenses).toMatch(/Permission is hereby granted/);
});

test('nothing of the package runs when it is installed', () => {
  const lifecycle = ['preinstall', 'install', 'postinstall'];

  expect(lifecycle.filter((name) => name in manifest.scripts)).toEqual([]);
});

test('the package asks for no dependency but the known ones, and loads none that it does not ask for', async () => {
  const asked = Object.keys(manifest.dependencies);
  const { loaded } = await readCode();

  expect(asked.filter((name) => !DEPENDENCIES.includes(name))).toEqual([]);
  // What hands `require` on to the parts of the program, which are read here themselves.
  const known = [...asked, '<runtime>'];
  expect(loaded.filter((name) => !isBuiltin(name) && !known.includes(name))).toEqual([]);
});

test('the package names nothing that reaches the network', async () => {
  const { loaded, globals } = await readCode();

  expect(loaded).toContain('node:fs');
  expect(loaded.filter((name) => NETWORK_MODULES.includes(name.replace(/^node:/, '')))).toEqual([]);
  expect(globals).toEqual([]);
});

test('a scan opens no connection and loads no module that could', async () => {
  await withRepo(async (repo) => {
    await repo.write('spy.cjs', spy);
    await repo.stage('a.env', `KEY=${sample(FORMAT)}\n`);

    const scan = await repo.exec(process.execPath, ['--require', join(repo.dir, 'spy.cjs'), cli, 'scan', '--staged']);

    expect(scan.exitCode).toBe(1);
    const loaded = readFileSync(join(repo.dir, 'loaded.txt'), 'utf8').split('\n');
    expect(loaded).toContain('fs');
    expect(loaded.filter((name) => NETWORK_MODULES.includes(name) || name === 'connect')).toEqual([]);
  });
});

test('the packed package installs offline, blocks a commit, tells how to rotate, and passes what is allowed', async () => {
  await withApp(async ({ repo, npx }) => {
    const key = sample(FORMAT);
    await repo.stage('src/mail.ts', `send({ key: '${key}' });\n`);

    const install = await npx('install');
    const commit = await repo.tryGit(['commit', '-m', 'Send mail']);
    expect(install.exitCode).toBe(0);
    expect(commit.exitCode).not.toBe(0);
    expect(commit.stderr).toContain('src/mail.ts:1:14');
    expect(commit.stdout + commit.stderr).not.toContain(key);

    const rotate = await npx('rotate', 'sendgrid');
    expect(rotate).toMatchObject({ exitCode: 0, stderr: '' });
    expect(rotate.stdout).toContain('https://');
    const report: { findings: { id: string }[] } = JSON.parse(
      (await npx('scan', '--staged', '--format', 'json')).stdout,
    );
    const allow = await npx('allow', report.findings[0]?.id ?? '', '--reason', 'Made for a test');
    expect(allow.exitCode).toBe(0);
    const second = await repo.tryGit(['commit', '-m', 'Send mail']);
    expect(second).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^scanned /m) });
  });
});

test('the installed command can be executed and begins with a shebang for node', async () => {
  await withApp(async ({ repo }) => {
    const command = join(repo.dir, 'node_modules/leak-guard/dist/bin/leak-guard.cjs');

    expect(readFileSync(command, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/);
    accessSync(command, constants.X_OK);
    expect(readdirSync(join(repo.dir, 'node_modules/.bin'))).toContain('leak-guard');
  });
});

test('a program can import scanText, and TypeScript knows its types', async () => {
  await withApp(async ({ repo }) => {
    await repo.write(
      'use.mts',
      `import { type Confidence, type Finding, scanText, type Severity } from 'leak-guard';
const [text = ''] = process.argv.slice(2);
const findings: Finding[] = scanText(text, 'a.env');
const first: readonly [string, Severity, Confidence, number] | undefined = findings.map(
  (finding) => [finding.detector, finding.severity, finding.confidence, finding.startLine] as const,
)[0];
// @ts-expect-error: a number is no text
export const wrong = () => scanText(1);
console.log(JSON.stringify(first), String(findings[0]?.secret), JSON.stringify(findings).includes(text.slice(4)));
`,
    );
    const compiler = join(installedPackage('typescript'), 'bin/tsc');
    const options = ['--strict', '--module', 'nodenext', '--target', 'es2023', '--types', 'node', '--typeRoots'];

    const check = await repo.exec(process.execPath, [compiler, ...options, installedPackage('@types'), 'use.mts']);
    const run = await repo.exec(process.execPath, ['use.mjs', `KEY=${sample(FORMAT)}`]);

    expect(check).toMatchObject({ exitCode: 0, stdout: '' });
    expect(run.stdout).toBe('["sendgrid-api-key","high","likely",1] ******** false\n');
  });
});

test('a hook needs none of the dependencies for a clean commit', async () => {
  await withApp(
    async ({ repo, npx }) => {
      await repo.stage('notes.txt', 'nothing to see\n');

      await npx('install');
      const commit = await repo.tryGit(['commit', '-m', 'Write notes']);

      expect(commit).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^scanned 1 blob/m) });
    },
    { hasDependencies: false },
  );
});

test('a finding stops the commit where the dependencies are missing', async () => {
  await withApp(
    async ({ repo, npx }) => {
      await repo.stage('a.env', `KEY=${sample(FORMAT)}\n`);

      await npx('install');
      const commit = await repo.tryGit(['commit', '-m', 'Add a key']);

      expect(commit.exitCode).not.toBe(0);
    },
    { hasDependencies: false },
  );
});

interface App {
  readonly repo: Repo;
  npx(...args: readonly string[]): Promise<Ran>;
}

/** Runs a test in a new project that the tarball has been installed into by npm, without a network. */
async function withApp(act: (app: App) => Promise<void>, options = { hasDependencies: true }): Promise<void> {
  await withRepo(async (repo) => {
    const own = DEPENDENCIES.map((name) => [name, `file:${installedPackage(name)}`]);
    const dependencies = { ...Object.fromEntries(own), 'leak-guard': `file:${tarball}` };
    await repo.write('package.json', JSON.stringify({ name: 'app', version: '1.0.0', private: true, dependencies }));
    await repo.write('.gitignore', 'node_modules\n');
    const args = ['install', '--offline', '--no-audit', '--no-fund'];
    const ran = await runNpm(repo, { program: 'npm', args });
    if (ran.exitCode !== 0) throw new Error(`npm install exited with ${ran.exitCode}: ${ran.stderr}`);
    if (!options.hasDependencies) {
      await Promise.all(DEPENDENCIES.map((name) => rm(join(repo.dir, 'node_modules', name), { recursive: true })));
    }
    await act({
      repo,
      npx: (...words) => runNpm(repo, { program: 'npx', args: ['--no-install', 'leak-guard', ...words] }),
    });
  });
}

interface NpmRun {
  readonly program: 'npm' | 'npx';
  readonly args: readonly string[];
  readonly cwd?: string;
}

function runNpm(repo: Repo, { program, args, cwd }: NpmRun): Promise<Ran> {
  const { file, args: first } = npmProgram(program);
  return repo.exec(file, [...first, ...args], { cwd: cwd ?? repo.dir, env: { npm_config_loglevel: 'error' } });
}

/** What the code of the package loads, and which globals it uses. It is parsed: snippets for users name others in strings. */
async function readCode(): Promise<{ readonly loaded: readonly string[]; readonly globals: readonly string[] }> {
  const programs = readdirSync('dist/bin').filter((name) => /\.c?js$/.test(name));
  const { metafile, outputFiles } = await build({
    entryPoints: programs.map((name) => join('dist/bin', name)),
    outdir: 'nowhere',
    write: false,
    metafile: true,
    bundle: true,
    platform: 'node',
    packages: 'external',
    format: 'esm',
    define: Object.fromEntries(NETWORK_GLOBALS.map((name) => [name, `global_${name}`])),
  });
  const text = outputFiles.map((file) => file.text).join('\n');
  return {
    loaded: Object.values(metafile.inputs).flatMap(({ imports }) =>
      imports.filter(({ external }) => external).map(({ path }) => path),
    ),
    globals: NETWORK_GLOBALS.filter((name) => text.includes(`global_${name}`)),
  };
}

/** Loaded before the command: writes down what it loads and each connection that it opens. */
const spy = `
const Module = require('node:module');
const net = require('node:net');
const fs = require('node:fs');
const seen = new Set();
const load = Module._load;
Module._load = function (name, ...rest) {
  seen.add(String(name).replace(/^node:/, ''));
  return load.call(this, name, ...rest);
};
const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
  seen.add('connect');
  return connect.apply(this, args);
};
process.on('exit', () => fs.writeFileSync(require('node:path').join(__dirname, 'loaded.txt'), [...seen].join('\\n')));
`;
