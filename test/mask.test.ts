import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { MASK, masked } from '../src/mask.js';

const span = fc.tuple(fc.nat(30), fc.nat(12)).map(([start, length]) => ({ start, end: start + length }));

test('what is masked shows all around the secrets and nothing of them, however they overlap', () => {
  fc.assert(
    fc.property(span, fc.array(span, { maxLength: 6 }), (shown, secrets) => {
      const isSecret = (at: number) => secrets.some(({ start, end }) => start <= at && at < end);
      const bytes = Buffer.from([...Array(50).keys()].map((at) => (isSecret(at) ? 's' : '.')).join(''));
      const inShown = secrets.filter(({ start, end }) => end > shown.start && start < shown.end && end > start);

      const text = masked(bytes, inShown, shown);

      const around = bytes.subarray(shown.start, shown.end).toString().replaceAll('s', '');
      expect(text.replaceAll(MASK, '')).toBe(around);
      expect(text.includes(MASK)).toBe(inShown.length > 0);
    }),
  );
});
