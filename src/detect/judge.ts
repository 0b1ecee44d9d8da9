import type { CompiledFormat } from '../table/scan-table.js';
import type { Candidate, Evidence } from './candidates.js';
import type { Confidence } from './detector.js';
import { entropy } from './entropy.js';
import type { NearWord } from './hits-by-format.js';
import type { Companion, Match, Span } from './match.js';
import { isCharacterClass, isOrdinary, isWords } from './ordinary-value.js';
import { isPlaceholder } from './placeholder.js';
import { proofs } from './proofs/proofs.js';
import { firstBehind } from './spans.js';
import { toWords, type ValuePosition, valuePosition } from './value-position.js';

/** The text and what speaks for the format in it. */
export interface Case {
  readonly text: string;
  readonly format: CompiledFormat;
  readonly evidence: Evidence;
}

/** How near a near word stands. */
const Distance = { InName: 0, SameLine: 1, FewLines: 2, InPath: 3, Companion: 2, SameFile: 4 } as const;

/** A near word counts this many lines away, a public half this many. */
const nearLines = 4;
const companionLines = 20;
const companionCharacters = 4_000;
const mostCompanions = 3;

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/** Characters that are looked at for a near word on each side: lines can be a megabyte long. */
const nearCharacters = 600;
const mostWords = 8;

/** Says whether a candidate is a secret, and how sure that is; null when it is none. */
export function judge(about: Case, candidate: Candidate): Match | null {
  const { text, format } = about;
  const { start, end } = candidate.secret;
  // First, because it is what rules out a file of data, which can hold a million values of a plain shape.
  const distance = nearness(about, candidate);
  if (distance === null) return null;
  const value = text.slice(start, end);
  const own = varying(value, format);
  const bits = entropy(own);
  if (bits < format.minEntropy) return null;
  const proof = format.proof === undefined ? 'unknown' : proofs[format.proof](value);
  // A value that holds its proof is no stand-in, whatever word stands in it by chance.
  if (proof !== 'holds' && isPlaceholder(own)) return null;
  if (!format.isDistinctive && (isWords(own) || isCharacterClass(own))) return null;
  // A plain shape that fails its proof is something else; a distinctive one is a dummy, and said to be so.
  if (proof === 'fails' && !format.isDistinctive) return null;
  const confidence: Confidence =
    proof === 'holds' ? 'proven' : proof === 'fails' || !format.isDistinctive ? 'possible' : 'likely';
  return {
    format,
    start,
    end,
    whole: candidate.whole,
    severity: proof === 'fails' ? 'low' : format.severity,
    confidence,
    isDummy: proof === 'fails',
    companions: companionsOf(about, candidate.secret),
    entropy: bits,
    distance,
  };
}

/** The secret without what all secrets of its kind begin with: `sk_test_` is no placeholder. */
function varying(value: string, format: CompiledFormat): string {
  return format.literalPrefix !== '' && value.startsWith(format.literalPrefix)
    ? value.slice(format.literalPrefix.length)
    : value;
}

/** How near the words that confirm the format stand, or null when they do not. 0 where none is needed. */
function nearness(about: Case, { secret, whole }: Candidate): number | null {
  const { format, text } = about;
  if (format.isDistinctive && !format.needsNear) return Distance.InName;
  // Of a key that is a kilobyte of JSON, the secret is the middle.
  if (format.isDistinctive) return nearestWord(about, whole) ?? fromElsewhere(about, whole);
  const position = valuePosition(text, secret);
  if (position === null) return null;
  const isNamed = format.names.length === 0 || format.names.some((name) => position.name.includes(name));
  const isPositional = position.isPositional || isBehindCompanion(about, secret);
  if (!isNamed && !isPositional) return null;
  if (isPositional && isOrdinary(text, secret)) return null;
  const nearest = nearestWord(about, secret, position);
  if (nearest !== null && (isNamed || format.isPublic || position.opensCall || nearest <= Distance.SameLine)) {
    // A name of its own says more of a value than its place on the line.
    return isNamed && position.name !== '' ? nearest : Math.max(nearest, Distance.SameLine);
  }
  const elsewhere = fromElsewhere(about, secret);
  if (elsewhere !== null) return elsewhere;
  // A name that says what the value is needs the provider's word only somewhere in the same file.
  const hasOwnName = isNamed && format.names.length > 0 && position.name !== '';
  return hasOwnName && about.evidence.hits.near.length > 0 ? Distance.SameFile : null;
}

function nearestWord({ text, evidence }: Case, secret: Span, position?: ValuePosition): number | null {
  const words = wordsAround(evidence.hits.near, secret);
  if (words.length === 0) return null;
  const line = linesAround(text, secret, 0);
  const few = linesAround(text, secret, nearLines);
  let nearest: number | null = null;
  for (const word of words) {
    if (word.end <= few.start || word.start >= few.end) continue;
    const isOnLine = word.end > line.start && word.start < line.end;
    const isInName =
      isOnLine && word.end <= secret.start && position?.name.includes(toWords(text.slice(word.start, word.end)));
    const distance = isInName === true ? Distance.InName : isOnLine ? Distance.SameLine : Distance.FewLines;
    nearest = Math.min(nearest ?? distance, distance);
  }
  return nearest;
}

/** The stretch from so many lines above a secret to so many below it, cut where near words end to count. */
function linesAround(text: string, secret: Span, lines: number): Span {
  let start = secret.start;
  for (let left = lines; start > 0 && start > secret.start - nearCharacters; start -= 1) {
    if (isLineEnd(text, start - 1) && left-- === 0) break;
  }
  let end = secret.end;
  for (let left = lines; end < text.length && end < secret.end + nearCharacters; end += 1) {
    if (isLineEnd(text, end) && left-- === 0) break;
  }
  return { start, end };
}

/** The nearest few of each word before and behind a secret: a hostile text has thousands, and no other one stands nearer. */
function wordsAround(words: readonly NearWord[], secret: Span): Span[] {
  return words.flatMap(({ length, ends }) => {
    const next = firstBehind(ends, (end) => end, secret.start);
    return ends
      .slice(Math.max(0, next - mostWords), next + mostWords)
      .filter((end) => end >= secret.start - nearCharacters && end - length <= secret.end + nearCharacters)
      .map((end) => ({ start: end - length, end }));
  });
}

function fromElsewhere(about: Case, secret: Span): number | null {
  if (companionsOf(about, secret).length > 0) return Distance.Companion;
  return about.evidence.isInPath ? Distance.InPath : null;
}

/** The argument behind its public half. An id of letters alone reads as the name of a variable: `setenv("NAME", "…")`. */
function isBehindCompanion(about: Case, secret: Span): boolean {
  return companionsOf(about, secret).some(
    ({ end }) => end < secret.start && /^["'`]\s{0,3},\s{0,20}["'`]$/.test(about.text.slice(end, secret.start)),
  );
}

/** The public halves that stand nearby, the nearest few: a table of a thousand pairs names no more with each. */
function companionsOf({ text, evidence }: Case, secret: Span): Companion[] {
  const next = firstBehind(evidence.companions, ({ end }) => end, secret.start);
  return evidence.companions
    .slice(Math.max(0, next - mostCompanions), next + mostCompanions)
    .filter((other) => linesApart(text, other, secret) <= companionLines)
    .sort((a, b) => Math.abs(a.start - secret.start) - Math.abs(b.start - secret.start))
    .slice(0, mostCompanions);
}

/** Line ends between two stretches, counted up to `companionLines + 1`; stretches far apart are not counted at all. */
function linesApart(text: string, a: Span, b: Span): number {
  const [from, to] = a.end <= b.start ? [a.end, b.start] : [b.end, a.start];
  if (to - from > companionCharacters) return companionLines + 1;
  let lines = 0;
  for (let at = from; at < to && lines <= companionLines; at += 1) {
    if (isLineEnd(text, at)) lines += 1;
  }
  return lines;
}

/** The last character of a line end: LF, or CR alone. */
function isLineEnd(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  return unit === lineFeed || (unit === carriageReturn && text.charCodeAt(at + 1) !== lineFeed);
}
