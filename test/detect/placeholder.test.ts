import { expect, test } from '@jest/globals';
import { entropy } from '../../src/detect/entropy.js';
import { isPlaceholder } from '../../src/detect/placeholder.js';
import { grow } from '../support/sample.js';

test.each([
  ['', 0],
  ['aaaa', 0],
  ['abab', 1],
  ['abcd', 2],
])('entropy(%j) is %d bits', (value, bits) => {
  expect(entropy(value)).toBeCloseTo(bits);
});

test.each([
  'xxxxxxxxxxxxxxxx',
  'AKIAEXAMPLE',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a shell refers to a variable
  '${VAR}',
  '<token>',
  'process.env.KEY',
  'your-api-key-here',
  'qwertyuiopasdfgh',
  '0123456789abcdef',
  'abc1abc1abc1abc1',
  '0000000000000000',
])('%s is a placeholder', (value) => {
  expect(isPlaceholder(value)).toBe(true);
});

test('a random value is none', () => {
  const taken = Array.from({ length: 200 }, () => grow('{{alnum:40}}')).filter(isPlaceholder);

  expect(taken.length).toBe(0);
});
