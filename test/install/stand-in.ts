import { existsSync, readFileSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { CommandContext } from '../../src/commands/command-context.js';
import { type InstallOptions, installHooks } from '../../src/commands/install.js';
import { uninstallHooks } from '../../src/commands/uninstall.js';
import { type Repo, withRepo } from '../support/repo.js';

/** One call of the stand-in program, as it saw it. */
export interface Call {
  readonly args: readonly string[];
  readonly input: string;
  readonly nodeOptions: string | null;
  readonly certificates: string | null;
  readonly file: string;
}

/** A repository, and a program in the place of leak-guard that writes down how it is called. */
export interface Bench {
  readonly repo: Repo;
  /** Where the stand-in lies, outside of the repository. */
  readonly cliPath: string;
  install(options?: Partial<InstallOptions>, context?: Partial<CommandContext>): Promise<string>;
  uninstall(isGlobal?: boolean): Promise<string>;
  /** How the stand-in was called, oldest first. */
  calls(): readonly Call[];
  /** What the stand-in ends with from now on. */
  endWith(exitCode: number): Promise<void>;
  /** Puts the stand-in where npm would put the package: into this folder's node_modules. */
  addPackage(folder: string): Promise<void>;
  read(path: string): string;
  exists(path: string): boolean;
}

/** Runs a test with a repository and a stand-in. */
export async function withBench(
  test: (bench: Bench) => Promise<void>,
  options: { readonly init?: readonly string[] | false; readonly toolFolder?: string } = {},
): Promise<void> {
  await withRepo(async (repo) => {
    const root = dirname(repo.dir);
    const log = join(root, 'calls.jsonl');
    const cliPath = join(root, options.toolFolder ?? 'tool', 'leak-guard.cjs');
    await writeProgram(cliPath, log);
    await test(toBench({ repo, cliPath, log }));
  }, options);
}

function toBench({ repo, cliPath, log }: { repo: Repo; cliPath: string; log: string }): Bench {
  const inRepo = (path: string): string => join(repo.dir, path);
  const context: CommandContext = {
    cwd: repo.dir,
    env: repo.env,
    stdout: () => {},
    stderr: () => {},
    stdin: async () => Buffer.alloc(0),
    isTerminal: { stdout: false, stderr: false },
    cliPath,
    nodePath: process.execPath,
    version: '1.2.3',
  };
  const usual = {
    hooks: [],
    manager: 'auto',
    isGlobal: false,
    isForced: false,
    isDryRun: false,
  } as const;
  return {
    repo,
    cliPath,
    install: async (options, more) => {
      const { text } = await installHooks({ ...usual, ...options }, { ...context, ...more });
      return text;
    },
    uninstall: async (isGlobal = false) => {
      const { text } = await uninstallHooks({ isGlobal, isDryRun: false }, context);
      return text;
    },
    calls: () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').map(toCall) : []),
    endWith: (exitCode) => writeFile(`${log}.exit`, String(exitCode)),
    addPackage: async (folder) => {
      const modules = join(repo.dir, folder, 'node_modules');
      await writeProgram(join(modules, 'leak-guard/dist/bin/leak-guard.cjs'), log);
      await mkdir(join(modules, '.bin'), { recursive: true });
      await symlink('../leak-guard/dist/bin/leak-guard.cjs', join(modules, '.bin/leak-guard'));
    },
    read: (path) => readFileSync(inRepo(path), 'latin1'),
    exists: (path) => existsSync(inRepo(path)),
  };
}

function toCall(line: string): Call {
  return JSON.parse(line);
}

async function writeProgram(path: string, log: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const text = `#!/usr/bin/env node
const fs = require('node:fs');
const log = ${JSON.stringify(log)};
const { NODE_OPTIONS: nodeOptions = null, NODE_EXTRA_CA_CERTS: certificates = null } = process.env;
const input = fs.readFileSync(0, 'utf8');
const call = { args: process.argv.slice(2), input, nodeOptions, certificates, file: __filename };
fs.appendFileSync(log, JSON.stringify(call) + '\\n');
process.exitCode = fs.existsSync(log + '.exit') ? Number(fs.readFileSync(log + '.exit', 'utf8')) : 0;
`;
  await writeFile(path, text, { mode: 0o755 });
}
