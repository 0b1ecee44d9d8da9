import { expect, test } from '@jest/globals';
import { loadTestRules } from '../support/rules.js';
import { toTestSuspect } from '../support/suspect.js';

const key = 'const token = "not a secret";';

test.each([
  `${key} // leak-guard:allow acme-token from the public docs`,
  `token: not a secret # leak-guard:allow acme-token from the public docs`,
  `${key} /* leak-guard:allow acme-token from the public docs */`,
  `<a>not a secret</a> <!-- leak-guard:allow acme-token from the public docs -->`,
  `set not a secret -- leak-guard:allow acme-token from the public docs`,
  `{{ token }} {# leak-guard:allow acme-token from the public docs #}`,
  `token ; leak-guard:allow acme-* from the public docs`,
  `token ; leak-guard:allow former-token from the public docs`,
])('allows on its own line: %s', async (line) => {
  const rules = await loadTestRules({});
  const suspect = toTestSuspect({ lines: [line], formerIds: ['former-token'] });

  expect(rules.allows(suspect)).toEqual({ how: 'comment', reason: 'from the public docs', where: 'src/a.ts:7' });
  expect(rules.warnings()).toEqual([]);
});

test.each([
  '  // leak-guard:allow acme-token from the public docs',
  '# leak-guard:allow acme-token from the public docs',
  '<!-- leak-guard:allow acme-token from the public docs -->',
  ' * leak-guard:allow acme-token from the public docs',
  'REM leak-guard:allow acme-token from the public docs',
  '"//": "leak-guard:allow acme-token from the public docs",',
  "' leak-guard:allow acme-token from the public docs",
])('allows alone on the line above: %s', async (lineAbove) => {
  const rules = await loadTestRules({});

  expect(rules.allows(toTestSuspect({ lineAbove }))).toEqual({
    how: 'comment',
    reason: 'from the public docs',
    where: 'src/a.ts:6',
  });
});

test('behind code, a comment does not reach the next line', async () => {
  const rules = await loadTestRules({});

  expect(rules.allows(toTestSuspect({ lineAbove: `${key} // leak-guard:allow acme-token is public` }))).toBe(null);
  expect(rules.warnings()).toEqual([]);
});

test('allows a secret of several lines from its first or last one', async () => {
  const rules = await loadTestRules({});
  const lines = ['BEGIN', 'body', 'END # leak-guard:allow acme-token made for the tests'];

  expect(rules.allows(toTestSuspect({ lines }))?.where).toBe('src/a.ts:9');
});

test.each([
  ['leak-guard:allow', 'names no detector'],
  ['leak-guard:allow please let this pass', 'another detector than acme-token'],
  ['leak-guard:allow * from the docs', 'names no detector'],
  ['leak-guard:allow acme-token', 'gives no reason'],
  ['leak-guard:allow acme-token */', 'gives no reason'],
  ['leak-guard:allow acme-token --', 'gives no reason'],
  ['leak-guard:allow other-token from the docs', 'another detector than acme-token'],
  ['leak-guard:allow acme-token because not a secret', 'holds the secret'],
])('without effect, and said so: %s', async (comment, why) => {
  const rules = await loadTestRules({});

  expect(rules.allows(toTestSuspect({ lines: [`x // ${comment}`] }))).toBe(null);
  expect(rules.warnings()).toEqual([expect.stringContaining(`src/a.ts:7 has no effect: it`)]);
  expect(rules.warnings()[0]).toContain(why);
});

test('what stands behind the end of a comment is not part of its reason', async () => {
  const rules = await loadTestRules({});
  const line = '/* leak-guard:allow acme-token public */ const token = "not a secret";';

  expect(rules.allows(toTestSuspect({ lines: [line] }))?.reason).toBe('public');
});

test('requireReason: false lets a comment do without a reason, but not without a detector', async () => {
  const rules = await loadTestRules({ '.leak-guard.json': '{"requireReason": false}' });

  expect(rules.allows(toTestSuspect({ lines: ['x // leak-guard:allow acme-token'] }))).not.toBe(null);
  expect(rules.allows(toTestSuspect({ lines: ['x // leak-guard:allow'] }))).toBe(null);
});
