import { basename } from 'node:path';
import { UserError } from '../user-error.js';

/** Where a file is broken; line and column count from 1. */
export interface BrokenAt {
  readonly line: number;
  readonly column: number;
  readonly why: string;
}

/** The error for a settings file that cannot be read, and so cannot be edited. */
export function toBroken(path: string, { line, column, why }: BrokenAt): UserError {
  return new UserError(
    `The settings in ${basename(path)} cannot be read, so they were left as they are.`,
    'Mend that place, then run this again.',
    { cause: `line ${line}, column ${column}: ${why.replace(/\.$/, '')}` },
  );
}

/** Bytes read as Latin-1 → the text that they are. */
export function toText(bytesText: string): string {
  return Buffer.from(bytesText, 'latin1').toString('utf8');
}

/** Line and column of an offset, both counted from 1. */
export function placeAt(text: string, offset: number): { readonly line: number; readonly column: number } {
  const lines = text.slice(0, offset).split('\n');
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}
