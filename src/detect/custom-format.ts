import type { CustomDetector } from '../filter/rules.js';
import type { CompiledFormat } from '../table/scan-table.js';
import type { FormatHits, NearWord } from './hits-by-format.js';
import type { Span } from './match.js';
import { spellings } from './spellings.js';

/** A project's own detector, ready to be looked for beside the compiled ones. */
export interface CustomFormat {
  readonly format: CompiledFormat;
  readonly find: (text: string) => FormatHits;
}

/** How far around a keyword an own pattern is tried: the settings allow no longer match. */
const longest = 4_000;

/** Makes an own detector's format. It is looked for word by word: a project has a few of them, not hundreds. */
export function toCustomFormat(detector: CustomDetector): CustomFormat {
  const { keywords, near = [], names = [] } = detector;
  return {
    format: {
      id: detector.id,
      formerIds: [],
      title: detector.name,
      provider: 'custom',
      providerName: 'your settings',
      severity: detector.severity,
      pattern: `(?<![A-Za-z0-9])(?:${detector.pattern.source})(?![A-Za-z0-9])`,
      literalPrefix: '',
      minLength: 0,
      maxLength: longest,
      isWord: false,
      isDistinctive: keywords !== undefined,
      needsNear: detector.near !== undefined,
      names: names.map((name) => name.toLowerCase().replaceAll(' ', '')),
      minEntropy: detector.minEntropy ?? 0,
      isPublic: false,
      with: [],
      // Nobody knows how such a value is made, so its fingerprint is made as for a password.
      isGuessable: true,
      specificity: 0,
      env: 'SECRET',
      url: detector.url ?? '',
    },
    find: (text) => ({
      keywords: occurrences(text, keywords ?? []).map(({ start, end }) => ({ start: -1, from: start, to: end })),
      near: toNearWords(occurrences(text, near.flatMap(spellings))),
    }),
  };
}

function toNearWords(occurrences: readonly Span[]): NearWord[] {
  const byLength = new Map<number, number[]>();
  for (const { start, end } of occurrences) {
    const ends = byLength.get(end - start);
    if (ends === undefined) byLength.set(end - start, [end]);
    else ends.push(end);
  }
  return [...byLength].map(([length, ends]) => ({ length, ends }));
}

function occurrences(text: string, words: readonly string[]): Span[] {
  if (words.length === 0) return [];
  const escaped = words.map((word) => word.replace(/[^A-Za-z0-9]/g, (char) => `\\x${toHex(char)}`));
  return [...text.matchAll(new RegExp(escaped.join('|'), 'gi'))].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** The settings allow only ASCII, which has two digits. */
function toHex(char: string): string {
  return char.charCodeAt(0).toString(16).padStart(2, '0');
}
