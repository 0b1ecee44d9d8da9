import {
  findNodeAtLocation,
  getNodeValue,
  type JSONPath,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { type BrokenAt, placeAt, toText } from './broken-settings.js';

// Texts are bytes read as Latin-1 (see block.ts). jsonc-parser says where things stand; only our own text is put in and
// taken out, because its own edits lay out again what stands around them.

const BOM = /^(?:\u00ef\u00bb\u00bf|\uFEFF)/;

/** The tree of a JSON text, comments and byte order mark allowed; positions are those of the whole text. */
export function parseJson(text: string, errors?: ParseError[]): Node | undefined {
  return parseTree(blankBom(text), errors, { allowTrailingComma: true });
}

/** The first place that is no JSON. */
export function findJsonError(text: string): BrokenAt | undefined {
  const plain = toText(text);
  const errors: ParseError[] = [];
  parseJson(plain, errors);
  const [first] = errors;
  return first && { ...placeAt(plain, first.offset), why: printParseErrorCode(first.error) };
}

/** The value at a place, bytes as they are; undefined where there is none. */
export function readJson(text: string, way: JSONPath): unknown {
  const root = parseJson(text);
  const node = root === undefined ? undefined : findNodeAtLocation(root, way);
  return node === undefined ? undefined : getNodeValue(node);
}

/**
 * Sets a value. A new entry, and an element that is put into a list at 0, stands first among its neighbours. Gives
 * undefined where something else than an object stands in the way.
 */
export function putJson(text: string, way: JSONPath, value: unknown): string | undefined {
  const root = parseJson(text);
  const isInsertion = typeof way.at(-1) === 'number';
  const there = root === undefined || isInsertion ? undefined : findNodeAtLocation(root, way);
  if (there !== undefined) return splice(text, there, render(value, layoutAt(text, there.offset)));
  let depth = way.length - 1;
  while (depth > 0 && root !== undefined && findNodeAtLocation(root, way.slice(0, depth)) === undefined) depth--;
  const parent = root === undefined ? undefined : findNodeAtLocation(root, way.slice(0, depth));
  if (parent === undefined || parent.type !== (isInsertion ? 'array' : 'object')) return undefined;
  const key = isInsertion ? '' : `${JSON.stringify(way[depth])}: `;
  const whole = way.slice(depth + 1).reduceRight<unknown>((inner, name) => ({ [name]: inner }), value);
  const [first] = parent.children ?? [];
  const offset = first?.offset ?? parent.offset + 1;
  const layout = first === undefined ? ONE_LINE : layoutAt(text, offset);
  const between = first === undefined ? '' : `,${layout.newline || ' '}`;
  return splice(text, { offset, length: 0 }, `${key}${render(whole, layout)}${between}`);
}

/** Takes a value out, and with it what would be left empty, but nothing of the first `kept` names of the way. */
export function takeJson(text: string, way: JSONPath, kept = 0): string {
  const root = parseJson(text);
  if (root === undefined) return text;
  let depth = way.length;
  while (depth > kept + 1 && findNodeAtLocation(root, way.slice(0, depth - 1))?.children?.length === 1) depth--;
  const found = findNodeAtLocation(root, way.slice(0, depth));
  const node = found?.parent?.type === 'property' ? found.parent : found;
  const siblings = node?.parent?.children ?? [];
  const at = node === undefined ? -1 : siblings.indexOf(node);
  if (node === undefined || at < 0) return text;
  const [next] = siblings.slice(at + 1);
  const before = siblings[at - 1];
  const start = next === undefined && before !== undefined ? before.offset + before.length : node.offset;
  const end = next === undefined ? node.offset + node.length : next.offset;
  return text.slice(0, start) + text.slice(end);
}

/** How lines are broken and indented at a place; all empty where everything stands on one line. */
interface Layout {
  readonly newline: string;
  readonly unit: string;
}

const ONE_LINE: Layout = { newline: '', unit: '' };

function layoutAt(text: string, offset: number): Layout {
  const newline = /\r?\n[ \t]*$/.exec(text.slice(0, offset))?.[0] ?? '';
  return { newline, unit: newline === '' ? '' : (/\n([ \t]+)["{]/.exec(text)?.[1] ?? '  ') };
}

function render(value: unknown, { newline, unit }: Layout): string {
  return JSON.stringify(value, null, unit).replaceAll('\n', newline);
}

function splice(
  text: string,
  { offset, length }: { readonly offset: number; readonly length: number },
  put: string,
): string {
  return text.slice(0, offset) + put + text.slice(offset + length);
}

// Spaces in its place keep every offset.
function blankBom(text: string): string {
  return text.replace(BOM, (mark) => ' '.repeat(mark.length));
}
