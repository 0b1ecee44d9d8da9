import { expect, test } from '@jest/globals';
import type { Change } from '../../src/changes/change.js';
import { sliceChanges } from '../../src/changes/slices.js';
import type { Finding } from '../../src/finding.js';
import { guard, type Outcome } from '../../src/guard.js';
import { detect } from '../support/detectors.js';
import { loadTestRules } from '../support/rules.js';
import { grow } from '../support/sample.js';

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
  ['UTF-32LE', (text: string) => utf32(`\ufeff${text}`)],
  ['UTF-32BE', (text: string) => utf32(`\ufeff${text}`).swap32()],
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

const firstEnd = Math.ceil(BLOCK / CHUNK) * CHUNK; // where the first block is full
const noise = Buffer.from(Array.from({ length: 97 }, (_, index) => 0x80 + ((index * 89) & 0x7f)));
function utf32(text: string): Buffer {
  return Buffer.from(Uint32Array.from(Array.from(text, (char) => char.codePointAt(0) ?? 0)).buffer);
}

const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

/** `head` to the end of the first block, but for so many bytes, then a secret, then some more. */
function around(head: Buffer, secret: Buffer, bytesBefore: number): Buffer {
  const filler = Buffer.alloc(firstEnd - bytesBefore - head.length, noise);
  return Buffer.concat([head, filler, secret, Buffer.alloc(200_000, noise)]);
}

const token = grow('SG.{{base64url:22}}.{{base64url:43}}');
const characters = [...Buffer.from(token)];

test.each([
  ['UTF-8', Buffer.from(` ${token} `)],
  ['UTF-16LE', utf16(token)],
  ['UTF-16BE', utf16(token).swap16()],
  ['UTF-32LE', Buffer.from(characters.flatMap((byte) => [byte, 0, 0, 0]))],
  ['UTF-32BE', Buffer.from(characters.flatMap((byte) => [0, 0, 0, byte]))],
])('a secret in %s among other bytes is found once wherever a block ends in it', async (_, secret) => {
  const steps = [1, 2, 3, 5, 7, 9, 30, secret.length - 9, secret.length - 3, secret.length - 2, secret.length];

  for (const bytesBefore of steps) {
    const findings = await find(around(Buffer.from('a\n'), secret, bytesBefore));

    expect([bytesBefore, findings.length]).toEqual([bytesBefore, 1]);
  }
});

test('a key that a block ends in is one finding, with all of it', async () => {
  const key = grow('{{rsa-pem}}');
  const line = `${'x'.repeat(79)}\n`;
  const head = line.repeat(Math.floor((firstEnd - key.length / 2) / line.length));

  const [alone] = await find(Buffer.from(key));

  const findings = await find(Buffer.from(`${head}${key}\n${line.repeat(2000)}`));

  expect(findings).toMatchObject([{ startLine: head.length / line.length + 1, fingerprint: alone?.fingerprint }]);
});

test('ASCII that was appended to a large UTF-16 file hides nothing of what follows', async () => {
  const line = 'a line of a log\r\n';
  const head = Buffer.concat([utf16(`\ufeff${line.repeat(1000)}`), Buffer.from('appended by a shell.\n')]);
  const rest = utf16(`${line.repeat(270_000)}key = ${token}\r\n`);

  expect(await find(Buffer.concat([head, rest]))).toMatchObject([{ startLine: 271_002, startColumn: 7 }]);
});

test('a long line that is no UTF-8 is counted in bytes', async () => {
  const line = Buffer.alloc(firstEnd, 'caf\xe9 \x80 ', 'latin1');

  const findings = await find(Buffer.concat([line, Buffer.from(`key = ${token}\n`)]));

  expect(findings).toMatchObject([{ startLine: 1, startColumn: firstEnd + 7 }]);
});

test('the bytes of all slices are those of the content', async () => {
  const bytes = Buffer.from('some words on a line\n'.repeat(1_000_000));
  const { scanned } = await scan(bytes);

  expect(scanned).toMatchObject({ blobs: 1, bytes: bytes.length });
});

async function find(bytes: Buffer): Promise<readonly Finding[]> {
  return (await scan(bytes)).findings;
}

async function scan(bytes: Buffer): Promise<Outcome> {
  const rules = await loadTestRules({});
  const change = { path: 'a.txt', kind: 'file', commit: null, before: async () => [] } as const;
  return guard(sliceChanges(chunks(bytes), change), { detect, rules, exposure: 'unknown' });
}

async function cut(bytes: Buffer): Promise<Change[]> {
  const slices: Change[] = [];
  const change = { path: 'a.txt', kind: 'file', commit: null, before: async () => [] } as const;
  for await (const slice of sliceChanges(chunks(bytes), change)) slices.push(slice);
  return slices;
}

async function* chunks(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += CHUNK) yield bytes.subarray(at, at + CHUNK);
}
