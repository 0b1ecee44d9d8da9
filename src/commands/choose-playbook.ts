import type { Credential, PlaybookEntry } from '../detect/detector.js';
import { toPrintable } from '../report/escape.js';
import { findCredential, findPlaybook } from '../report/find-playbook.js';
import { UserError } from '../user-error.js';

/** A provider, and one of its credentials where the caller named one. */
export interface Chosen {
  readonly entry: PlaybookEntry;
  readonly credential?: Credential;
}

/** Finds what the names stand for, or throws a UserError that says which names are close. */
export function choosePlaybook(
  entries: readonly PlaybookEntry[],
  { provider, credential }: { readonly provider: string; readonly credential?: string | undefined },
): Chosen {
  const found = findPlaybook(entries, provider);
  if ('suggestions' in found) throw toUnknownProvider(provider, found.suggestions);
  if (credential === undefined) return found;
  const named = findCredential(found.entry, credential);
  if (named !== undefined) return { entry: found.entry, credential: named };
  const known = found.entry.rotate.credentials.map(({ id }) => id).join(', ');
  throw new UserError(
    `${found.entry.provider} has no credential "${toPrintable(credential)}" here.`,
    `Name one of these with --credential: ${known}.`,
  );
}

function toUnknownProvider(name: string, suggestions: readonly string[]): UserError {
  const problem = `There is no playbook for "${toPrintable(name)}".`;
  const list = 'Run "leak-guard rotate" for the list of providers.';
  if (suggestions.length === 0) return new UserError(problem, list);
  return new UserError(problem, `Did you mean ${suggestions.join(', ')}? ${list}`);
}
