import { entropy } from './detect/entropy.js';
import type { Span } from './detect/match.js';
import { endOfLine, startOfLine, toText } from './detect/position.js';
import { MASK, masked } from './mask.js';

/** Bytes of the line that are shown on each side of the secret. */
const reach = 100;

/** A word that could be a secret although no detector knows it: long, mixed, and random. It is masked as well. */
const suspicious = /[A-Za-z0-9+/_~.=-]{16,}/g;
const suspiciousBits = 3.3;

/**
 * The line on which a secret begins, with all secrets on it masked: what is shown must not give away a neighbour.
 * `spans` are all stretches of the text that detectors hit, reported or not.
 */
export function toExcerpt(bytes: Buffer, secret: Span, spans: readonly Span[]): string {
  const from = Math.max(startOfLine(bytes, secret.start), secret.start - reach);
  const to = endOfLine(bytes, secret.start, secret.end + reach);
  const within = spans.filter((span) => span.end > from && span.start < to);
  return masked(bytes, within, { start: from, end: to, toShown }).trim();
}

function toShown(bytes: Buffer): string {
  return toText(bytes).replace(suspicious, (word) => (entropy(word) > suspiciousBits && /\d/.test(word) ? MASK : word));
}
