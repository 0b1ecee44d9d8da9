import { readText } from './json-value.js';
import { type JsonValue, problemWith } from './jsonc.js';
import { countPattern, type PatternCost } from './pattern-cost.js';

/** Longer secrets are allowed by fingerprint: a pattern that is run on long hostile text takes long. */
const MAX_TESTED_LENGTH = 1024;
/** About 5 ms at worst: two `.*` after `^`, or one without it. */
const MAX_WAYS = 2 ** 21;
const SAMPLES = 64;
/** A pattern that fits more than this many of 64 random values says nothing about the value. */
const MAX_FITTING = 3;
const ALPHABETS = [
  '0123456789abcdef',
  '0123456789',
  'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
];
const LENGTHS = [12, 24, 40, 64];

export interface ValueTest {
  readonly isPattern: boolean;
  readonly test: (secret: string) => boolean;
}

/** Reads the `value` of an allow entry: a text that is the whole secret, or `/pattern/`, with an `i` after it if case is to be ignored. */
export async function readValueTest(value: JsonValue): Promise<ValueTest> {
  const text = readText(value, 4096);
  const [, source, flags] = /^\/(.*)\/(i?)$/s.exec(text) ?? [];
  if (source === undefined) return { isPattern: false, test: (secret) => secret === text };
  checkCost(value, countPattern(source, MAX_TESTED_LENGTH));
  const pattern = new RegExp(source, flags);
  const values = await randomValues();
  if (values.filter((random) => pattern.test(random)).length > MAX_FITTING) {
    throw problemWith(
      value,
      'this pattern fits almost any value',
      'Write the part that all these values have in common.',
    );
  }
  return { isPattern: true, test: (secret) => secret.length <= MAX_TESTED_LENGTH && pattern.test(secret) };
}

function checkCost(value: JsonValue, cost: ReturnType<typeof countPattern>): void {
  if ('problem' in cost) {
    throw problemWith(
      value,
      `this pattern has ${cost.problem}`,
      'Use letters, [classes], (?:groups), |, *, +, ?, {m,n}, ^ and $.',
    );
  }
  if (waysFromAnywhere(cost) > MAX_WAYS) {
    throw problemWith(
      value,
      'this pattern could take too long',
      'Begin it with ^, and give each repetition an upper bound, such as {1,40}.',
    );
  }
}

function waysFromAnywhere({ ways, isAnchoredAtStart }: PatternCost): number {
  return isAnchoredAtStart ? ways : ways * MAX_TESTED_LENGTH;
}

/** The same on every run, so that an entry is good everywhere or nowhere. */
async function randomValues(): Promise<readonly string[]> {
  // Loaded for the first pattern only: cryptography takes a hook some milliseconds.
  const { createHash } = await import('node:crypto');
  return Array.from({ length: SAMPLES }, (_, number) => {
    const alphabet = ALPHABETS[number % ALPHABETS.length] ?? '';
    const length = LENGTHS[Math.floor(number / ALPHABETS.length) % LENGTHS.length] ?? 0;
    const bytes = createHash('sha512').update(`sample ${number}`).digest().subarray(0, length);
    return Array.from(bytes, (byte) => alphabet[byte % alphabet.length]).join('');
  });
}
