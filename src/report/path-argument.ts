import { posix } from 'node:path';
import { lazyRegExp } from './lazy-reg-exp.js';

/** Taken literally, unquoted, by sh, PowerShell and cmd alike. To PowerShell, `a,b` is two arguments, and `@a` a variable. */
const PLAIN = /^[\w./+=-][\w./@+=-]*$/;

/** Taken literally between double quotes by all three: nothing that one of them expands. */
const quotable = lazyRegExp('^[\\p{L}\\p{N}\\p{M}\\w ./@+=,~#()[\\]-]+$', 'u');

/** A file of the repository, as git takes it from a folder of its: both are relative to the root. */
export function toFileArgument(path: string, folder: string): string | null {
  return toPathArgument(folder === '' ? path : posix.relative(folder, path));
}

/**
 * Writes a path as an argument that can be pasted into any shell, or gives null: the repository chooses its file
 * names, and a pasted one must never run anything.
 */
export function toPathArgument(path: string): string | null {
  const guarded = path.startsWith('-') ? `./${path}` : path;
  if (PLAIN.test(guarded)) return guarded;
  return quotable().test(guarded) ? `"${guarded}"` : null;
}
