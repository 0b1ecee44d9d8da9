import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { toPlainText } from '../../src/detect/plain-text.js';

test.each([
  ['token%3D', 'token='],
  ['%7b%22token%22%3a%22', '{"token":"'],
  ['a=1&amp;token=&quot;', 'a=1&token="'],
  ['token = &#x27;', "token = '"],
  ['&lt;b&gt;token&#39;', "<b>token'"],
  ['token = \xe2\x80\x9c', 'token = "'],
  ['token\xc2\xa0= \xe2\x80\x98', 'token = "'],
])('%j is written plainly as %j', (text, plain) => {
  expect(toPlainText(text)).toBe(plain);
});

test('letters and digits stay what they are: %41 is no name', () => {
  expect(toPlainText('%41%42 100% & more; caf\xc3\xa9')).toBe('%41%42 100% & more; caf\xc3\xa9');
});

test('what is plain stays as it is, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'abcXYZ019=:"\'{}[](), \n\t') }), (text) => {
      expect(toPlainText(text)).toBe(text);
    }),
  );
});
