import type { Change } from './changes/change.js';
import type { Match, Span } from './detect/match.js';
import { endOfLine, type Position, startOfLine, toPosition, toText } from './detect/position.js';
import { merged } from './detect/spans.js';
import { toExcerpt } from './excerpt.js';
import type { Suspect } from './filter/rules.js';
import type { Exposure, Finding, Place } from './finding.js';
import { findingId, fingerprint } from './fingerprint.js';
import { Secret } from './secret.js';

/** The longest line that allow comments are looked for in. */
const longestLine = 4_000;

/** What a finding takes from the run it is made in. */
export interface FindingContext {
  /** All matches in the same text: they are masked when the line is shown. */
  readonly matches: readonly Match[];
  readonly exposure: Exposure;
}

/** Makes the findings of some matches in a text. */
export function toFindings(change: Change, some: readonly Match[], { matches, exposure }: FindingContext): Finding[] {
  // Several secrets in base64 may share a place.
  const wholes = matches.map(({ whole }) => whole).sort((a, b) => a.start - b.start);
  const hidden = merged(wholes, change.bytes.length);
  return some.map((match) => toFinding(change, match, { hidden, exposure }));
}

function toFinding(
  change: Change,
  match: Match,
  { hidden, exposure }: { readonly hidden: readonly Span[]; readonly exposure: Exposure },
): Finding {
  const { format } = match;
  const secret = toSecret(change, match);
  const print = toFingerprint(change, match);
  return {
    id: findingId(print),
    fingerprint: print,
    provider: format.provider,
    providerName: format.providerName,
    detector: format.id,
    title: format.title,
    severity: match.severity,
    confidence: match.confidence,
    isDummy: match.isDummy,
    ...toPlace(change, match),
    secret,
    length: secret.length,
    entropy: Math.round(match.entropy * 100) / 100,
    commit: change.commit,
    exposure,
    kind: change.kind,
    excerpt: toExcerpt(change.bytes, match, hidden),
    related: match.companions.map((companion) => ({
      detector: companion.format.id,
      title: companion.format.title,
      ...toPlace(change, companion),
    })),
    env: format.env,
    url: format.url,
  };
}

/** The fingerprint of a match, whether it is reported or not. */
export function toFingerprint(change: Pick<Change, 'bytes'>, match: Match): string {
  return fingerprint(match.format.id, toMeant(change, match), match.format.isGuessable);
}

/** Makes the question that the rules are asked about a match. */
export function toSuspect(change: Change, match: Match): Suspect {
  const { bytes } = change;
  const secret = toMeant(change, match);
  const lineStart = startOfLine(bytes, match.start);
  return {
    path: change.path,
    detector: match.format.id,
    formerIds: match.format.formerIds,
    startLine: toPosition(bytes, match.start).line + (change.slice?.startLine ?? 1) - 1,
    lines: lineTexts(bytes, match),
    lineAbove: lineStart === 0 ? null : lineAbove(bytes, lineStart),
    fingerprint: (formatId) => fingerprint(formatId, secret, match.format.isGuessable),
    secretPasses: (test) => test(secret.reveal()),
  };
}

function toSecret({ bytes }: Pick<Change, 'bytes'>, { start, end }: Span): Secret {
  return new Secret(toText(bytes.subarray(start, end)));
}

/** The secret itself, however it is written: so it has the same fingerprint in base64, and whatever stands around it there. */
function toMeant(change: Pick<Change, 'bytes'>, match: Match): Secret {
  return match.meant === undefined ? toSecret(change, match) : new Secret(toText(match.meant));
}

function toPlace(change: Change, { start, end }: Span): Place {
  const from = inFile(change, toPosition(change.bytes, start));
  const to = inFile(change, toPosition(change.bytes, end));
  return { file: change.path, startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column };
}

/** A slice of a large file counts on from where it begins. */
function inFile({ slice }: Change, { line, column }: Position): Position {
  if (slice === undefined) return { line, column };
  return { line: line + slice.startLine - 1, column: line === 1 ? column + slice.startColumn : column };
}

function lineTexts(bytes: Buffer, { start, end }: Span): string[] {
  const from = Math.max(startOfLine(bytes, start), start - longestLine);
  const to = endOfLine(bytes, end, end + longestLine);
  return toText(bytes.subarray(from, to)).split(/\r\n|\n|\r/);
}

function lineAbove(bytes: Buffer, lineStart: number): string {
  const isCrLf = bytes[lineStart - 1] === 0x0a && bytes[lineStart - 2] === 0x0d;
  const end = lineStart - (isCrLf ? 2 : 1);
  return toText(bytes.subarray(Math.max(startOfLine(bytes, end), end - longestLine), end));
}
