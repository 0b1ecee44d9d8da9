import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { parseAllowlist } from '../../src/filter/allowlist.js';
import { parseSettings } from '../../src/filter/config.js';

test('every example in docs/configuration.md is valid, and every setting has one', async () => {
  const page = await readFile('docs/configuration.md', 'utf8');
  const examples = Array.from(page.matchAll(/```jsonc\r?\n([\s\S]*?)```/g), ([, example = '']) => example);
  const [allowlist = '', ...settings] = examples;

  expect(parseAllowlist(allowlist).entries).toHaveLength(3);
  const parsed = settings.map((example) => Object.keys(parseSettings('.leak-guard.json', example) ?? {}));
  expect(parsed).toEqual([['off'], ['exclude'], ['maxBlobBytes'], ['block'], ['requireReason'], ['customDetectors']]);
});
