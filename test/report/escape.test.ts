import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { cutAround, cutEnd, cutMiddle, padColumns, toColumns, toPrintable } from '../../src/report/escape.js';

/** Any UTF-16 units, lone surrogates and controls among them. */
const anyText = fc.oneof(
  fc.array(fc.integer({ min: 0, max: 0xffff })).map((units) => String.fromCharCode(...units)),
  fc.string({ unit: 'binary' }),
  fc
    .array(
      fc.constantFrom('\u001b', '\u0007', '\u009b', '\u202e', '\u200b', '\u2028', '\ud800', '\ufeff', '漢', 'é', 'a'),
    )
    .map((all) => all.join('')),
);

/** What a terminal may obey or hide, said by number and apart from the code's own pattern. */
function isRisky(code: number): boolean {
  return (
    code < 0x20 ||
    (code >= 0x7f && code <= 0x9f) ||
    code === 0xad ||
    code === 0x61c ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    (code >= 0xd800 && code <= 0xdfff) ||
    code === 0xfeff ||
    (code >= 0xe0000 && code <= 0xe0fff)
  );
}

test.each([
  ['plain text stays: é 漢 € 😀', 'plain text stays: é 漢 € 😀'],
  ['\u001b[31mred\u001b[0m', '\\x1b[31mred\\x1b[0m'],
  ['\u001b]0;title\u0007', '\\x1b]0;title\\x07'],
  ['a\r\nb\tc', 'a\\x0d\\x0ab\\x09c'],
  ['\u007f\u0085\u009b', '\\x7f\\x85\\x9b'],
  ['\u202etxt.exe\u2069', '\\u{202e}txt.exe\\u{2069}'],
  ['a\u200bb\ufeff', 'a\\u{200b}b\\u{feff}'],
  ['a\u2028b\u2029', 'a\\u{2028}b\\u{2029}'],
  ['\ud83d lone \ude00', '\\u{d83d} lone \\u{de00}'],
  ['tag \u{e0041}', 'tag \\u{e0041}'],
])('%j prints as %j', (text, printable) => {
  expect(toPrintable(text)).toBe(printable);
});

test('nothing that a terminal obeys or hides gets through', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const printable = toPrintable(text);

      expect([...printable].filter((character) => isRisky(character.codePointAt(0) ?? 0))).toEqual([]);
      expect(printable).not.toMatch(/\p{Cs}/u);
    }),
    { numRuns: 1000 },
  );
});

test.each([
  ['', 0],
  ['abc', 3],
  ['漢字', 4],
  ['ｆｕｌｌ', 8],
  ['한글', 4],
  ['e\u0301', 1],
  ['😀', 2],
])('%j takes %d columns', (text, columns) => {
  expect(toColumns(text)).toBe(columns);
});

test.each([
  ['short', 10, 'short'],
  ['exactly10!', 10, 'exactly10!'],
  ['more than ten', 10, 'more th...'],
  ['漢字漢字漢字', 10, '漢字漢...'],
])('cutEnd(%j, %d) is %j', (text, columns, cut) => {
  expect(cutEnd(text, columns)).toBe(cut);
});

test('the middle of a path is cut, and its end stays', () => {
  expect(cutMiddle('services/payment/src/main/Config.java', 21)).toBe('services/...nfig.java');
});

test('a cut keeps the mask in view', () => {
  const text = `${'a'.repeat(100)} ******** ${'b'.repeat(100)}`;

  const cut = cutAround(text, 40, { start: 101, end: 109 });

  expect(cut).toContain('a ******** b');
  expect(toColumns(cut)).toBeLessThanOrEqual(40);
});

test('cuts keep to their columns and never break a surrogate pair', () => {
  const printable = anyText.map(toPrintable);
  fc.assert(
    fc.property(printable, fc.integer({ min: 4, max: 60 }), fc.nat(200), (text, columns, start) => {
      const mask = { start: Math.min(start, text.length), end: Math.min(start, text.length) };
      for (const cut of [cutEnd(text, columns), cutMiddle(text, columns)]) {
        expect(toColumns(cut)).toBeLessThanOrEqual(columns);
        expect(cut).not.toMatch(/\p{Cs}/u);
      }
      expect(toColumns(cutAround(text, columns + 8, mask))).toBeLessThanOrEqual(columns + 8);
    }),
    { numRuns: 1000 },
  );
});

test('thousands of combining marks are cut too', () => {
  expect(cutEnd(`a${'\u0301'.repeat(5000)}`, 20).length).toBeLessThanOrEqual(83);
});

test('padding counts columns, not characters', () => {
  expect(padColumns('漢', 4)).toBe('漢  ');
});
