import { ExitCode } from '../exit-code.js';
import { UserError } from '../user-error.js';
import type { CommandContext } from './command-context.js';
import { helpTexts, overview } from './help-texts.js';

/** `leak-guard`, `--help`, `COMMAND --help`, `help COMMAND`, `--version`; a word that is none of these is a UserError. */
export function help(words: readonly string[], context: CommandContext): ExitCode {
  const [first, second] = words;
  if (first === '--version' || first === '-v') {
    context.stdout(`${context.version}\n`);
    return ExitCode.Clean;
  }
  const topic = first === 'help' ? second : first;
  const text = topic === undefined || topic === '--help' || topic === '-h' ? overview : helpTexts.get(topic);
  if (text === undefined) {
    throw new UserError('leak-guard does not know this command.', 'Run "leak-guard --help" for the list of commands.');
  }
  context.stdout(text);
  return ExitCode.Clean;
}
