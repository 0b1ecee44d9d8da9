import { spawn, spawnSync } from 'node:child_process';
import type { Ran, Repo } from './repo.js';

/** Whether `script` of util-linux is here, which runs a command in a pseudo terminal. Without it such tests are skipped. */
export const hasTerminal =
  process.platform === 'linux' && spawnSync('script', ['-qec', 'exit 3', '/dev/null'], { input: '' }).status === 3;

export interface Typing {
  /** The output to wait for. */
  readonly when: RegExp;
  readonly keys: string;
}

export interface TerminalOptions {
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly typing?: Typing;
}

/** Runs a command line with a terminal for input and output; what both write is in `stdout`. */
export function runInTerminal(repo: Repo, command: string, { env, typing }: TerminalOptions = {}): Promise<Ran> {
  return new Promise((done, fail) => {
    const child = spawn('script', ['-qec', command, '/dev/null'], { cwd: repo.dir, env: { ...repo.env, ...env } });
    let stdout = '';
    let isTyped = false;
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
      if (typing === undefined || isTyped || !typing.when.test(stdout)) return;
      isTyped = true;
      child.stdin.write(typing.keys);
    });
    child.on('error', fail);
    child.on('close', (code) => {
      child.stdin.destroy();
      done({ exitCode: code ?? -1, stdout, stderr: '' });
    });
  });
}
