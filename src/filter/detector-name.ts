import type { FormatName } from './rules.js';

const ID = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
const PREFIX = /^[a-z0-9]+(?:-[a-z0-9]+)*-\*$/;

/** What is wrong with the name of a detector in a setting, in words that follow "this", or null. */
export function detectorNameProblem(name: string): string | null {
  if (name.length <= 100 && (ID.test(name) || PREFIX.test(name))) return null;
  return 'is not a detector id like "stripe-secret-key" or a family like "stripe-*"';
}

/** Whether a name from a setting or comment covers a format: its id, a former id, or `provider-*`. */
export function coversFormat(name: string, format: FormatName): boolean {
  const ids = [format.id, ...(format.formerIds ?? [])];
  if (name.endsWith('-*')) return ids.some((id) => id.startsWith(name.slice(0, -1)));
  return ids.includes(name);
}
