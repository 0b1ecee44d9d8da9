import { entropy } from './detect/entropy.js';
import type { Span } from './detect/match.js';
import { endOfLine, startOfLine, toText } from './detect/position.js';
import { firstBehind } from './detect/spans.js';
import { MASK, masked } from './mask.js';

/** Bytes of the line that are shown on each side of the secret. */
const reach = 100;

/** A word that could be a secret although no detector knows it: long, mixed, and random. It is masked as well. */
const suspicious = /[A-Za-z0-9+/_~.=-]{16,}/g;
const suspiciousBits = 3.3;

/**
 * The line on which a secret begins, with all secrets on it masked: what is shown must not give away a neighbour.
 * `hidden` is all of the text that detectors hit, reported or not: in order, each apart from the others.
 */
export function toExcerpt(bytes: Buffer, secret: Span, hidden: readonly Span[]): string {
  const from = Math.max(startOfLine(bytes, secret.start), secret.start - reach);
  const to = endOfLine(bytes, secret.start, secret.end + reach);
  // Looked up, because a text may hold thousands, each of which is shown.
  const first = firstBehind(hidden, ({ end }) => end, from + 1);
  const behind = firstBehind(hidden, ({ start }) => start, to);
  return masked(bytes, hidden.slice(first, behind), { start: from, end: to, toShown }).trim();
}

function toShown(bytes: Buffer): string {
  return toText(bytes).replace(suspicious, (word) => (entropy(word) > suspiciousBits && /\d/.test(word) ? MASK : word));
}
