import { expect, test } from '@jest/globals';
import { toPosition, toText } from '../../src/detect/position.js';
import { withRepo } from '../support/repo.js';
import { grow } from '../support/sample.js';

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

test.each([
  [
    'UTF-8, of long and short lines',
    Buffer.from(`${'ab é 😀 '.repeat(30_000)}\r\n${'x\ry\nü\r\n'.repeat(9000)}${'上'.repeat(50_000)}`),
  ],
  ['Latin-1, a line of it', Buffer.from(`a\n${'\xe9\xe8\x80 b'.repeat(60_000)}`, 'latin1')],
  ['UTF-8 that ends as Latin-1', Buffer.from(`${'ab é 😀 '.repeat(9000)}\xe9 ${'ab é 😀 '.repeat(9000)}`, 'latin1')],
])('counts in a large text as in a small one: %s', (_, bytes) => {
  const offsets = Array.from({ length: 150 }, (_, index) => (index * 48_611 * 7) % bytes.length);
  const around = offsets.flatMap((offset) => [offset, Math.round(offset / 65_536) * 65_536 + (offset % 9) - 4]);

  for (const offset of around.filter((one) => one >= 0 && one <= bytes.length)) {
    const lines = bytes.toString('latin1', 0, offset).split(/\r\n|\n|\r(?!$)/);
    const start = offset - (lines.at(-1)?.length ?? 0);
    const column = toText(bytes.subarray(start, offset)).length + 1;

    if (bytes[offset - 1] !== 0x0d)
      expect([offset, toPosition(bytes, offset)]).toEqual([offset, { line: lines.length, column }]);
  }
});

// Counting from the start of the line for each of them took minutes, and ran out of the test's time.
test('a line of 10 MB with two thousand secrets is no endless scan', () =>
  withRepo(async (repo) => {
    const filler = 'lorem ipsum dolor sit amet '.repeat(190);
    const secrets = Array.from({ length: 2000 }, () => grow('SG.{{base64url:22}}.{{base64url:43}}'));
    await repo.write('dump.json', secrets.map((secret) => `${filler}"${secret}"`).join(' '));

    const scan = await repo.run('scan', 'dump.json', '--format', 'json');

    const { findings }: { readonly findings: readonly { readonly startColumn: number }[] } = JSON.parse(scan.stdout);
    expect(findings.map(({ startColumn }) => startColumn)).toEqual(
      secrets.map((_, index) => index * (filler.length + 72) + filler.length + 2),
    );
  }));
