import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { expect, test } from '@jest/globals';
import { commands } from '../../src/cli.js';
import { allCommands, exitCodesOf, optionsOf } from '../../src/commands/facts/all-commands.js';
import type { CommandFacts, Option } from '../../src/commands/facts/facts.js';
import { commonOptions } from '../../src/commands/facts/program.js';
import { help } from '../../src/commands/help.js';
import { ExitCode } from '../../src/exit-code.js';
import { UserError } from '../../src/user-error.js';
import { cli, withRepo } from '../support/repo.js';
import { toContext } from './command-harness.js';

const names = allCommands.map(({ name }) => name);

test('every command has its facts, and nothing else has', () => {
  expect([...names].sort()).toEqual(Object.keys(commands).sort());
});

test.each(names)('the facts of %s list the options that it accepts', async (name) => {
  const { hint } = await failureOf(name, ['--no-such-option']);

  const accepted = [...hint.matchAll(/--[\w-]+/g)].map(([word]) => word);
  expect(optionsOf(toFacts(name)).map((option) => `--${option.name}`)).toEqual(expect.arrayContaining(accepted));
  expect(accepted).toHaveLength(optionsOf(toFacts(name)).length);
});

test.each(names)('%s takes values for the options of which the facts say so, and for no others', async (name) => {
  for (const option of optionsOf(toFacts(name))) {
    const { message } = await failureOf(name, [option.value === undefined ? `--${option.name}=x` : `--${option.name}`]);

    expect([option.name, message]).toEqual([option.name, expect.stringContaining('lacks its value')]);
  }
});

test.each(commonOptions.filter(({ short }) => short !== undefined))(
  'the letter of --$name is known',
  async (option) => {
    const words = option.value === undefined ? [`-${option.short}`] : [`-${option.short}`, 'x'];

    const { message } = await failureOf('doctor', [...words, '--format', 'no-such-word']);

    expect(message).toBe('--format does not know this value.');
  },
);

test.each(names)('%s knows the choices that the facts list', async (name) => {
  for (const option of optionsOf(toFacts(name)).filter((listed) => isChecked(name, listed))) {
    const { hint } = await failureOf(name, [`--${option.name}`, 'no-such-word', ...othersFor(name, option)]);

    const known = option.value?.choices ?? [];
    expect([`${known.join(', ')}.`, `${known.join('|')}.`]).toContain(hint.split(/one of:? |--\w+ /)[1]);
  }
});

test.each(names)('the help of %s fits a terminal and tells usage, options, an example and exit codes', (name) => {
  const text = helpOf(name);

  expect(text).toMatch(new RegExp(`^Usage {2}leak-guard ${name}(?: |$)`, 'm'));
  const examples = toFacts(name).examples.map(({ line }) => `  ${line}`); // a line to copy is not broken
  expect(
    text.split('\n').filter((line) => (line.length > 80 && !examples.includes(line)) || line !== line.trimEnd()),
  ).toEqual([]);
  for (const option of optionsOf(toFacts(name))) expect(text).toContain(`--${option.name}`);
  expect(text).toMatch(/^Examples?\n {2}\S.*leak-guard|^Examples?\n {2}leak-guard/m);
  for (const meaning of Object.values(exitCodesOf(toFacts(name)))) expect(text).toContain(meaning);
});

test('the examples use options that there are', () => {
  const unknown = allCommands.flatMap((facts) =>
    facts.examples.flatMap(({ line }) =>
      [...line.matchAll(/--([\w-]+)/g)].filter(([, word]) => optionsOf(facts).every(({ name }) => name !== word)),
    ),
  );

  expect(unknown).toEqual([]);
});

test('the usage of a command names each of its own options but those that its text explains', () => {
  const missing = allCommands.flatMap((facts) =>
    facts.options
      .filter(({ name }) => name !== 'format' && !facts.usage.some((words) => words.includes(`--${name}`)))
      .map(({ name }) => `${facts.name} --${name}`),
  );

  expect(missing).toEqual([]);
});

test('the overview lists every command in one screen', () => {
  const text = helpOf();

  for (const name of names) expect(text).toMatch(new RegExp(`^  ${name} +\\S`, 'm'));
  expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  expect(text.split('\n').length).toBeLessThan(48);
});

test('the help of a command reads like this', () => {
  expect(helpOf('uninstall')).toMatchInlineSnapshot(`
"Usage  leak-guard uninstall [--global] [--dry-run]

Takes out what install put in: files come back byte for byte, your own lines
stay.

Options
      --global   for every repository of this user
      --dry-run  say what would be done, and do nothing

Options of every command
      --format text|json  how the result is written
  -o, --output FILE       write it to FILE, which only you can read
  -q, --quiet             leave out what is only good to know
      --no-color          no colour; NO_COLOR does the same
      --config FILE       use these settings instead of .leak-guard.json
  -h, --help              print the help of the command

Example
  leak-guard uninstall --dry-run
      see first what would be taken out

Exit codes  0 done · 2 could not do it
"
`);
});

test('help, --help before and behind a command, and no word at all print the help', async () => {
  await withRepo(async (repo) => {
    const [none, short, named, behind] = await Promise.all([
      repo.run(),
      repo.run('-h'),
      repo.run('help', 'scan'),
      repo.run('scan', 'src', '--help'),
    ]);

    expect(none).toEqual({ exitCode: 0, stdout: helpOf(), stderr: '' });
    expect(short).toEqual(none);
    expect(named).toEqual({ exitCode: 0, stdout: helpOf('scan'), stderr: '' });
    expect(behind).toEqual(named);
  });
});

const withoutWords = allCommands.filter(({ positionals }) => positionals.length === 0).map(({ name }) => name);

test.each(withoutWords)('%s refuses a word that is no option', async (name) => {
  const { message } = await failureOf(name, ['sk_word']);

  expect(message).toMatch(new RegExp(`^${name} takes `));
  expect(message).not.toContain('sk_word');
});

test('no hook and no scan loads the facts', () => {
  const text = toFacts('scan').summary;

  expect(readFileSync('dist/bin/manual.cjs', 'utf8')).toContain(text);
  for (const file of ['leak-guard.cjs', 'main.cjs', 'rules.cjs', 'agents.cjs', 'cold.cjs']) {
    expect(readFileSync(`dist/bin/${file}`, 'utf8')).not.toContain(text);
  }
});

function toFacts(name: string): CommandFacts {
  const facts = allCommands.find((known) => known.name === name);
  if (facts === undefined) throw new Error(`no facts of ${name}`);
  return facts;
}

function helpOf(...words: readonly string[]): string {
  const { context, printed } = toContext();
  expect(help(words, context)).toBe(ExitCode.Clean);
  return printed();
}

/** A hook takes --format like any command, and has nothing to write in it: git reads what it says. */
function isChecked(name: string, option: Option): boolean {
  return option.value?.choices !== undefined && (option.name !== 'format' || name !== 'hook');
}

/** The words without which a command asks for others first. */
function othersFor(name: string, option: Option): readonly string[] {
  if (name === 'allow') return ['7c1e93ab'];
  if (name !== 'prevent' || option.name === 'store') return [];
  return ['--store', 'env', ...(option.name === 'lang' ? [] : ['--lang', 'go'])];
}

/** Runs a command on words that it must refuse, and gives what it says of them. */
async function failureOf(name: string, words: readonly string[]): Promise<UserError> {
  const context = { ...toContext().context, cwd: tmpdir(), cliPath: cli };
  const load = commands[name];
  if (load === undefined) throw new Error(`no command ${name}`);
  try {
    await (await load())([...(name === 'hook' ? ['pre-receive'] : []), ...words], context);
  } catch (error) {
    if (UserError.is(error)) return error;
    throw error;
  }
  throw new Error(`${name} ${words.join(' ')} was not refused`);
}
