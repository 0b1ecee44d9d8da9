import type { Automaton } from '../table/scan-table.js';
import { base64Runs, type Runs } from './base64-runs.js';
import { once } from './once.js';
import { toProgram } from './program.js';
import { longWords, type Words } from './words.js';

/** Where keywords end, in the order of the text: keyword numbers and offsets just behind them. */
export interface Hits {
  readonly count: number;
  readonly keywords: Int32Array;
  readonly ends: Int32Array;
}

/** Finds all keywords in one pass over bytes. */
export interface Prefilter {
  (bytes: Uint8Array): Hits;
  /** See `Program`. Undefined where that is not to be had. */
  readonly commonParts: (text: Uint8Array, old: Uint8Array) => Int32Array | undefined;
  /** The long words of a text that was just looked through. */
  readonly longWords: (text: Uint8Array) => Words;
  /** Where text in base64 may stand. */
  readonly base64Runs: (text: Uint8Array) => Runs;
}

/** Walks through bytes, and tells each final state with the offset just behind the byte that led to it. */
export type Walk = (bytes: Uint8Array, onEnd: (final: number, offset: number) => void) => void;

/** With less to look through, the work is done before the program is ready. */
const fewBytes = 4096;

/** Makes the prefilter. */
export function toPrefilter(automaton: Automaton): Prefilter {
  const program = once(() => toProgram(automaton));
  const walk = once(() => toWalk(automaton));
  let bytesLeft = fewBytes;
  const isReady = (): boolean => bytesLeft < 0;
  const prefilter = (bytes: Uint8Array): Hits => {
    let found: HitList | undefined; // made with the first hit: most texts have none
    if (bytesLeft >= 0) bytesLeft -= bytes.length;
    const go = (isReady() ? program()?.walk : undefined) ?? walk();
    go(bytes, (final, offset) => {
      found ??= toHitList();
      pushEnds(automaton, { final, offset }, found);
    });
    return found?.done() ?? noHits;
  };
  return Object.assign(prefilter, {
    commonParts: (text: Uint8Array, old: Uint8Array) => program()?.commonParts(text, old),
    longWords: (text: Uint8Array) => (isReady() ? program()?.longWords(text) : undefined) ?? longWords(text),
    base64Runs: (text: Uint8Array) => (isReady() ? program()?.base64Runs(text) : undefined) ?? base64Runs(text),
  });
}

/**
 * The walk in JavaScript. The automaton's rows are unfolded when a text first walks through them: a hook that scans one
 * small file pays for a few dozen of them, however many detectors there are.
 */
export function toWalk(automaton: Automaton): Walk {
  const { classes, classCount, firstFinal } = automaton;
  // 0: not unfolded yet. Else the next state's row + 1; a row is state × classCount.
  const rows = new Int32Array(automaton.stateCount * classCount);
  const firstFinalRow = firstFinal * classCount;

  return (bytes, onEnd) => {
    let row = 0;
    for (let index = 0; index < bytes.length; index += 1) {
      const symbol = classes[bytes[index] ?? 0] ?? 0;
      const known = rows[row + symbol] ?? 0;
      row = known === 0 ? unfold(automaton, rows, row + symbol) : known - 1;
      if (row >= firstFinalRow) onEnd(row / classCount - firstFinal, index + 1);
    }
  };
}

function unfold(automaton: Automaton, rows: Int32Array, cell: number): number {
  const { classCount } = automaton;
  const symbol = cell % classCount;
  let state = (cell - symbol) / classCount;
  for (;;) {
    const next = edge(automaton, state, symbol);
    if (next !== -1 || state === 0) {
      const row = Math.max(next, 0) * classCount;
      rows[cell] = row + 1;
      return row;
    }
    state = automaton.fail[state] ?? 0;
  }
}

function edge(automaton: Automaton, state: number, symbol: number): number {
  const end = automaton.edgeStart[state + 1] ?? 0;
  for (let index = automaton.edgeStart[state] ?? 0; index < end; index += 1) {
    if (automaton.edgeClass[index] === symbol) return automaton.edges[index] ?? 0;
  }
  return -1;
}

function pushEnds(automaton: Automaton, { final, offset }: { final: number; offset: number }, found: HitList): void {
  const end = automaton.endStart[final + 1] ?? 0;
  for (let index = automaton.endStart[final] ?? 0; index < end; index += 1) {
    found.push(automaton.ends[index] ?? 0, offset);
  }
}

/** Hits that are being gathered. */
export interface HitList {
  push(keyword: number, end: number): void;
  /** Takes over the hits of a part of the text: those that end between `from` and `to`, once shifted to their place in it. */
  take(hits: Hits, shift: number, range: { readonly from: number; readonly to: number }): void;
  done(): Hits;
}

const none = new Int32Array(0);
const noHits: Hits = { count: 0, keywords: none, ends: none };

/** Growing typed arrays: a text of hostile keywords would make millions of boxed numbers otherwise. */
export function toHitList(): HitList {
  let keywords = none;
  let ends = none;
  let count = 0;
  const makeRoom = (more: number): void => {
    if (count + more <= keywords.length) return;
    keywords = grown(keywords, count + more);
    ends = grown(ends, count + more);
  };
  return {
    push(keyword, end) {
      makeRoom(1);
      keywords[count] = keyword;
      ends[count] = end;
      count += 1;
    },
    take(hits, shift, { from, to }) {
      const first = firstFrom(hits, from - shift);
      const last = firstFrom(hits, to - shift + 1);
      makeRoom(last - first);
      for (let index = first; index < last; index += 1) {
        keywords[count] = hits.keywords[index] ?? 0;
        ends[count] = (hits.ends[index] ?? 0) + shift;
        count += 1;
      }
    },
    done: () => ({ count, keywords, ends }),
  };
}

/** The first hit that ends here or later; hits stand in the order of their ends. */
function firstFrom({ count, ends }: Hits, end: number): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ends[middle] ?? 0) < end) low = middle + 1;
    else high = middle;
  }
  return low;
}

function grown(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(Math.max(32, array.length * 2, length));
  larger.set(array);
  return larger;
}
