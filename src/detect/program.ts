import type { Automaton } from '../table/scan-table.js';
import { digitOf, isInText, noDigit, type Runs, runLength } from './base64-runs.js';
import type { Walk } from './prefilter.js';
import { isInWord, type Words, wordLength } from './words.js';

/** The innermost loops, compiled: quick from the first byte, where JavaScript takes megabytes to become so. */
export interface Program {
  readonly walk: Walk;
  /**
   * Stretches that a text and an older one have in common, in the order of both, with three numbers for each: where it
   * starts in the text, where in the old one, and its length in bytes. Not all that there are. Valid until the next call.
   */
  commonParts(text: Uint8Array, old: Uint8Array): Int32Array;
  /** As the function of that name does. */
  longWords(text: Uint8Array): Words;
  /** As the function of that name does. */
  base64Runs(text: Uint8Array): Runs;
}

/** The longest texts that can be compared. Longer ones are walked through piece by piece. */
export const mostCompared = 384 * 1024;
/** So many keywords are taken over at once, of two numbers each. */
const mostEnds = 1024;
const mostParts = 4096;
/** So many words have room in the longest text. */
const mostWords = Math.ceil(mostCompared / (wordLength + 1));
const pageBytes = 64 * 1024;

const none = new Int32Array(0);

interface Exports {
  readonly walk: (row: number, from: number, to: number, out: number, outEnd: number) => number;
  readonly commonParts: (
    text: number,
    textEnd: number,
    old: number,
    oldEnd: number,
    out: number,
    outEnd: number,
  ) => number;
  readonly longWords: (text: number, textEnd: number, out: number) => number;
  readonly base64Runs: (text: number, textEnd: number, out: number) => number;
}

declare global {
  /** As far as it is used here. Node's types know it only together with those of a browser. */
  const WebAssembly: {
    readonly Memory: new (size: { readonly initial: number }) => { readonly buffer: ArrayBuffer };
    readonly Module: new (code: Uint8Array<ArrayBuffer>) => object;
    readonly Instance: new (module: object, imports: object) => { readonly exports: Exports };
  };
}

/** Gets the program ready. Undefined where node may not run it (`--jitless`), or has no room for its memory. */
export function toProgram(automaton: Automaton): Program | undefined {
  const { at, size } = layOut(automaton);
  const firstFinalRow = at.rows + automaton.firstFinal * rowBytesOf(automaton);
  try {
    const memory = new WebAssembly.Memory({ initial: Math.ceil(size / pageBytes) });
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(automaton.code), {
      memory: { all: memory },
      at: { ...at, firstFinalRow },
      count: { classes: automaton.classCount, wordLength, runLength },
    });
    const bytes = new Uint8Array(memory.buffer);
    for (const name of ['classes', 'edgeStart', 'edgeClass', 'edges', 'fail'] as const) {
      const { buffer, byteOffset, byteLength } = automaton[name];
      bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at[name]);
    }
    bytes.set(isInWord, at.isInWord);
    bytes.set(digitOf, at.digitOf);
    bytes.set(isInText, at.isInText);
    const toFind =
      (find: Exports['longWords']): FindSpans =>
      (text) => {
        bytes.set(text, at.text);
        const end = find(at.text, at.text + text.length, at.words);
        return end === at.words ? none : new Int32Array(memory.buffer.slice(at.words, end));
      };
    return {
      walk: toWalk(automaton, { exports, bytes, at }),
      longWords: piecewise(toFind(exports.longWords), (byte) => isInWord[byte] === 1),
      base64Runs: piecewise(toFind(exports.base64Runs), (byte) => digitOf[byte] !== noDigit),
      commonParts(text, old) {
        bytes.set(text, at.text);
        bytes.set(old, at.old);
        const end = at.parts + mostParts * 12;
        const partsEnd = exports.commonParts(
          at.text,
          at.text + text.length,
          at.old,
          at.old + old.length,
          at.parts,
          end,
        );
        return new Int32Array(memory.buffer, at.parts, (partsEnd - at.parts) / 4);
      },
    };
  } catch {
    return undefined;
  }
}

/** Finds stretches of some characters: start and end of each. */
type FindSpans = (text: Uint8Array) => Int32Array;

/** Finds them in a text of any length: one that goes on behind a piece belongs to the next, unless it is as long. */
function piecewise(find: FindSpans, isIn: (byte: number) => boolean): FindSpans {
  return (text) => {
    if (text.length <= mostCompared) return find(text);
    const spans: number[] = [];
    for (let from = 0; from < text.length; ) {
      const pieceEnd = Math.min(text.length, from + mostCompared);
      const end = endFrom(text, pieceEnd, isIn);
      const start = end === pieceEnd ? pieceEnd : startFrom(text, { from, at: pieceEnd }, isIn);
      const isWhole = start > from;
      const found = find(text.subarray(from, isWhole ? start : pieceEnd));
      if (isWhole) for (const offset of found) spans.push(from + offset);
      else if (found.length > 0) spans.push(from, end);
      from = isWhole ? start : end;
    }
    return Int32Array.from(spans);
  };
}

/** Where the stretch ends in which this place is. */
function endFrom(text: Uint8Array, at: number, isIn: (byte: number) => boolean): number {
  let end = at;
  while (end < text.length && isIn(text[end] ?? 0)) end += 1;
  return end;
}

/** Where it begins, as far as it is looked at. */
function startFrom(
  text: Uint8Array,
  { from, at }: { readonly from: number; readonly at: number },
  isIn: (byte: number) => boolean,
): number {
  let start = at;
  while (start > from && isIn(text[start - 1] ?? 0)) start -= 1;
  return start;
}

interface Ready {
  readonly exports: Exports;
  /** All of its memory. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly at: ReturnType<typeof layOut>['at'];
}

function toWalk(automaton: Automaton, { exports, bytes, at }: Ready): Walk {
  const rowBytes = rowBytesOf(automaton);
  const firstFinalRow = at.rows + automaton.firstFinal * rowBytes;
  const stopped = new Int32Array(bytes.buffer, at.stopped, 2);
  const ends = new Int32Array(bytes.buffer, at.ends, mostEnds * 2);

  return (text, onEnd) => {
    let row = at.rows;
    for (let start = 0; start < text.length; start += mostCompared) {
      const piece = text.length <= mostCompared ? text : text.subarray(start, start + mostCompared);
      bytes.set(piece, at.text);
      const last = at.text + piece.length;
      for (let from = at.text; from < last; from = stopped[1] ?? last) {
        const count = (exports.walk(row, from, last, at.ends, at.ends + ends.byteLength) - at.ends) / 4;
        row = stopped[0] ?? at.rows;
        for (let index = 0; index < count; index += 2) {
          onEnd(((ends[index] ?? 0) - firstFinalRow) / rowBytes, (ends[index + 1] ?? 0) - at.text + start);
        }
      }
    }
  };
}

function rowBytesOf({ classCount }: Automaton): number {
  return classCount * 4;
}

/** Puts everything somewhere in the memory, each where numbers can lie. Nothing lies at 0. */
function layOut(automaton: Automaton) {
  let size = 8;
  const take = (bytes: number): number => {
    const start = size;
    size = Math.ceil((size + bytes) / 8) * 8;
    return start;
  };
  const at = {
    stopped: take(8),
    classes: take(automaton.classes.byteLength),
    edgeStart: take(automaton.edgeStart.byteLength),
    edgeClass: take(automaton.edgeClass.byteLength),
    edges: take(automaton.edges.byteLength),
    fail: take(automaton.fail.byteLength),
    ends: take(mostEnds * 8),
    parts: take(mostParts * 12),
    isInWord: take(isInWord.byteLength),
    digitOf: take(digitOf.byteLength),
    isInText: take(isInText.byteLength),
    words: take(mostWords * 8),
    text: take(mostCompared),
    old: take(mostCompared),
    rows: take(automaton.stateCount * rowBytesOf(automaton)),
  };
  return { at, size };
}
