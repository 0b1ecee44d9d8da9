/** A source of numbers from 0 up to but not including 1. */
export type Random = () => number;

const { LEAK_GUARD_SEED } = process.env;

/** Set `LEAK_GUARD_SEED` to a number to grow other samples; failures name the seed that they came from. */
export const seed = Number(LEAK_GUARD_SEED ?? 20261120);

/** Mulberry32: small, fast, the same on every machine. */
export function randomFrom(start: number): Random {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
}

/** The source that samples grow from unless a test brings its own. */
export const seeded: Random = randomFrom(seed);

/** A whole number from `min` to `max`, both included. */
export function between(random: Random, min: number, max: number): number {
  return min + Math.floor(random() * (max - min + 1));
}

export function randomBytes(random: Random, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => between(random, 0, 255)));
}

export function randomText(random: Random, alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet.charAt(between(random, 0, alphabet.length - 1))).join('');
}
