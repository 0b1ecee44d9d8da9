import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { pathText } from '../../src/changes/path-text.js';

test.each([
  ['plain', Buffer.from('src/a.ts'), 'src/a.ts'],
  ['Unicode', Buffer.from('ünï/中'), 'ünï/中'],
  ['a byte that is no UTF-8', Buffer.from('caf\xe9/a', 'latin1'), 'caf\\xe9/a'],
  ['half a character at the end', Buffer.from([0x61, 0xe4, 0xb8]), 'a\\xe4\\xb8'],
  ['a backslash', Buffer.from('a\\b\\x'), 'a\\b\\x'],
  ['a backslash that looks like an escape', Buffer.from('a\\xe9'), 'a\\x5cxe9'],
])('%s', (_, bytes, expected) => {
  expect(pathText(bytes)).toBe(expected);
});

test('the bytes can be told from the text, so two names never look alike', () => {
  const byte = fc.oneof(fc.constantFrom(...Buffer.from('\\x5ce9a')), fc.integer({ min: 1, max: 255 }));

  fc.assert(
    fc.property(fc.array(byte), (array) => {
      const bytes = Buffer.from(array);

      expect(toBytes(pathText(bytes))).toEqual(bytes);
    }),
    { numRuns: 2000 },
  );
});

function toBytes(text: string): Buffer {
  const parts = text.split(/(\\x[0-9a-f]{2})/);
  return Buffer.concat(
    parts.map((part, index) => (index % 2 === 1 ? Buffer.from(part.slice(2), 'hex') : Buffer.from(part))),
  );
}
