import { spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';

/** The built command, as the package ships it. */
export const cli = resolve('dist/bin/leak-guard.cjs');

/** The machine's PATH, without the folders that npm puts before it: our own packages have programs such as lefthook. */
export const usualPath = (process.env['PATH'] ?? '')
  .split(delimiter)
  .filter((folder) => !/[\\/]node_modules[\\/]/.test(folder))
  .join(delimiter);

export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly input?: string | Buffer;
}

/** A throw-away repository with its own home folder: no setting of this machine reaches it. */
export interface Repo {
  /** The work tree. */
  readonly dir: string;
  /** HOME in every run. */
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Runs git and fails the test when git fails; gives stdout without the last newline. */
  git(...args: readonly string[]): Promise<string>;
  /** Runs git and gives what came out, whatever its exit code. */
  tryGit(args: readonly string[], options?: RunOptions): Promise<Ran>;
  /** Runs leak-guard. */
  run(...args: readonly string[]): Promise<Ran>;
  /** Runs any program. */
  exec(file: string, args: readonly string[], options?: RunOptions): Promise<Ran>;
  write(path: string, content: string | Buffer, mode?: number): Promise<void>;
  /** Writes and adds. */
  stage(path: string, content: string | Buffer): Promise<void>;
  /** Writes, adds and commits without hooks. */
  commit(path: string, content: string | Buffer, message?: string): Promise<void>;
}

/** Runs a test in a new repository and takes it away afterwards. */
export async function withRepo(
  test: (repo: Repo) => Promise<void>,
  options: { readonly init?: readonly string[] | false } = {},
): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'leak-guard-test-'));
  try {
    const repo = toRepo(root);
    await mkdir(repo.dir, { recursive: true });
    await mkdir(repo.home, { recursive: true });
    await writeFile(
      join(repo.home, '.gitconfig'),
      '[user]\n\tname = Ana\n\temail = ana@example.com\n[init]\n\tdefaultBranch = main\n[commit]\n\tgpgsign = false\n',
    );
    if (options.init !== false) await repo.git('init', '-q', ...(options.init ?? []));
    await test(repo);
  } finally {
    await rm(root, { recursive: true, force: true, maxRetries: 3 });
  }
}

function toRepo(root: string): Repo {
  const dir = join(root, 'work');
  const home = join(root, 'home');
  const env = hermeticEnv(home);
  const exec = (file: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> =>
    runProgram(file, args, { cwd: dir, ...options, env: { ...env, ...options.env } });
  const tryGit = (args: readonly string[], options?: RunOptions): Promise<Ran> => exec('git', args, options);
  const git = async (...args: readonly string[]): Promise<string> => {
    const ran = await tryGit(args);
    if (ran.exitCode !== 0) throw new Error(`git ${args.join(' ')} exited with ${ran.exitCode}: ${ran.stderr}`);
    return ran.stdout.replace(/\n$/, '');
  };
  const write = async (path: string, content: string | Buffer, mode?: number): Promise<void> => {
    await mkdir(dirname(join(dir, path)), { recursive: true });
    await writeFile(join(dir, path), content);
    if (mode !== undefined) await chmod(join(dir, path), mode);
  };
  const stage = async (path: string, content: string | Buffer): Promise<void> => {
    await write(path, content);
    await git('add', '-f', '--', path);
  };
  return {
    dir,
    home,
    env,
    git,
    tryGit,
    exec,
    write,
    stage,
    run: (...args) => exec(process.execPath, [cli, ...args]),
    commit: async (path, content, message = 'Add a file') => {
      await stage(path, content);
      await git('commit', '-q', '--no-verify', '-m', message);
    },
  };
}

/** The machine's environment without anything that steers git, npm, node or a hook manager. */
function hermeticEnv(home: string): Record<string, string | undefined> {
  const kept = Object.entries(process.env).filter(
    ([name]) =>
      !/^(GIT_|npm_|NODE_OPTIONS$|HUSKY|LEFTHOOK|PRE_COMMIT|CI$|NO_COLOR$|FORCE_COLOR$|XDG_|PATH$)/i.test(name),
  );
  return {
    ...Object.fromEntries(kept),
    PATH: usualPath,
    HOME: home,
    USERPROFILE: home,
    GIT_CONFIG_NOSYSTEM: '1',
    LC_ALL: 'C',
  };
}

function runProgram(file: string, args: readonly string[], options: RunOptions): Promise<Ran> {
  return new Promise((done, fail) => {
    const child = spawn(file, args, { cwd: options.cwd, env: options.env, stdio: 'pipe' });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', fail);
    child.stdin.on('error', () => {}); // a program that does not read its input is no failure
    child.on('close', (code) =>
      done({
        exitCode: code ?? -1,
        stdout: Buffer.concat(stdout).toString(),
        stderr: Buffer.concat(stderr).toString(),
      }),
    );
    child.stdin.end(options.input ?? '');
  });
}
