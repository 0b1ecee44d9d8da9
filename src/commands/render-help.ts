import { hang, wrap } from '../report/wrap.js';
import { allCommands, commonOptionsOf, exitCodesOf } from './facts/all-commands.js';
import type { CommandFacts, Example, ExitCodes, Option } from './facts/facts.js';
import { about, commonOptions, examples, exitCodes } from './facts/program.js';

const COLUMNS = 80;
/** Choices that stand in the place of the value's name, as in `--format text|json`. */
const MAX_CHOICES = 20;
/** A label that is longer has its text on the next line. */
const MAX_LABEL = 26;

/** What `leak-guard --help` prints. */
export function renderOverview(): string {
  const width = Math.max(...allCommands.map(({ name }) => name.length)) + 2;
  return toText([
    wrap(about, COLUMNS),
    ['Usage  leak-guard COMMAND [OPTIONS]'],
    allCommands.flatMap(({ name, summary }) => hang(`  ${name.padEnd(width)}`, summary, COLUMNS)),
    renderOptions('Options of every command', commonOptions),
    renderExamples(examples),
    renderExitCodes(exitCodes),
    ['leak-guard COMMAND --help tells more of a command.'],
  ]);
}

/** What `leak-guard COMMAND --help` prints. */
export function renderHelp(facts: CommandFacts): string {
  return toText([
    renderUsage(facts),
    ...facts.about.map((paragraph) => wrap(paragraph, COLUMNS)),
    renderOptions('Options', facts.options),
    renderOptions('Options of every command', commonOptionsOf(facts)),
    renderExamples(facts.examples),
    renderExitCodes(exitCodesOf(facts)),
  ]);
}

/** Words that go together, as they are told in a usage: `[--hook NAME]…`, `--message FILE`, `[PATH…]`. */
const USAGE_WORD = /\[[^\]]*\]\S*|--\S+ [^\s[-]\S*|\S+/g;

function renderUsage({ name, usage }: CommandFacts): readonly string[] {
  return usage.flatMap((words, index) => {
    const label = `${index === 0 ? 'Usage' : '     '}  leak-guard ${name}`;
    const bound = words.replace(USAGE_WORD, (word) => word.replaceAll(' ', NO_BREAK));
    return hang(`${label} `, bound, COLUMNS).map((line) => line.replaceAll(NO_BREAK, ' ').trimEnd());
  });
}

/** Stands for a blank at which a line is not broken. */
const NO_BREAK = '\u{a0}';

function renderOptions(title: string, options: readonly Option[]): readonly string[] {
  if (options.length === 0) return [];
  const labels = options.map(toLabel);
  const width = Math.max(...labels.map((label) => label.length).filter((length) => length <= MAX_LABEL)) + 2;
  const lines = options.flatMap((option, index) => {
    const label = `  ${(labels[index] ?? '').padEnd(width)}`;
    if (label.length === width + 2) return hang(label, toOptionText(option), COLUMNS);
    return [label, ...hang(' '.repeat(width + 2), toOptionText(option), COLUMNS)];
  });
  return [title, ...lines];
}

/** `-o, --output FILE`; options without a letter stand below the others' names. */
function toLabel({ name, short, value }: Option): string {
  const start = `${short === undefined ? '    ' : `-${short}, `}--${name}`;
  return value === undefined ? start : `${start} ${hasShortChoices(value) ? value.choices.join('|') : value.name}`;
}

function toOptionText({ text, value, isRepeatable = false }: Option): string {
  const again = isRepeatable ? '; may be given more than once' : '';
  const choices = value?.choices === undefined || hasShortChoices(value) ? '' : ` (${value.choices.join(', ')})`;
  return `${text}${again}${choices}`;
}

function hasShortChoices(
  value: NonNullable<Option['value']>,
): value is NonNullable<Option['value']> & { readonly choices: readonly string[] } {
  return value.choices !== undefined && value.choices.join('|').length <= MAX_CHOICES;
}

function renderExamples(given: readonly Example[]): readonly string[] {
  const title = given.length === 1 ? 'Example' : 'Examples';
  return [title, ...given.flatMap(({ line, text }) => [`  ${line}`, ...hang('      ', text, COLUMNS)])];
}

function renderExitCodes(codes: ExitCodes): readonly string[] {
  const told = Object.entries(codes).map(([code, text]) => `${code} ${text}`);
  const title = 'Exit codes  ';
  const line = `${title}${told.join(' · ')}`;
  return line.length <= COLUMNS
    ? [line]
    : told.map((code, index) => `${index === 0 ? title : ' '.repeat(title.length)}${code}`);
}

/** Blocks of lines, a blank line between them. */
function toText(blocks: readonly (readonly string[])[]): string {
  const filled = blocks.filter((block) => block.length > 0);
  return `${filled.map((block) => block.join('\n')).join('\n\n')}\n`;
}
