import type { Automaton, CompiledFormat, ScanTable, Use } from './scan-table.js';

/*
 * The scan table's file: a header of numbers, then the arrays as they lie in memory (little-endian, each at a multiple
 * of four), then the formats as JSON, one after the other. Reading it is one read and no parsing.
 */

/** Written into the first four bytes: another version of leak-guard does not read it by mistake. */
const version = 0x6c670002;

const sections = [
  'classes',
  'edgeStart',
  'edgeClass',
  'edges',
  'fail',
  'endStart',
  'ends',
  'code',
  'keywordLength',
  'useStart',
  'uses',
  'partners',
  'formatStart',
  'formats',
] as const;

/** The sections of single bytes; all others are numbers of 32 bits. */
const byteSections: ReadonlySet<string> = new Set(['classes', 'edgeClass', 'code', 'formats']);

const headerLength = 4 * (5 + sections.length);

/** What the build puts into the file. */
export interface TableParts {
  readonly automaton: Automaton;
  readonly keywordLengths: readonly number[];
  /** By keyword. */
  readonly uses: readonly (readonly Use[])[];
  readonly formats: readonly CompiledFormat[];
}

/** The bytes of the scan table's file. */
export function writeTable(parts: TableParts): Buffer {
  const { automaton } = parts;
  const records = parts.formats.map((format) => Buffer.from(JSON.stringify(format)));
  const bodies: Record<(typeof sections)[number], Uint8Array | Uint32Array> = {
    classes: automaton.classes,
    edgeStart: automaton.edgeStart,
    edgeClass: automaton.edgeClass,
    edges: automaton.edges,
    fail: automaton.fail,
    endStart: automaton.endStart,
    ends: automaton.ends,
    code: automaton.code,
    keywordLength: Uint32Array.from(parts.keywordLengths),
    useStart: runningSum(parts.uses.map((uses) => uses.length * 3)),
    uses: Uint32Array.from(parts.uses.flat().flatMap((use) => [use.format, use.role, use.offset + 1])),
    partners: Uint32Array.from(
      parts.formats.flatMap((format, secret) => format.with.flatMap((publicHalf) => [publicHalf, secret])),
    ),
    formatStart: runningSum(records.map((record) => record.length)),
    formats: Buffer.concat(records),
  };
  const padded = sections.map((name) => pad(bodies[name]));
  const numbers = [version, automaton.stateCount, automaton.firstFinal, automaton.classCount, records.length];
  const header = Uint32Array.from([...numbers, ...sections.map((name) => bodies[name].length)]);
  return Buffer.concat([toBytes(header), ...padded]);
}

/** Reads the scan table from the bytes of its file. Throws when another version wrote them. */
export function readTable(file: Buffer): ScanTable {
  const bytes = aligned(file);
  const header = new Uint32Array(bytes.buffer, bytes.byteOffset, headerLength / 4);
  if (header[0] !== version) throw new Error('The scan table was written by another version of leak-guard.');
  const views = new Map<string, Uint8Array | Uint32Array>();
  let offset = headerLength;
  sections.forEach((name, index) => {
    const length = header[5 + index] ?? 0;
    const isBytes = byteSections.has(name);
    const at = bytes.byteOffset + offset;
    views.set(name, isBytes ? new Uint8Array(bytes.buffer, at, length) : new Uint32Array(bytes.buffer, at, length));
    offset += roundUp(length * (isBytes ? 1 : 4));
  });
  return toTable(header, views);
}

function toTable(header: Uint32Array, views: ReadonlyMap<string, Uint8Array | Uint32Array>): ScanTable {
  const numbers = (name: (typeof sections)[number]): Uint32Array => {
    const view = views.get(name);
    return view instanceof Uint32Array ? view : new Uint32Array();
  };
  const octets = (name: (typeof sections)[number]): Uint8Array => {
    const view = views.get(name);
    return view instanceof Uint8Array ? view : new Uint8Array();
  };
  const formatStart = numbers('formatStart');
  const records = octets('formats');
  const parsed = new Map<number, CompiledFormat>();
  return {
    automaton: {
      stateCount: header[1] ?? 0,
      firstFinal: header[2] ?? 0,
      classCount: header[3] ?? 0,
      classes: octets('classes'),
      edgeStart: numbers('edgeStart'),
      edgeClass: octets('edgeClass'),
      edges: numbers('edges'),
      fail: numbers('fail'),
      endStart: numbers('endStart'),
      ends: numbers('ends'),
      code: new Uint8Array(octets('code')),
    },
    formatCount: header[4] ?? 0,
    keywordLength: numbers('keywordLength'),
    useStart: numbers('useStart'),
    uses: numbers('uses'),
    partners: toPartners(numbers('partners')),
    format(number) {
      const known = parsed.get(number);
      if (known !== undefined) return known;
      const record = Buffer.from(records.subarray(formatStart[number], formatStart[number + 1])).toString();
      const format: CompiledFormat = JSON.parse(record);
      parsed.set(number, format);
      return format;
    },
  };
}

/** Pairs of numbers: a public format, and a secret that goes with it. */
function toPartners(pairs: Uint32Array): Map<number, number[]> {
  const partners = new Map<number, number[]>();
  for (let index = 0; index < pairs.length; index += 2) {
    const publicHalf = pairs[index] ?? 0;
    partners.set(publicHalf, [...(partners.get(publicHalf) ?? []), pairs[index + 1] ?? 0]);
  }
  return partners;
}

function runningSum(lengths: readonly number[]): Uint32Array {
  const sums = new Uint32Array(lengths.length + 1);
  lengths.forEach((length, index) => {
    sums[index + 1] = (sums[index] ?? 0) + length;
  });
  return sums;
}

function pad(body: Uint8Array | Uint32Array): Buffer {
  const bytes = toBytes(body);
  return Buffer.concat([bytes, Buffer.alloc(roundUp(bytes.length) - bytes.length)]);
}

function toBytes(body: Uint8Array | Uint32Array): Buffer {
  return Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}

/** Arrays of numbers can lie on the file only where it starts at a multiple of four; small files share a pool. */
function aligned(file: Buffer): Buffer {
  if (new Uint8Array(Uint32Array.of(1).buffer)[0] !== 1)
    throw new Error('leak-guard does not run on big-endian machines.');
  return file.byteOffset % 4 === 0 ? file : Buffer.from(new Uint8Array(file).buffer);
}

function roundUp(length: number): number {
  return Math.ceil(length / 4) * 4;
}
