import type { Match } from './match.js';

/** Keeps one match for each secret: where two overlap, the more specific format wins. In the order of the text. */
export function withoutOverlaps(matches: readonly Match[]): Match[] {
  const kept: Match[] = [];
  for (const match of [...matches].sort((a, b) => a.whole.start - b.whole.start || compare(a, b))) {
    const rivals = overlapping(kept, match);
    if (rivals.some((other) => compare(other, match) <= 0)) continue;
    kept.splice(kept.length - rivals.length, rivals.length, match);
  }
  return kept;
}

/** What a match overlaps stands at the end: matches come in the order of the text, and kept ones do not overlap. */
function overlapping(kept: readonly Match[], match: Match): Match[] {
  const first = kept.findLastIndex((other) => other.whole.end <= match.whole.start);
  return kept.slice(first + 1);
}

/** Below 0 when `a` wins: better proven, then a distinctive shape, then more fixed text, nearer words, more of the text. */
function compare(a: Match, b: Match): number {
  return (
    rank(b) - rank(a) ||
    Number(b.format.isDistinctive) - Number(a.format.isDistinctive) ||
    b.format.specificity - a.format.specificity ||
    b.companions.length - a.companions.length ||
    a.distance - b.distance ||
    length(b) - length(a)
  );
}

function rank(match: Match): number {
  return { proven: 2, likely: 1, possible: 0 }[match.confidence];
}

function length(match: Match): number {
  return match.whole.end - match.whole.start;
}
