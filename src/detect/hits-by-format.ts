import { type CompiledFormat, Role, type ScanTable } from '../table/scan-table.js';
import type { Span } from './match.js';
import type { Hits } from './prefilter.js';

/** Where a format's keyword stands; `start` is where a match would begin, or -1 when that cannot be told. */
export interface KeywordHit {
  readonly start: number;
  readonly from: number;
  readonly to: number;
}

/** What the prefilter found for one format. */
export interface FormatHits {
  readonly keywords: KeywordHit[];
  /** Where near words stand, in the order of the text. */
  readonly near: Span[];
}

/** A hostile text can repeat a near word a million times; beyond this many the whole text counts as near. */
const mostNear = 10_000;

/** Sorts hits by the format that they speak for. */
export function hitsByFormat(hits: Hits, bytes: Uint8Array, table: ScanTable): Map<number, FormatHits> {
  const byFormat = new Map<number, FormatHits>();
  for (let index = 0; index < hits.count; index += 1) {
    const keyword = hits.keywords[index] ?? 0;
    const to = hits.ends[index] ?? 0;
    const from = to - (table.keywordLength[keyword] ?? 0);
    const end = table.useStart[keyword + 1] ?? 0;
    // One for all formats that share the word: dozens of them do, and a text can name a provider thousands of times.
    const span: Span = { start: from, end: to };
    for (let use = table.useStart[keyword] ?? 0; use < end; use += 3) {
      const number = table.uses[use] ?? 0;
      const offset = (table.uses[use + 2] ?? 0) - 1;
      const role = table.uses[use + 1];
      if (role === Role.Keyword && offset >= 0 && !hasPrefix(bytes, from - offset, table.format(number))) continue;
      const list = byFormat.get(number) ?? { keywords: [], near: [] };
      byFormat.set(number, list);
      if (role === Role.Keyword) list.keywords.push({ start: offset < 0 ? -1 : from - offset, from, to });
      else if (list.near.length < mostNear && isWord(bytes, from, to)) list.near.push(span);
    }
  }
  return byFormat;
}

/** The keyword was found without case; what a match begins with is told exactly: `msg.` is no `SG.`. */
function hasPrefix(bytes: Uint8Array, start: number, { literalPrefix }: CompiledFormat): boolean {
  if (start < 0) return false; // the match would begin before the text
  for (let index = 0; index < literalPrefix.length; index += 1) {
    if (bytes[start + index] !== literalPrefix.charCodeAt(index)) return false;
  }
  return true;
}

/**
 * Short near words (`aws`, `npm`) count only as a word or a hump of camelCase: not inside `laws`. Words that are joined
 * (`line_access`) begin where a word begins: not inside `offline_access`. `@github.com` brings its own beginning.
 */
function isWord(bytes: Uint8Array, from: number, to: number): boolean {
  const first = bytes[from];
  const last = bytes[to - 1];
  const before = bytes[from - 1];
  const after = bytes[to];
  const isBegun = !isLetter(first) || !isLetter(before);
  if (to - from > 4) return !hasJoint(bytes, from, to) || isBegun || isUpper(first);
  const startsWord = isBegun || (isUpper(first) && isLower(before));
  const endsWord = !isLetter(last) || !isLetter(after) || (isUpper(after) && isLower(last));
  return startsWord && endsWord;
}

function hasJoint(bytes: Uint8Array, from: number, to: number): boolean {
  for (let index = from; index < to; index += 1) {
    if (!isLetter(bytes[index])) return true;
  }
  return false;
}

function isLetter(byte: number | undefined): boolean {
  return isUpper(byte) || isLower(byte);
}

function isUpper(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x41 && byte <= 0x5a;
}

function isLower(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x61 && byte <= 0x7a;
}
