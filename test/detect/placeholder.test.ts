import { expect, test } from '@jest/globals';
import { entropy } from '../../src/detect/entropy.js';
import { isPlaceholder } from '../../src/detect/placeholder.js';
import { randomFrom, randomText, seed } from '../support/random.js';
import { alphabets } from '../support/sample.js';

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

test.each(['xxxxx-aB3dE-fG7hI-jK9lM', 'put_test_value_4fG7', 'sg.my-api-key.9fGhJ2', 'foo.bar.9fGhJ2kLmN4pQrS'])(
  '%s has the words of a placeholder',
  (value) => {
    expect(isPlaceholder(value)).toBe(true);
  },
);

// What people draw has words in it by chance: a token is no stand-in because `-my-` or `xxx` stands somewhere in it.
test.each([
  ['base64url', 66],
  ['base64', 44],
])('hardly any random value is a placeholder: %s, %d characters', (alphabet, length) => {
  const drawn = 50_000;
  const random = randomFrom(seed);
  const characters = alphabets.get(alphabet) ?? '';

  const taken = Array.from({ length: drawn }, () => randomText(random, characters, length)).filter(isPlaceholder);

  expect(taken.length).toBeLessThanOrEqual(drawn / 25_000);
});
