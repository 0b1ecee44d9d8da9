import type { CommandContext } from '../../src/commands/command-context.js';

/** A context that keeps what is printed. */
export function toContext(env: NodeJS.ProcessEnv = {}): {
  readonly context: CommandContext;
  readonly printed: () => string;
} {
  const all: string[] = [];
  const context: CommandContext = {
    cwd: process.cwd(),
    env,
    stdout: (text) => all.push(text),
    stderr: (text) => all.push(text),
    stdin: async () => Buffer.alloc(0),
    isTerminal: { stdout: false, stderr: false },
    cliPath: '/nowhere/leak-guard.cjs',
    nodePath: process.execPath,
    version: '1.0.0',
  };
  return { context, printed: () => all.join('') };
}
