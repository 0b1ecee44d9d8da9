import type { Span } from './match.js';
import { once } from './once.js';
import { merged } from './spans.js';
import type { Words } from './words.js';

/** A text to run patterns on: one byte, one character, so that offsets stay those of the bytes. Patterns are ASCII. */
export interface Content {
  readonly lengthBytes: number;
  /** All of it; made when it is first asked for, which for most texts is never. */
  readonly whole: () => string;
  /** A part of it. The end is exclusive. */
  readonly slice: (start: number, end: number) => string;
  /** Where its words of this length or more stand, with room for what may stand before and behind them. */
  readonly aroundWords: (minLength: number) => readonly Span[];
}

/** Room for the boundary: the escape before a match, the character behind it. */
export const margin = 12;

/** Spans of larger texts are made anew each time: to keep them takes more memory than it saves time. */
const mostKept = 256 * 1024;

/** The text that these bytes are. */
export function toContent(bytes: Buffer, findWords: (bytes: Buffer) => Words): Content {
  const words = once(() => findWords(bytes));
  // Dozens of formats look for words, and most of them for words of the same few lengths.
  const byLength = new Map<number, readonly Span[]>();
  const whole = once(() => bytes.toString('latin1'));
  return {
    lengthBytes: bytes.length,
    whole,
    slice: (start, end) => (end - start === bytes.length ? whole() : bytes.toString('latin1', start, end)),
    aroundWords: (minLength) => {
      const around = byLength.get(minLength) ?? merged(aroundWords(words(), minLength), bytes.length);
      if (bytes.length <= mostKept) byLength.set(minLength, around);
      return around;
    },
  };
}

function aroundWords(words: Words, minLength: number): Span[] {
  const spans: Span[] = [];
  for (let index = 0; index < words.length; index += 2) {
    const start = words[index] ?? 0;
    const end = words[index + 1] ?? 0;
    if (end - start >= minLength) spans.push({ start: start - margin, end: end + margin });
  }
  return spans;
}
