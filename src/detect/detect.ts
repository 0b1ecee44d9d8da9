import { append } from '../append.js';
import type { CustomDetector } from '../filter/rules.js';
import type { CompiledFormat, ScanTable } from '../table/scan-table.js';
import { candidates, type Evidence } from './candidates.js';
import { type Content, toContent } from './content.js';
import { type CustomFormat, toCustomFormat } from './custom-format.js';
import { type Decoded, decodedParts, isInBase64 } from './decoded.js';
import { type LeaveOut, toUnpack, type Unpack } from './gzip.js';
import { hitsByFormat } from './hits-by-format.js';
import { judge } from './judge.js';
import type { Companion, Match } from './match.js';
import { withoutOverlaps } from './overlap.js';
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

/** A secret of Docker's in a secret of Kubernetes is base64 in base64, and an address may hold either. */
const mostDepth = 3;

/** Finds the secrets in a text. */
export interface Detect {
  /** `leaveOut` is told of what is in the text and was not looked through. */
  (text: Text, leaveOut?: LeaveOut): Match[];
  /** Whether a text holds a word of which a secret could be made: without one it needs no closer look. */
  readonly hasKeyword: (bytes: Buffer) => boolean;
}

/**
 * Makes the detection for a table and a project's own detectors. Pure and synchronous: the same text always gives the
 * same matches.
 */
export function toDetect(table: ScanTable, custom: readonly CustomDetector[] = []): Detect {
  const prefilter: Prefilter = toPrefilter(table.automaton);
  const pathPrefilter = toPathPrefilter(prefilter, Math.max(0, ...table.keywordLength));
  const customFormats = custom.map(toCustomFormat);
  const findIn = toFindIn({ table, prefilter, customFormats });
  const partsOf = (bytes: Buffer, hits: Hits, { unpack, depth }: Way): Iterable<Decoded> =>
    decodedParts(bytes, {
      hasWord: hits.count > 0,
      mayBeMail: depth === 0,
      runs: prefilter.base64Runs(bytes),
      unpack,
    });
  const hasKeyword = (bytes: Buffer, { unpack, depth }: Way): boolean => {
    if (customFormats.length > 0) return true;
    const hits = prefilter(bytes);
    const byFormat = hits.count > 0 ? [...hitsByFormat(hits, bytes, table).values()] : [];
    if (byFormat.some(({ keywords }) => keywords.length > 0)) return true;
    if (depth === mostDepth) return false;
    for (const part of partsOf(bytes, hits, { unpack, depth })) {
      if (hasKeyword(part.bytes, { unpack, depth: depth + 1 })) return true;
    }
    return false;
  };
  /** What stands in a text as it is, and what is written in another way; in what that is decoded to, once more. */
  const find = (text: Text, hits: Hits, { unpack, depth }: Way): Match[] => {
    const plain = findIn(text, hits);
    if (depth === mostDepth) return plain;
    const decoded: Match[] = [];
    let before: readonly Match[] = [];
    for (const part of partsOf(text.bytes, hits, { unpack, depth })) {
      const own = prefilter(part.bytes);
      const found = find({ path: text.path, bytes: part.bytes }, own, { unpack, depth: depth + 1 });
      // What stands between two parts belongs to both.
      before = found.flatMap((match) => part.toSource(match) ?? []).filter(isApartFrom(before));
      append(decoded, before);
    }
    return decoded.length === 0 ? plain : withDecoded(plain, decoded);
  };
  const detect = (text: Text, leaveOut?: LeaveOut): Match[] => {
    const hits = text.commit == null ? prefilter(text.bytes) : pathPrefilter(text.path, text.bytes);
    return find(text, hits, { unpack: toUnpack(text.bytes.length, leaveOut), depth: 0 });
  };
  return Object.assign(detect, {
    hasKeyword: (bytes: Buffer) => hasKeyword(bytes, { unpack: toUnpack(bytes.length), depth: 0 }),
  });
}

/** How a text was come by. */
interface Way {
  readonly unpack: Unpack;
  /** In how many ways it is written at once. */
  readonly depth: number;
}

interface Parts {
  readonly table: ScanTable;
  readonly prefilter: Prefilter;
  readonly customFormats: readonly CustomFormat[];
}

/** Finds what stands in a text as it is; `hits` is what the prefilter saw in it. */
function toFindIn({ table, prefilter, customFormats }: Parts): (text: Text, hits: Hits) => Match[] {
  return ({ path, bytes }, hits) => {
    const pathBytes = Buffer.from(path);
    const pathHits = prefilter(pathBytes);
    if (hits.count === 0 && pathHits.count === 0 && customFormats.length === 0) return [];
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
      if (format.isPublic) append(companions, judged);
      else append(matches, judged);
    }
    const custom = customFormats.flatMap((format) => customMatches(format, content, path));
    return withoutOverlaps([...matches, ...custom]);
  };
}

/**
 * A key in base64 that has a format of its own is told as that. With an escape in it, a secret is only known for what it is
 * without: as it stands there, it may look like a piece of another.
 */
function withDecoded(plain: readonly Match[], decoded: readonly Match[]): Match[] {
  const escaped = decoded.filter((match) => !isInBase64(match));
  const told = [...plain.filter(isApartFrom(escaped)), ...escaped];
  const inBase64 = decoded.filter(isInBase64).filter(isApartFrom(told));
  return [...told, ...inBase64].sort((a, b) => a.whole.start - b.whole.start);
}

/** Whether a match stands elsewhere than all these. Of one text in base64, several secrets can share a place. */
function isApartFrom(others: readonly Match[]): (match: Match) => boolean {
  return ({ whole }) => others.every((other) => other.whole.end <= whole.start || whole.end <= other.whole.start);
}

function judgeAll(content: Content, format: CompiledFormat, evidence: Evidence): Match[] {
  return candidates(content, format, evidence).flatMap(
    (span) => judge({ text: content.whole(), format, evidence }, span) ?? [],
  );
}

function customMatches({ format, find }: CustomFormat, content: Content, path: string): Match[] {
  const isInPath = find(path).near.length > 0;
  return judgeAll(content, format, { hits: find(content.whole()), isInPath, companions: [] });
}

/** The secrets whose public half occurs: they are looked for even when none of their own words does. */
function partners(table: ScanTable, byFormat: ReadonlyMap<number, unknown>): number[] {
  return [...byFormat.keys()].flatMap((number) => table.partners.get(number) ?? []);
}
