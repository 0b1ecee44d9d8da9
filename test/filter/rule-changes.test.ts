import { expect, test } from '@jest/globals';
import { describeRuleChanges } from '../../src/filter/rule-changes.js';
import { ALLOWLIST_FILE } from '../../src/filter/rule-file.js';
import { settingsFilesFor } from '../../src/filter/settings-files.js';
import { type RuleFiles, toAllowlistText, toRead } from '../support/rules.js';

const entry = { value: 'not a secret', reason: 'from the docs' };
const other = { value: 'nor is this', reason: 'from the docs' };

function describe(before: RuleFiles, after: RuleFiles) {
  const settingsFiles = settingsFilesFor(['web/a.ts']);
  return describeRuleChanges({ before: [toRead(before)], after: [toRead(after)], settingsFiles });
}

test.each([
  [{}, { [ALLOWLIST_FILE]: toAllowlistText(entry) }, '1 entry added'],
  [{ [ALLOWLIST_FILE]: toAllowlistText(entry, other) }, {}, '2 entries removed'],
  [
    { [ALLOWLIST_FILE]: toAllowlistText(entry) },
    { [ALLOWLIST_FILE]: toAllowlistText(other) },
    '1 entry added, 1 entry removed',
  ],
  [{ [ALLOWLIST_FILE]: '{"version' }, { [ALLOWLIST_FILE]: toAllowlistText(entry) }, '1 entry added'],
])('says how many entries of the allowlist are new', async (before, after, said) => {
  expect(await describe(before, after)).toEqual([`${ALLOWLIST_FILE} changes here: ${said}.`]);
});

test('says which settings are new, in any folder', async () => {
  const before = {
    '.leak-guard.json': '{"block": "high"}',
    'web/package.json': '{"leak-guard": {"exclude": ["dist/"]}}',
  };
  const after = {
    '.leak-guard.json': '{"block": "high", "maxFileSize": "1 MB"}',
    'web/package.json': '{"leak-guard": {}}',
  };

  expect(await describe(before, after)).toEqual([
    'The settings in web/package.json change here: exclude.',
    'The settings in .leak-guard.json change here: maxFileSize.',
  ]);
});

test('is silent where only order and comments change', async () => {
  const before = { [ALLOWLIST_FILE]: toAllowlistText(entry, other), '.leak-guard.json': '{"block": "high"}' };
  const after = {
    [ALLOWLIST_FILE]: `// new\n${toAllowlistText(other, entry)}`,
    '.leak-guard.json': '{ /* new */ "block": "high" }',
  };

  expect(await describe(before, after)).toEqual([]);
});

test('of several versions, an entry is new that none had before, and says where', async () => {
  const read = (...entries: object[]) => toRead({ [ALLOWLIST_FILE]: toAllowlistText(...entries) });
  const third = { value: 'neither is this', reason: 'from the docs' };

  const lines = await describeRuleChanges({
    before: [read(entry), read(other)],
    after: [read(entry, third), read(other, third)],
    settingsFiles: [],
    where: 'in the index only',
  });

  expect(lines).toEqual([`${ALLOWLIST_FILE} changes in the index only: 1 entry added.`]);
});

test('says of rules that are pushed broken that they are', async () => {
  expect(await describe({}, { [ALLOWLIST_FILE]: '{"version', 'web/.leak-guard.json': '[' })).toEqual([
    `${ALLOWLIST_FILE} changes here, and is broken.`,
    'web/.leak-guard.json changes here, and is broken.',
  ]);
});
