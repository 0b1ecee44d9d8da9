import { alignments, charactersBefore, Role, type ScanTable } from '../table/scan-table.js';
import type { Match, Span } from './match.js';
import type { Hits } from './prefilter.js';

/** A stretch of base64 in a text, and the bytes that it holds. */
export interface Decoded extends Span {
  readonly bytes: Buffer;
}

/** So much before and behind the beginning of a secret is decoded: more than any of them is long. */
const reachBefore = 4 * 1024;
const reachBehind = 16 * 1024;

/** 1 for what base64 is made of, in both of its alphabets. */
const isDigit = Uint8Array.from({ length: 256 }, (_, byte) =>
  /[A-Za-z0-9+/_-]/.test(String.fromCharCode(byte)) ? 1 : 0,
);

/**
 * The stretches of base64 in which a secret begins, decoded. Looked for by what its beginning is in base64, so that a text
 * without one costs nothing; each stretch is decoded once, however many begin in it.
 */
export function decodedParts(hits: Hits, bytes: Buffer, table: ScanTable): readonly Decoded[] {
  // Two stretches that lie in the groups of four differently are two texts, of which one is nonsense.
  const byPhase: Span[][] = [[], [], [], []];
  for (const group of groupsAt(hits, bytes, table)) {
    const known = byPhase[group % 4] ?? [];
    const last = known.at(-1);
    // A hostile text has a beginning every few characters: what was gone through is not gone through again.
    if (last !== undefined && group < last.end)
      known[known.length - 1] = { ...last, end: endOf(bytes, group, last.end) };
    else known.push({ start: startOf(bytes, group), end: endOf(bytes, group, group) });
  }
  return byPhase
    .flat()
    .map((span) => ({ ...span, bytes: Buffer.from(bytes.toString('latin1', span.start, span.end), 'base64') }));
}

/** Where the groups of four characters begin in which a secret does. */
function* groupsAt(hits: Hits, bytes: Buffer, table: ScanTable): Generator<number> {
  for (let index = 0; index < hits.count; index += 1) {
    const keyword = hits.keywords[index] ?? 0;
    const from = (hits.ends[index] ?? 0) - (table.keywordLength[keyword] ?? 0);
    for (let use = table.useStart[keyword] ?? 0; use < (table.useStart[keyword + 1] ?? 0); use += 3) {
      if (table.uses[use + 1] !== Role.Encoded) continue;
      const alignment = alignments[(table.uses[use + 2] ?? 0) - 1] ?? 0;
      const group = from - charactersBefore[alignment];
      const { literalPrefix } = table.format(table.uses[use] ?? 0);
      if (group >= 0 && isBegun(bytes, { group, alignment }, literalPrefix)) yield group;
    }
  }
}

interface Beginning {
  /** Where its group of four characters begins. */
  readonly group: number;
  readonly alignment: number;
}

/** The prefilter knows no case, and base64 does: whether it really is the beginning of the secret that is encoded here. */
function isBegun(bytes: Buffer, { group, alignment }: Beginning, prefix: string): boolean {
  const length = Math.ceil((alignment + prefix.length + 2) / 3) * 4;
  return Buffer.from(bytes.toString('latin1', group, group + length), 'base64')
    .toString('latin1')
    .startsWith(prefix, alignment);
}

function startOf(bytes: Buffer, group: number): number {
  const first = Math.max(0, group - reachBefore);
  let start = group;
  while (start - 4 >= first && isAllDigits(bytes, start - 4)) start -= 4;
  return start;
}

/** `from` is known to be reached. */
function endOf(bytes: Buffer, group: number, from: number): number {
  const last = Math.min(bytes.length, group + reachBehind);
  let end = from;
  while (end < last && isDigit[bytes[end] ?? 0] === 1) end += 1;
  return end;
}

function isAllDigits(bytes: Buffer, at: number): boolean {
  return [0, 1, 2, 3].every((next) => isDigit[bytes[at + next] ?? 0] === 1);
}

/** A match in decoded bytes, where it stands in the text that holds them. */
export function toEncodedMatch(match: Match, part: Decoded): Match {
  const toSpan = ({ start, end }: Span): Span => ({
    start: part.start + Math.floor(start / 3) * 4,
    end: Math.min(part.end, part.start + Math.ceil(end / 3) * 4),
  });
  return {
    ...match,
    ...toSpan(match),
    whole: toSpan(match.whole),
    companions: match.companions.map((companion) => ({ ...companion, ...toSpan(companion) })),
    format: { ...match.format, title: `${match.format.title}, in base64` },
  };
}
