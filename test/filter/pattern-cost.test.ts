import { expect, test } from '@jest/globals';
import { countPattern } from '../../src/filter/pattern-cost.js';

test.each([
  ['abc', 1, 3],
  ['a|b', 2, 1],
  ['a{2,5}', 4, 2],
  ['a{3}', 1, 3],
  ['a?b', 2, 1],
  ['a*', 101, 0],
  ['a+', 100, 1],
  ['a{2,}', 99, 2],
  ['a*?', 101, 0],
  ['[a-z]{1,10}-[0-9]{1,10}', 100, 3],
  ['(?:a|b){3}', 8, 3],
  ['(a{1,3}){2}', 9, 2],
  ['\\d{2}\\.\\x41\\u0041[\\w\\-.]', 1, 6],
  ['(?:ab|c){0,2}', 7, 0],
  ['(?<secret>a{20})', 1, 20],
])('counts the ways of %s as %d, with %d characters at least', (source, ways, minLength) => {
  expect(countPattern(source, 100)).toMatchObject({ ways, minLength });
});

test.each(['(a+)+$', '(a|a)*$', '(a*)*b', '([a-z]+)*!', '(?:a?){50}b', '(?:(?:a{1,9}){1,9}){1,9}'])(
  'counts more than a billion ways for the trap %s',
  (source) => {
    expect(countPattern(source, 1000)).toMatchObject({ ways: expect.any(Number) });
    const cost = countPattern(source, 1000);
    expect('ways' in cost && cost.ways > 1e9).toBe(true);
  },
);

test.each([
  ['(a)\\1', 'backreference'],
  ['(?=a)a', 'lookaround'],
  ['(?!a)a', 'lookaround'],
  ['(?<=a)a', 'lookaround'],
  ['(?<!a)a', 'lookaround'],
  ['(?<name>a)\\k<name>', 'named group'],
  ['(?i:a)', 'flags'],
  ['\\bkey', '\\b'],
  ['\\p{L}', 'rare escape'],
  ['[b-a]', 'syntax'],
  ['(a', ')'],
  ['a)', '('],
  ['[a', '[ ]'],
  ['[]', '[ ]'],
  ['*a', 'nothing to repeat'],
  ['a**', 'nothing to repeat'],
  ['a{5,2}', 'syntax'],
  ['{', 'nothing to repeat'],
  ['(('.repeat(20), 'groups'],
  ['a'.repeat(201), '200'],
])('does not count %s: %s', (source, problem) => {
  const cost = countPattern(source, 100);

  expect('problem' in cost && cost.problem).toContain(problem);
});

test.each([
  ['^a', true],
  ['^a|^b', true],
  ['(?:^a)b', true],
  ['^a|b', false],
  ['a^', false],
  ['a', false],
  ['(?:^a)?b', false],
])('knows that %s is held to the start: %s', (source, isAnchoredAtStart) => {
  expect(countPattern(source, 100)).toMatchObject({ isAnchoredAtStart });
});
