import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { globProblem, toPathTest } from '../../src/filter/glob.js';

test.each([
  ['test/fixtures/**', 'test/fixtures/a.json', true],
  ['test/fixtures/**', 'test/fixtures/deep/er/.env', true],
  ['test/fixtures/**', 'test/fixtures', false],
  ['test/fixtures/**', 'src/test/fixtures/a.json', false],
  ['vendor/', 'vendor/a/b.js', true],
  ['vendor/', 'vendor', false],
  ['**/*.snap', 'a.snap', true],
  ['**/*.snap', 'a/b/c.snap', true],
  ['**/*.snap', 'a/b/c.snapshot', false],
  ['docs/*.md', 'docs/a.md', true],
  ['docs/*.md', 'docs/a/b.md', false],
  ['a?.txt', 'ab.txt', true],
  ['a?.txt', 'a.txt', false],
  ['a?.txt', 'a/.txt', false],
  ['{src,test}/data/*.json', 'test/data/x.json', true],
  ['{src,test}/data/*.json', 'lib/data/x.json', false],
  ['app/[slug]/(auth)/*.tsx', 'app/[slug]/(auth)/page.tsx', true],
  ['app/[slug]/(auth)/*.tsx', 'app/s/(auth)/page.tsx', false],
  ['docs/{,old/}*.md', 'docs/a.md', true],
  ['docs/{,old/}*.md', 'docs/old/a.md', true],
  ['{vendor/,third_party/**}', 'vendor/a/b.js', true],
  ['{vendor/,third_party/**}', 'third_party/a.js', true],
  ['{vendor/,third_party/**}', 'third_party', false],
  ['**/{a,b}/**/c.ts', 'x/b/c.ts', true],
  ['**/{a,b}/**/c.ts', 'x/b/y/z/c.ts', true],
  ['**/{a,b}/**/c.ts', 'x/c.ts', false],
  ['**/a/*', 'x\ny/a/\n', true],
  ['a/**', 'a/x\ny/b', true],
  ['A*', 'a1', false],
  ['README.md', 'README.md', true],
  ['README.md', 'docs/README.md', false],
  ['a.c', 'abc', false],
])('%s against %s: %s', async (glob, path, expected) => {
  expect(await globProblem(glob)).toBe(null);
  expect((await toPathTest(glob))(path)).toBe(expected);
});

test.each([
  '**',
  '*',
  '**/*',
  '**/**',
  '*/**',
  '?*/**',
  '**/?*',
  '**/*.*',
  '**/.*',
  '{**,a}',
  '{a,*}',
  '*/',
  '**/*{,x}',
])('refuses the catch-all %s', async (glob) => {
  expect(await globProblem(glob)).toContain('any file');
});

test.each([
  ['!src/**', '"!"'],
  ['/etc/passwd', 'absolute'],
  ['C:/x', 'absolute'],
  ['../x', '".."'],
  ['a/../../x', '".."'],
  ['./x', '"."'],
  ['a\\b', 'backslash'],
  ['a//b', 'empty name'],
  ['{a,{b,c}}', 'braces'],
  ['{a', 'braces'],
  ['{a}/b', 'without a choice'],
  ['{1..3}/b', 'without a choice'],
  ['{1..3,a}/b', '".." in braces'],
  ['{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}', 'more than 64'],
  ['*a*b*', 'more than two *'],
  ['a***', 'more than two *'],
  ['{*,x}{*,x}{*,x}c', 'more than two *'],
  ['*a*/*a*/c', 'more than one name'],
  ['**/a/**/b/**/c', 'more than two **'],
  ['**/a/**/b/', 'more than two **'],
  ['{*,a}*/b/{*,a}*/c/{*,a}*/d', 'more than two **'],
  ['*a*/**/b/**/c', 'two ** behind it'],
  ['**/{a,b,c,d,e}/**/f', 'more than 4 globs'],
  ['*{a,b,c,d,e}*/f', 'more than 4 globs'],
  ['a'.repeat(201), 'longer'],
])('refuses %s: %s', async (glob, problem) => {
  expect(await globProblem(glob)).toContain(problem);
});

test('every other character stands for itself', () => {
  const characters = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index));
  const literal = fc.constantFrom(...characters.filter((character) => !'*?{},/\\.'.includes(character)), 'é', '漢');
  const word = fc.string({ unit: literal, minLength: 1, maxLength: 6 }).filter((text) => !/^!|^[A-Za-z]:/.test(text));
  return fc.assert(
    fc.asyncProperty(word, word, async (one, other) => {
      const glob = `${one}/*/${other}?{${one},b}`;
      expect(await globProblem(glob)).toBe(null);
      const test = await toPathTest(glob);

      expect(test(`${one}/x/${other}y${one}`)).toBe(true);
      expect(test(`${one}/x/${other}yb`)).toBe(true);
      if (one !== other) expect(test(`${other}/x/${one}y${one}`)).toBe(false);
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['*a*b/c', `${'a'.repeat(255)}/c`],
  ['**/a/**/b', 'a/'.repeat(512)],
  ['**/*a*/**/b', `${'a'.repeat(30)}/`.repeat(32)],
  ['**/x*/**/*a*b', `x${'a'.repeat(30)}/`.repeat(32)],
  ['*a*/**/b', `${'a'.repeat(255)}/`.repeat(4)],
])('answers on a path that is made for backtracking: %s', async (glob, path) => {
  expect(await globProblem(glob)).toBe(null);
  expect((await toPathTest(glob))(path.slice(0, 500))).toBe(false);
});

test.each(['**/*.ts', 'a/', 'a*/**'])('%s: a path longer than any of a real repository fits no glob', async (glob) => {
  expect((await toPathTest(glob))(`a/${'a/'.repeat(20)}b.ts`)).toBe(true);
  expect((await toPathTest(glob))(`a/${'a/'.repeat(2000)}b.ts`)).toBe(glob === 'a/');
});
