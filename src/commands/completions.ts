import { ExitCode } from '../exit-code.js';
import { loadPlaybooks } from '../table/playbooks.js';
import { UserError } from '../user-error.js';
import { oneOf, parseArguments } from './arguments.js';
import { choosePlaybook } from './choose-playbook.js';
import type { CommandContext } from './command-context.js';
import { toBash } from './completions/bash.js';
import { type Completed, toCompleted } from './completions/completed.js';
import { toFish } from './completions/fish.js';
import { toZsh } from './completions/zsh.js';
import { captured } from './deliver.js';

const shells: Readonly<Record<string, (commands: readonly Completed[]) => string>> = {
  bash: toBash,
  zsh: toZsh,
  fish: toFish,
};

/** `leak-guard completions SHELL`: prints the script; `providers` and `credentials` are what the scripts ask for. */
export async function completions(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const words = parseArguments('completions', args);
  oneOf('--format', words.value('format'), ['text']);
  const [what = '', ...names] = words.positionals;
  return captured(words, context, async (inner) => {
    inner.stdout(toText(what, names, inner));
    return ExitCode.Clean;
  });
}

function toText(what: string, names: readonly string[], { cliPath }: CommandContext): string {
  const toScript = Object.hasOwn(shells, what) ? shells[what] : undefined;
  if (toScript !== undefined) return toScript(toCompleted());
  const load = () => loadPlaybooks(cliPath);
  if (what === 'providers') return toLines(load().map(({ id, provider }) => [id, provider]));
  if (what === 'credentials') {
    const { entry } = choosePlaybook(load(), { provider: names.join(' ') });
    return toLines(entry.rotate.credentials.map(({ id, name }) => [id, name]));
  }
  throw new UserError(
    'completions does not know this shell.',
    `Use one of: ${Object.keys(shells).join(', ')}. "leak-guard completions --help" says where to put the script.`,
  );
}

/** A name on each line, and behind a tab what it stands for. */
function toLines(names: readonly (readonly [id: string, text: string])[]): string {
  return names.map(([id, text]) => `${id}\t${text}\n`).join('');
}
