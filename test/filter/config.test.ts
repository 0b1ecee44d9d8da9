import { expect, test } from '@jest/globals';
import { settingsFilesFor } from '../../src/filter/settings-files.js';
import { loadTestRules } from '../support/rules.js';

const acme = {
  id: 'custom-acme-token',
  name: 'ACME token',
  pattern: 'acme_[a-z0-9]{32}',
  keywords: ['acme_'],
};

function loadRoot(settings: object) {
  return loadTestRules({ '.leak-guard.json': JSON.stringify(settings) });
}

test('without settings everything is scanned, everything blocks, up to 200 MB', async () => {
  const rules = await loadTestRules({});

  expect(rules.excludes('src/a.ts')).toBe(false);
  expect(rules.blocks('low', 'src/a.ts')).toBe(true);
  expect(rules.isEnabled({ id: 'acme-token' }, 'src/a.ts')).toBe(true);
  expect(rules.maxBlobBytes('src/a.ts')).toBeUndefined();
  expect(rules.customDetectors).toEqual([]);
});

test('looks for settings in each folder above the paths', () => {
  expect(settingsFilesFor(['a/b/c.ts', 'a/d.ts']).map(({ path }) => path)).toEqual([
    'a/b/.leak-guard.json',
    'a/b/package.json',
    'a/.leak-guard.json',
    'a/package.json',
    '.leak-guard.json',
    'package.json',
  ]);
});

test('the nearest file wins, key by key', async () => {
  const files = {
    '.leak-guard.json': '{"block": "high", "maxFileSize": "1 MB", "detectors": {"off": ["acme-*"]}}',
    'web/.leak-guard.json': '{"block": "medium"}',
    'web/app/package.json': '{"name": "app", "leak-guard": {"detectors": {"off": ["other-token"]}}}',
  };
  const rules = await loadTestRules(files, ['web/app/src/a.ts']);
  const acmeToken = { id: 'acme-token' };

  expect(['a.ts', 'web/a.ts', 'web/app/a.ts', 'webs/a.ts'].map((path) => rules.blocks('medium', path))).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(['a.ts', 'web/a.ts', 'web/app/a.ts'].map((path) => rules.isEnabled(acmeToken, path))).toEqual([
    false,
    false,
    true,
  ]);
  expect(rules.isEnabled({ id: 'other-token' }, 'web/app/src/deep/a.ts')).toBe(false);
  expect(rules.maxBlobBytes('web/app/src/a.ts')).toBe(1_000_000);
});

test('a detector is off under its former id as well', async () => {
  const rules = await loadRoot({ detectors: { off: ['acme-token'] } });

  expect(rules.isEnabled({ id: 'acme-api-token', formerIds: ['acme-token'] }, 'a.ts')).toBe(false);
});

test('excludes paths from the folder of the file', async () => {
  const rules = await loadTestRules({ 'web/.leak-guard.json': '{"exclude": ["dist/", "**/*.snap"]}' }, ['web/a.ts']);

  expect(['web/dist/a.js', 'web/src/a.snap'].map(rules.excludes)).toEqual([true, true]);
  expect(['dist/a.js', 'a.snap', 'web/src/dist.ts'].map(rules.excludes)).toEqual([false, false, false]);
});

test.each([
  ['critical', [true, false, false, false]],
  ['high', [true, true, false, false]],
  ['medium', [true, true, true, false]],
  ['low', [true, true, true, true]],
])('block %s', async (block, expected) => {
  const rules = await loadRoot({ block });
  const severities = ['critical', 'high', 'medium', 'low'] as const;

  expect(severities.map((severity) => rules.blocks(severity, 'a.ts'))).toEqual(expected);
});

test.each([
  ['20 MB', 20_000_000],
  ['100kB', 100_000],
  ['2 GB', 2_000_000_000],
  [123_456, 123_456],
])('maxFileSize %j is %d bytes', async (maxFileSize, bytes) => {
  expect((await loadRoot({ maxFileSize })).maxBlobBytes('a.ts')).toBe(bytes);
});

test('defines own detectors, which hold in the folder of their file', async () => {
  const rules = await loadTestRules({ 'web/.leak-guard.json': JSON.stringify({ customDetectors: [acme] }) }, [
    'web/a.ts',
  ]);

  expect(rules.customDetectors).toEqual([
    { id: acme.id, name: acme.name, keywords: ['acme_'], severity: 'high', pattern: /acme_[a-z0-9]{32}/ },
  ]);
  expect(rules.isEnabled({ id: acme.id }, 'web/src/a.ts')).toBe(true);
  expect(rules.isEnabled({ id: acme.id }, 'src/a.ts')).toBe(false);
});

test('what is not ASCII in an own detector is told at its line and column, with what to write instead', async () => {
  const detector = JSON.stringify({ ...acme, keywords: ['acme_', 'clé_'] }).replace('"clé_"', '\n "clé_"');

  await expect(loadTestRules({ '.leak-guard.json': `{"customDetectors": [${detector}]}` })).rejects.toMatchObject({
    message: expect.stringContaining('.leak-guard.json:2:2'),
    hint: 'Write another, or a part of it that is ASCII.',
  });
});

test.each(['cl.{1,2}_[a-z0-9]{32}', 'acme\\x5f[\\u0061-z]{32}', 'acme\\\\u00e9[a-z]{32}'])(
  'a pattern that means only ASCII is taken: %s',
  async (pattern) => {
    const rules = await loadRoot({ customDetectors: [{ ...acme, pattern }] });

    expect(rules.customDetectors[0]?.pattern.source).toBe(pattern);
  },
);

test.each([
  [{ exclude: ['**'] }, 'any file'],
  [{ exclude: ['*/**'] }, 'any file'],
  [{ exclude: [] }, 'empty'],
  [{ exclude: 'dist' }, 'a list'],
  [{ exclude: ['../other/**'] }, '".."'],
  [{ exclude: ['**/*a*b*'] }, 'more than two *'],
  [{ exclude: Array(201).fill('docs/*.md') }, 'more than 200 globs'],
  [{ detectors: { off: ['*'] } }, 'not a detector id'],
  [{ detectors: { on: ['acme-token'] } }, '"on" is not a key'],
  [{ detectors: {} }, '"off" is missing'],
  [{ maxFileSize: '1 kB' }, 'between 100 kB and 2 GB'],
  [{ maxFileSize: 1 }, 'between'],
  [{ maxFileSize: 'huge' }, 'between'],
  [{ block: 'never' }, 'one of: critical, high, medium, low'],
  [{ requireReason: 'no' }, 'true or false'],
  [{ allow: [] }, '"allow" is not a key'],
  [{ extends: 'x' }, '"extends" is not a key'],
  [{ customDetectors: [{ ...acme, id: 'aws-access-key' }] }, 'custom-'],
  [{ customDetectors: [{ ...acme, pattern: 'acme_[a-z]+' }] }, 'has *, + or {m,}'],
  [{ customDetectors: [{ ...acme, pattern: 'acme_[a-z]{32,}' }] }, 'has *, + or {m,}'],
  [{ customDetectors: [{ ...acme, pattern: '^acme_[a-z]{32}' }] }, 'has ^ or $'],
  [{ customDetectors: [{ ...acme, pattern: '[a-z]{1,300}[a-z]{1,300}' }] }, 'too long'],
  [{ customDetectors: [{ ...acme, pattern: '(?:[a-z]{1,9}){1,9}' }] }, 'too long'],
  [{ customDetectors: [{ ...acme, pattern: 'acme[a-z]{0,9}' }] }, 'less than 8'],
  [{ customDetectors: [{ ...acme, pattern: '(?=a)acme_[a-z]{32}' }] }, 'lookaround'],
  [{ customDetectors: [{ ...acme, keywords: undefined }] }, 'neither'],
  [{ customDetectors: [{ ...acme, keywords: ['a'] }] }, 'shorter'],
  [{ customDetectors: [{ ...acme, minEntropy: 99 }] }, 'between 0 and 5'],
  [{ customDetectors: [{ ...acme, url: 'http://example.com' }] }, 'https'],
  [{ customDetectors: [acme, acme] }, 'twice'],
  [{ customDetectors: [{ ...acme, keywords: ['acme_', 'clé_'] }] }, 'this word has a character that is not ASCII'],
  [{ customDetectors: [{ ...acme, near: ['schlüssel'] }] }, 'this word has a character that is not ASCII'],
  [{ customDetectors: [{ ...acme, names: ['密钥'] }] }, 'this word has a character that is not ASCII'],
  [{ customDetectors: [{ ...acme, pattern: 'clé_[a-z0-9]{32}' }] }, 'this pattern has a character that is not ASCII'],
  [{ customDetectors: [{ ...acme, pattern: 'acme_[à-ý]{32}' }] }, 'this pattern has a character that is not ASCII'],
  [
    { customDetectors: [{ ...acme, pattern: 'cl\\u00e9_[a-z]{32}' }] },
    'this pattern has a character that is not ASCII',
  ],
  [{ customDetectors: [{ ...acme, pattern: 'cl\\xE9_[a-z]{32}' }] }, 'this pattern has a character that is not ASCII'],
])('refuses %j: %s', async (settings, problem) => {
  await expect(loadRoot(settings)).rejects.toMatchObject({
    name: 'UserError',
    message: expect.stringContaining(problem),
  });
});

test('reads package.json only where it has settings', async () => {
  const without = '{"name": "a", "devDependencies": {"leak-guard": "^1.0.0"}';
  const rules = await loadTestRules({ 'package.json': without });

  expect(rules.blocks('low', 'a.ts')).toBe(true);
  await expect(loadTestRules({ 'package.json': '{\n "leak-guard": {"blok": "low"}}' })).rejects.toMatchObject({
    message: expect.stringContaining('package.json:2:25'),
  });
});

test.each([
  '{"devDependencies": {"leak-guard": "^1.0.0"},\n "leak-guard": {"blok": "low"}}',
  '{"leak-guard": true}',
  '{"leak-guard": ["low"]}',
])('settings beside the package of the same name are checked: %s', async (text) => {
  await expect(loadTestRules({ 'package.json': text })).rejects.toMatchObject({
    message: expect.stringContaining('package.json:'),
  });
});

test('the version of the package is no setting, and the file need not be sound', async () => {
  const text = '{"devDependencies": {"leak-guard": "^1.0.0"}, "broken';

  await expect(loadTestRules({ 'package.json': text })).resolves.toBeDefined();
});

test.each([{ kind: 'link' } as const, { kind: 'too-large' } as const])(
  'a package.json that is %j is none of our business; a settings file is',
  async (stored) => {
    await expect(loadTestRules({ 'package.json': stored })).resolves.toBeDefined();
    await expect(loadTestRules({ '.leak-guard.json': stored })).rejects.toMatchObject({ name: 'UserError' });
  },
);

test('refuses settings in two places for one folder', async () => {
  const files = { '.leak-guard.json': '{"block": "low"}', 'package.json': '{"leak-guard": {"block": "high"}}' };

  await expect(loadTestRules(files)).rejects.toMatchObject({ message: expect.stringContaining('Both') });
});
