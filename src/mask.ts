import type { Span } from './detect/match.js';
import { toText } from './detect/position.js';

/** What stands for a secret wherever it would be shown. Its length says nothing of the secret's. */
export const MASK = '********';

/** Which part of a text is shown, and how. */
export interface Shown extends Span {
  /** What is shown of the bytes between secrets. */
  readonly toShown: (between: Buffer) => string;
}

/** A text, or a part of it, with the secrets masked that it holds. They may overlap, and stand in any order. */
export function masked(
  bytes: Buffer,
  secrets: readonly Span[],
  { start = 0, end = bytes.length, toShown = toText }: Partial<Shown> = {},
): string {
  let text = '';
  let at = start;
  for (const secret of [...secrets].sort((a, b) => a.start - b.start)) {
    if (secret.end <= at) continue;
    if (secret.start > at) text += toShown(bytes.subarray(at, secret.start));
    text += MASK;
    at = secret.end;
  }
  return at < end ? text + toShown(bytes.subarray(at, end)) : text;
}
