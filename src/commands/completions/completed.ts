import { allCommands, optionsOf } from '../facts/all-commands.js';
import type { CommandFacts, Option, Positional } from '../facts/facts.js';

/** What can be completed of a command. */
export interface Completed {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly Option[];
  readonly positionals: readonly Positional[];
}

/** All commands that people type. */
export function toCompleted(): readonly Completed[] {
  const commands = allCommands.filter(({ isInternal = false }) => !isInternal);
  const help: Completed = {
    name: 'help',
    summary: 'tell more of a command',
    options: [],
    positionals: [{ name: 'COMMAND', choices: commands.map(({ name }) => name) }],
  };
  return [...commands.map(toCommand), help];
}

/** What stands in the place of a command. */
export const PROGRAM_OPTIONS: readonly Option[] = [
  { name: 'help', short: 'h', text: 'list the commands' },
  { name: 'version', short: 'v', text: 'print the version' },
];

/** The flags of an option, as they are typed: `-o`, `--output`. */
export function flagsOf({ name, short }: Option): readonly string[] {
  return [...(short === undefined ? [] : [`-${short}`]), `--${name}`];
}

/** Every flag of any command with a value behind it: what tells such a value from a positional. */
export function valueFlagsOf(commands: readonly Completed[]): readonly string[] {
  const options = commands.flatMap((command) => command.options).filter(({ value }) => value !== undefined);
  return [...new Set(options.flatMap(flagsOf))];
}

/** A word for bash and zsh: in single quotes nothing has a meaning. */
export function quoteForShell(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

function toCommand(facts: CommandFacts): Completed {
  const { name, summary, positionals } = facts;
  return { name, summary, options: optionsOf(facts), positionals };
}
