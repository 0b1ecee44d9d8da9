import type { ExitCode } from '../exit-code.js';
import { parseArguments } from './arguments.js';
import type { CommandContext } from './command-context.js';
import { deliver } from './deliver.js';
import type { Hook } from './hook.js';
import type { HookOutput } from './hook-output.js';
import { toRunOutput } from './scan.js';

/** A hook, and all the words behind its name. */
interface Call {
  readonly name: string;
  readonly args: readonly string[];
  readonly run: Hook;
}

/** The options that a hook has beside those of every command. */
const ownOptions: Readonly<Record<string, readonly string[]>> = { 'pre-receive': ['seconds'] };

/** Runs a hook that somebody calls with options: git itself gives none. */
export function withOptions({ name, args, run }: Call, context: CommandContext): Promise<ExitCode> {
  const own = ownOptions[name] ?? [];
  const words = parseArguments(
    `hook ${name}`,
    args,
    Object.fromEntries(own.map((option) => [option, { type: 'string' as const }])),
  );
  // A text stays where git shows it, also when the rest of it goes elsewhere.
  const { stderr, isTerminal } = context;
  const toStderr = { ...context, stdout: stderr, isTerminal: { ...isTerminal, stdout: isTerminal.stderr } };
  const { format, isColored, isQuiet, configFile } = toRunOutput(words, toStderr);
  const output: HookOutput = {
    format,
    isColored,
    isQuiet,
    configFile,
    deliver: (text) => deliver(text, words, format === 'json' ? context : toStderr),
  };
  const rest = own.flatMap((option) => words.values(option).flatMap((value) => [`--${option}`, value]));
  return run([...words.positionals, ...rest], context, output);
}
