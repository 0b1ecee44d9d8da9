import type { CompiledFormat } from '../table/scan-table.js';
import { type Content, margin } from './content.js';
import type { FormatHits, KeywordHit, NearWord } from './hits-by-format.js';
import type { Companion, Span } from './match.js';
import { merged } from './spans.js';

/** What speaks for a format in a text. */
export interface Evidence {
  readonly hits: FormatHits;
  /** A near word stands in the path. */
  readonly isInPath: boolean;
  /** The public halves that were found. */
  readonly companions: readonly Companion[];
}

/** A stretch that the pattern hit, and the part of it that is the secret. */
export interface Candidate {
  readonly whole: Span;
  readonly secret: Span;
}

/** Texts up to this size are searched whole once a near word stands in them; larger ones only around the words. */
const wholeUpTo = 256 * 1024;

/** How far from a near word or a public half a plain value may stand in a large text, in characters. */
const nearReach = 2_000;

/** Runs the pattern where the evidence points, and nowhere else. */
export function candidates(content: Content, format: CompiledFormat, evidence: Evidence): Candidate[] {
  const starts = format.isDistinctive ? toStarts(evidence.hits.keywords) : null;
  if (starts !== null) return starts.length === 0 ? [] : candidatesAt(starts, content.whole(), compiled(format));
  const where = windows(content, format, evidence);
  return where.length === 0 ? [] : candidatesIn(where, content, compiled(format));
}

function candidatesIn(where: readonly Span[], content: Content, { search }: Pattern): Candidate[] {
  const found: Candidate[] = [];
  for (const { start, end } of where) {
    // The search runs on the window alone: without a match it would go on to the end of the text.
    const slice = content.slice(start, end);
    search.lastIndex = 0;
    for (let match = search.exec(slice); match !== null; match = search.exec(slice)) {
      found.push(toCandidate(match, start));
    }
  }
  return found;
}

/** Where the keywords say that a match would begin, in order; null when one of them cannot tell. */
function toStarts(hits: readonly KeywordHit[]): Int32Array | null {
  const starts = new Int32Array(hits.length);
  let isSorted = true;
  for (const [index, { start }] of hits.entries()) {
    if (start < 0) return null;
    if (start < (starts[index - 1] ?? 0)) isSorted = false;
    starts[index] = start;
  }
  return isSorted ? starts : starts.sort();
}

/** Tries these places alone: a hostile text of many beginnings is not searched from each of its characters. */
function candidatesAt(starts: Int32Array, text: string, { here }: Pattern): Candidate[] {
  const found: Candidate[] = [];
  let from = 0; // not twice at the same place, and not within a match
  for (const start of starts) {
    if (start < from) continue;
    here.lastIndex = start;
    const match = here.exec(text);
    from = match === null ? start + 1 : start + match[0].length;
    if (match !== null) found.push(toCandidate(match, 0));
  }
  return found;
}

/** A format's pattern in two ways: looked for anywhere, and tried at one place. Each is made when it is first used. */
interface Pattern {
  readonly search: RegExp;
  readonly here: RegExp;
}

/** The same all through a run: a RegExp is made when its keyword has been seen, not before. */
const patterns = new WeakMap<CompiledFormat, Pattern>();

function compiled(format: CompiledFormat): Pattern {
  const known = patterns.get(format);
  if (known !== undefined) return known;
  const indices = format.pattern.includes('(?<secret>') ? 'd' : '';
  const made = { search: new RegExp(format.pattern, `${indices}g`), here: new RegExp(format.pattern, `${indices}y`) };
  patterns.set(format, made);
  return made;
}

function toCandidate(match: RegExpExecArray, offset: number): Candidate {
  const whole = { start: match.index + offset, end: match.index + match[0].length + offset };
  const secret = match.indices?.groups?.['secret'];
  return { whole, secret: secret === undefined ? whole : { start: secret[0] + offset, end: secret[1] + offset } };
}

/** Where to look, in order and without overlaps. */
function windows(content: Content, format: CompiledFormat, evidence: Evidence): readonly Span[] {
  const { lengthBytes } = content;
  if (format.isDistinctive)
    return merged(
      evidence.hits.keywords.map((hit) => aroundKeyword(hit, format)),
      lengthBytes,
    );
  const hasNear = evidence.hits.near.length > 0 || evidence.isInPath || evidence.companions.length > 0;
  if (!hasNear) return [];
  if (format.isWord) return content.aroundWords(format.minLength);
  if (lengthBytes <= wholeUpTo || evidence.isInPath) return [{ start: 0, end: lengthBytes }];
  const near = evidence.hits.near.flatMap((word) => merged(aroundWord(word), lengthBytes));
  const beside = evidence.companions.map(({ start, end }) => ({ start: start - nearReach, end: end + nearReach }));
  return merged(
    [...near, ...beside].sort((a, b) => a.start - b.start),
    lengthBytes,
  );
}

/** One by one: a hostile text has millions of them, and few that do not touch. */
function* aroundWord({ length, ends }: NearWord): Generator<Span> {
  for (const end of ends) yield { start: end - length - nearReach, end: end + nearReach };
}

function aroundKeyword(hit: { start: number; from: number; to: number }, format: CompiledFormat): Span {
  if (hit.start >= 0) return { start: hit.start - margin, end: hit.start + format.maxLength + margin };
  return { start: hit.to - format.maxLength - margin, end: hit.from + format.maxLength + margin };
}
