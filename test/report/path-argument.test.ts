import { expect, test } from '@jest/globals';
import { toPathArgument } from '../../src/report/path-argument.js';

test.each([
  ['src/mail.ts', 'src/mail.ts'],
  ['feature/x+y=1', 'feature/x+y=1'],
  ['my file.ts', '"my file.ts"'],
  ['wörk.ts', '"wörk.ts"'],
  ['fix#12', '"fix#12"'], // a comment for PowerShell, and for sh behind a space
  ['a,b.ts', '"a,b.ts"'], // two arguments for PowerShell
  ['@x.ts', '"@x.ts"'], // a variable for PowerShell
  ['src/@x.ts', 'src/@x.ts'],
  ['-rf', './-rf'],
])('%j is written as %j', (path, argument) => {
  expect(toPathArgument(path)).toBe(argument);
});

test.each(["a'b", 'a$b', 'a`b', 'a"b', 'a%b%', 'a!b', 'a\\b', 'a;b', 'a&b', 'a\nb', 'a’b'])(
  '%j is not written',
  (path) => {
    expect(toPathArgument(path)).toBeNull();
  },
);
