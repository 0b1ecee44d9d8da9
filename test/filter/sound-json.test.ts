import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import library from 'jsonc-parser';
import { readTree } from '../../src/filter/jsonc.js';
import { readSoundJson } from '../../src/filter/sound-json.js';

const maxDepth = 60;

function byLibrary(text: string) {
  try {
    return readTree({ name: 'a.json', text, lineStarts: [0] }, library);
  } catch {
    return undefined;
  }
}

const blank = fc.constantFrom('', '', ' ', '\n', '\t', '\r\n', '/* a */', '/** a * / **/', '// a\n', '/**/ // "]}\n');
const token = fc.constantFrom(
  ...['{', '}', '[', ']', ',', ':', '"a"', '"b\\n\\u00e9"', '"\\x"', '"\\u12"', '"', '\\', '//', '/*', '*/', '#'],
  ...['0', '-1', '1.5e-3', '01', '1.', '.5', '+1', '1x', '-', 'true', 'null', 'truex', 'nul', '\u00a0', '\ufeff', '\f'],
);

test('reads what the library reads and nothing else, and every value where it stands', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 6 }), fc.array(blank, { minLength: 1, maxLength: 9 }), (json, blanks) => {
      let count = 0;
      const between = () => blanks[count++ % blanks.length] ?? '';
      const text = json.replace(/"(?:[^"\\]|\\.)*"|[[\]{}:,]/g, (part) => {
        const comma = /[\]}]/.test(part) && count % 3 === 0 ? ',' : '';
        return `${between()}${comma}${part}${between()}`;
      });

      expect(readSoundJson(text, maxDepth)).toEqual(byLibrary(text));
    }),
    { numRuns: 1_000 },
  );
});

test('reads nothing that the library refuses', () => {
  let read = 0;

  fc.assert(
    fc.property(fc.array(fc.oneof(token, token, blank), { maxLength: 9 }), (tokens) => {
      const text = tokens.join('');
      const tree = readSoundJson(text, maxDepth);
      if (tree === undefined) return;
      read += 1;
      expect(tree).toEqual(byLibrary(text));
    }),
    { numRuns: 20_000 },
  );

  expect(read).toBeGreaterThan(100);
});

test('leaves what is nested too deeply', () => {
  expect(readSoundJson('['.repeat(maxDepth) + ']'.repeat(maxDepth), maxDepth)).toBeDefined();
  expect(readSoundJson('['.repeat(maxDepth + 1) + ']'.repeat(maxDepth + 1), maxDepth)).toBeUndefined();
});
