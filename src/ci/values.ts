import { UserError } from '../user-error.js';

/** A variable that is set to something. */
export function setValue(value: string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : value;
}

/**
 * The ids among these values: whole ones, or the first digits of one, as Travis CI tells them. Zeros and empty values mean
 * that there is none. Anything else is refused, because a range made of it would be a guess.
 */
export function toIds(values: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => {
    if (setValue(value) === undefined || /^0+$/.test(value ?? '')) return [];
    if (value !== undefined && /^[0-9a-f]{7,64}$/.test(value)) return [value];
    throw new UserError(
      `Could not tell which commits to scan: ${name} does not hold the id of a commit.`,
      'Look at what sets it, or name the commits yourself: leak-guard ci --range A..B',
    );
  });
}

/** `refs/heads/topic` → `topic`. Undefined for any other ref. */
export function toBranch(ref: string | undefined): string | undefined {
  return ref?.startsWith('refs/heads/') === true ? setValue(ref.slice('refs/heads/'.length)) : undefined;
}

/** `refs/tags/v1` → `v1`. Undefined for any other ref. */
export function toTag(ref: string | undefined): string | undefined {
  return ref?.startsWith('refs/tags/') === true ? setValue(ref.slice('refs/tags/'.length)) : undefined;
}
