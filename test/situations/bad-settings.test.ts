import { join } from 'node:path';
import { expect } from '@jest/globals';
import { expectStop, type Setting, situation, stageBlob, tryCommit } from '../support/situation.js';

const noHooks: Setting = { isGuarded: false };

const ALLOW = '.leak-guard-allow.json';
const SETTINGS = '.leak-guard.json';

const ruleFiles: readonly (readonly [string, string, string | Buffer, RegExp])[] = [
  ['a broken allowlist', ALLOW, '{ "version": 1, "allow": [\n  { oops\n', /allow\.json:2:\d+/],
  ['an unknown key in the allowlist', ALLOW, '{ "allows": [] }', /allow\.json:1:\d+: "allows"/],
  ['an allowlist that allows all', ALLOW, allowing('"path": "**", "detectors": ["*"]'), /allow\.json:/],
  ['an allowlist of more than 1 MB', ALLOW, ' '.repeat(1_000_001), /larger than 1 MB/],
  ['an allowlist that is no text', ALLOW, Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x80]), /valid UTF-8/],
  ['an allowlist that is nested 100,000 deep', ALLOW, `{"version":1,"allow":${'['.repeat(100_000)}`, /allow\.json/],
  ['an empty allowlist file', ALLOW, '', /allow\.json/],
  ['broken settings', SETTINGS, '{ "block": "none" }', /guard\.json:1:12/],
  ['settings of more than 1 MB', SETTINGS, `{}${' '.repeat(1_000_000)}`, /larger than 1 MB/],
  ['settings that exclude all', SETTINGS, '{ "exclude": ["**"] }', /guard\.json:1:/],
  ['settings that nothing can be found with', SETTINGS, '{ "detectors": { "off": ["*"] } }', /guard\.json:1:/],
  ['a pattern that could hang', SETTINGS, detecting('(a+)+$'), /guard\.json:1:/],
  ['broken settings in package.json', 'package.json', '{ "leak-guard": { "block": 1 } }', /package\.json:1:/],
];

for (const [title, path, content, evidence] of ruleFiles) {
  situation(`stops at ${title}`, {}, async (repo, key) => {
    await repo.stage('a.txt', `${key}\n`);
    await repo.stage(path, content);

    const hook = await repo.run('hook', 'pre-commit');
    const { ran, isMoved } = await tryCommit(repo);

    for (const stopped of [hook, ran]) expectStop(stopped, evidence);
    expect([hook.exitCode, isMoved]).toEqual([2, false]);
    expect(hook.stderr.length).toBeLessThan(2_000);
  });
}

situation('stops at an allowlist that is a link in the index, wherever it leads', noHooks, async (repo, key) => {
  await repo.stage('a.txt', `${key}\n`);
  await repo.write('../outside.json', '{ "version": 1, "allow": [] }\n');
  await stageBlob(repo, { path: ALLOW, mode: '120000' }, '../outside.json');

  const hook = await repo.run('hook', 'pre-commit');

  expectStop(hook, /is a symbolic link/);
  expect(hook.exitCode).toBe(2);
});

situation('takes its settings from the file of --config, by an absolute path too', noHooks, async (repo, key) => {
  await repo.stage('a.txt', `${key}\n`);
  await repo.write('../strict.json', '{ "exclude": ["a.txt"] }\n');

  for (const file of [join(repo.dir, '../strict.json'), '../strict.json']) {
    expect(await repo.run('scan', '--staged', '--config', file)).toMatchObject({ exitCode: 0 });
    expect(await repo.run('scan', '.', '--config', file)).toMatchObject({ exitCode: 0 });
  }
});

function allowing(conditions: string): string {
  return `{ "version": 1, "allow": [{ ${conditions}, "reason": "all is well" }] }`;
}

function detecting(pattern: string): string {
  return JSON.stringify({ customDetectors: [{ id: 'custom-x', name: 'X', pattern, keywords: ['a'] }] });
}
