import type { Credential, PlaybookEntry } from '../detect/detector.js';

/** What a name stands for: a provider, or one credential of it; else the closest names there are. */
export type Found =
  | { readonly entry: PlaybookEntry; readonly credential?: Credential }
  | { readonly suggestions: readonly string[] };

const SUGGESTED = 4;

/**
 * Looks a name up as people write it: the provider's id, name or an alias, then a format's id (`line-channel-secret`),
 * its name, or provider and credential. Case, blanks, `-`, `_` and `.` do not count.
 */
export function findPlaybook(entries: readonly PlaybookEntry[], name: string): Found {
  const wanted = toKey(name);
  for (const toNames of [toIds, toProviderNames]) {
    const entry = entries.find((candidate) => toNames(candidate).some((known) => toKey(known) === wanted));
    if (entry !== undefined) return { entry };
  }
  for (const entry of entries) {
    const credential = entry.rotate.credentials.find((candidate) => toFullNames(entry, candidate).includes(wanted));
    if (credential !== undefined) return { entry, credential };
    if (entry.formats.some((format) => [format.id, format.name].some((known) => toKey(known) === wanted)))
      return { entry };
  }
  return { suggestions: toSuggestions(entries, wanted) };
}

/** The credentials that can be rotated, in the order in which a playbook numbers them, from 1. */
export function toSecrets({ rotate }: PlaybookEntry): Credential[] {
  return rotate.credentials.filter(({ isSecret }) => isSecret);
}

/** Finds one credential of a provider by its id, name or number, or the id or name of a format that it is recognised by. */
export function findCredential(entry: PlaybookEntry, name: string): Credential | undefined {
  if (/^[1-9]\d?$/.test(name)) return toSecrets(entry)[Number(name) - 1];
  const wanted = toKey(name);
  return entry.rotate.credentials.find((credential) =>
    [toKey(credential.id), toKey(credential.name), ...toFullNames(entry, credential)].includes(wanted),
  );
}

/** Names that say the provider too: `api-key` alone would fit many. */
function toFullNames(entry: PlaybookEntry, credential: Credential): string[] {
  const formats = entry.formats.filter(({ id }) => credential.formats.includes(id));
  const own = [toKey(credential.id), toKey(credential.name)];
  const prefixed = [entry.id, entry.provider].flatMap((provider) => own.map((key) => toKey(provider) + key));
  return [...prefixed, ...credential.formats.map(toKey), ...formats.map((format) => toKey(format.name))];
}

function toIds({ id }: PlaybookEntry): string[] {
  return [id];
}

function toProviderNames({ provider, aliases }: PlaybookEntry): string[] {
  return [provider, ...aliases];
}

function toKey(name: string): string {
  return name.toLowerCase().replace(/[\s._/-]/g, '');
}

/** The closest ids: those that begin with the name or hold it, and those few slips of the finger away. */
function toSuggestions(entries: readonly PlaybookEntry[], wanted: string): string[] {
  const slips = Math.max(1, Math.floor(wanted.length / 3));
  const scored = entries.map((entry) => ({
    id: entry.id,
    distance: Math.min(...[...toIds(entry), ...toProviderNames(entry)].map((name) => toDistance(toKey(name), wanted))),
  }));
  return scored
    .filter(({ distance }) => distance <= slips)
    .sort((a, b) => a.distance - b.distance || a.id.localeCompare(b.id, 'en'))
    .slice(0, SUGGESTED)
    .map(({ id }) => id);
}

function toDistance(known: string, wanted: string): number {
  if (wanted.length >= 3 && (known.includes(wanted) || (known.length >= 3 && wanted.startsWith(known)))) return 0.5;
  return countEdits(known, wanted.slice(0, 40));
}

/** Optimal string alignment: letters left out, added, changed or swapped with their neighbour. */
function countEdits(a: string, b: string): number {
  let [older, old]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= a.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwapped = a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      next[column] = Math.min(
        at(old, column) + 1,
        at(next, column - 1) + 1,
        at(old, column - 1) + (isSame ? 0 : 1),
        isSwapped ? at(older, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    [older, old] = [old, next];
  }
  return at(old, b.length);
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
