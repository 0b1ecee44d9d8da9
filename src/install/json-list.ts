import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { UserError } from '../user-error.js';

// jsonc-parser's own edits format the lines around them, on the way in and on the way out. What is put in here is laid
// out so that taking it out gives the bytes from before: so the texts are made here, and only the reading is its work.

/** Reads JSON with comments, and stops where it is broken: an edit of a broken file could do anything. */
export function parseSettings(text: string, path: string): Node {
  const errors: ParseError[] = [];
  const root = parseTree(text.replace(BOM, BLANK_BOM), errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first === undefined && root?.type === 'object') return root;
  const lines = text.slice(0, first?.offset ?? 0).split('\n');
  const place = `line ${lines.length}, column ${(lines.at(-1) ?? '').length + 1}`;
  throw new UserError(
    'Could not read the settings of a coding agent, and left them as they are.',
    'Mend the JSON of that file, and run this again.',
    {
      cause: `${path}: ${first === undefined ? 'it is no object' : `${printParseErrorCode(first.error)} at ${place}`}`,
    },
  );
}

/** Adds a value at the end of the list that lies at `way`; lists and objects on the way are made where they are missing. */
export function addToList(text: string, root: Node, { way, value }: Addition): string | undefined {
  for (let depth = way.length; depth >= 0; depth -= 1) {
    const node = findNodeAtLocation(root, way.slice(0, depth));
    if (node === undefined) continue;
    const isList = depth === way.length;
    if (node.type !== (isList ? 'array' : 'object')) return undefined;
    const made = way
      .slice(depth + 1)
      .reduceRight<unknown>((inner, key) => ({ [key]: inner }), isList ? value : [value]);
    return insert(text, node, { name: way[depth], value: made });
  }
  return undefined;
}

export interface Addition {
  readonly way: readonly string[];
  readonly value: unknown;
}

/** Takes a node out, and with it what was made for it. Null: nothing is left but what was made for it. */
export function takeOut(text: string, node: Node): string | null {
  const parent = node.parent;
  if (parent === undefined) return null;
  if (parent.type === 'property') return takeOut(text, parent);
  const siblings = parent.children ?? [];
  const at = siblings.indexOf(node);
  const [before, after] = [siblings[at - 1], siblings[at + 1]];
  const [start, end] = [node.offset, endOf(node)];
  if (before !== undefined) return takeBehind(text, before, { start, end, isLast: after === undefined });
  if (after !== undefined) return text.slice(0, start) + text.slice(after.offset);
  // What is put into an empty list or object has nothing behind it; what is made anew has a blank there.
  if (endOf(parent) - 1 !== end) return takeOut(text, parent);
  return text.slice(0, start).replace(/\r?\n[ \t]*$/, '') + text.slice(end);
}

const BOM = /^\u00ef\u00bb\u00bf/; // the texts are bytes, read as Latin-1
const BLANK_BOM = '   ';
const COMMENT_BEHIND = /^[ \t]*(?:\/\/[^\n]*?|\/\*[^\n]*?\*\/[ \t]*)(?=\r?\n)/;

interface Item {
  /** The name, in an object. */
  readonly name: string | undefined;
  readonly value: unknown;
}

function insert(text: string, parent: Node, item: Item): string {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const unit = /\n([ \t]+)\S/.exec(text)?.[1] ?? '  ';
  const [first, last] = [parent.children?.[0], parent.children?.at(-1)];
  if (first === undefined || last === undefined) {
    const indent = indentOf(text, parent.offset) + unit;
    const end = endOf(parent) - 1;
    return text.slice(0, end) + eol + indent + toText(item, { indent, unit, eol }) + text.slice(end);
  }
  // With a comma behind the last one, ours gets one, too; else the last one gets it.
  const trailing = /^\s*,/.exec(text.slice(endOf(last)))?.[0] ?? '';
  const end = endOf(last) + trailing.length;
  const [comma, own] = trailing === '' ? [',', ''] : ['', ','];
  if (!text.slice(parent.offset, first.offset).includes('\n')) {
    return `${text.slice(0, end)}${comma} ${toLine(item)}${own}${text.slice(end)}`;
  }
  const indent = indentOf(text, first.offset);
  const added = eol + indent + toText(item, { indent, unit, eol }) + own;
  const comment = COMMENT_BEHIND.exec(text.slice(end))?.[0] ?? ''; // belongs to the line that it stands on
  return text.slice(0, end) + comma + comment + added + text.slice(end + comment.length);
}

interface Place {
  readonly start: number;
  readonly end: number;
  readonly isLast: boolean;
}

function takeBehind(text: string, before: Node, { start, end, isLast }: Place): string {
  const gap = text.slice(endOf(before), start);
  const trailing = isLast ? /^\s*,/.exec(text.slice(end))?.[0] : undefined;
  if (trailing !== undefined)
    return text.slice(0, start).replace(/\r?\n[ \t]*$|\s*$/, '') + text.slice(end + trailing.length);
  if (/^\s*,\s*$/.test(gap)) return text.slice(0, endOf(before)) + text.slice(end);
  return text.slice(0, endOf(before)) + gap.replace(',', '').replace(/\r?\n[ \t]*$/, '') + text.slice(end);
}

interface Layout {
  readonly indent: string;
  readonly unit: string;
  readonly eol: string;
}

function toText({ name, value }: Item, { indent, unit, eol }: Layout): string {
  const lines = JSON.stringify(value, null, unit).split('\n');
  return toName(name) + lines.join(eol + indent);
}

/** On one line, with a blank inside of every bracket. */
function toLine({ name, value }: Item): string {
  return toName(name) + JSON.stringify(value, null, 1).replace(/\n */g, ' ');
}

function toName(name: string | undefined): string {
  return name === undefined ? '' : `${JSON.stringify(name)}: `;
}

function indentOf(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset))?.[0] ?? '';
}

function endOf({ offset, length }: Node): number {
  return offset + length;
}
