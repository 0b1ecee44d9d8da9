import { lstatSync, readFileSync } from 'node:fs';
import { UserError } from '../user-error.js';
import { hasBlock, isBroken, isSpent, putBlock, takeBlocks, toBytesText } from './block.js';
import { type Edit, toWrite } from './edits.js';

/** A regular file: its bytes as Latin-1 text. */
export interface RegularHook {
  readonly kind: 'file';
  readonly text: string;
  readonly mode: number;
  readonly isOurs: boolean;
}

/** What stands at a hook's path: nothing, a regular file, or a link or folder. */
export type HookFile = RegularHook | { readonly kind: 'none' } | { readonly kind: 'other' };

/** Looks at a hook without following a link: what a link leads to may be tracked, or used by others. */
export function readHookFile(path: string): HookFile {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return { kind: 'none' };
  if (!stats.isFile()) return { kind: 'other' };
  const text = readFileSync(path, 'latin1');
  if (isBroken(text)) {
    throw new UserError(
      'A hook has the first line of the leak-guard block, but not its last one.',
      'Delete what is left of the block in that file, and run this again.',
      { cause: path },
    );
  }
  return { kind: 'file', text, mode: stats.mode & 0o7777, isOurs: hasBlock(text) };
}

/** Brings the block of a hook up to date, and makes it executable again. No edit when both are so already. */
export function refreshBlock(path: string, file: RegularHook, block: string): readonly Edit[] {
  const text = putBlock(file.text, toBytesText(block));
  const mode = file.mode | 0o111;
  const isExecutable = mode === file.mode || process.platform === 'win32';
  return text === file.text && isExecutable ? [] : [toWrite(path, text, { mode })];
}

/** Takes the block out of a hook, and the file with it where nothing else is in it. No edit where there is no block. */
export function removeBlock(path: string): readonly Edit[] {
  const file = readHookFile(path);
  if (file.kind !== 'file' || !file.isOurs) return [];
  const rest = takeBlocks(file.text);
  if (isSpent(rest)) return [{ kind: 'remove', path }];
  return [toWrite(path, rest, { mode: file.mode, why: 'your own lines stay' })];
}
