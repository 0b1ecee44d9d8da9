import { decodeBase64 } from './base64.js';
import type { Proof } from './proof.js';

const END = 0;
const LOCATION = 1;
const IDENTIFIER = 2;
const SIGNATURE = 6;
const VERSION = 2;

/**
 * A PyPI token is a macaroon in the binary format, version 2: the location and an identifier, caveats, a signature of
 * 32 bytes. https://github.com/rescrv/libmacaroons/blob/master/doc/format.txt and
 * https://github.com/pypi/warehouse/tree/main/warehouse/macaroons. Another version proves nothing.
 */
export function provesPypi(value: string): Proof {
  const bytes = decodeBase64(value.slice('pypi-'.length));
  if (!value.startsWith('pypi-') || bytes?.[0] !== VERSION || bytes[1] !== LOCATION) return 'unknown';
  const types = fieldTypes(bytes);
  const isMacaroon = types?.[1] === IDENTIFIER && types.at(-1) === SIGNATURE && types.at(-2) === END;
  return isMacaroon && bytes.length > 34 && bytes[bytes.length - 33] === 32 ? 'holds' : 'fails';
}

/** The types of the fields, each followed by its length and data, with zeros that end sections; undefined where they do not fit. */
function fieldTypes(bytes: Buffer): readonly number[] | undefined {
  const types: number[] = [];
  let offset = 1;
  while (offset < bytes.length) {
    const type = bytes[offset] ?? END;
    types.push(type);
    offset += 1;
    if (type === END) continue;
    const length = varintAt(bytes, offset);
    if (length === undefined) return undefined;
    offset = length.end + length.value;
  }
  return offset === bytes.length ? types : undefined;
}

// Seven bits a byte, lowest first. Two bytes reach 16 kB, more than a token ever holds.
function varintAt(bytes: Buffer, offset: number): { value: number; end: number } | undefined {
  const low = bytes[offset];
  const high = bytes[offset + 1];
  if (low === undefined) return undefined;
  if (low < 0x80) return { value: low, end: offset + 1 };
  return high === undefined || high >= 0x80 ? undefined : { value: (low & 0x7f) + high * 0x80, end: offset + 2 };
}
