import { ExitCode } from '../exit-code.js';
import { UserError } from '../user-error.js';
import type { CommandContext } from './command-context.js';
import { allCommands } from './facts/all-commands.js';
import { renderHelp, renderOverview } from './render-help.js';

/** `leak-guard`, `--help`, `COMMAND --help`, `help COMMAND`, `--version`; a word that is none of these is a UserError. */
export function help(words: readonly string[], context: CommandContext): ExitCode {
  const [first, second] = words;
  if (first === '--version' || first === '-v') {
    context.stdout(`${context.version}\n`);
    return ExitCode.Clean;
  }
  const topic = first === 'help' ? second : first;
  if (topic === undefined || topic === '--help' || topic === '-h') {
    context.stdout(renderOverview());
    return ExitCode.Clean;
  }
  const facts = allCommands.find(({ name }) => name === topic);
  if (facts === undefined) {
    throw new UserError('leak-guard does not know this command.', 'Run "leak-guard --help" for the list of commands.');
  }
  context.stdout(renderHelp(facts));
  return ExitCode.Clean;
}
