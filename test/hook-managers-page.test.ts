import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

const page = readFileSync('docs/hook-managers.md', 'utf8');
const columns = ['install', 'again', 'chain', 'uninstall', 'doctor'];

interface Named {
  readonly number: number;
  readonly file: string;
  readonly name: string;
}

/** The numbered list of tests: number, file and name. */
const named: readonly Named[] = [...page.matchAll(/^(\d+)\. `([^`]+)` (.*)$/gm)].map(
  ([, number, file = '', name = '']) => ({
    number: Number(number),
    file,
    name,
  }),
);

/** The rows of the table whose head begins with these cells. */
function rowsUnder(...head: readonly string[]): readonly (readonly string[])[] {
  const lines = page.split('\n');
  const start = lines.findIndex((line) => head.every((cell, index) => cellsOf(line)[index] === cell));
  const rest = lines.slice(start + 2);
  return rest.slice(0, rest.indexOf('')).map(cellsOf);
}

function cellsOf(line: string): readonly string[] {
  return line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
}

/** What stands between the quotes of a test file's names. */
function readTest(file: string): string {
  return readFileSync(join('test', file), 'utf8').replaceAll("\\'", "'");
}

function idsFrom(letter: string, first: number, last: number): readonly string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => `${letter}${String(first + index).padStart(2, '0')}`);
}

test.each(named)('test $number of the page is there: $file, $name', ({ file, name }) => {
  const text = readTest(file);

  expect(["'", '"', '`'].some((quote) => text.includes(quote + name + quote))).toBe(true);
});

test('each cell of the matrix names a test, and each test has a cell', () => {
  const rows = rowsUnder('manager', ...columns);
  const cells = rows.flatMap((row) => row.slice(1));
  const numbers = cells.flatMap((cell) => cell.split(' ').map(Number));

  expect(rows).toHaveLength(10);
  expect(cells.every((cell) => /^\d+( \d+)*$/.test(cell))).toBe(true);
  expect([...new Set(numbers)].sort((a, b) => a - b)).toEqual(named.map(({ number }) => number));
});

test('every situation has a row, and a test that carries its id or a reason', () => {
  const rows = rowsUnder('id', 'situation', 'tests');

  expect(rows.map(([id]) => id)).toEqual([...idsFrom('I', 1, 32), ...idsFrom('I', 40, 53), ...idsFrom('X', 1, 10)]);
  for (const [id = '', , where = ''] of rows) {
    const file = /^`(.+)`$/.exec(where)?.[1];
    if (file === undefined) expect(where).toMatch(/\w{3} \w+/);
    else expect(readTest(file)).toMatch(new RegExp(`['"\`(][^'"\`\\n]*\\b${id}\\b`));
  }
});
