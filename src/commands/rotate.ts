import type { PlaybookEntry } from '../detect/detector.js';
import { ExitCode } from '../exit-code.js';
import { type PlaybookStyle, renderPlaybook } from '../report/playbook.js';
import { renderPlaybookList } from '../report/playbook-list.js';
import { UserError } from '../user-error.js';
import { choosePlaybook } from './choose-playbook.js';
import type { CommandContext } from './command-context.js';

export interface RotateOptions {
  /** As it was typed: an id, a name, an alias, a format's id. Without it, the list. */
  readonly provider?: string;
  readonly credential?: string;
  readonly format: PlaybookStyle;
  readonly isFull: boolean;
  /** Opens the provider's page in the browser. */
  readonly isOpened: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  readonly now: Date;
}

/** `leak-guard rotate [PROVIDER]`: shows how to replace a credential, offline. It never talks to a provider. */
export async function rotate(
  options: RotateOptions,
  context: CommandContext,
  loadPlaybooks: () => readonly PlaybookEntry[],
): Promise<ExitCode> {
  const entries = loadPlaybooks();
  const { provider, credential: credentialName, format, width, isOpened } = options;
  if (provider === undefined) {
    if (isOpened || credentialName !== undefined) throw toMissingProvider();
    context.stdout(renderPlaybookList(entries, { format, width }));
    return ExitCode.Clean;
  }
  const { entry, credential } = choosePlaybook(entries, { provider, credential: credentialName });
  const { isFull, now } = options;
  context.stdout(
    renderPlaybook(entry, { format, isFull, width, now, ...(credential === undefined ? {} : { credential }) }),
  );
  if (isOpened) await openPage(credential?.url ?? entry.rotate.url, context);
  return ExitCode.Clean;
}

async function openPage(url: string, context: CommandContext): Promise<void> {
  const { openUrl } = await import('./open-url.js');
  await openUrl(url, context.env);
}

function toMissingProvider(): UserError {
  return new UserError('--open and --credential need a provider.', 'Name it: leak-guard rotate PROVIDER.');
}
