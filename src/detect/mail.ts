import type { Span } from './match.js';
import type { Stretch } from './stretch.js';

const equals = 0x3d;

/** In what characters of a mail are written, and where the next mail of a mailbox or a series of patches begins. */
const headers = /^content-transfer-encoding:[ \t]*"?([\w-]+)|^From \S{1,200} .{0,40}\d\d:\d\d:\d\d/gim;

/** Of a character: `=3D`. Of a line that goes on: `=` at its end, with white space that was added on the way. */
const written = /=(?:([0-9A-Fa-f]{2})|[ \t]{0,20}\r?\n)/y;
const longest = 23;

/** The characters that are written in quoted-printable (RFC 2045, section 6.7), and the line ends that are none, in order. */
export function* quotedPrintable(bytes: Buffer): Generator<Stretch> {
  for (const { start, end } of quotedParts(bytes)) {
    for (let at = bytes.indexOf(equals, start); at >= 0 && at < end; at = bytes.indexOf(equals, at + 1)) {
      written.lastIndex = 0;
      const found = written.exec(bytes.toString('latin1', at, at + longest));
      if (found === null) continue;
      const character = found[1] === undefined ? '' : String.fromCharCode(Number.parseInt(found[1], 16));
      yield {
        start: at,
        end: at + found[0].length,
        bytes: Buffer.from(character, 'latin1'),
        kind: 'escape',
        isWhole: true,
      };
    }
  }
}

/** From each header that says so to the next that says something else. */
function quotedParts(bytes: Buffer): Span[] {
  const parts: { start: number; end: number }[] = [];
  // Hardly any text is a mail, and this tells at once.
  if (!bytes.includes('quoted-printable')) return parts;
  for (const { 0: header, 1: encoding, index } of bytes.toString('latin1').matchAll(headers)) {
    const last = parts.at(-1);
    if (last !== undefined) last.end = Math.min(last.end, index);
    if (encoding?.toLowerCase() === 'quoted-printable') parts.push({ start: index + header.length, end: bytes.length });
  }
  return parts;
}
