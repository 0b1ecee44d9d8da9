import { allCommands, exitCodesOf } from '../commands/facts/all-commands.js';
import type { CommandFacts, Example, ExitCodes, Option } from '../commands/facts/facts.js';
import {
  about,
  commonOptions,
  environment,
  examples,
  exitCodes,
  files,
  type Note,
  seeAlso,
} from '../commands/facts/program.js';
import { wrap } from '../report/wrap.js';

const SOURCE_COLUMNS = 76;

/** The manual `leak-guard.1`, in roff's man macros, from the facts of the command line. */
export function toManPage(version: string): string {
  const head = toRoff(`leak-guard ${version}`);
  // No date: the same sources make the same page on any day.
  return `${[
    `.TH LEAK\\-GUARD 1 "" "${head}" "User Commands"`,
    '.nh', // a name that is broken with a hyphen can't be copied
    '.ad l',
    '.SH NAME',
    `leak\\-guard \\- ${toRoff('git hooks that stop a commit or push with a credential in it')}`,
    '.SH SYNOPSIS',
    '\\fBleak\\-guard\\fR \\fICOMMAND\\fR [\\fIOPTIONS\\fR]',
    '.SH DESCRIPTION',
    ...toProse(about),
    '.SH COMMANDS',
    ...allCommands.flatMap(toCommand),
    '.SH OPTIONS OF EVERY COMMAND',
    ...commonOptions.flatMap(toOption),
    '.SH EXAMPLES',
    ...[...examples, ...allCommands.flatMap((facts) => facts.examples)].filter(isNew).flatMap(toExample),
    '.SH EXIT STATUS',
    'Where a command does not say more of it:',
    ...Object.entries(exitCodes).flatMap((note) => toNote(note)),
    '.SH ENVIRONMENT',
    ...environment.flatMap(toNote),
    '.SH FILES',
    ...files.flatMap(toNote),
    '.SH SEE ALSO',
    seeAlso.map(toReference).join(',\n'),
  ].join('\n')}\n`;
}

function isNew({ line }: Example, index: number, all: readonly Example[]): boolean {
  return all.findIndex((other) => other.line === line) === index;
}

function toCommand(facts: CommandFacts): readonly string[] {
  const { name, summary, usage, options } = facts;
  const lines = usage.map((words) => `\\fBleak\\-guard ${toRoff(name)}\\fR ${toSyntax(words)}`.trimEnd());
  return [
    `.SS "${toRoff(`${name}: ${summary}`)}"`,
    ...lines.flatMap((line, index) => (index === 0 ? [line] : ['.br', line])),
    ...facts.about.flatMap((paragraph) => ['.PP', ...toProse(paragraph)]),
    ...options.flatMap(toOption),
    ...toExitStatus(exitCodesOf(facts)),
  ];
}

function toExitStatus(codes: ExitCodes): readonly string[] {
  if (codes === exitCodes) return [];
  const told = Object.entries(codes).map(([code, text]) => `${code} ${text}`);
  return ['.PP', ...toProse(`Exit status: ${told.join('; ')}.`)];
}

function toOption({ name, short, value, isRepeatable = false, text }: Option): readonly string[] {
  const flags = [...(short === undefined ? [] : [`-${short}`]), `--${name}`].join(', ');
  const again = isRepeatable ? ' It may be given more than once.' : '';
  const choices = value?.choices === undefined ? '' : ` One of: ${value.choices.join(', ')}.`;
  return [
    '.TP',
    toSyntax(value === undefined ? flags : `${flags} ${value.name}`),
    ...toProse(`${text[0]?.toUpperCase()}${text.slice(1)}.${again}${choices}`),
  ];
}

function toExample({ line, text }: Example): readonly string[] {
  return ['.TP', `\\fB${toRoff(line)}\\fR`, ...toProse(`${text[0]?.toUpperCase()}${text.slice(1)}.`)];
}

function toNote([name, text]: Note): readonly string[] {
  return ['.TP', `\\fB${toRoff(name)}\\fR`, ...toProse(text)];
}

/** `git(1)`: the name in bold. */
function toReference(page: string): string {
  const [name = '', section = ''] = page.split('(');
  return `\\fB${toRoff(name)}\\fR(${section}`;
}

/** Usage: what is typed as it stands in bold, what stands for something in italics. */
function toSyntax(words: string): string {
  return words
    .replaceAll(/(--[\w-]+) (?=[^\s[-])/g, '$1\u{a0}') // an option and its value stay on a line
    .split(/(--?[a-z][\w-]*|\b[A-Z][A-Z.]*\b)/)
    .map((part, index) =>
      index % 2 === 0 ? toRoff(part) : `\\f${part.startsWith('-') ? 'B' : 'I'}${toRoff(part)}\\fR`,
    )
    .join('');
}

/** Short lines of source, a new one for each sentence: that is how roff knows where one ends. */
function toProse(text: string): readonly string[] {
  return text.split(/(?<=[.:!?]) (?=[A-Z])/).flatMap((sentence) => wrap(toRoff(sentence), SOURCE_COLUMNS).map(toText));
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\e'],
  ['-', '\\-'], // a bare one may be drawn as a hyphen, which no shell takes for the minus of an option
  ["'", '\\(aq'],
  ['"', '\\(dq'],
  ['`', '\\(ga'],
  ['^', '\\(ha'],
  ['~', '\\(ti'],
  ['…', '...'],
  ['\u{a0}', '\\ '],
]);

/** Text as roff takes it. */
function toRoff(text: string): string {
  const escaped = text.replace(/[\\'"`^~…\u{a0}-]/gu, (character) => ESCAPES.get(character) ?? character);
  const strange = /[^\n -~]/.exec(escaped);
  if (strange !== null) throw new Error(`The manual can't hold ${JSON.stringify(strange[0])}: ${text}`);
  return escaped;
}

/** A line that begins with a dot would be a request. */
function toText(line: string): string {
  return line.startsWith('.') ? `\\&${line}` : line;
}
