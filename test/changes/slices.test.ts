import { expect, test } from '@jest/globals';
import type { Change } from '../../src/changes/change.js';
import { sliceChanges } from '../../src/changes/slices.js';

const BLOCK = 8 * 1024 * 1024;
const CHUNK = 65_521; // odd, so that no piece ends where a character does

test('a short content is one slice', async () => {
  const slices = await cut(Buffer.from('a\nb\n'));

  expect(slices).toMatchObject([{ slice: { startLine: 1, startColumn: 0, isLast: true } }]);
  expect(String(slices[0]?.bytes)).toBe('a\nb\n');
});

test.each([
  ['UTF-8', (text: string) => Buffer.from(text)],
  ['UTF-16LE', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le')],
  ['UTF-16BE', (text: string) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16()],
])('the slices of a large %s file hold every line at its place, and overlap', async (_, encode) => {
  const lines = Array.from({ length: 300_000 }, (_, index) => `line ${index}: é 上 😀 and some more text`);
  const slices = await cut(encode(lines.join('\n')));

  let next = 1;
  for (const { bytes, slice } of slices) {
    const text = String(bytes).split('\n');
    const start = slice?.startLine ?? 0;
    expect(slice?.startColumn).toBe(0);
    expect(start).toBeLessThanOrEqual(next);
    if (start > 1) expect(start).toBeLessThan(next - 100);
    expect(text[0]).toBe(lines[start - 1]);
    next = start + text.length;
  }
  expect(next).toBe(lines.length + 1);
  expect(slices.map(({ slice }) => slice?.isLast)).toEqual(slices.map((_, index) => index === slices.length - 1));
  expect(slices.length).toBeGreaterThan(1);
});

test.each([['\r'], ['\r\n']])('lines that end with %j are counted', async (end) => {
  const line = `${'x'.repeat(98)}${end}`;
  const text = line.repeat(200_000);
  const slices = await cut(Buffer.from(text));

  expect(slices.length).toBeGreaterThan(1);
  for (const { bytes, slice } of slices) {
    const { startLine = 0, startColumn = 0 } = slice ?? {};
    const start = (startLine - 1) * line.length + startColumn;
    expect(text.slice(start, start + bytes.length) === String(bytes)).toBe(true);
  }
});

test('a line that is longer than a slice is counted in UTF-16 units', async () => {
  const unit = 'ab é 😀 '; // 9 units would be 8 characters
  const text = unit.repeat(Math.ceil((2.5 * BLOCK) / Buffer.byteLength(unit)));
  const slices = await cut(Buffer.from(`first\n${text}`));

  expect(slices.length).toBeGreaterThan(2);
  for (const { bytes, slice } of slices.slice(1)) {
    const { startLine = 0, startColumn = 0 } = slice ?? {};
    expect(startLine).toBe(2);
    expect(text.slice(startColumn, startColumn + 50)).toBe(String(bytes).slice(0, 50));
  }
});

test('what lies across two blocks is whole in one slice', async () => {
  const key = 'K'.repeat(20_000);
  const firstBlock = Math.ceil(BLOCK / CHUNK) * CHUNK;
  const head = 'x'.repeat(firstBlock - 10_000);
  const slices = await cut(Buffer.from(`${head}${key}${'x'.repeat(10_000)}`));

  expect(slices).toHaveLength(2);
  expect(slices.map(({ bytes }) => bytes.includes(key))).toEqual([false, true]);
});

async function cut(bytes: Buffer): Promise<Change[]> {
  const slices: Change[] = [];
  const change = { path: 'a.txt', kind: 'file', commit: null, before: async () => [] } as const;
  for await (const slice of sliceChanges(chunks(bytes), change)) slices.push(slice);
  return slices;
}

async function* chunks(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
}
