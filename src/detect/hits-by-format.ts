import { type CompiledFormat, Role, type ScanTable } from '../table/scan-table.js';
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
  readonly near: NearWord[];
}

/** A near word that stands in a text. The same for all formats that share it, since a text can name a provider a million times. */
export interface NearWord {
  readonly length: number;
  /** Where it ends each time, in the order of the text. */
  readonly ends: readonly number[];
}

/** Sorts hits by the format that they speak for. */
export function hitsByFormat(hits: Hits, bytes: Uint8Array, table: ScanTable): Map<number, FormatHits> {
  const byFormat = new Map<number, FormatHits>();
  const endsOfNear = new Map<number, number[]>();
  for (let index = 0; index < hits.count; index += 1) {
    const keyword = hits.keywords[index] ?? 0;
    const to = hits.ends[index] ?? 0;
    const from = to - (table.keywordLength[keyword] ?? 0);
    const known = endsOfNear.get(keyword);
    let ends = known;
    const lastUse = table.useStart[keyword + 1] ?? 0;
    for (let use = table.useStart[keyword] ?? 0; use < lastUse; use += 3) {
      const isNear = table.uses[use + 1] === Role.Near;
      if (isNear && known !== undefined) continue;
      const number = table.uses[use] ?? 0;
      const offset = (table.uses[use + 2] ?? 0) - 1;
      if (!isNear && offset >= 0 && !hasPrefix(bytes, from - offset, table.format(number))) continue;
      const list = byFormat.get(number) ?? { keywords: [], near: [] };
      byFormat.set(number, list);
      if (!isNear) {
        list.keywords.push({ start: offset < 0 ? -1 : from - offset, from, to });
      } else if (isWord(bytes, from, to)) {
        ends ??= [];
        list.near.push({ length: to - from, ends });
      }
    }
    if (ends === undefined || !isWord(bytes, from, to)) continue;
    ends.push(to);
    if (known === undefined) endsOfNear.set(keyword, ends);
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
