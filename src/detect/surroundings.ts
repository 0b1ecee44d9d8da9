/** How far before a value its name may begin, and how much of a line is looked at. */
export const reach = 160;

/** Lines above a value in which the name of its block, list or object is looked for. */
const mostLines = 8;

/** A line of a binary is as long as its strings, and those end with NUL. */
const lineEnds = ['\n', '\r', '\0'];

/** A member that holds the name of the value beside it: `{"name": "TOKEN", "value": "…"}`. */
const naming = String.raw`["'\s{(<]?(?:name|key|id|var|variable|env|field|header|param|parameter)["']?\s{0,3}[:=]`;
const namingMember = new RegExp(`^[\\s[{"'(-]*${naming}`, 'i');
/** Members that may stand between: `"type": "secret",`. */
const otherMember = String.raw`["']?[\w-]{1,30}["']?\s{0,3}[:=]\s{0,3}["']?[\w.-]{0,60}["']?\s{0,3}[,;]?\s{1,40}`;
const namingBehind = new RegExp(
  `^["']?\\s{0,3}[,;]?\\s{0,40}(?:${otherMember}){0,2}${naming}\\s{0,3}["']?([\\w.-]{2,60})`,
  'i',
);

/** `add_argument("--token", type=str, default` */
const callWithName = /\(\s{0,3}["'`]([\w.:-]{2,60})["'`]\s{0,3},[^()]*$/;

/** An option that stands alone: the value is the next entry of the list. */
const loneOption = /^\s*(?:-\s{1,3})?["'`]?--?([A-Za-z][\w-]{1,60})["'`]?\s{0,3},?$/;

/** What opens a block of code in Markdown. */
const fence = /^\s*(?:```|~~~)\w{0,20}$/;

/** An entry of a list, in YAML or between brackets. */
const entry = /^\s*(?:-(?:\s|$)|(["'`])(?:(?!\1).)*\1\s{0,3},?$)/;

export function startOfLine(text: string, offset: number): number {
  const from = Math.max(0, offset - reach);
  // Only what can be the name is looked at: a line can be a megabyte long.
  const before = text.slice(from, offset);
  return from + Math.max(...lineEnds.map((end) => before.lastIndexOf(end))) + 1;
}

/** The line above, cut to what a name needs; empty at the top of the text. */
export function lineAbove(text: string, lineStart: number): string {
  return linesAbove(text, lineStart).next().value ?? '';
}

/** The member beside a `value` that says what it is called, before it or behind it, on its line or on the next ones. */
export function sibling(named: string, behind: string): string {
  const before = named.split(/[,[]/).at(-2) ?? '';
  const own = before.slice(before.lastIndexOf('{') + 1);
  return namingMember.test(own) ? own : (namingBehind.exec(behind)?.[1] ?? '');
}

/** The argument that a call begins with, where the value is one of those behind it. */
export function firstArgument(named: string): string {
  return callWithName.exec(named)?.[1] ?? '';
}

/**
 * The line above and, where others stand between, what names the object or block: `variable "token" {`, `Token:`,
 * `"key": "token",`.
 */
export function enclosingName(text: string, lineStart: number): string {
  const own = indentOf(text.slice(lineStart, lineStart + reach));
  const names: string[] = [];
  for (const line of linesAbove(text, lineStart)) {
    const indent = indentOf(line);
    const opensBlock = indent < own;
    if (names.length === 0 || opensBlock || (indent === own && namingMember.test(line))) names.unshift(line);
    if (opensBlock || own === 0) break;
  }
  return names.join(' ');
}

/** What names the list that an entry stands in, without its bracket; empty where the lines above begin none. */
export function listName(text: string, lineStart: number): string {
  for (const line of linesAbove(text, lineStart)) {
    const head = /^(.*[:=])\s{0,3}[[({]?$/.exec(line)?.[1];
    if (head !== undefined) return head;
    if (!entry.test(line)) return '';
  }
  return '';
}

/** `--token` on the line above, the value on this one. */
export function optionAbove(text: string, lineStart: number): string | undefined {
  return loneOption.exec(lineAbove(text, lineStart))?.[1];
}

function indentOf(line: string): number {
  return /^[ \t]*/.exec(line)?.[0].length ?? 0;
}

/** The lines above that hold something, the nearest first, each cut to its last part; not the fence of a code block. */
function* linesAbove(text: string, lineStart: number): Generator<string, undefined> {
  let start = lineStart;
  for (let line = 0; line < mostLines; line += 1) {
    const end = text.slice(0, start).trimEnd().length;
    if (end === 0) return undefined;
    start = Math.max(startOfLine(text, end), end - reach);
    const above = text.slice(start, end);
    if (!fence.test(above)) yield above;
  }
  return undefined;
}
