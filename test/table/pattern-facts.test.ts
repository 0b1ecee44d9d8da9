import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { patternFacts } from '../../src/table/pattern-facts.js';

/** Patterns whose first character is not plain to see. */
const patterns = [
  /a?b{2}/,
  /(?:x|y?)z/,
  /(?:a{0,2}|[xy])?(?:-|b)b/,
  /(?=b)[ab]{3}/,
  /(?<!y)(?<secret>[xy]{2})-/,
  /-?[xyz]{3}/,
  /a\.b{2}/,
  /\.{2}x/,
  /[^ab ]{3}/,
];

const texts = fc
  .array(
    fc.constantFrom(...'abxyz.-', ' ', ' ', '=', '\\n', '\u00e9', 'bb', 'bab', ' xy-', ' zxy ', ' a.bb ', ' ..x '),
    {
      maxLength: 20,
    },
  )
  .map((pieces) => pieces.join(''));

test.each(patterns)('what %s has to begin with leaves out no match', (pattern) => {
  const { bounded } = patternFacts(pattern);
  const anywhere = bounded.replace(/^\(\?=(?:\[[^\]]*\]|[^)]*)\)/, '');
  const all = (source: string, text: string): string[] =>
    [...text.matchAll(new RegExp(source, 'g'))].map((match) => `${match.index} ${match[0]}`);
  let matches = 0;

  fc.assert(
    fc.property(texts, (text) => {
      const found = all(anywhere, text);
      matches += found.length;
      expect(all(bounded, text)).toEqual(found);
    }),
    { numRuns: 1000 },
  );

  expect(anywhere).not.toBe(bounded);
  expect(matches).toBeGreaterThan(10);
});
