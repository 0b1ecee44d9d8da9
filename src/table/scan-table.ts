import type { ProofName, Severity } from '../detect/detector.js';

/**
 * One format as the hook needs it: what a `Format` says, with all that can be worked out beforehand. A record of the
 * scan table; parsed when one of its keywords has been seen, not before.
 */
export interface CompiledFormat {
  readonly id: string;
  readonly formerIds: readonly string[];
  readonly title: string;
  /** The detector's file name without `.ts`. */
  readonly provider: string;
  readonly providerName: string;
  readonly severity: Severity;
  /** Source of the pattern with its boundaries. */
  readonly pattern: string;
  /** The fixed text with which every match begins. */
  readonly literalPrefix: string;
  /** The shortest text that the pattern can match, in characters. */
  readonly minLength: number;
  /** The longest text that the pattern can match, in characters. */
  readonly maxLength: number;
  /** True when every match is one word of `wordLength` or more of the characters that tokens are made of: see detect/words.ts. */
  readonly isWord: boolean;
  /** True when the format has keywords of its own: its shape is distinctive. */
  readonly isDistinctive: boolean;
  /** True when a near word must confirm the match. */
  readonly needsNear: boolean;
  /** Lower case, without blanks. */
  readonly names: readonly string[];
  readonly minEntropy: number;
  readonly proof?: ProofName;
  readonly isPublic: boolean;
  /** Numbers of the public formats that go with this one. */
  readonly with: readonly number[];
  readonly isGuessable: boolean;
  /** The more of a match is fixed text, the higher: settles which of two overlapping formats wins. */
  readonly specificity: number;
  /** The variable that the fix reads the credential from. */
  readonly env: string;
  /** The official page for the blocked developer. */
  readonly url: string;
}

/** What a keyword says of a format. */
export const Role = {
  /** It stands in each match, `offset` characters after its start, or somewhere when the offset is unknown. */
  Keyword: 0,
  /** It stands near a match. */
  Near: 1,
} as const;

/** A keyword's tie to a format. */
export interface Use {
  /** The format's number. */
  readonly format: number;
  readonly role: (typeof Role)[keyof typeof Role];
  /** Where in a match the keyword stands, or -1. */
  readonly offset: number;
}

/**
 * The keyword automaton (Aho–Corasick) in arrays. States are numbered so that those in which a keyword ends come last:
 * one comparison per byte tells them.
 */
export interface Automaton {
  readonly stateCount: number;
  /** States from this one on have keywords. */
  readonly firstFinal: number;
  readonly classCount: number;
  /** Byte → class; letters fold to lower case. Class 0: bytes in no keyword. */
  readonly classes: Uint8Array;
  /** Edges of state s: `edges[edgeStart[s]] … edges[edgeStart[s + 1] - 1]`, class in `edgeClass`. */
  readonly edgeStart: Uint32Array;
  readonly edgeClass: Uint8Array;
  readonly edges: Uint32Array;
  /** Where to go on when a state has no edge. */
  readonly fail: Uint32Array;
  /** Keywords that end in final state s: `ends[endStart[s - firstFinal]] …`. */
  readonly endStart: Uint32Array;
  readonly ends: Uint32Array;
  /** What walks through it, as a WebAssembly module: see table/program-code.ts. */
  readonly code: Uint8Array<ArrayBuffer>;
}

/** All detectors, as the scan reads them. */
export interface ScanTable {
  readonly automaton: Automaton;
  readonly formatCount: number;
  /** Length of keyword k in bytes. */
  readonly keywordLength: Uint32Array;
  /** Where the uses of keyword k start in `uses`: three numbers each, format, role, offset + 1. */
  readonly useStart: Uint32Array;
  readonly uses: Uint32Array;
  /** By public format: the secrets that go with it. */
  readonly partners: ReadonlyMap<number, readonly number[]>;
  /** The format with this number, parsed on first use. */
  format(number: number): CompiledFormat;
}
