import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from '@jest/globals';
import { toManPage } from '../../src/build/man-page.js';
import { allCommands, exitCodesOf, optionsOf } from '../../src/commands/facts/all-commands.js';
import { isThere } from '../support/shell-completion.js';

const file = resolve('dist/man/leak-guard.1');
const page = readFileSync(file, 'utf8');
const manifest: { version: string; man: unknown; files: string[] } = JSON.parse(readFileSync('package.json', 'utf8'));
const MAY_BE_MISSING = 'skipped where it is missing';

test('the build writes the page, for this version, to where npm looks for it', () => {
  expect(page).toBe(toManPage(manifest.version));
  // A list: npm 11 passes over a single name when it installs a tarball.
  expect(manifest.man).toEqual(['dist/man/leak-guard.1']);
  expect(manifest.files).toContain('dist/man');
});

test('the page begins as programs want it that index pages', () => {
  expect(page.split('\n')[0]).toBe(`.TH LEAK\\-GUARD 1 "" "leak\\-guard ${manifest.version}" "User Commands"`);
  expect(page).toContain('\n.SH NAME\nleak\\-guard \\- git hooks that ');
});

test('the page has the sections that a reader expects, in the usual order', () => {
  const sections = [...page.matchAll(/^\.SH (.*)$/gm)].map(([, title]) => title);

  expect(sections).toEqual([
    'NAME',
    'SYNOPSIS',
    'DESCRIPTION',
    'COMMANDS',
    'OPTIONS OF EVERY COMMAND',
    'EXAMPLES',
    'EXIT STATUS',
    'ENVIRONMENT',
    'FILES',
    'SEE ALSO',
  ]);
});

test('the page is plain ASCII, and every minus is one that can be copied', () => {
  expect(page).toMatch(/^[\n -~]*$/);
  expect(page.match(/.*(?<!\\)-.*/g)).toBe(null);
});

test('no line of text begins as a request does', () => {
  const requests = page.split('\n').filter((line) => /^[.']/.test(line));

  expect(requests.filter((line) => !/^\.(?:TH|SH|SS|TP|PP|br|nh|ad l)(?: |$)/.test(line))).toEqual([]);
});

(isThere('groff') ? test : test.skip)(`groff has no warning (${MAY_BE_MISSING})`, () => {
  const { status, stderr } = run('groff', '-man', '-ww', '-z', '-Tutf8', file);

  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

(isThere('mandoc') ? test : test.skip)(`mandoc has no warning (${MAY_BE_MISSING})`, () => {
  const { stdout } = run('mandoc', '-Tlint', '-Wwarning', file);

  // Without a date on purpose: the same sources make the same page on any day.
  expect(stdout.split('\n').filter((line) => !line.includes('WARNING: missing date'))).toEqual(['']);
});

(isThere('groff') ? test : test.skip)(
  `a reader sees all that the facts tell of each command (${MAY_BE_MISSING})`,
  () => {
    const { stdout } = run('groff', '-man', '-Tascii', '-P-cbou', '-rLL=200n', file);
    const seen = stdout.replace(/\s+/g, ' ');

    for (const facts of allCommands) {
      expect(seen).toContain(` ${facts.name}: ${facts.summary} leak-guard ${facts.name}`);
      for (const words of facts.usage)
        expect(seen).toContain(`leak-guard ${facts.name} ${words}`.trim().replaceAll('…', '...'));
      for (const option of optionsOf(facts)) expect(seen).toContain(`--${option.name} `);
      for (const { line } of facts.examples) expect(seen).toContain(` ${line} `);
      for (const meaning of Object.values(exitCodesOf(facts))) expect(seen).toContain(meaning);
    }
    expect(seen).toContain(' .leak-guard-allow.json ');
    expect(seen).toContain(' NO_COLOR ');
  },
);

function run(program: string, ...args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(program, args, { encoding: 'utf8' });
}
