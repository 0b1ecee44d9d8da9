import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { transformSync } from 'esbuild';
import { LANGUAGES, type Language, STORES } from '../../src/report/snippets/snippet.js';
import { renderSnippet, toSnippet } from '../../src/report/snippets.js';

const names = { env: 'LINE_CHANNEL_ACCESS_TOKEN', provider: 'line', credential: 'long-lived' };
const cells = STORES.flatMap((store) => LANGUAGES.map((language) => ({ store, language })));

/** How each language's own tool checks the syntax of a file, without the packages that it imports. */
const CHECKS: Readonly<
  Partial<Record<Language, { readonly probe: string; readonly file: string; readonly command: readonly string[] }>>
> = {
  python: {
    probe: 'python3',
    file: 'a.py',
    command: ['python3', '-c', 'import ast, sys; ast.parse(open(sys.argv[1]).read())'],
  },
  go: { probe: 'gofmt', file: 'a.go', command: ['gofmt', '-l', '-e'] },
  ruby: { probe: 'ruby', file: 'a.rb', command: ['ruby', '-c'] },
};

function isThere(tool: string): boolean {
  return spawnSync(tool, ['--version']).error === undefined;
}

/** Writes the code to a file of its own, runs the command on it, and gives what came out. */
function runOn(
  code: string,
  file: string,
  command: readonly string[],
): { readonly status: number | null; readonly output: string } {
  const folder = mkdtempSync(join(tmpdir(), 'leak-guard-snippet-'));
  try {
    writeFileSync(join(folder, file), `${code}\n`);
    const [program = '', ...args] = command;
    const ran = spawnSync(program, [...args, file], { cwd: folder, encoding: 'utf8' });
    return { status: ran.status, output: ran.stdout + ran.stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test.each(cells)('$store in $language names this credential and leaves no placeholder', ({ store, language }) => {
  const code = toSnippet(names, { store, language });

  expect(code).toMatch(store === 'env' ? /LINE_CHANNEL_ACCESS_TOKEN/ : /line/);
  expect(code).not.toMatch(/@[A-Z_]+@/);
});

test.each(cells)('$store in $language comes with a word on authentication and a page', ({ store, language }) => {
  const text = renderSnippet(names, { store, language, width: 80 });

  expect(text.trimEnd().split('\n').at(-1)).toMatch(/^https:\/\/\S+$/);
  expect(text).toMatch(/^LINE_CHANNEL_ACCESS_TOKEN from /);
});

test.each(STORES)('%s in ts is TypeScript', (store) => {
  const { code } = transformSync(toSnippet(names, { store, language: 'ts' }), { loader: 'ts', format: 'esm' });

  expect(code).toContain('readSecret');
});

for (const [language, check] of Object.entries(CHECKS)) {
  const known = LANGUAGES.find((candidate) => candidate === language) ?? 'ts';
  (isThere(check.probe) ? test : test.skip).each(STORES)(`%s in ${language} is what ${check.probe} takes`, (store) => {
    const ran = runOn(toSnippet(names, { store, language: known }), check.file, check.command);

    expect(ran).toEqual({ status: 0, output: expect.not.stringContaining('rror') });
  });
}

(isThere('javac') ? test : test.skip)('in java nothing is wrong but that packages are missing', () => {
  const classes = STORES.map((store) =>
    toSnippet(names, { store, language: 'java' }).replace('class Secrets', `class Secrets_${store}`),
  );
  const imports = classes.flatMap((code) => code.match(/^import .*;$/gm) ?? []);
  const bodies = classes.map((code) => code.replace(/^import .*;$/gm, ''));

  const { output } = runOn([...imports, ...bodies].join('\n'), 'All.java', ['javac', '-proc:none', '-d', '.']);

  const errors = output.split('\n').filter((shown) => shown.includes(': error: '));
  expect(errors.length).toBeGreaterThan(0);
  expect(errors.filter((error) => !/package [\w.]+ does not exist|cannot find symbol/.test(error))).toEqual([]);
});
