import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';

interface Row {
  readonly id: string;
  readonly file: string;
  readonly name: string;
  readonly untried: string;
}

const text = readFileSync('docs/situations.md', 'utf8');
const rows = text.split('\n').flatMap(toRow);

function toRow(line: string): Row[] {
  const [, id, cell] = /^\| ([A-Z]\d\d) +\|.*\| ([^|]+?) +\|$/.exec(line) ?? [];
  if (id === undefined || cell === undefined) return [];
  const [, file = '', name = ''] = /^`(\S+\.test\.ts)`: (.+)$/.exec(cell) ?? [];
  return [{ id, file, name, untried: /^not tried: (.+)$/.exec(cell)?.[1] ?? '' }];
}

function ids(letter: string, ...ranges: readonly (readonly [number, number])[]): string[] {
  return ranges.flatMap(([from, to]) =>
    Array.from({ length: to - from + 1 }, (_, index) => `${letter}${String(from + index).padStart(2, '0')}`),
  );
}

test('every situation has its row, once', () => {
  expect(rows.map(({ id }) => id)).toEqual([
    ...ids('S', [1, 18], [20, 34], [36, 36], [38, 85]),
    ...ids('C', [1, 24]),
    ...ids('P', [1, 43]),
    ...ids('T', [1, 13], [20, 23]),
    ...ids('X', [1, 10]),
  ]);
});

test.each(rows.filter(({ untried }) => untried === ''))('the test of $id exists: $name', ({ id, file, name }) => {
  const source = readFileSync(join('test/situations', file), 'utf8');

  expect(source).toContain(name);
  // Where one test goes through a table, the id stands in the table.
  if (!file.startsWith('../')) expect(name.startsWith(`${id} `) || source.includes(`'${id}'`)).toBe(true);
});

test('what was not tried here is said with a reason, and is one of those that need another system', () => {
  const untried = rows.filter((row) => row.untried !== '');

  expect(untried.map(({ id }) => id)).toEqual(['X04', 'X05', 'X06']);
  for (const row of untried) expect(row.untried.length).toBeGreaterThan(20);
});
