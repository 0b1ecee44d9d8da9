/**
 * How a content is encoded, as far as it matters to find text in it. `bytes`: UTF-8, Latin-1 or binary, which all keep
 * ASCII as it is.
 */
export type Encoding = 'bytes' | 'utf8-bom' | 'utf16le' | 'utf16be' | 'utf32le' | 'utf32be';

const SAMPLE_BYTES = 64 * 1024;

/** The fewest characters with NULs between them that are taken for a text. */
const MIN_WIDE_RUN = 6;

/** The shortest run of plain ASCII that is taken for a stretch which another tool appended to a UTF-16 file. */
const ASCII_IN_UTF16 = /[\t\r\n\x20-\x7e]{20,}/g;

/** A content as UTF-8 where it was UTF-16, without a byte order mark, and else as it is. */
export function decode(bytes: Buffer): Buffer {
  return toUtf8(bytes, encodingOf(bytes));
}

/**
 * Decodes the older version of a content. A version too short to tell its own encoding has that of the newer one, so
 * that equal lines are equal.
 */
export function decodeLike(bytes: Buffer, newer: Encoding): Buffer {
  const own = encodingOf(bytes);
  const isWide = newer === 'utf16le' || newer === 'utf16be';
  return toUtf8(bytes, own === 'bytes' && isWide && bytes.includes(0) ? newer : own);
}

/** Tells the encoding by its byte order mark, or by the NULs that ASCII characters have in UTF-16. */
export function encodingOf(bytes: Buffer): Encoding {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf8-bom';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return isNul(bytes, 2) ? 'utf32le' : 'utf16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf16be';
  if (isNul(bytes, 0) && bytes[2] === 0xfe && bytes[3] === 0xff) return 'utf32be';
  const sample = bytes.subarray(0, SAMPLE_BYTES);
  return sample.includes(0) ? byNulPattern(sample) : 'bytes';
}

/** Converts a content, or one slice of it, that is known to be in this encoding. */
export function toUtf8(bytes: Buffer, encoding: Encoding): Buffer {
  if (encoding === 'utf8-bom') return stripMark(unfold(bytes));
  if (encoding === 'bytes') return unfold(bytes);
  if (encoding === 'utf32le' || encoding === 'utf32be') return stripMark(fromUtf32(bytes, encoding) ?? unfold(bytes));
  return stripMark(fromUtf16(bytes, encoding));
}

/** Whether two NULs stand here. */
function isNul(bytes: Buffer, at: number): boolean {
  return bytes[at] === 0 && bytes[at + 1] === 0;
}

function byNulPattern(sample: Buffer): Encoding {
  const pairs = sample.length >> 1;
  const nuls = [0, 0]; // at even and at odd places
  const controls = [0, 0]; // beside those NULs: characters that no text holds
  for (let at = 0; at < pairs * 2; at += 1) {
    if (sample[at] !== 0) continue;
    const side = at & 1;
    const other = sample[at ^ 1] ?? 0;
    nuls[side] = (nuls[side] ?? 0) + 1;
    if (other < 0x20 && other !== 0x09 && other !== 0x0a && other !== 0x0d) controls[side] = (controls[side] ?? 0) + 1;
  }
  const [even = 0, odd = 0] = nuls;
  const isText = (side: number, mine: number, others: number): boolean =>
    mine >= MIN_WIDE_RUN && mine * 5 >= pairs && others * 20 <= mine && (controls[side] ?? 0) * 10 <= mine;
  if (isText(1, odd, even)) return 'utf16le';
  return isText(0, even, odd) ? 'utf16be' : 'bytes';
}

/**
 * UTF-16, in which a stretch of plain ASCII is left as it is: a shell's `>>` appends ASCII to a file that PowerShell's
 * `>` wrote as UTF-16, and read as UTF-16 it would be nonsense in which no token is found.
 */
function fromUtf16(bytes: Buffer, encoding: 'utf16le' | 'utf16be'): Buffer {
  const parts: Buffer[] = [];
  let at = 0;
  for (const { start, end } of asciiStretches(bytes, encoding)) {
    parts.push(wide(bytes.subarray(at, start), encoding), bytes.subarray(start, end));
    at = end;
  }
  const last = wide(bytes.subarray(at), encoding);
  return parts.length === 0 ? last : Buffer.concat([...parts, last]);
}

/** Where plain ASCII stands among UTF-16. The ends are exclusive. */
export function asciiStretches(
  bytes: Buffer,
  encoding: 'utf16le' | 'utf16be',
): readonly { readonly start: number; readonly end: number }[] {
  return [...bytes.toString('latin1').matchAll(ASCII_IN_UTF16)].map(({ index, 0: found }) => {
    const end = index + found.length;
    // Half of a neighbouring UTF-16 character looks like ASCII too; the NUL beside it tells.
    const isStartWide = encoding === 'utf16be' && bytes[index - 1] === 0;
    const isEndWide = encoding === 'utf16le' && bytes[end] === 0;
    return { start: isStartWide ? index + 1 : index, end: isEndWide ? end - 1 : end };
  });
}

function wide(bytes: Buffer, encoding: 'utf16le' | 'utf16be'): Buffer {
  const even = bytes.subarray(0, bytes.length & ~1);
  const units = encoding === 'utf16le' ? even : Buffer.from(even).swap16();
  const text = Buffer.from(units.toString('utf16le'));
  return even.length === bytes.length ? text : Buffer.concat([text, bytes.subarray(even.length)]);
}

/** Undefined where something else stands in between, such as ASCII that was appended: four bytes of it are no character. */
function fromUtf32(bytes: Buffer, encoding: 'utf32le' | 'utf32be'): Buffer | undefined {
  if (bytes.length % 4 !== 0) return undefined;
  const units = Buffer.alloc(bytes.length); // in UTF-16, where no character is longer
  let end = 0;
  for (let at = 0; at < bytes.length; at += 4) {
    const point = encoding === 'utf32le' ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
    if (point > 0x10ffff) return undefined;
    if (point > 0xffff) end = units.writeUInt16LE(0xd800 + ((point - 0x10000) >> 10), end);
    end = units.writeUInt16LE(point > 0xffff ? 0xdc00 + (point & 0x3ff) : point, end);
  }
  return Buffer.from(units.toString('utf16le', 0, end));
}

function stripMark(utf8: Buffer): Buffer {
  return utf8[0] === 0xef && utf8[1] === 0xbb && utf8[2] === 0xbf ? utf8.subarray(3) : utf8;
}

/**
 * Takes the NULs out of UTF-16 and UTF-32 texts that stand inside other bytes, such as the strings of a program. Line
 * feeds stay, so lines count as before.
 */
function unfold(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  let copied = 0;
  let nul = bytes.indexOf(0);
  while (nul >= 0) {
    const run = mayStartRun(bytes, nul) ? wideRun(bytes, nul, copied) : undefined;
    if (run !== undefined) {
      parts.push(bytes.subarray(copied, run.start), run.text);
      copied = run.end;
    }
    nul = nextNul(bytes, run?.end ?? endOfNuls(bytes, nul));
  }
  return parts.length === 0 ? bytes : Buffer.concat([...parts, bytes.subarray(copied)]);
}

/** The next place to look at: of a long row of NULs only the last three can belong to a text. */
function endOfNuls(bytes: Buffer, from: number): number {
  let at = from;
  while (bytes[at] === 0) at += 1;
  return at - 3 > from ? at - 3 : from + 1;
}

/** As indexOf(0), which is slow to start, and NULs mostly stand close together. */
function nextNul(bytes: Buffer, from: number): number {
  for (let at = from; at < from + 64; at += 1) if (bytes[at] === 0) return at;
  return bytes.indexOf(0, from + 64);
}

interface WideRun {
  readonly start: number;
  readonly end: number;
  readonly text: Buffer;
}

// The four ways to write a wide character: its bytes, and where among them the ASCII byte stands.
const SHAPES = [
  { width: 2, place: 0 }, // UTF-16LE: a 0
  { width: 2, place: 1 }, // UTF-16BE: 0 a
  { width: 4, place: 0 }, // UTF-32LE: a 0 0 0
  { width: 4, place: 3 }, // UTF-32BE: 0 0 0 a
] as const;

type Shape = (typeof SHAPES)[number];

/** Tells most NULs of a program or an image apart from those of a text, quickly: the next character must follow. */
function mayStartRun(bytes: Buffer, nul: number): boolean {
  if (bytes[nul + 1] !== 0) return bytes[nul + 2] === 0 && isPlain(bytes[nul + 1] ?? 0);
  return bytes[nul + 2] === 0 && isPlain(bytes[nul + 3] ?? 0);
}

/** A text of wide characters that has its first NUL here. */
function wideRun(bytes: Buffer, nul: number, from: number): WideRun | undefined {
  for (const shape of SHAPES) {
    const start = shape.place === 0 ? nul - 1 : nul;
    // The last character of the shortest run tells at once that most places hold none.
    if (start < from || !isWide(bytes, start + shape.width * (MIN_WIDE_RUN - 1), shape)) continue;
    let end = start;
    while (isWide(bytes, end, shape)) end += shape.width;
    const length = (end - start) / shape.width;
    if (length < MIN_WIDE_RUN) continue;
    const text = Buffer.alloc(length);
    for (let index = 0; index < length; index += 1) text[index] = bytes[start + index * shape.width + shape.place] ?? 0;
    return { start, end, text };
  }
  return undefined;
}

/** Whether the bytes from here on are one wide character. */
function isWide(bytes: Buffer, at: number, shape: Shape): boolean {
  if (at + shape.width > bytes.length || !isPlain(bytes[at + shape.place] ?? 0)) return false;
  for (let index = 0; index < shape.width; index += 1)
    if (index !== shape.place && bytes[at + index] !== 0) return false;
  return true;
}

function isPlain(byte: number): boolean {
  return (byte >= 0x20 && byte < 0x7f) || byte === 0x09 || byte === 0x0a || byte === 0x0d;
}
