import { isDeepStrictEqual } from 'node:util';
import { type Document, LineCounter, parseAllDocuments } from 'yaml';
import { BLOCK_END, BLOCK_START, takeBlocks } from './block.js';
import { type BrokenAt, toText } from './broken-settings.js';
import { type LefthookCommand, type LefthookEditor, withCommand } from './lefthook-editor.js';

/** lefthook's YAML: lines of our own go in between marker lines, and the parser says whether they mean what they should. */
export const yamlEditor: LefthookEditor = { findError, add, take: takeBlocks };

/** A line of YAML that is not blank and no comment. */
interface YamlLine {
  readonly number: number;
  readonly indent: number;
  readonly text: string;
}

function findError(text: string): BrokenAt | undefined {
  const [error] = parse(text).flatMap(({ errors }) => errors);
  if (error === undefined) return undefined;
  const { line = 1, col: column = 1 } = error.linePos?.[0] ?? {};
  return { line, column, why: error.message.split(/ at line |:\n/, 1)[0] ?? '' };
}

function add(text: string, hook: string, command: LefthookCommand): string | undefined {
  const added = addToLefthook(text, hook, toLines(command));
  if (added === undefined) return undefined;
  const [before, after] = [text, added].map(read);
  return isDeepStrictEqual(after, withCommand(before, hook, command)) ? added : undefined;
}

function toLines({ run, use_stdin: usesInput }: LefthookCommand): readonly string[] {
  return [
    `run: ${/^[\w./@-]+( [\w./@{}-]+)*$/.test(run) ? run : JSON.stringify(run)}`, // a JSON string is one in YAML, too
    'env: { NODE_OPTIONS: "" }',
    ...(usesInput === true ? ['use_stdin: true'] : []),
  ];
}

function parse(text: string): readonly Document[] {
  const documents = parseAllDocuments(toText(text), { lineCounter: new LineCounter(), prettyErrors: true });
  return 'empty' in documents ? [] : documents;
}

// Bytes stay Latin-1 here: both sides of the comparison are read the same way.
function read(text: string): unknown {
  const [document] = parseAllDocuments(text);
  return document?.toJS() ?? null;
}

/**
 * Adds a command named leak-guard to a hook in lefthook's YAML, between our marker lines, and leaves every other byte
 * as it is. Gives undefined where the text is not in the plain block style of its documentation: we do not guess.
 */
function addToLefthook(text: string, hook: string, settings: readonly string[]): string | undefined {
  const lines = text.split('\n');
  const content = readLines(lines);
  if (content.some((line) => isOdd(line))) return undefined;
  const at = content.findIndex(({ indent, text: key }) => indent === 0 && isKey(key, hook));
  if (at < 0) return mentions(content, hook) ? undefined : append(text, hook, settings);
  const children = takeChildren(content, at);
  const [first] = children;
  if (first === undefined) return undefined;
  for (const list of ['commands', 'jobs']) {
    const key = children.find((line) => line.indent === first.indent && line.text.startsWith(`${list}:`));
    if (key === undefined) continue;
    const item = content[content.indexOf(key) + 1];
    if (!isKey(key.text, list) || item === undefined || !isItemOf(key, item, list)) return undefined;
    return insert(lines, key.number, toItem(list, item.indent, settings));
  }
  const number = content[at]?.number ?? 0;
  return insert(lines, number, [
    `${' '.repeat(first.indent)}commands:`,
    ...toItem('commands', first.indent + 2, settings),
  ]);
}

function readLines(lines: readonly string[]): readonly YamlLine[] {
  return lines
    .map((line, number) => ({ number, indent: line.search(/\S|$/), text: line.trim() }))
    .filter(({ text }) => text !== '' && !text.startsWith('#'));
}

// Tabs, a second document, a root in braces, or a root that is a list.
function isOdd({ indent, text }: YamlLine): boolean {
  return (
    text.includes('\t') ||
    (indent === 0 && /^(?:\.\.\.|[{["'?&*!|>]|- |---.)/.test(text)) ||
    (indent > 0 && text === '---')
  );
}

function isKey(text: string, key: string): boolean {
  return text.startsWith(`${key}:`) && /^\s*(?:#.*)?$/.test(text.slice(key.length + 1));
}

/** The hook has settings, but not as a key with lines below it. */
function mentions(content: readonly YamlLine[], hook: string): boolean {
  return content.some(({ indent, text }) => indent === 0 && text.includes(hook));
}

function takeChildren(content: readonly YamlLine[], at: number): readonly YamlLine[] {
  const rest = content.slice(at + 1);
  const end = rest.findIndex(({ indent }) => indent === 0);
  return end < 0 ? rest : rest.slice(0, end);
}

/** Jobs are a list, which may stand as far left as its key; commands are named. */
function isItemOf(key: YamlLine, item: YamlLine, list: string): boolean {
  if (list === 'jobs') return item.indent >= key.indent && item.text.startsWith('- ');
  return item.indent > key.indent && /^[^\s{["'&*!]+:/.test(item.text);
}

function toItem(list: string, indent: number, settings: readonly string[]): readonly string[] {
  const space = ' '.repeat(indent);
  const head = list === 'jobs' ? `${space}- name: leak-guard` : `${space}leak-guard:`;
  return [head, ...settings.map((line) => `${space}  ${line}`)];
}

function insert(lines: readonly string[], after: number, added: readonly string[]): string {
  const ours = [BLOCK_START, ...added, BLOCK_END].map((line) => (lines[after]?.endsWith('\r') ? `${line}\r` : line));
  return [...lines.slice(0, after + 1), ...ours, ...lines.slice(after + 1)].join('\n');
}

function append(text: string, hook: string, settings: readonly string[]): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const block = [BLOCK_START, `${hook}:`, '  commands:', ...toItem('commands', 4, settings), BLOCK_END].join(eol);
  return text === '' || text.endsWith('\n') ? `${text}${block}${eol}` : `${text}${eol}${block}`;
}
