import { expect, test } from '@jest/globals';
import { toPosition } from '../../src/detect/position.js';

test.each([
  ['the first character', 'key', { line: 1, column: 1 }],
  ['behind LF', 'a\nb key', { line: 2, column: 3 }],
  ['behind CR LF', 'a\r\nb\r\nkey', { line: 3, column: 1 }],
  ['behind CR alone', 'a\rb\rkey', { line: 3, column: 1 }],
  ['behind two-byte characters', 'ünï key', { line: 1, column: 5 }],
  ['behind a character of two UTF-16 units', '😀 key', { line: 1, column: 4 }],
])('counts lines from 1 and columns in UTF-16 units: %s', (_, text, position) => {
  const bytes = Buffer.from(text);

  expect(toPosition(bytes, bytes.indexOf('key'))).toEqual(position);
});

test('counts one column for each byte of a line that is no UTF-8', () => {
  const bytes = Buffer.from('\xe9\xe8\xea key', 'latin1');

  expect(toPosition(bytes, bytes.indexOf('key'))).toEqual({ line: 1, column: 5 });
});
