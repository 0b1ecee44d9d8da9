import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import type { Writable } from 'node:stream';
import { UserError } from '../user-error.js';
import { type CatFile, openCatFile } from './cat-file.js';
import { findGit, findGitDir, gitEnv, graftedEnv, hasGrafts } from './git-env.js';
import { endOf, type GitEnd } from './git-failure.js';

/** A repository, asked through its own git. This is the only file that starts git. */
export interface Git {
  /** The folder in which git runs. */
  readonly cwd: string;
  /**
   * Runs git to its end, while nothing else runs here, and gives its whole output, however long. An exit code that is
   * not expected is a UserError.
   */
  run(args: readonly string[], options?: GitOptions): Promise<GitResult>;
  /** Runs git and gives its output piece by piece. A git that fails or is killed throws; it never ends quietly. */
  stream(args: readonly string[], options?: { readonly input?: StreamInput }): AsyncIterable<Buffer>;
  /** The object reader: one process for all objects, started when the first is asked for. */
  catFile(): CatFile;
  /** The folder of this work tree's index and HEAD. In a hook no process is needed to know it. */
  gitDir(): Promise<string>;
  /** Whether commits are given other parents here by grafts. */
  hasGrafts(): Promise<boolean>;
  /** Where things lie, in one call. */
  facts(): Promise<RepositoryFacts>;
  /** Ends every git that runs, and starts no other: whoever still waits for one fails. */
  close(): void;
}

/** What git reads: all of it, or piece by piece, no faster than git takes it. Where a piece fails to come, the run fails. */
export type StreamInput = Buffer | string | AsyncIterable<string>;

export interface GitOptions {
  readonly input?: Buffer | string;
  /** Exit codes that are an answer and no failure. Only 0 when not given. */
  readonly okCodes?: readonly number[];
  /** Whether grafts count. A commit's own parents do when not given. */
  readonly isGrafted?: boolean;
}

/** A git that has ended, however it did. */
export interface EndedGit extends GitEnd {
  readonly stdout: Buffer;
}

export interface GitResult {
  readonly code: number;
  readonly stdout: Buffer;
}

export interface RepositoryFacts {
  /** The work tree's top folder; null in a bare repository. */
  readonly topLevel: string | null;
  readonly gitDir: string;
  readonly objectFormat: 'sha1' | 'sha256';
  /** Where git writes the heads of a merge that is not yet committed; the file need not exist. */
  readonly mergeHeadPath: string;
}

// Reasons, flag by flag. What a single command needs stands beside that command.
const FLAGS: readonly string[] = [
  '--no-pager', // a pager is a program that the repository's settings can choose
  '--no-replace-objects', // refs/replace could show us another history than the one that is pushed
  '-c',
  'core.fsmonitor=false', // a file system monitor is a program too, and the index needs none
  '-c',
  'core.warnAmbiguousRefs=false', // an id is an id: git need not look for a branch of that name, thousands of times
  '-c',
  'advice.graftFileDeprecated=false', // that we have grafts read from nowhere is no news, and would bury what failed
];

/** Where git runs, and for how long. */
export interface Opening {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** From now on. While a git is waited for, no timer of ours could end it. */
  readonly timeoutMs?: number | undefined;
}

/** Opens the repository that git finds from `cwd` and the environment that a hook was given. */
export function openGit(options: Opening): Git {
  const { cwd } = options;
  const file = findGit(options.env);
  // No shell, and no console window that pops up on Windows.
  const spawnOptions = { cwd, env: gitEnv(options.env), shell: false, windowsHide: true };
  const timeLimit = toTimeLimit(options);
  const children = new Set<ChildProcessWithoutNullStreams>();
  let isClosed = false;
  const start: Start = {
    running: (args) => {
      if (isClosed) throw closed();
      const child = spawn(file, [...FLAGS, ...args], spawnOptions);
      children.add(child);
      child.once('close', () => children.delete(child));
      return watch(child, args, cwd);
    },
    // Half the time of a process that is waited for, and the hook has nothing else to do.
    ended: (args, { input = '', maxBuffer = Number.POSITIVE_INFINITY, isGrafted = false }) => {
      if (isClosed) throw closed();
      const env = isGrafted ? graftedEnv(options.env) : spawnOptions.env;
      const runOptions = { ...spawnOptions, ...timeLimit(), env, input, maxBuffer };
      const { status, ...rest } = spawnSync(file, [...FLAGS, ...args], runOptions);
      return { ...rest, command: args[0] ?? '', cwd, code: status, stderr: String(rest.stderr ?? '') };
    },
  };
  let reader: CatFile | undefined;
  const git: Git = {
    cwd,
    run: async (args, runOptions = {}) => {
      const ended = start.ended(args, runOptions);
      return { code: endOf(ended, runOptions.okCodes ?? [0]), stdout: ended.stdout };
    },
    stream: (args, streamOptions = {}) => streamOut(start.running(args), streamOptions.input),
    catFile: () => {
      reader ??= openCatFile(git, start);
      return reader;
    },
    gitDir: async () => findGitDir(options) ?? (await git.facts()).gitDir,
    hasGrafts: async () => hasGrafts(options.env, await git.gitDir()),
    facts: () => readFacts(git),
    close: () => {
      isClosed = true;
      reader?.close();
      for (const child of children) child.kill();
    },
  };
  return git;
}

/** What is left of the time, as a git is told that is waited for. */
function toTimeLimit({ timeoutMs }: Opening): () => { readonly timeout?: number; readonly killSignal?: 'SIGKILL' } {
  if (timeoutMs === undefined) return () => ({});
  const endMs = performance.now() + timeoutMs;
  return () => ({ timeout: Math.max(1, Math.ceil(endMs - performance.now())), killSignal: 'SIGKILL' });
}

function closed(): UserError {
  return new UserError('Could not read the repository: the run was ended.', 'Run it again.');
}

/** The two ways to start git. */
export interface Start {
  /** In the background. */
  running(args: readonly string[]): RunningGit;
  /** To its end, at once. An output of more than `maxBuffer` bytes ends it with an error. */
  ended(
    args: readonly string[],
    options: Pick<GitOptions, 'input' | 'isGrafted'> & { readonly maxBuffer?: number },
  ): EndedGit;
}

/** A git that runs, and the promise of how it ends. */
export interface RunningGit {
  readonly child: ChildProcessWithoutNullStreams;
  /** Gives the exit code. Rejects when git was killed, could not start, or ended with a code that is not in the list. */
  ended(okCodes: readonly number[]): Promise<number>;
}

function watch(child: ChildProcessWithoutNullStreams, args: readonly string[], cwd: string): RunningGit {
  const command = args[0] ?? '';
  const stderr: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => {
    if (stderr.length < 64) stderr.push(chunk); // enough to explain; a flood of warnings is not kept
  });
  child.stdin.on('error', () => {}); // git may stop reading early; its exit code says whether that was a failure
  const end = new Promise<Pick<GitEnd, 'code' | 'signal' | 'error'>>((done) => {
    child.on('error', (error) => done({ code: null, signal: null, error }));
    child.on('close', (code, signal) => done({ code, signal }));
  });
  const ended = async (okCodes: readonly number[]): Promise<number> =>
    endOf({ ...(await end), command, cwd, stderr: Buffer.concat(stderr).toString() }, okCodes);
  return { child, ended };
}

async function* streamOut(git: RunningGit, input: StreamInput = ''): AsyncGenerator<Buffer> {
  const { stdin, stdout } = git.child;
  let failure: { readonly error: unknown } | undefined;
  if (typeof input === 'string' || Buffer.isBuffer(input)) {
    stdin.end(input);
  } else {
    feed(stdin, input).catch((error: unknown) => {
      failure = { error };
      git.child.kill();
    });
  }
  try {
    yield* stdout;
    if (failure !== undefined) throw failure.error;
    await git.ended([0]);
  } finally {
    git.child.kill(); // only matters when the reader stopped early
  }
}

async function feed(stdin: Writable, input: AsyncIterable<string>): Promise<void> {
  for await (const piece of input) {
    if (stdin.destroyed) return; // git has ended, and its exit code says why
    if (!stdin.write(piece)) await drained(stdin);
  }
  stdin.end();
}

/** Waits until there is room again, or nobody reads any more. */
function drained(stdin: Writable): Promise<void> {
  return new Promise((done) => {
    const end = (): void => {
      stdin.off('drain', end).off('close', end);
      done();
    };
    stdin.on('drain', end).on('close', end);
  });
}

async function readFacts(git: Git): Promise<RepositoryFacts> {
  const common = ['rev-parse', '--show-object-format', '--absolute-git-dir', '--git-path', 'MERGE_HEAD'];
  // A bare repository has no top level, and git fails when asked for it. That is rare, so it alone pays a second call.
  const withTop = await git.run([...common, '--show-toplevel'], { okCodes: [0, 128] });
  const answer = withTop.code === 0 ? withTop : await git.run(common);
  const [format, gitDir, mergeHead, topLevel] = answer.stdout.toString().split(/\r?\n/);
  return {
    topLevel: withTop.code === 0 ? (topLevel ?? null) : null,
    gitDir: gitDir ?? '',
    objectFormat: format === 'sha256' ? 'sha256' : 'sha1',
    mergeHeadPath: resolve(git.cwd, mergeHead ?? ''),
  };
}
