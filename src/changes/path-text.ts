import { isUtf8 } from 'node:buffer';

/**
 * A path's bytes as text. A byte that is no UTF-8 becomes `\xNN`, and a backslash that stands before `xNN` in the name
 * itself becomes `\x5c`: so `\xNN` always means one byte, every other backslash means itself, and two names never give
 * the same text. (On Linux a name may hold any byte but NUL and `/`.)
 */
export function pathText(bytes: Buffer): string {
  if (isUtf8(bytes)) return escapeBackslashes(bytes.toString());
  let text = '';
  let valid = 0; // where the valid stretch that is not yet written starts
  let at = 0;
  while (at < bytes.length) {
    const length = characterLength(bytes, at);
    if (length === 0) {
      text += escapeBackslashes(bytes.toString('utf8', valid, at)) + toEscape(bytes[at] ?? 0);
      valid = at + 1;
    }
    at += Math.max(length, 1);
  }
  return text + escapeBackslashes(bytes.toString('utf8', valid));
}

function escapeBackslashes(name: string): string {
  return name.replace(/\\(?=x[0-9a-f]{2})/g, '\\x5c');
}

function toEscape(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, '0')}`;
}

/** The length of the UTF-8 character that starts here, 0 where none does. */
function characterLength(bytes: Buffer, at: number): number {
  for (let length = 1; length <= 4 && at + length <= bytes.length; length += 1) {
    if (isUtf8(bytes.subarray(at, at + length))) return length;
  }
  return 0;
}
