import { codeOf } from '../error-code.js';

/** Unpacks gzip, as far as it goes; undefined for what is none, or too much. */
export type Unpack = (gzip: Buffer) => Buffer | undefined;

/** Is told why something in a text was not looked through. */
export type LeaveOut = (why: string) => void;

/** So many times its own length is what a text may unpack to: text in gzip is seldom longer than 20 times what it takes. */
const mostTimes = 100;

/** No text unpacks to more: all of it is in memory at once. */
const mostBytes = 32 * 1024 * 1024;

/** No byte of gzip stands for more. */
const mostGrowth = 1032;

/** Unpacks what is in one text, and in what that holds in turn: together no more than a text of this length may. */
export function toUnpack(lengthBytes: number, leaveOut: LeaveOut = () => {}): Unpack {
  let left = Math.min(mostBytes, lengthBytes * mostTimes);
  let isTold = false;
  return (gzip) => {
    const unpacked = unpackUpTo(left, gzip);
    if (unpacked === 'too much' && !isTold) leaveOut('gzip in base64 that grows too large');
    isTold ||= unpacked === 'too much';
    // How far broken gzip went before it failed is not known: what it could have cost is taken for what it did.
    const cost = { 'too much': left, broken: gzip.length * mostGrowth };
    left = Math.max(0, left - (typeof unpacked === 'string' ? cost[unpacked] : unpacked.length));
    return typeof unpacked === 'string' ? undefined : unpacked;
  };
}

/** Of gzip that is cut off, what there is. */
function unpackUpTo(most: number, gzip: Buffer): Buffer | 'too much' | 'broken' {
  if (most === 0) return 'too much';
  // Loaded on first use: hardly any text needs it, and it takes longer than a small file does.
  const { constants, gunzipSync } = process.getBuiltinModule('node:zlib');
  try {
    return gunzipSync(gzip, { maxOutputLength: most, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ERR_BUFFER_TOO_LARGE') return 'too much';
    if (code === 'Z_DATA_ERROR' || code === 'Z_BUF_ERROR') return 'broken';
    throw error;
  }
}
