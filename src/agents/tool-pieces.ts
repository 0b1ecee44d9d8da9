import type { Field, Piece } from './agent.js';
import { isObject, leavesOf, textOf, textsOf } from './json-fields.js';
import { parsePatch } from './patch.js';

const PATHS = ['file_path', 'path', 'filePath', 'target_file', 'notebook_path', 'target_notebook'];
const CONTENTS = ['content', 'contents', 'new_string', 'new_source', 'code_edit'];

/** The texts in a tool's input, each as what it is: a command, a file that is written or read, or anything else. */
export function toPieces(tool: string, input: unknown): readonly Piece[] {
  const command = toCommand(input);
  if (command !== undefined && isPatch(command)) return parsePatch(command);
  // All agents' shells take a "command"; what another tool calls so is looked at in the same way.
  if (command !== undefined) {
    return [toCommandPiece(command), ...toInputPiece(tool, without(input, ['command']))];
  }
  const path = PATHS.map((name) => textOf(input, name)).find((text) => text !== undefined);
  if (path === undefined)
    return typeof input === 'string' && isPatch(input) ? parsePatch(input) : toInputPiece(tool, input);
  if (/^(?:read|notebookread|read_file)$/i.test(tool)) return [{ kind: 'read', name: path, text: null, known: [] }];
  if (/^delete(?:_?file)?$/i.test(tool)) return [{ kind: 'delete', name: path, text: '', known: [] }];
  const written = toWritten(path, input);
  if (written.length === 0) return toInputPiece(tool, input);
  const rest = without(input, [...PATHS, ...CONTENTS, 'old_string', 'edits']);
  return [...written, ...toInputPiece(tool, rest)];
}

export function toCommandPiece(text: string): Piece {
  return { kind: 'command', name: 'the command', text, known: [] };
}

/** A command as one text, also where it is given as words. */
function toCommand(input: unknown): string | undefined {
  const command = isObject(input) ? input['command'] : undefined;
  if (typeof command === 'string') return command;
  const words = textsOf(command);
  if (words.length === 0) return undefined;
  return words.find(isPatch) ?? words.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ');
}

function isPatch(text: string): boolean {
  return /^\s*\*\*\* Begin Patch\r?\n/.test(text);
}

/** What a tool writes into a file: the whole content, one replacement, or several. */
function toWritten(path: string, input: unknown): readonly Piece[] {
  const edits: readonly unknown[] = isObject(input) && Array.isArray(input['edits']) ? input['edits'] : [];
  return [input, ...edits].flatMap((edit) => {
    const text = CONTENTS.map((name) => textOf(edit, name)).filter((part) => part !== undefined);
    const old = textOf(edit, 'old_string');
    return text.length === 0
      ? []
      : [{ kind: 'write' as const, name: path, text: text.join('\n'), known: old === undefined ? [] : [old] }];
  });
}

/** All texts of an input as lines of `name: text`, so that a name such as `token` tells what its value is. */
function toInputPiece(tool: string, input: unknown): readonly Piece[] {
  const fields: Field[] = [];
  let text = '';
  let startLine = 1;
  for (const leaf of leavesOf(input)) {
    const line = leaf.name === '' ? `${leaf.text}\n` : `${leaf.name}: ${leaf.text}\n`;
    fields.push({ name: leaf.way, startLine });
    text += line;
    startLine += line.split('\n').length - 1;
  }
  return text === '' ? [] : [{ kind: 'input', name: `the input of ${tool}`, text, known: [], fields }];
}

function without(input: unknown, names: readonly string[]): unknown {
  if (!isObject(input)) return undefined;
  return Object.fromEntries(Object.entries(input).filter(([name]) => !names.includes(name)));
}
