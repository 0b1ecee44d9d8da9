import { isDeepStrictEqual } from 'node:util';
import { type AST, getStaticTOMLValue, ParseError, parseTOML } from 'toml-eslint-parser';
import { BLOCK_END, BLOCK_START, takeBlocks } from './block.js';
import { type BrokenAt, toText } from './broken-settings.js';
import { isOurRun, isRecord, type LefthookCommand, type LefthookEditor, NAME, withCommand } from './lefthook-editor.js';

/** lefthook's TOML: its parser says where things stand, and only our own text is put in there. */
export const tomlEditor: LefthookEditor = { findError, add, take };

type Entry = AST.TOMLKeyValue | AST.TOMLTable;

function findError(text: string): BrokenAt | undefined {
  try {
    parseTOML(toText(text));
    return undefined;
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return { line: error.lineNumber, column: error.column + 1, why: error.message };
  }
}

function add(text: string, hook: string, command: LefthookCommand): string | undefined {
  const before = parse(text);
  const settings = isRecord(before.value[hook]) ? before.value[hook] : {};
  const hasJobs = Array.isArray(settings['jobs']) && settings['jobs'].length > 0 && !isRecord(settings['commands']);
  const added = hasJobs
    ? addJob(text, before.entries, { hook, command })
    : addCommand(text, before.entries, { hook, command });
  const isRight = added !== undefined && says(added, withCommand(before.value, hook, command));
  return isRight ? added : undefined;
}

interface Wanted {
  readonly hook: string;
  readonly command: LefthookCommand;
}

function addJob(text: string, entries: readonly Entry[], { hook, command }: Wanted): string | undefined {
  const first = entries.find(
    (entry) => entry.type === 'TOMLTable' && isDeepStrictEqual(entry.resolvedKey, [hook, 'jobs', 0]),
  );
  if (first !== undefined) {
    const lines = [`[[${hook}.jobs]]`, `name = "${NAME}"`, ...toLines(command)];
    return insertLines(text, startOfComments(text, first.range[0]), lines);
  }
  const jobs = findValue(entries, [hook, 'jobs']);
  const [element] = jobs?.type === 'TOMLArray' ? jobs.elements : [];
  if (element === undefined) return undefined;
  return insertBefore(text, element.range[0], `{ name = "${NAME}", ${toLines(command).join(', ')} }`);
}

function addCommand(text: string, entries: readonly Entry[], { hook, command }: Wanted): string | undefined {
  const entry = `{ ${toLines(command).join(', ')} }`;
  const commands = findValue(entries, [hook, 'commands']);
  if (commands !== undefined) return insertInTable(text, commands, `${NAME} = ${entry}`);
  const settings = findValue(entries, [hook]);
  if (settings !== undefined) return insertInTable(text, settings, `commands.${NAME} = ${entry}`);
  return insertLines(text, text.length, [`[${hook}.commands.${NAME}]`, ...toLines(command)]);
}

function toLines({ run, use_stdin: usesInput }: LefthookCommand): readonly string[] {
  const lines = [`run = ${JSON.stringify(run)}`, 'env = { NODE_OPTIONS = "" }'];
  return usesInput === true ? [...lines, 'use_stdin = true'] : lines;
}

// Between marker lines. A text without a final newline stays one, which is how `takeBlocks` knows.
function insertLines(text: string, offset: number, lines: readonly string[]): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const block = [BLOCK_START, ...lines, BLOCK_END].join(eol);
  const head = text.slice(0, offset);
  if (head !== '' && !head.endsWith('\n')) return `${head}${eol}${block}`;
  return `${head}${block}${eol}${text.slice(offset)}`;
}

// Comments right above the first job tell of that job.
function startOfComments(text: string, offset: number): number {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const above = /(?:^|\n)((?:[ \t]*#[^\n]*\n)+)$/.exec(text.slice(0, lineStart))?.[1] ?? '';
  return lineStart - above.length;
}

function insertInTable(text: string, table: AST.TOMLContentNode, entry: string): string | undefined {
  const [first] = table.type === 'TOMLInlineTable' ? table.body : [];
  return first === undefined ? undefined : insertBefore(text, first.range[0], entry);
}

// What stands first on its line gets ours on a line above it.
function insertBefore(text: string, offset: number, entry: string): string {
  const indent = /(\r?\n[ \t]*)$/.exec(text.slice(0, offset))?.[1] ?? ' ';
  return `${text.slice(0, offset)}${entry},${indent}${text.slice(offset)}`;
}

function take(text: string): string {
  const rest = takeBlocks(text);
  if (findError(rest) !== undefined) return rest;
  const { entries } = parse(rest);
  const spots = entries.flatMap((entry) => (entry.type === 'TOMLTable' ? entry.body : [entry])).flatMap(findOurs);
  return spots.reduceRight((left, { start, end }) => left.slice(0, start) + left.slice(end), rest);
}

interface Spot {
  readonly start: number;
  readonly end: number;
}

/** Where our entries stand in a value: each up to the start of the one behind it. */
function findOurs({ value }: Pick<AST.TOMLKeyValue, 'value'>): readonly Spot[] {
  if (value.type === 'TOMLArray') {
    return value.elements.flatMap((element, index) => {
      const settings = runsUs(element);
      return settings?.['name'] === NAME ? spotOf(value.elements, index) : findOurs({ value: element });
    });
  }
  if (value.type !== 'TOMLInlineTable') return [];
  return value.body.flatMap((entry, index) => {
    const isOurs = namesOf(entry.key).at(-1) === NAME && runsUs(entry.value) !== undefined;
    return isOurs ? spotOf(value.body, index) : findOurs(entry);
  });
}

function runsUs(node: AST.TOMLContentNode): Readonly<Record<string, unknown>> | undefined {
  const settings: unknown = getStaticTOMLValue(node);
  return isRecord(settings) && isOurRun(settings['run']) ? settings : undefined;
}

function spotOf(nodes: readonly AST.TOMLNode[], index: number): readonly Spot[] {
  const [node, next] = nodes.slice(index);
  return node === undefined || next === undefined ? [] : [{ start: node.range[0], end: next.range[0] }];
}

/** The value that is written at this path as a value, and not as tables of their own. */
function findValue(entries: readonly Entry[], path: readonly string[]): AST.TOMLContentNode | undefined {
  for (const entry of entries) {
    const isTable = entry.type === 'TOMLTable';
    const names = isTable ? entry.resolvedKey : namesOf(entry.key);
    const isOnWay = names.every((name, index) => name === path[index]);
    if (!isOnWay) continue;
    const rest = path.slice(names.length);
    const found = isTable
      ? findValue(entry.body, rest)
      : rest.length === 0
        ? entry.value
        : entry.value.type === 'TOMLInlineTable'
          ? findValue(entry.value.body, rest)
          : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function namesOf(key: AST.TOMLKey): readonly string[] {
  return getStaticTOMLValue(key);
}

function parse(text: string): {
  readonly entries: readonly Entry[];
  readonly value: Readonly<Record<string, unknown>>;
} {
  const program = parseTOML(text);
  return { entries: program.body[0].body, value: getStaticTOMLValue(program) };
}

function says(text: string, expected: unknown): boolean {
  return findError(text) === undefined && isDeepStrictEqual(parse(text).value, expected);
}
