import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { toPrefilter } from '../../src/detect/prefilter.js';
import { buildAutomaton } from '../../src/table/automaton.js';

/** Every place at which a keyword ends, found the slow way. */
function slowly(keywords: readonly string[], text: string): string[] {
  const lower = text.toLowerCase();
  return keywords.flatMap((keyword, index) =>
    [...lower].flatMap((_, at) => (lower.startsWith(keyword, at) ? [`${index}@${at + keyword.length}`] : [])),
  );
}

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '_'), minLength: 1, maxLength: 4 });
const text = fc.string({ unit: fc.constantFrom('a', 'B', 'c', 'A', '_', '.', '\n'), maxLength: 60 });

test('finds every keyword at every place, whatever its case, as a search for each would', () => {
  fc.assert(
    fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 8 }), text, (keywords, content) => {
      const hits = toPrefilter(buildAutomaton(keywords))(Buffer.from(content));

      const found = Array.from({ length: hits.count }, (_, hit) => `${hits.keywords[hit]}@${hits.ends[hit]}`);
      expect(found.sort()).toEqual(slowly(keywords, content).sort());
    }),
  );
});
