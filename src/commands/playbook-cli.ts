import type { PlaybookEntry } from '../detect/detector.js';
import type { ExitCode } from '../exit-code.js';
import { loadPlaybooks } from '../table/playbooks.js';
import { UserError } from '../user-error.js';
import { type Arguments, oneOf, parseArguments, parseOptions } from './arguments.js';
import type { CommandContext } from './command-context.js';
import { captured } from './deliver.js';
import { detectors as detectorsCommand } from './detectors.js';
import { prevent as preventCommand } from './prevent.js';
import { rotate as rotateCommand } from './rotate.js';

/** The width for which the texts are made; a wider terminal does not make longer lines easier to read. */
const width = 80;

/** `leak-guard rotate [PROVIDER] …`, from its words. */
export function rotate(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const words = parseArguments('rotate', args, {
    credential: { type: 'string' },
    full: { type: 'boolean' },
    open: { type: 'boolean' },
  });
  const options = {
    ...toProvider(words),
    format: oneOf('--format', words.value('format'), ['text', 'md', 'html', 'json']),
    isFull: words.has('full'),
    isOpened: words.has('open'),
    width,
    now: new Date(),
  };
  return captured(words, context, (inner) => rotateCommand(options, inner, fromPackage(inner)));
}

/** `leak-guard prevent [PROVIDER] …`, from its words. */
export function prevent(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const words = parseArguments('prevent', args, {
    credential: { type: 'string' },
    store: { type: 'string' },
    lang: { type: 'string' },
  });
  const store = words.value('store');
  const language = words.value('lang');
  const options = {
    ...toProvider(words),
    ...(store === undefined ? {} : { store }),
    ...(language === undefined ? {} : { language }),
    format: oneOf('--format', words.value('format'), ['text', 'json']),
    width,
  };
  return captured(words, context, (inner) => preventCommand(options, inner, fromPackage(inner)));
}

/** `leak-guard detectors`, from its words. */
export function detectors(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const words = parseOptions('detectors', args);
  const isForPeople = context.isTerminal.stdout && !words.has('output');
  // What a program reads, such as grep, is cut nowhere.
  const lineWidth = isForPeople ? width : Number.POSITIVE_INFINITY;
  const options = { format: oneOf('--format', words.value('format'), ['text', 'json']), width: lineWidth };
  return captured(words, context, (inner) => detectorsCommand(options, inner, fromPackage(inner)));
}

/** Names of providers have blanks in them: `rotate google cloud` needs no quotes. */
function toProvider(words: Arguments): { provider?: string; credential?: string } {
  const credential = words.value('credential');
  if (words.positionals.some((word) => word.length > 100)) {
    throw new UserError('This is too long for the name of a provider.', 'Name it like "line" or "google cloud".');
  }
  return {
    ...(words.positionals.length === 0 ? {} : { provider: words.positionals.join(' ') }),
    ...(credential === undefined ? {} : { credential }),
  };
}

function fromPackage({ cliPath }: CommandContext): () => readonly PlaybookEntry[] {
  return () => loadPlaybooks(cliPath);
}
