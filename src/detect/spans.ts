import type { Span } from './match.js';

/** Spans that come in the order of their starts, cut at the ends of a text, and joined where they touch. */
export function merged(spans: readonly Span[], length: number): readonly Span[] {
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
