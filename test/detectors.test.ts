import { describe, expect, test } from '@jest/globals';
import { detect, detectors, fill, formats, found, sample } from './support/detectors.js';
import { syntaxes } from './support/syntaxes.js';

const secrets = formats.filter(({ format }) => format.isPublic !== true);
const publicHalves = formats.filter(({ format }) => format.isPublic === true);

/** The name that the fix proposes is the name that people use. */
function nameOf({ detector, format }: (typeof formats)[number]): string {
  const credential = detector.rotate.credentials.find((each) => each.formats.includes(format.id));
  return credential?.env ?? 'NO_CREDENTIAL_NAMES_THIS_FORMAT';
}

describe.each(secrets.map((secret) => [secret.format.id, secret] as const))('%s', (id, secret) => {
  test.each(syntaxes.map((syntax) => [syntax.label, syntax] as const))('is found once in %s', (_, syntax) => {
    const value = sample(id);

    const text = syntax.write(nameOf(secret), value);

    expect(found(text)).toEqual([id]);
  });

  test('is found in every one of fifty samples', () => {
    const misses = Array.from({ length: 50 }, () => `${nameOf(secret)}="${sample(id)}"\n`).filter(
      (text) => found(text).join() !== id,
    );

    expect(misses.length).toBe(0);
  });

  test('is found at its exact place', () => {
    const value = sample(id);
    const text = `# ünï\n${nameOf(secret)} = "${value}"\n`;

    const [match] = detect({ path: 'file.txt', bytes: Buffer.from(text) });

    const whole = Buffer.from(text).subarray(match?.whole.start, match?.whole.end).toString();
    expect(value.includes(whole)).toBe(true);
  });
});

test('a public half alone is no finding', () => {
  const texts = publicHalves.flatMap((half) =>
    syntaxes.map((syntax) => syntax.write(nameOf(half), sample(half.format.id))),
  );

  expect(texts.filter((text) => found(text).length > 0)).toEqual([]);
});

describe.each([...detectors])('%s', (_, detector) => {
  test.each(detector.examples.find.map((example) => [example]))('finds %j', (example) => {
    const wanted = [...example.matchAll(/\{\{([a-z0-9-]+)\}\}/g)].map(([, id]) => id ?? '');
    const reported = wanted.filter((id) => secrets.some(({ format }) => format.id === id));

    const all = [...new Set(reported)].sort().join();
    // Many, because one in twenty is no rarity: an id of letters alone, a token that ends in one. One may be lost by chance.
    const missed = Array.from({ length: 40 }, () => [...new Set(found(fill(example)))].sort().join()).filter(
      (ids) => ids !== all,
    );

    expect(missed.slice(1)).toEqual([]);
    expect(reported.length).toBeGreaterThan(0);
  });

  test.each(detector.examples.ignore.map((example) => [example]))(
    'is silent on %j, and so is every other',
    (example) => {
      expect(found(fill(example))).toEqual([]);
    },
  );
});
