import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import micromatch from 'micromatch';
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
  ['README.md', 'README.md', true],
  ['README.md', 'docs/README.md', false],
  ['a.c', 'abc', false],
])('%s against %s: %s', (glob, path, expected) => {
  expect(globProblem(glob)).toBe(null);
  expect(toPathTest(glob)(path)).toBe(expected);
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
])('refuses the catch-all %s', (glob) => {
  expect(globProblem(glob)).toContain('any file');
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
  ['{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}', 'more than 64'],
  ['a'.repeat(201), 'longer'],
])('refuses %s: %s', (glob, problem) => {
  expect(globProblem(glob)).toContain(problem);
});

test('agrees with micromatch on the syntax that both know', () => {
  const name = fc.stringMatching(/^[abc]{1,4}$/);
  const globName = fc.stringMatching(/^[ab*?]{1,4}$/).filter((text) => !text.includes('**'));
  const glob = fc.array(fc.oneof(globName, fc.constant('**')), { minLength: 1, maxLength: 4 });
  const path = fc.array(name, { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(glob, path, (globNames, names) => {
      // micromatch takes "a/**" for "a" as well; we ask for something in the folder.
      fc.pre(globNames.at(-1) !== '**');
      const text = globNames.join('/');
      const expected = micromatch.isMatch(names.join('/'), text, { dot: true });
      expect({ text, path: names.join('/'), is: toPathTest(text)(names.join('/')) }).toEqual({
        text,
        path: names.join('/'),
        is: expected,
      });
    }),
    { numRuns: 5000 },
  );
});

test.each([
  ['*a*a*a*a*b*/c', `${'a'.repeat(4000)}/b`],
  ['**/a/**/a/**/a/**/a/**/b', 'a/'.repeat(2000)],
  [`${'*a'.repeat(100)}`, 'a'.repeat(4000).concat('b')],
])('answers on a hostile path, where backtracking would not end: %s', (glob, path) => {
  expect(toPathTest(glob)(path)).toBe(false);
});
