import { resolve } from 'node:path';
import type { ExitCode } from '../exit-code.js';
import { UserError } from '../user-error.js';
import type { Arguments } from './arguments.js';
import type { CommandContext } from './command-context.js';

/** Writes a result to where it was asked for: standard output, or the file of `--output`, which only its owner may read. */
export async function deliver(text: string, words: Arguments, context: CommandContext): Promise<void> {
  const file = words.value('output');
  if (file === undefined) {
    context.stdout(text);
    return;
  }
  await writeAside(text, { file, option: '--output', mode: 0o600 }, context);
}

/** Where a text goes, and who may read it. */
export interface Target {
  readonly file: string;
  /** The option that asked for it. */
  readonly option: string;
  readonly mode: number;
}

/** Writes a file aside and then puts it in its place, never through a link. A device or a pipe stays what it is. */
export async function writeAside(text: string, target: Target, { cwd }: Pick<CommandContext, 'cwd'>): Promise<void> {
  const { lstat, rename, rm, writeFile } = await import('node:fs/promises');
  const path = resolve(cwd, target.file);
  const aside = `${path}.${process.pid}.tmp`;
  try {
    const stats = await lstat(path).catch(() => undefined);
    if (stats?.isSymbolicLink() === true || stats?.isDirectory() === true) throw new Error('it is a link or a folder');
    if (stats !== undefined && !stats.isFile()) return await writeFile(path, text); // root would put a file in the place of /dev/null
    await writeFile(aside, text, { mode: target.mode, flag: 'wx' });
    await rename(aside, path);
  } catch (cause) {
    await rm(aside, { force: true });
    throw new UserError(
      `Could not write the file of ${target.option}.`,
      'Name a file in a folder that you may write to.',
      {
        cause: cause instanceof Error ? cause.message : undefined,
      },
    );
  }
}

/** Runs a command that prints, and delivers what it printed to where it was asked for. */
export async function captured(
  words: Arguments,
  context: CommandContext,
  command: (context: CommandContext) => Promise<ExitCode>,
): Promise<ExitCode> {
  const printed: string[] = [];
  const exitCode = await command({ ...context, stdout: (text) => void printed.push(text) });
  await deliver(printed.join(''), words, context);
  return exitCode;
}
