import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { base64Runs } from '../../src/detect/base64-runs.js';
import { toPrefilter, toWalk, type Walk } from '../../src/detect/prefilter.js';
import { mostCompared, type Program, toProgram } from '../../src/detect/program.js';
import { longWords, wordLength } from '../../src/detect/words.js';
import { buildAutomaton } from '../../src/table/automaton.js';
import type { Automaton } from '../../src/table/scan-table.js';
import { sample, table } from '../support/detectors.js';
import { cli, withRepo } from '../support/repo.js';

function programOf(automaton: Automaton): Program {
  const program = toProgram(automaton);
  if (program === undefined) throw new Error('This node runs no WebAssembly.');
  return program;
}

function walked(walk: Walk, bytes: Uint8Array): string[] {
  const ends: string[] = [];
  walk(bytes, (final, offset) => ends.push(`${final}@${offset}`));
  return ends;
}

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', '_'), minLength: 1, maxLength: 4 });
const text = fc.string({ unit: fc.constantFrom('a', 'B', 'c', 'A', '_', '.', '\n'), maxLength: 400 });

test('the program walks as the loop in JavaScript does', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(word, { minLength: 1, maxLength: 8 }),
      fc.array(text, { minLength: 1, maxLength: 4 }),
      (keywords, texts) => {
        const automaton = buildAutomaton(keywords);
        const [ours, plain] = [programOf(automaton).walk, toWalk(automaton)];
        for (const content of texts) {
          expect(walked(ours, Buffer.from(content))).toEqual(walked(plain, Buffer.from(content)));
        }
      },
    ),
  );
});

test('it walks on where its list of ends is full, and from one piece of a long text into the next', () => {
  const automaton = buildAutomaton(['ab', 'b', 'key']);
  const bytes = Buffer.from('ab'.repeat(3000) + '.'.repeat(mostCompared - 6002) + 'key'.repeat(5));

  const ends = walked(programOf(automaton).walk, bytes);

  expect(ends).toEqual(walked(toWalk(automaton), bytes));
  expect(ends.slice(-5).map((end) => Number(end.split('@')[1]))).toEqual(
    [1, 4, 7, 10, 13].map((at) => mostCompared + at),
  );
});

interface Part {
  readonly at: number;
  readonly oldAt: number;
  readonly length: number;
}

function partsOf(program: Program, newer: Buffer, old: Buffer): Part[] {
  const numbers = [...program.commonParts(newer, old)];
  return Array.from({ length: numbers.length / 3 }, (_, index) => {
    const [at = 0, oldAt = 0, length = 0] = numbers.slice(index * 3);
    return { at, oldAt, length };
  });
}

test('common parts stand in both texts, one behind the other', () => {
  const program = programOf(table.automaton);
  const line = fc.constantFrom(
    '',
    'x',
    'a line of some length',
    'another line that is longer than forty-eight bytes by far',
  );
  const lines = fc.array(line, { maxLength: 60 }).map((all) => Buffer.from(all.join('\n')));

  fc.assert(
    fc.property(lines, lines, (newer, old) => {
      let [end, oldEnd] = [0, 0];
      for (const { at, oldAt, length } of partsOf(program, newer, old)) {
        expect(at >= end && oldAt >= oldEnd && length > 0).toBe(true);
        expect(newer.subarray(at, at + length)).toEqual(old.subarray(oldAt, oldAt + length));
        [end, oldEnd] = [at + length, oldAt + length];
      }
      expect(end <= newer.length && oldEnd <= old.length).toBe(true);
    }),
  );
});

test('all but the edited lines is common', () => {
  const program = programOf(table.automaton);
  const lines = Array.from(
    { length: 400 },
    (_, index) => `line ${index} of a text whose lines are of a usual length\n`,
  );
  const old = Buffer.from(lines.join(''));
  lines[100] = 'changed\n';
  lines.splice(200, 3);
  lines.splice(300, 0, 'new\n', 'and newer\n');
  const newer = Buffer.from(lines.join(''));

  const common = partsOf(program, newer, old).reduce((sum, { length }) => sum + length, 0);

  expect(common).toBeGreaterThan(newer.length - 400);
  expect(partsOf(program, old, old)).toEqual([{ at: 0, oldAt: 0, length: old.length }]);
  expect(partsOf(program, newer, Buffer.alloc(0))).toEqual([]);
});

test('the program finds the long words that the loop in JavaScript does', () => {
  const program = programOf(table.automaton);
  const piece = fc.oneof(
    fc.constantFrom('', ' ', '\n', '"', 'ä', 'a.b/c', 'x='),
    fc.string({ unit: fc.constantFrom('a', 'Z', '0', '_', '~', '+'), maxLength: 40 }),
  );

  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const bytes = Buffer.from(pieces.join(''));
      expect(program.longWords(bytes)).toEqual(longWords(bytes));
    }),
  );
});

test('the program finds the runs of base64 that the loop in JavaScript does', () => {
  const program = programOf(table.automaton);
  const piece = fc.oneof(
    fc.constantFrom('', ' ', '\n', '=', 'ä', 'a.b/c'),
    fc.string({ maxLength: 60 }).map((text) => Buffer.from(text).toString('base64')),
    fc.string({ unit: fc.constantFrom('a', 'Z', '0', '_', '-', '+', '/'), maxLength: 40 }),
    fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('base64url')),
    fc.string({ maxLength: 40 }).map((text) => Buffer.from(text, 'utf16le').toString('base64')),
    fc.string({ maxLength: 40 }).map((text) => gzipSync(text).toString('base64')),
  );

  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const bytes = Buffer.from(pieces.join(''));
      expect(program.base64Runs(bytes)).toEqual(base64Runs(bytes));
    }),
  );
});

test('the longest text has room for all its words, and a longer one is gone through in pieces', () => {
  const program = programOf(table.automaton);
  const bytes = Buffer.from(`${'a'.repeat(wordLength)} `.repeat(mostCompared)).subarray(0, mostCompared);

  expect(program.longWords(bytes)).toEqual(longWords(bytes));
  expect([...toPrefilter(table.automaton).longWords(Buffer.from(`in ${'b'.repeat(wordLength)}`))]).toEqual([3, 19]);
});

test.each([
  [0, 30],
  [-40, 200],
  [-24, 24],
  [-1, 30],
  [1, 30],
  [-mostCompared, mostCompared],
  [-mostCompared, mostCompared + 4],
  [-mostCompared - 3, 3 * mostCompared],
])('a word that begins %d bytes from the border of two pieces and has %d is found whole', (at, length) => {
  const program = programOf(table.automaton);
  const before = 2 * mostCompared + at;
  const text = `${`${'word '.repeat(50)}${'b'.repeat(21)}\n`.repeat(before)}`.slice(0, before - 1);
  const word = Buffer.from('text '.repeat(length)).toString('base64url').slice(0, length);
  const bytes = Buffer.from(`${text} ${word} ${text}`);

  const [words, runs] = [program.longWords(bytes), program.base64Runs(bytes)];

  expect([words, runs]).toEqual([longWords(bytes), base64Runs(bytes)]);
  expect([...runs]).toContain(before);
});

test('where node runs no WebAssembly, the same is found', () =>
  withRepo(async (repo) => {
    await repo.write('app.ts', `${'// a comment\n'.repeat(1000)}const key = '${sample('sendgrid-api-key')}';\n`);

    const scan = await repo.exec(process.execPath, ['--jitless', cli, 'scan', 'app.ts', '--format', 'json']);

    expect(scan.exitCode).toBe(1);
    expect(JSON.parse(scan.stdout)).toMatchObject({ findings: [{ file: 'app.ts', startLine: 1001 }] });
  }));

test('a prefilter compares texts from its first call on', () => {
  const bytes = Buffer.from('a text\n');

  expect([...(toPrefilter(table.automaton).commonParts(bytes, bytes) ?? [])]).toEqual([0, 0, 7]);
});
