import { asciiStretches, type Encoding } from './text.js';

const LINE_FEED = 0x0a;
/** How far from the end a better place is looked for. */
const REACH_BYTES = 64 * 1024;
/** What is left on either side where a text of wide characters, or of ASCII in UTF-16, is cut: enough to tell what it is. */
const REST_BYTES = 128;

/**
 * Where a block that goes on can be cut, so that both parts can be decoded by themselves: at a line end where there is
 * one, and never inside what only shows as a text when it is whole.
 */
export function endOfBlock(bytes: Buffer, encoding: Encoding): number {
  if (encoding === 'utf32le' || encoding === 'utf32be') return endOfUtf32(bytes, encoding);
  return encoding === 'utf16le' || encoding === 'utf16be' ? endOfUtf16(bytes, encoding) : endOfBytes(bytes);
}

function endOfUtf32(bytes: Buffer, encoding: 'utf32le' | 'utf32be'): number {
  const whole = bytes.length - (bytes.length % 4);
  for (let end = whole; end > 0 && end > whole - REACH_BYTES; end -= 4) {
    const last = encoding === 'utf32le' ? bytes.readUInt32LE(end - 4) : bytes.readUInt32BE(end - 4);
    if (last === LINE_FEED) return end;
  }
  return whole;
}

function endOfUtf16(bytes: Buffer, encoding: 'utf16le' | 'utf16be'): number {
  const last = asciiStretches(bytes, encoding).at(-1);
  if (last !== undefined && last.end >= bytes.length - 1) {
    return last.end - last.start > 2 * REST_BYTES ? last.end - REST_BYTES : last.start;
  }
  // An appended stretch of ASCII can have any length: the characters count from its end on.
  const parity = (last?.end ?? 0) % 2;
  const even = bytes.length - ((bytes.length - parity) % 2);
  const place = encoding === 'utf16le' ? 0 : 1;
  const earliest = Math.max(last?.end ?? 0, even - REACH_BYTES);
  for (let end = even; end - 2 >= earliest; end -= 2) {
    if (bytes[end - 2 + place] === LINE_FEED && bytes[end - 1 - place] === 0) return end;
  }
  return even;
}

/** There may be wide characters among the bytes, of a program's strings: some places without a NUL tell that there are none. */
function endOfBytes(bytes: Buffer): number {
  const feed = bytes.lastIndexOf(LINE_FEED, bytes.length - 2);
  const end = feed < bytes.length / 2 ? bytes.length - 1 : feed + 1;
  const earliest = Math.max(end - REACH_BYTES, bytes.length >> 2);
  for (let at = end; at > earliest; at -= 1) {
    if (bytes[at - 2] !== 0 && bytes[at - 1] !== 0 && bytes[at] !== 0) return at;
  }
  // All wide: behind a character, whose NULs may follow.
  for (let at = end - REST_BYTES; at > earliest; at -= 1) if (bytes[at - 1] !== 0) return at;
  return end;
}
