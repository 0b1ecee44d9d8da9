import type { PlaybookEntry } from '../detect/detector.js';
import { ExitCode } from '../exit-code.js';
import { toPrintable } from '../report/escape.js';
import { toSecrets } from '../report/find-playbook.js';
import { toSafeJson } from '../report/json.js';
import { LANGUAGES, type Language, STORES, type Store } from '../report/snippets/snippet.js';
import { renderSnippet, type SecretNames, toSnippet } from '../report/snippets.js';
import { UserError } from '../user-error.js';
import { choosePlaybook } from './choose-playbook.js';
import type { CommandContext } from './command-context.js';

export interface PreventOptions {
  /** As it was typed; without it, the snippet is for a secret of no certain provider. */
  readonly provider?: string;
  readonly credential?: string;
  /** `env`, `aws`, `vault` or `conjur`, as it was typed. */
  readonly store?: string;
  /** `ts`, `python`, `go`, `java`, `ruby` or `csharp`, as it was typed. */
  readonly language?: string;
  readonly format: 'text' | 'json';
  /** Columns of the terminal. */
  readonly width: number;
}

/** Other words for the languages. */
const OTHER_NAMES: ReadonlyMap<string, Language> = new Map([
  ['typescript', 'ts'],
  ['javascript', 'ts'],
  ['js', 'ts'],
  ['py', 'python'],
  ['golang', 'go'],
  ['rb', 'ruby'],
  ['cs', 'csharp'],
  ['c#', 'csharp'],
]);

/** `leak-guard prevent [PROVIDER]`: shows the code that reads this credential from a store instead of the source. */
export async function prevent(
  options: PreventOptions,
  context: CommandContext,
  loadPlaybooks: () => readonly PlaybookEntry[],
): Promise<ExitCode> {
  const store = toStore(options.store);
  const language = toLanguage(options.language);
  const names = toNames(options, loadPlaybooks);
  const { width } = options;
  const text =
    options.format === 'json'
      ? toSafeJson({ version: 1, ...names, store, language, code: toSnippet(names, { store, language }) })
      : renderSnippet(names, { store, language, width });
  context.stdout(text);
  return ExitCode.Clean;
}

function toNames({ provider, credential }: PreventOptions, loadPlaybooks: () => readonly PlaybookEntry[]): SecretNames {
  if (provider === undefined) return { env: 'API_KEY', provider: 'my-service', credential: 'api-key' };
  const chosen = choosePlaybook(loadPlaybooks(), { provider, credential });
  const secret = chosen.credential ?? toSecrets(chosen.entry)[0];
  if (secret === undefined) {
    throw new UserError(`${chosen.entry.provider} has no secret to keep.`, 'Name another provider.');
  }
  return { env: secret.env, provider: chosen.entry.id, credential: secret.id };
}

function toStore(name: string | undefined): Store {
  const store = STORES.find((known) => known === name);
  if (store !== undefined) return store;
  throw new UserError(toProblem('store', name), `Choose with --store ${STORES.join('|')}.`);
}

function toLanguage(name: string | undefined): Language {
  const language = LANGUAGES.find((known) => known === name) ?? OTHER_NAMES.get(name?.toLowerCase() ?? '');
  if (language !== undefined) return language;
  throw new UserError(toProblem('language', name), `Choose with --lang ${LANGUAGES.join('|')}.`);
}

function toProblem(what: string, name: string | undefined): string {
  return name === undefined ? `No ${what} is named.` : `There is no snippet for the ${what} "${toPrintable(name)}".`;
}
