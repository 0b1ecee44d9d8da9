import { describe, expect, test } from '@jest/globals';
import { parseRaw, rawParser } from '../../src/changes/raw-diff.js';

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((digit) => digit.repeat(40));
const output = [
  `:100644 100755 ${a} ${b} M`,
  'edited\nname',
  `:100644 100644 ${a} ${a} R100`,
  'old',
  ':new', // a name that looks like a header
  d,
  `::100644 100644 100644 ${a} ${b} ${c} RM`,
  'merged',
  '',
].join('\0');

test('parses edits, renames, commits and merges', () => {
  const entries = parseRaw(Buffer.from(output)).map(({ path, oldPath, ...entry }) => ({
    path: [oldPath, path].join(' > '),
    ...entry,
  }));

  expect(entries).toEqual([
    { path: ' > edited\nname', commit: '', status: 'M', mode: '100755', oid: b, parents: [{ mode: '100644', oid: a }] },
    { path: 'old > :new', commit: '', status: 'R100', mode: '100644', oid: a, parents: [{ mode: '100644', oid: a }] },
    {
      path: ' > merged',
      commit: d,
      status: 'RM',
      mode: '100644',
      oid: c,
      parents: [
        { mode: '100644', oid: a },
        { mode: '100644', oid: b },
      ],
    },
  ]);
});

test.each([1, 2, 5, 41, 100])('parses pieces of %d bytes alike', (length) => {
  const parser = rawParser();
  const bytes = Buffer.from(output);
  const entries = [];

  for (let at = 0; at < bytes.length; at += length) entries.push(...parser.feed(bytes.subarray(at, at + length)));
  parser.finish();

  expect(entries).toEqual(parseRaw(bytes));
});

describe('what git would not write is a UserError', () => {
  test.each([['no commit'], [`:100644 100644 ${a} M`], [`:100644 100644 ${a} ${b} M`]])('%j', (text) => {
    expect(() => parseRaw(Buffer.from(`${text}\0path`))).toThrow('Could not read the list of changed files');
    expect(() => parseRaw(Buffer.from(`${text}\0`))).toThrow('Could not read the list of changed files');
  });
});
