import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { ALLOWLIST_FILE } from '../../src/filter/rule-file.js';
import { fingerprint } from '../../src/fingerprint.js';
import { Secret } from '../../src/secret.js';
import { loadTestRules, toAllowlistText } from '../support/rules.js';
import { toTestSuspect } from '../support/suspect.js';

const reason = 'grown at test time';
const finding = fingerprint('acme-token', new Secret('not a secret'), false);

function load(...entries: readonly object[]) {
  return loadTestRules({ [ALLOWLIST_FILE]: toAllowlistText(...entries) });
}

test('an entry by fingerprint allows the secret wherever it stands, and says where it is allowed', async () => {
  const rules = await load({ finding, reason, by: 'ana@example.com' });

  expect(rules.allows(toTestSuspect())).toEqual({ how: 'finding', reason, where: `${ALLOWLIST_FILE}:1` });
  expect(rules.allows(toTestSuspect({ path: 'moved/b.ts', startLine: 900 }))).not.toBe(null);
});

test('an entry by fingerprint allows no other secret, and no other format', async () => {
  const rules = await load({ finding, reason });

  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (secret) => {
      fc.pre(secret !== 'not a secret');
      expect(rules.allows(toTestSuspect({ secret }))).toBe(null);
    }),
  );
  expect(rules.allows(toTestSuspect({ detector: 'acme-key' }))).toBe(null);
});

test('an entry by fingerprint goes on working when the format is renamed', async () => {
  const rules = await load({ finding, reason });

  expect(rules.allows(toTestSuspect({ detector: 'acme-api-token', formerIds: ['acme-token'] }))).not.toBe(null);
});

test('an entry by fingerprint works for a guessable value', async () => {
  const slow = fingerprint('acme-token', new Secret('not a secret'), true);
  const rules = await load({ finding: slow, reason });

  expect(rules.allows(toTestSuspect({ isGuessable: true }))).not.toBe(null);
  expect(rules.allows(toTestSuspect())).toBe(null);
});

test.each([
  ['test/fixtures/a/b.ts', 'acme-token', true],
  ['test/fixtures/a/b.ts', 'other-token', false],
  ['src/a.ts', 'acme-token', false],
])('an entry by path and family holds for both: %s, %s', async (path, detector, isAllowed) => {
  const rules = await load({ path: 'test/fixtures/**', detectors: ['acme-*'], reason });

  expect(rules.allows(toTestSuspect({ path, detector })) !== null).toBe(isAllowed);
});

test.each([
  [{ value: 'not a secret' }, 'not a secret', true],
  [{ value: 'not a secret' }, 'not a secret!', false],
  [{ value: '/^EXAMPLE_/', detectors: ['acme-token'] }, 'EXAMPLE_1', true],
  [{ value: '/^EXAMPLE_/', detectors: ['acme-token'] }, 'example_1', false],
  [{ value: '/^EXAMPLE_/i', detectors: ['acme-token'] }, 'example_1', true],
  [{ value: '/^EXAMPLE_/', detectors: ['acme-token'] }, `EXAMPLE_${'x'.repeat(1024)}`, false],
  [{ value: '/^EXAMPLE_/', detectors: ['other-token'] }, 'EXAMPLE_1', false],
  [{ value: 'not a secret', path: 'docs/**' }, 'not a secret', false],
])('the entry %j against %j: %s', async (entry, secret, isAllowed) => {
  const rules = await load({ ...entry, reason });

  expect(rules.allows(toTestSuspect({ secret })) !== null).toBe(isAllowed);
});

test('an entry works on its last day; the day after it blocks and says since when', async () => {
  const text = toAllowlistText({ finding, reason, expires: '2027-06-30' });
  const onLastDay = await loadTestRules({ [ALLOWLIST_FILE]: text }, [], new Date('2027-06-30T23:59:59Z'));
  const after = await loadTestRules({ [ALLOWLIST_FILE]: text }, [], new Date('2027-07-01T00:00:00Z'));

  expect(onLastDay.allows(toTestSuspect())).not.toBe(null);
  expect(onLastDay.warnings()).toEqual([]);
  expect(after.allows(toTestSuspect())).toBe(null);
  expect(after.warnings()).toEqual([`The allow entry at ${ALLOWLIST_FILE}:1 expired on 2027-06-30: it blocks again.`]);
  expect(after.usedEntries()).toEqual([]);
});

test('a live entry counts where an expired one covers the same secret', async () => {
  const rules = await load({ finding, reason, expires: '2020-01-01' }, { finding, reason: 'renewed' });

  expect(rules.allows(toTestSuspect())?.reason).toBe('renewed');
  expect(rules.warnings()).toEqual([]);
});

test('counts what it lets through, and knows the entries that did', async () => {
  const rules = await load({ finding, reason }, { value: 'something else', reason });

  rules.allows(toTestSuspect());
  rules.allows(toTestSuspect({ path: 'b.ts' }));
  rules.allows(toTestSuspect({ secret: 'a third thing' }));

  expect(rules.suppressed().map(({ path, how }) => [path, how])).toEqual([
    ['src/a.ts', 'finding'],
    ['b.ts', 'finding'],
  ]);
  expect(rules.usedEntries()).toEqual([rules.entries[0]]);
});

test('a fingerprint in the allowlist is no finding there, and only there', async () => {
  const rules = await load({ finding, reason });
  const digits = { secret: finding, detector: 'hex-token' };

  expect(rules.allows(toTestSuspect({ ...digits, path: ALLOWLIST_FILE }))?.how).toBe('own-fingerprint');
  expect(rules.allows(toTestSuspect({ ...digits, path: `sub/${ALLOWLIST_FILE}` }))).toBe(null);
  expect(rules.allows(toTestSuspect({ secret: 'other digits', path: ALLOWLIST_FILE }))).toBe(null);
});

test.each([
  [{ path: '**', detectors: ['acme-*'] }, 'any file'],
  [{ path: 'test/**' }, '"detectors" is missing'],
  [{ path: 'test/**', detectors: [] }, 'empty'],
  [{ path: 'test/**', detectors: ['*'] }, 'not a detector id'],
  [{ path: 'test/**', detectors: ['a*'] }, 'not a detector id'],
  [{ path: '../x', detectors: ['acme-*'] }, '".."'],
  [{ value: '' }, 'empty'],
  [{ value: '/^EXAMPLE_/' }, '"detectors" is missing'],
  [{ value: '/.*/', detectors: ['acme-*'] }, 'almost any value'],
  [{ value: '/^/', detectors: ['acme-*'] }, 'almost any value'],
  [{ value: '/[a-z]/', detectors: ['acme-*'] }, 'almost any value'],
  [{ value: '/\\w{8,40}/', detectors: ['acme-*'] }, 'almost any value'],
  [{ value: '/^[0-9a-f]+$/', detectors: ['acme-*'] }, 'almost any value'],
  [{ value: '/(a+)+b/', detectors: ['acme-*'] }, 'too long'],
  [{ value: '/x.*y.*z/', detectors: ['acme-*'] }, 'too long'],
  [{ value: '/(a)\\1/', detectors: ['acme-*'] }, 'backreference'],
  [{ finding: 'abc' }, '32 digits'],
  [{}, 'no "finding", "value" or "path"'],
  [{ detectors: ['acme-*'] }, 'no "finding", "value" or "path"'],
  [{ finding, expires: '2027-02-30' }, 'not a day'],
  [{ finding, expires: 'soon' }, 'not a day'],
  [{ finding, because: 'x' }, '"because" is not a key'],
  [{ finding, reason: ' ' }, 'empty'],
  [{ finding, reason: '\u001b[2J' }, 'control'],
  [{ finding, reason: 'a\u202eb' }, 'direction'],
  [{ finding, reason: 7 }, 'must be a text'],
])('refuses the entry %j: %s', async (entry, problem) => {
  await expect(load({ reason, ...entry })).rejects.toMatchObject({
    name: 'UserError',
    message: expect.stringContaining(problem),
  });
});

test('refuses an entry without a reason', async () => {
  await expect(load({ finding })).rejects.toMatchObject({ message: expect.stringContaining('"reason" is missing') });
});

test('never repeats a value or an odd key in a refusal', async () => {
  const value = `${'k9'.repeat(12)}(`;
  const attempts = [
    { value: `/${value}/`, reason },
    { [value]: 1, reason },
    { finding: value, reason },
    { finding, expires: value, reason },
  ];

  for (const entry of attempts) {
    await expect(load(entry)).rejects.toMatchObject({ message: expect.not.stringContaining(value) });
  }
});

test('refuses more globs than a run can try, and takes any number of plain paths', async () => {
  const entries = (end: string) =>
    Array.from({ length: 201 }, (_, number) => ({ path: `docs/${number}/${end}`, detectors: ['acme-*'], reason }));

  await expect(load(...entries('*.md'))).rejects.toMatchObject({ message: expect.stringContaining('200 globs') });
  expect((await load(...entries('a.md'))).entries).toHaveLength(201);
});
