import type { CustomDetector } from '../filter/rules.js';
import type { CompiledFormat, ScanTable } from '../table/scan-table.js';
import { candidates, type Evidence } from './candidates.js';
import { type Content, toContent } from './content.js';
import { decodedParts, toEncodedMatch } from './encoded.js';
import { hitsByFormat } from './hits-by-format.js';
import { judge } from './judge.js';
import type { Companion, Match } from './match.js';
import { withoutOverlaps } from './overlap.js';
import { type OwnFormat, toOwnFormat } from './own-format.js';
import { type Hits, type Prefilter, toPrefilter } from './prefilter.js';
import { toPathPrefilter } from './remembered.js';

/** A text to look through. */
export interface Text {
  /** Relative to the scanned root; its words count as near words. */
  readonly path: string;
  /** UTF-8, or any encoding that holds ASCII as it is. */
  readonly bytes: Buffer;
  /** The commit that records it: in a history, the next text at the same path is most likely much like this one. */
  readonly commit?: string | null;
}

/** Finds the secrets in a text. */
export interface Detect {
  (text: Text): Match[];
  /** Whether a text holds a word of which a secret could be made: without one it needs no closer look. */
  readonly hasKeyword: (bytes: Buffer) => boolean;
}

/**
 * Makes the detection for a table and a project's own detectors. Pure and synchronous: the same text always gives the
 * same matches.
 */
export function toDetect(table: ScanTable, own: readonly CustomDetector[] = []): Detect {
  const prefilter: Prefilter = toPrefilter(table.automaton);
  const pathPrefilter = toPathPrefilter(prefilter, Math.max(0, ...table.keywordLength));
  const ownFormats = own.map(toOwnFormat);
  const hasKeyword = (bytes: Buffer): boolean => {
    if (ownFormats.length > 0) return true;
    const hits = prefilter(bytes);
    if (hits.count === 0) return false;
    const byFormat = hitsByFormat(hits, bytes, table);
    return (
      [...byFormat.values()].some(({ keywords }) => keywords.length > 0) || decodedParts(hits, bytes, table).length > 0
    );
  };
  const findIn = toFindIn({ table, prefilter, ownFormats });
  const detect = (text: Text): Match[] => {
    const hits = text.commit == null ? prefilter(text.bytes) : pathPrefilter(text.path, text.bytes);
    const plain = findIn(text, hits);
    const encoded = decodedParts(hits, text.bytes, table).flatMap((part) =>
      findIn({ path: '', bytes: part.bytes }, prefilter(part.bytes)).map((match) => toEncodedMatch(match, part)),
    );
    return encoded.length === 0 ? plain : withEncoded(plain, encoded);
  };
  return Object.assign(detect, { hasKeyword });
}

interface Parts {
  readonly table: ScanTable;
  readonly prefilter: Prefilter;
  readonly ownFormats: readonly OwnFormat[];
}

/** Finds what stands in a text as it is; `hits` is what the prefilter saw in it. */
function toFindIn({ table, prefilter, ownFormats }: Parts): (text: Text, hits: Hits) => Match[] {
  return ({ path, bytes }, hits) => {
    const pathBytes = Buffer.from(path);
    const pathHits = prefilter(pathBytes);
    if (hits.count === 0 && pathHits.count === 0 && ownFormats.length === 0) return [];
    const byFormat = hitsByFormat(hits, bytes, table);
    const inPath = new Set(hitsByFormat(pathHits, pathBytes, table).keys());
    const content = toContent(bytes, prefilter.longWords);
    const companions: Companion[] = [];
    const matches: Match[] = [];
    // Public formats have the lowest numbers, so the secrets find their other halves.
    for (const number of [...new Set([...byFormat.keys(), ...inPath, ...partners(table, byFormat)])].sort(
      (a, b) => a - b,
    )) {
      const format = table.format(number);
      const evidence: Evidence = {
        hits: byFormat.get(number) ?? { keywords: [], near: [] },
        isInPath: inPath.has(number),
        companions: companions
          .filter((companion) => format.with.some((id) => table.format(id) === companion.format))
          .sort((a, b) => a.start - b.start),
      };
      const judged = judgeAll(content, format, evidence);
      if (format.isPublic) companions.push(...judged);
      else matches.push(...judged);
    }
    const own = ownFormats.flatMap((format) => ownMatches(format, content, path));
    return withoutOverlaps([...matches, ...own]);
  };
}

/** What stands there as it is counts: a key in base64 that has a format of its own is told as that. */
function withEncoded(plain: readonly Match[], encoded: readonly Match[]): Match[] {
  const isFree = ({ whole }: Match): boolean =>
    plain.every((other) => other.whole.end <= whole.start || whole.end <= other.whole.start);
  return withoutOverlaps([...plain, ...encoded.filter(isFree)]);
}

function judgeAll(content: Content, format: CompiledFormat, evidence: Evidence): Match[] {
  return candidates(content, format, evidence).flatMap(
    (span) => judge({ text: content.whole(), format, evidence }, span) ?? [],
  );
}

function ownMatches({ format, find }: OwnFormat, content: Content, path: string): Match[] {
  const isInPath = find(path).near.length > 0;
  return judgeAll(content, format, { hits: find(content.whole()), isInPath, companions: [] });
}

/** The secrets whose public half occurs: they are looked for even when none of their own words does. */
function partners(table: ScanTable, byFormat: ReadonlyMap<number, unknown>): number[] {
  return [...byFormat.keys()].flatMap((number) => table.partners.get(number) ?? []);
}
