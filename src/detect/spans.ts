import type { Span } from './match.js';

/** Spans that come in the order of their starts, cut at the ends of a text, and joined where they touch. */
export function merged(spans: Iterable<Span>, length: number): readonly Span[] {
  const kept: { start: number; end: number }[] = [];
  for (const span of spans) {
    const last = kept.at(-1);
    const start = Math.max(0, span.start);
    const end = Math.min(length, span.end);
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else kept.push({ start, end });
  }
  return kept;
}

/** The number of the first that stands at or behind an offset; they lie in the order of the text. */
export function firstBehind<T>(all: readonly T[], toOffset: (one: T) => number, offset: number): number {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const one = all[middle];
    if (one !== undefined && toOffset(one) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
