import { type ParseArgsConfig, parseArgs } from 'node:util';
import { codeOf } from '../error-code.js';
import { UserError } from '../user-error.js';

/** The options that every command takes. */
const common = {
  help: { type: 'boolean', short: 'h' },
  format: { type: 'string' },
  output: { type: 'string', short: 'o' },
  quiet: { type: 'boolean', short: 'q' },
  'no-color': { type: 'boolean' },
  config: { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

type OptionSpec = NonNullable<ParseArgsConfig['options']>;

/** A command's words, parsed. */
export interface Arguments {
  readonly positionals: readonly string[];
  /** Whether a flag was given. */
  has(name: string): boolean;
  /** The value of an option, or undefined. The last one counts. */
  value(name: string): string | undefined;
  /** All values of an option that may be repeated. */
  values(name: string): readonly string[];
}

/** Parses a command's words. A word that the command does not know is a UserError: a typo must not change what is scanned. */
export function parseArguments(command: string, args: readonly string[], options: OptionSpec = {}): Arguments {
  const { values, positionals } = parsed(command, args, { ...common, ...options });
  const all = (name: string): readonly string[] =>
    [values[name] ?? []].flat().filter((value): value is string => typeof value === 'string');
  return {
    positionals,
    has: (name) => values[name] !== undefined,
    value: (name) => all(name).at(-1),
    values: all,
  };
}

/** As `parseArguments`, for a command that takes options only: `install cursor` must not install something else. */
export function parseOptions(command: string, args: readonly string[], options: OptionSpec = {}): Arguments {
  const words = parseArguments(command, args, options);
  if (words.positionals.length === 0) return words;
  throw new UserError(
    `${command} takes options only, and was given something else.`,
    `Run "leak-guard ${command} --help" to see which there are.`,
  );
}

/** One of a few words, or a UserError that lists them. */
export function oneOf<T extends string>(option: string, value: string | undefined, allowed: readonly [T, ...T[]]): T {
  if (value === undefined) return allowed[0];
  const known = allowed.find((word) => word === value);
  if (known !== undefined) return known;
  throw new UserError(`${option} does not know this value.`, `Use one of: ${allowed.join(', ')}.`);
}

function parsed(
  command: string,
  args: readonly string[],
  options: OptionSpec,
): { values: Record<string, unknown>; positionals: string[] } {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    // The message of parseArgs repeats the word as it was typed; a secret pasted there must not come back.
    const known = Object.keys(options).map((name) => `--${name}`);
    throw new UserError(
      `${command} does not know one of these options, or it lacks its value.`,
      `Use: ${known.join(' ')}.`,
      {
        cause: codeOf(error)?.startsWith('ERR_PARSE_ARGS') === true ? undefined : error,
      },
    );
  }
}
