import { type AST, parseRegExpLiteral } from '@eslint-community/regexpp';

/** What can be read off a pattern without running it. */
export interface PatternFacts {
  /** The longest text that it matches, in characters; Infinity when a quantifier has no bound. */
  readonly maxLength: number;
  /** The fixed text with which every match begins; empty when it begins with a choice. */
  readonly literalPrefix: string;
  /** How many characters of a match are fixed, at least. */
  readonly literalLength: number;
  /** The shortest text that it matches, in characters. */
  readonly minLength: number;
  /** Every character that a match can hold. */
  readonly alphabet: CharSet;
  /** The pattern with boundaries before and behind it. */
  readonly bounded: string;
}

export type CharSet = ReadonlySet<string>;

const bytes = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code));
const alnum: CharSet = new Set(bytes.filter((char) => /[A-Za-z0-9]/.test(char)));

/**
 * Ends of escapes after which a secret may begin although they look like its alphabet: `\n` inside a string, `%3D` in an
 * address, `\u003d` in JSON, a terminal's colour, and `${TOKEN:-` in a shell.
 */
const afterEscape = String.raw`(?<=:[-=?+]|\\[abfnrtv]|%[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\x[0-9A-Fa-f]{2}|\x1b\[[0-9;]{0,8}m)`;

/** A prefix of this length is no part of something longer by chance, also behind a hyphen or an underscore. */
const TELLING_PREFIX = 5;

/** The digits of an escape in an address are no part of the secret behind them: `%3D`, `%22`. */
const notInEscape = '(?!(?<=%)(?:2[0-9A-Fa-f]|3[A-Fa-f]|[57][BbDd]))';

/** Reads a pattern's facts. Throws on what the engine does not parse. */
export function patternFacts(pattern: RegExp): PatternFacts {
  const { alternatives } = parseRegExpLiteral(pattern).pattern;
  const prefix = alternatives.length === 1 ? literalPrefix(alternatives[0]?.elements ?? []) : '';
  const left = prefix.length >= TELLING_PREFIX ? alnum : union(alnum, firstRun(alternatives));
  // A bracket that closes the secret says itself where it ends: another one may follow.
  const right = union(alnum, new Set([...lastChars(alternatives)].filter((char) => !/[)\]}]/.test(char))));
  return {
    maxLength: Math.max(...alternatives.map(maxLength)),
    minLength: Math.min(...alternatives.map(minLength)),
    alphabet: union(...alternatives.map(allChars)),
    literalPrefix: prefix,
    literalLength: Math.min(...alternatives.map(literalLength)),
    // First what rules out nearly every place. The escape is tried last: most matches begin behind a quote, a blank or an
    // equals sign.
    bounded: `(?=${beginning(prefix, alternatives)})(?:(?<!${toClass(ofValues(left))})${notInEscape}|${afterEscape})(?:${pattern.source})(?!${toClass(ofValues(right))})`,
  };
}

function maxLength(node: AST.Alternative | AST.Element): number {
  if (node.type === 'Alternative') return node.elements.reduce((sum, element) => sum + maxLength(element), 0);
  if (node.type === 'Quantifier') return node.max * maxLength(node.element);
  if (node.type === 'Group' || node.type === 'CapturingGroup') return Math.max(...node.alternatives.map(maxLength));
  if (node.type === 'Assertion') return 0;
  return 1;
}

function minLength(node: AST.Alternative | AST.Element): number {
  if (node.type === 'Alternative') return node.elements.reduce((sum, element) => sum + minLength(element), 0);
  if (node.type === 'Quantifier') return node.min * minLength(node.element);
  if (isGroup(node)) return Math.min(...node.alternatives.map(minLength));
  return node.type === 'Assertion' ? 0 : 1;
}

function allChars(node: AST.Alternative | AST.Element): CharSet {
  if (node.type === 'Alternative') return union(...node.elements.map(allChars));
  if (node.type === 'Quantifier') return allChars(node.element);
  return isGroup(node) ? union(...node.alternatives.map(allChars)) : charsOf(node);
}

function literalLength(node: AST.Alternative | AST.Element): number {
  if (node.type === 'Alternative') return node.elements.reduce((sum, element) => sum + literalLength(element), 0);
  if (node.type === 'Quantifier') return node.min * literalLength(node.element);
  if (node.type === 'Group' || node.type === 'CapturingGroup') {
    return Math.min(...node.alternatives.map(literalLength));
  }
  return node.type === 'Character' ? 1 : 0;
}

function literalPrefix(elements: readonly AST.Element[]): string {
  let prefix = '';
  for (const element of elements) {
    if (element.type === 'Character') {
      prefix += String.fromCodePoint(element.value);
      continue;
    }
    const only = isGroup(element) && element.alternatives.length === 1 ? element.alternatives[0] : undefined;
    return prefix + (only === undefined ? '' : literalPrefix(only.elements));
  }
  return prefix;
}

/** The alphabet of the first stretch of varying text: a match does not begin in the middle of such a stretch. */
function firstRun(alternatives: readonly AST.Alternative[]): CharSet {
  return union(...alternatives.map((alternative) => firstRunOf(alternative.elements)));
}

function firstRunOf(elements: readonly AST.Element[]): CharSet {
  for (const element of elements) {
    if (isGroup(element)) {
      const inner = firstRun(element.alternatives);
      if (inner.size > 0) return inner;
    }
    if (element.type === 'Quantifier') {
      return isGroup(element.element) ? firstRun(element.element.alternatives) : charsOf(element.element);
    }
    if (element.type === 'CharacterClass' || element.type === 'CharacterSet') return charsOf(element);
  }
  return new Set();
}

/** What every match begins with, as a pattern. */
function beginning(prefix: string, alternatives: readonly AST.Alternative[]): string {
  return prefix === ''
    ? toClass(firstChars(alternatives))
    : prefix.replace(/[^\w]/g, (char) => hex(char.charCodeAt(0)));
}

function firstChars(alternatives: readonly AST.Alternative[]): CharSet {
  return union(...alternatives.map(({ elements }) => firstCharsOf(elements)));
}

function firstCharsOf([first, ...rest]: readonly AST.Element[]): CharSet {
  if (first === undefined) return new Set();
  if (first.type === 'Assertion') return firstCharsOf(rest);
  const element = first.type === 'Quantifier' ? first.element : first;
  const own = isGroup(element) ? firstChars(element.alternatives) : charsOf(element);
  return minLength(first) === 0 ? union(own, firstCharsOf(rest)) : own;
}

/** What a match can end with: a longer run of it means that the match is part of something else. */
function lastChars(alternatives: readonly AST.Alternative[]): CharSet {
  return union(...alternatives.map((alternative) => lastCharsOf([...alternative.elements].reverse())));
}

function lastCharsOf(reversed: readonly AST.Element[]): CharSet {
  const [last, ...rest] = reversed;
  if (last === undefined) return new Set();
  if (isGroup(last)) return lastChars(last.alternatives);
  if (last.type !== 'Quantifier') return charsOf(last);
  const own = isGroup(last.element) ? lastChars(last.element.alternatives) : charsOf(last.element);
  return last.min === 0 ? union(own, lastCharsOf(rest)) : own;
}

function charsOf(node: AST.Element): CharSet {
  if (node.type === 'Assertion') return new Set();
  const one = new RegExp(`^(?:${node.raw})$`);
  return new Set(bytes.filter((char) => one.test(char)));
}

function isGroup(node: AST.Element): node is AST.Group | AST.CapturingGroup {
  return node.type === 'Group' || node.type === 'CapturingGroup';
}

function union(...sets: readonly CharSet[]): CharSet {
  return new Set(sets.flatMap((set) => [...set]));
}

/** White space and quotes end a secret wherever they stand. */
function ofValues(set: CharSet): CharSet {
  return new Set([...set].filter((char) => !/[\s"'`\\]/.test(char)));
}

/** A class that matches these characters, as `[\x2d\x30-\x39…]`. */
function toClass(set: CharSet): string {
  const codes = [...set].map((char) => char.charCodeAt(0));
  const ranges: [number, number][] = [];
  for (const code of codes.sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === code - 1) last[1] = code;
    else ranges.push([code, code]);
  }
  return `[${ranges.map(([from, to]) => (from === to ? hex(from) : `${hex(from)}-${hex(to)}`)).join('')}]`;
}

function hex(code: number): string {
  return `\\x${code.toString(16).padStart(2, '0')}`;
}
