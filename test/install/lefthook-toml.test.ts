import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { tomlEditor } from '../../src/install/lefthook-toml.js';

const START = '# >>> leak-guard >>> v1 (managed block: add your own lines before or after it)';
const END = '# <<< leak-guard <<<';
const command = { run: 'bin/leak-guard hook pre-commit', env: { NODE_OPTIONS: '' } };
const settings = 'run = "bin/leak-guard hook pre-commit"\nenv = { NODE_OPTIONS = "" }';
const inline = 'run = "bin/leak-guard hook pre-commit", env = { NODE_OPTIONS = "" }';
const table = `${START}\n[pre-commit.commands.leak-guard]\n${settings}\n${END}`;
const job = `${START}\n[[pre-commit.jobs]]\nname = "leak-guard"\n${settings}\n${END}\n`;

const own = '[pre-commit.commands.own]\nrun = "x"';
const before = '# top\n[pre-commit]\nparallel = false # why\n\n';
const cases: readonly (readonly [string, string, string])[] = [
  ['nothing at all', '', `${table}\n`],
  ['a comment', '# only this\n', `# only this\n${table}\n`],
  ['tables', `${before}${own}\n`, `${before}${own}\n${table}\n`],
  ['no final newline', own, `${own}\n${table}`],
  [
    'CR LF',
    '[pre-push]\r\nparallel = true\r\n',
    `[pre-push]\r\nparallel = true\r\n${table.replaceAll('\n', '\r\n')}\r\n`,
  ],
  ['CR LF and no final newline', '[a]\r\nb = 1', `[a]\r\nb = 1\r\n${table.replaceAll('\n', '\r\n')}`],
  ['dotted keys', 'pre-commit.commands.own.run = "x"\n', `pre-commit.commands.own.run = "x"\n${table}\n`],
  ['an empty list of jobs', '[pre-commit]\njobs = []\n', `[pre-commit]\njobs = []\n${table}\n`],
  [
    'commands in braces',
    '[pre-commit]\ncommands = { own = { run = "x" } } # c\n',
    `[pre-commit]\ncommands = { leak-guard = { ${inline} }, own = { run = "x" } } # c\n`,
  ],
  [
    'a hook in braces',
    'pre-commit = { parallel = true }\n',
    `pre-commit = { commands.leak-guard = { ${inline} }, parallel = true }\n`,
  ],
  [
    'jobs as tables',
    `${before}# first\n[[pre-commit.jobs]]\nrun = "x"\n[[pre-commit.jobs]]\nrun = "y"\n`,
    `${before}${job}# first\n[[pre-commit.jobs]]\nrun = "x"\n[[pre-commit.jobs]]\nrun = "y"\n`,
  ],
  [
    'jobs on one line',
    '[pre-commit]\njobs = [ { run = "x" }, {run = "y"} ]\n',
    `[pre-commit]\njobs = [ { name = "leak-guard", ${inline} }, { run = "x" }, {run = "y"} ]\n`,
  ],
  [
    'jobs on lines of their own',
    '[pre-commit]\njobs = [\n  # first\n  { run = "x" },\n]\n',
    `[pre-commit]\njobs = [\n  # first\n  { name = "leak-guard", ${inline} },\n  { run = "x" },\n]\n`,
  ],
  [
    'letters of any script',
    '# \u00c3\u0080\na = "\u00e2\u0082\u00ac"\n',
    `# \u00c3\u0080\na = "\u00e2\u0082\u00ac"\n${table}\n`,
  ],
];

describe.each(cases)('TOML with %s', (_, text, expected) => {
  test('gets the command, and gives it back byte for byte', () => {
    const added = tomlEditor.add(text, 'pre-commit', command);

    expect(added).toBe(expected);
    expect(tomlEditor.take(added ?? '')).toBe(text);
  });
});

test('what the user changes around our part stays', () => {
  const added = tomlEditor.add(`${own}\n`, 'pre-commit', command) ?? '';

  expect(tomlEditor.take(`# new\n${added}[pre-push]\nparallel = true\n`)).toBe(
    `# new\n${own}\n[pre-push]\nparallel = true\n`,
  );
});

test.each([
  ['commands that are no table', '[pre-commit]\ncommands = 1\n'],
  ['an empty table in braces', 'pre-commit = {}\n'],
  ['a hook that is a list', '[[pre-commit]]\na = 1\n'],
  ['a command of that name', '[pre-commit.commands.leak-guard]\nrun = "mine"\n'],
])('does not guess where the settings have %s', (_, text) => {
  expect(tomlEditor.add(text, 'pre-commit', command)).toBeUndefined();
});

test.each([
  ['[pre-commit] b = 1\n', 1],
  ['a = 1\na = 2\n', 2],
  ['# \u00c3\u0080\n\na = [1,\n', 4],
])('names the line where %j is broken', (text, line) => {
  expect(tomlEditor.findError(text)).toMatchObject({ line, why: expect.any(String) });
});

test('taking out never throws, and leaves alone what is not ours', () => {
  fc.assert(fc.property(fc.string(), (text) => tomlEditor.take(text) === text));
  expect(tomlEditor.take('[pre-commit]\ncommands = { leak-guard = { run = "mine" }, b = { run = "x" } }\n')).toContain(
    'mine',
  );
});
