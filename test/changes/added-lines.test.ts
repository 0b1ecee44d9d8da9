import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { addedLines } from '../../src/changes/added-lines.js';
import type { Change } from '../../src/changes/change.js';

test.each([
  ['a new file', 'a\nb\n', [], ['a', 'b']],
  ['nothing', 'a\nb\n', ['a\nb\n'], []],
  ['a line in the middle', 'a\nnew\nb\n', ['a\nb\n'], ['new']],
  ['a line at the end without a line feed', 'a\nnew', ['a\n'], ['new']],
  ['a line feed at the end', 'a\n', ['a'], []],
  ['other line ends', 'a\r\nb\rc\n', ['a\nb\nc\n'], []],
  ['a line with other line ends', 'a\r\nnew\r\nb\r\n', ['a\r\nb\r\n'], ['new']],
  ['carriage returns alone', 'a\rnew\rb', ['a\rb'], ['new']],
  ['a moved line', 'b\na\n', ['a\nb\n'], []],
  ['a line a second time', 'a\nb\na\n', ['a\nb\n'], ['a']],
  ['an edited line', 'a=2\nb\n', ['a=1\nb\n'], ['a=2']],
  ['a removed line', 'a\n', ['a\nb\n'], []],
  ['a merge: one parent has it', 'a\nb\nnew\n', ['a\n', 'b\n'], ['new']],
  ['a merge: each parent has one of two equal lines', 'x\na\nx\nb\n', ['x\na\nb\n', 'a\nx\nb\n'], []],
  ['an empty content', '', ['a\n'], []],
  ['empty lines', 'a\n\n\nnew\n', ['a\n\n\n'], ['new']],
  ['bytes that are no UTF-8', 'a\n\u00ff\u00fe\n', ['a\n\u00ff\n'], ['\u00ff\u00fe']],
])('%s', async (...[, content, parents, expected]) => {
  expect(await newLines(content, parents)).toEqual(expected);
});

test('as many lines are new as the content has more of them than the parent', async () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 });
  const count = (all: readonly string[], wanted: string): number => all.filter((line) => line === wanted).length;

  await fc.assert(
    fc.asyncProperty(lines, lines, async (content, parent) => {
      const found = await newLines(content.map((line) => `${line}\n`).join(''), [
        parent.map((line) => `${line}\n`).join(''),
      ]);

      for (const line of ['a', 'b', 'c', '']) {
        expect(count(found, line)).toBe(Math.max(0, count(content, line) - count(parent, line)));
      }
    }),
  );
});

test('a stretch touches every line from its first to its last byte', async () => {
  const lines = await addedLines(toChange('old 1\nnew\nold 2\n', ['old 1\nold 2\n']));

  expect(lines.touches(0, 5)).toBe(false);
  expect(lines.touches(0, 7)).toBe(true); // to the first byte of the new line
  expect(lines.touches(0, 6)).toBe(false); // a line end belongs to its line
  expect(lines.touches(6, 9)).toBe(true);
  expect(lines.touches(0, 16)).toBe(true);
  expect(lines.touches(10, 15)).toBe(false);
});

test('in a slice a line is old however often the slices repeat it', async () => {
  const change = toChange('x\nx\nnew\n', ['x\n']);
  const lines = await addedLines({
    ...change,
    slice: { startLine: 100, startColumn: 0, countsFrom: 0, countsTo: 8, isLast: false },
  });

  expect([lines.touches(0, 1), lines.touches(2, 3), lines.touches(4, 7)]).toEqual([false, false, true]);
});

test('a line in the middle of 20 MB is told from the rest', async () => {
  const half = Array.from(
    { length: 200_000 },
    (_, line) => `line ${line} of a file that is large enough to count\n`,
  ).join('');
  const change = toChange(`${half}new\n${half}`, [half + half]);

  const lines = await addedLines(change);

  expect(lines.touches(half.length, half.length + 3)).toBe(true);
  expect(lines.touches(0, half.length - 1)).toBe(false);
});

async function newLines(content: string, parents: readonly string[]): Promise<string[]> {
  const lines = await addedLines(toChange(content, parents));
  let start = 0;
  return content
    .split(/(?<=\r\n|\n|\r(?!\n))/)
    .filter((line) => {
      const end = start + line.length;
      const isNew = line !== '' && lines.touches(start, end);
      start = end;
      return isNew;
    })
    .map((line) => line.replace(/[\r\n]+$/, ''));
}

function toChange(content: string, parents: readonly string[]): Change {
  const before = async (): Promise<Buffer[]> => parents.map((parent) => Buffer.from(parent, 'latin1'));
  return { path: 'a.txt', kind: 'file', bytes: Buffer.from(content, 'latin1'), commit: null, before };
}
