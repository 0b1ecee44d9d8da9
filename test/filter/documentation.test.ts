import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { parseAllowlist } from '../../src/filter/allowlist.js';
import { parseSettings } from '../../src/filter/config.js';

test('every example in docs/configuration.md is valid, and every setting has one', async () => {
  const page = await readFile('docs/configuration.md', 'utf8');
  const examples = Array.from(page.matchAll(/```jsonc\r?\n([\s\S]*?)```/g), ([, example = '']) => example);
  const [allowlist = '', ...settings] = examples;

  expect((await parseAllowlist(allowlist)).entries).toHaveLength(3);
  const parsed = await Promise.all(settings.map((example) => parseSettings('.leak-guard.json', example)));
  expect(parsed.map((found) => Object.keys(found ?? {}))).toEqual([
    ['off'],
    ['exclude'],
    ['maxBlobBytes'],
    ['block'],
    ['requireReason'],
    ['customDetectors'],
  ]);
});
