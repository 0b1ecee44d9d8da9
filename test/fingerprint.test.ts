import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findingId, fingerprint } from '../src/fingerprint.js';
import { Secret } from '../src/secret.js';

const formatIds = fc.constantFrom('aws-access-key', 'aws-secret-key', 'stripe-secret-key', 'a-b', 'a-b-c');
const texts = fc.string({ unit: 'binary', minLength: 1, maxLength: 200 });

test.each([
  [false, '98999ea16de251be0cbe01537e3be164'],
  [true, 'ec47ad22d8969aad264421b97d866f02'],
])('is pinned, because it stands in the allowlists of users (guessable: %s)', (isGuessable, pinned) => {
  expect(fingerprint('example-format', new Secret('not a secret'), isGuessable)).toBe(pinned);
});

test('is 32 hexadecimal digits, of which the first 8 are the id', () => {
  const made = fingerprint('example-format', new Secret('not a secret'), false);

  expect(made).toMatch(/^[0-9a-f]{32}$/);
  expect(findingId(made)).toBe(made.slice(0, 8));
});

test('differs where format or secret differ, and only there', () => {
  const findings = fc.record({ format: formatIds, text: texts });
  fc.assert(
    fc.property(findings, findings, (one, other) => {
      const [left, right] = [one, other].map(({ format, text }) => fingerprint(format, new Secret(text), false));
      expect(left === right).toBe(one.format === other.format && one.text === other.text);
    }),
    { numRuns: 1000 },
  );
});

test('tells secrets apart that UTF-8 would write the same way', () => {
  const [high, low] = ['\ud800', '\udc00'].map((text) => fingerprint('a-b', new Secret(text), false));

  expect(high).not.toBe(low);
});

test('does not let the border between format and secret move', () => {
  expect(fingerprint('a-b', new Secret('c-d'), false)).not.toBe(fingerprint('a-b-c', new Secret('-d'), false));
});

test('holds no 8 characters of the secret, even of a hexadecimal one', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 8, maxLength: 64 }), (text) => {
      const made = fingerprint('a-b', new Secret(text), false);
      const pieces = Array.from({ length: text.length - 7 }, (_, start) => text.slice(start, start + 8));
      expect(pieces.some((piece) => made.includes(piece))).toBe(false);
    }),
    { numRuns: 2000 },
  );
});

test('of a guessable value differs by format, by value, and from the fast one', () => {
  const made = [
    fingerprint('a-b', new Secret('not a secret'), true),
    fingerprint('a-c', new Secret('not a secret'), true),
    fingerprint('a-b', new Secret('nor is this'), true),
    fingerprint('a-b', new Secret('not a secret'), false),
  ];

  expect(new Set(made).size).toBe(4);
});
