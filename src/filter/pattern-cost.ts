/**
 * Says how much work a regular expression from the repository can cause, before it is ever run. It knows a subset of the
 * syntax in which that can be counted: no backreferences, no lookaround. The count is the number of ways in which
 * the expression can be laid over a text from one starting point: a backtracking engine tries each at most once. Nested
 * repetition, the classic trap, counts in the billions.
 */
export interface PatternCost {
  readonly ways: number;
  /** The length of the shortest text that matches. */
  readonly minLength: number;
  readonly isUnbounded: boolean;
  readonly hasAnchor: boolean;
  /** True when a match can begin only where the text begins. */
  readonly isAnchoredAtStart: boolean;
}

/** The syntax that cannot be counted, in words that follow "this pattern has". */
export interface PatternProblem {
  readonly problem: string;
}

interface Reader {
  readonly source: string;
  /** What `*` and `+` count as: the length of the longest text that the pattern meets. */
  readonly maxLength: number;
  offset: number;
  depth: number;
}

const MAX_SOURCE = 200;
const MAX_DEPTH = 10;
const SINGLE: PatternCost = { ways: 1, minLength: 1, isUnbounded: false, hasAnchor: false, isAnchoredAtStart: false };
const EMPTY: PatternCost = { ...SINGLE, minLength: 0 };

/** Counts, or says why it cannot. */
export function countPattern(source: string, maxLength: number): PatternCost | PatternProblem {
  if (source.length > MAX_SOURCE) return { problem: `more than ${MAX_SOURCE} characters` };
  const reader = { source, maxLength, offset: 0, depth: 0 };
  try {
    const cost = readChoice(reader);
    if (reader.offset < source.length) throw new NotCountable('a ) without (');
    new RegExp(source);
    return cost;
  } catch (error) {
    if (error instanceof NotCountable) return { problem: error.message };
    if (error instanceof SyntaxError) return { problem: 'a fault in its syntax' };
    throw error;
  }
}

class NotCountable extends Error {}

function readChoice(reader: Reader): PatternCost {
  const choices = [readSequence(reader)];
  while (takes(reader, '|')) choices.push(readSequence(reader));
  return {
    ways: choices.reduce((sum, { ways }) => sum + ways, 0),
    minLength: Math.min(...choices.map(({ minLength }) => minLength)),
    isUnbounded: choices.some(({ isUnbounded }) => isUnbounded),
    hasAnchor: choices.some(({ hasAnchor }) => hasAnchor),
    isAnchoredAtStart: choices.every(({ isAnchoredAtStart }) => isAnchoredAtStart),
  };
}

function readSequence(reader: Reader): PatternCost {
  let whole = EMPTY;
  let isFirst = true;
  while (reader.offset < reader.source.length && !/[|)]/.test(peek(reader))) {
    const part = readRepeated(reader);
    whole = {
      ways: whole.ways * part.ways,
      minLength: whole.minLength + part.minLength,
      isUnbounded: whole.isUnbounded || part.isUnbounded,
      hasAnchor: whole.hasAnchor || part.hasAnchor,
      isAnchoredAtStart: whole.isAnchoredAtStart || (isFirst && part.isAnchoredAtStart),
    };
    isFirst = false;
  }
  return whole;
}

function readRepeated(reader: Reader): PatternCost {
  const atom = readAtom(reader);
  const [quantifier, least = '', comma, most = ''] =
    takesMatch(reader, /(?:[*+?]|\{(\d{1,4})(,)?(\d{1,4})?\})\??/y) ?? [];
  if (quantifier === undefined) return atom;
  const first = quantifier[0];
  const isUnbounded = first === '*' || first === '+' || (first === '{' && comma !== undefined && most === '');
  const min = first === '{' ? Number(least) : first === '+' ? 1 : 0;
  const max = isUnbounded ? reader.maxLength : first === '?' ? 1 : Number(most === '' ? least : most);
  return {
    ways: countRepeats(atom.ways, min, max),
    minLength: atom.minLength * min,
    isUnbounded: isUnbounded || atom.isUnbounded,
    hasAnchor: atom.hasAnchor,
    isAnchoredAtStart: atom.isAnchoredAtStart && min > 0,
  };
}

function countRepeats(ways: number, min: number, max: number): number {
  if (ways === 1) return Math.max(1, max - min + 1);
  let sum = 0;
  for (let times = min; times <= max && sum < Number.MAX_SAFE_INTEGER; times += 1) sum += ways ** times;
  return sum;
}

function readAtom(reader: Reader): PatternCost {
  const char = peek(reader);
  if (char === '(') return readGroup(reader);
  if (char === '[') return readClass(reader);
  if (char === '\\') return readEscape(reader);
  if (/[*+?{]/.test(char)) throw new NotCountable(`"${char}" with nothing to repeat: write \\${char}`);
  reader.offset += 1;
  if (char === '^') return { ...EMPTY, hasAnchor: true, isAnchoredAtStart: true };
  if (char === '$') return { ...EMPTY, hasAnchor: true };
  return SINGLE;
}

function readGroup(reader: Reader): PatternCost {
  if (!takes(reader, '(?:') && !takes(reader, '(?<secret>')) {
    if (reader.source.startsWith('(?', reader.offset)) throw new NotCountable('lookaround, flags or a named group');
    reader.offset += 1;
  }
  reader.depth += 1;
  if (reader.depth > MAX_DEPTH) throw new NotCountable('too many groups in one another');
  const inner = readChoice(reader);
  reader.depth -= 1;
  if (!takes(reader, ')')) throw new NotCountable('a ( without )');
  return inner;
}

function readClass(reader: Reader): PatternCost {
  if (takesMatch(reader, /\[\^?(?:[^\]\\]|\\(?:[dwsDWStnrfv0\W_]|x[\da-fA-F]{2}|u[\da-fA-F]{4}))+\]/y) === null) {
    throw new NotCountable('a [ ] that is empty, open or has a rare escape in it');
  }
  return SINGLE;
}

function readEscape(reader: Reader): PatternCost {
  if (takesMatch(reader, /\\(?:[dwsDWStnrfv]|x[\da-fA-F]{2}|u[\da-fA-F]{4}|[^\w\s])/y) === null) {
    throw new NotCountable('a backreference, \\b or a rare escape');
  }
  return SINGLE;
}

function peek(reader: Reader): string {
  return reader.source[reader.offset] ?? '';
}

function takes(reader: Reader, text: string): boolean {
  if (!reader.source.startsWith(text, reader.offset)) return false;
  reader.offset += text.length;
  return true;
}

function takesMatch(reader: Reader, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = reader.offset;
  const found = pattern.exec(reader.source);
  if (found !== null) reader.offset += found[0].length;
  return found;
}
