import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Hits } from '../../src/detect/prefilter.js';
import { toPrefilter } from '../../src/detect/prefilter.js';
import { toPathPrefilter } from '../../src/detect/remembered.js';
import { table } from '../support/detectors.js';

const words = [
  'token',
  'SG.',
  'api',
  'secret',
  'ghp_',
  'akia',
  'xoxb-',
  '-----BEGIN',
  'plain',
  '',
  '  ',
  'sendgrid key',
];
const line = fc
  .array(fc.constantFrom(...words, 'a', 'kw'), { minLength: 1, maxLength: 12 })
  .map((parts) => parts.join(' '));
const text = fc.array(line, { minLength: 30, maxLength: 90 });
const edit = fc.record({ at: fc.nat(90), drop: fc.nat(6), lines: fc.array(line, { maxLength: 5 }) });

function shown({ count, keywords, ends }: Hits): number[][] {
  return Array.from({ length: count }, (_, index) => [keywords[index] ?? -1, ends[index] ?? -1]);
}

test('the hits are those of the whole text, whatever was edited since the path was last seen', () => {
  const whole = toPrefilter(table.automaton);
  const longest = Math.max(...table.keywordLength);

  fc.assert(
    fc.property(text, fc.array(edit, { maxLength: 6 }), fc.constantFrom('\n', '\r\n'), (lines, edits, end) => {
      const remembered = toPathPrefilter(whole, longest);
      const pad = `${'some plain words '.repeat(80)}${end}`;
      for (const { at, drop, lines: added } of [{ at: 0, drop: 0, lines: [] }, ...edits]) {
        lines.splice(at % lines.length, Math.min(drop, lines.length - 1), ...added);
        const bytes = Buffer.from(pad + lines.join(end));
        expect(shown(remembered('a.ts', bytes))).toEqual(shown(whole(bytes)));
      }
    }),
    { numRuns: 300 },
  );
});

test('a file that comes back with one line changed is looked at there alone', () => {
  const looked: number[] = [];
  const whole = toPrefilter(table.automaton);
  const counted = Object.assign(
    (bytes: Uint8Array): Hits => {
      looked.push(bytes.length);
      return whole(bytes);
    },
    { commonParts: whole.commonParts, longWords: whole.longWords, base64Runs: whole.base64Runs },
  );
  const prefilter = toPathPrefilter(counted, 20);
  const lines = Array.from({ length: 1000 }, (_, index) => `line ${index} of a text that is long enough to tell\n`);

  prefilter('a.ts', Buffer.from(lines.join('')));
  lines[500] = 'another line\n';
  prefilter('a.ts', Buffer.from(lines.join('')));

  expect(looked[0]).toBeGreaterThan(40_000);
  expect(looked.slice(1).reduce((sum, length) => sum + length, 0)).toBeLessThan(300);
});
