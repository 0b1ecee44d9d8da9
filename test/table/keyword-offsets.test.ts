import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { candidates } from '../../src/detect/candidates.js';
import { toContent } from '../../src/detect/content.js';
import { hitsByFormat } from '../../src/detect/hits-by-format.js';
import { toPrefilter } from '../../src/detect/prefilter.js';
import { longWords } from '../../src/detect/words.js';
import { keywordOffsets } from '../../src/table/keyword-offsets.js';
import { formats, sample, table } from '../support/detectors.js';

test.each([
  [/SG\.[\w-]{22}/, ['SG.'], { 'sg.': 0 }],
  [/(?:AKIA|ASIA)[A-Z2-7]{16}/, ['AKIA', 'ASIA'], { akia: 0, asia: 0 }],
  [/[A-Za-z0-9]{64}_(?:P0A1|PE93)_[0-9a-f]{8}/, ['_P0A1_', '_PE93_'], { _p0a1_: 64, _pe93_: 64 }],
  [/(?:ab|cde)key-[0-9]{4}/, ['key-'], { 'key-': -1 }],
  [/[a-z]{2,3}key-[0-9]{4}/, ['key-'], { 'key-': -1 }],
  [/(?:one|[a-z]{3})-[0-9]{4}/, ['one'], { one: -1 }],
  [/x?key-[0-9]{4}/, ['key-'], { 'key-': -1 }],
  [/(?=k)key-[0-9]{4}/, ['key-'], { 'key-': 0 }],
  [/(?<a>k)(?:ey){2}-[0-9]{4}/, ['keyey-'], { 'keyey-': 0 }],
  [/[a-z]{3}(?:-key-|-id-)[0-9]{4}/, ['-key-'], { '-key-': -1 }],
])('%s has %j at %j', (pattern, keywords, offsets) => {
  expect(Object.fromEntries(keywordOffsets(pattern, keywords))).toEqual(offsets);
});

const distinctive = Array.from({ length: table.formatCount }, (_, number) => ({
  number,
  format: table.format(number),
})).filter(({ format }) => format.isDistinctive);

test('most distinctive formats are looked for only where their keywords point', () => {
  const known = formats.filter(
    ({ format }) =>
      format.keywords !== undefined &&
      [...keywordOffsets(format.pattern, format.keywords).values()].every((offset) => offset >= 0),
  );

  expect(known.length).toBeGreaterThan(distinctive.length * 0.8);
});

test.each(distinctive.map((each) => [each.format.id, each] as const))(
  'what is found of %s where its keywords point is what a search of the whole text finds',
  (id, { number, format }) => {
    const prefilter = toPrefilter(table.automaton);
    const value = sample(id);
    const piece = fc.oneof(
      fc.constantFrom(
        value,
        value,
        value.slice(0, -1),
        value.slice(3),
        value.toUpperCase(),
        '"',
        '\n',
        ' = ',
        '\\n',
        '%3D',
      ),
      fc.integer({ min: 1, max: Math.min(value.length, 80) }).map((length) => value.slice(0, length)),
      fc.integer({ min: 1, max: Math.min(value.length, 80) }).map((length) => value.slice(-length)),
    );

    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const bytes = Buffer.from(pieces.join(''), 'latin1');
        const text = bytes.toString('latin1');
        const hits = hitsByFormat(prefilter(bytes), bytes, table).get(number) ?? { keywords: [], near: [] };
        const content = toContent(Buffer.from(text, 'latin1'), longWords);
        const found = candidates(content, format, { hits, isInPath: false, companions: [] });
        const whole = [...text.matchAll(new RegExp(format.pattern, 'g'))].map((match) => ({
          start: match.index,
          end: match.index + match[0].length,
        }));

        expect(found.map((candidate) => candidate.whole)).toEqual(whole);
      }),
      { numRuns: 60 },
    );
  },
);
