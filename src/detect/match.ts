import type { CompiledFormat } from '../table/scan-table.js';
import type { Confidence, Severity } from './detector.js';

/** A stretch of the scanned bytes: offsets from 0, the end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** What a pattern hit and the judgement kept. */
export interface Match extends Span {
  readonly format: CompiledFormat;
  /** Lower than the format's own when the value fails its proof. */
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** The value fails its proof, so it is most likely made up. */
  readonly isDummy: boolean;
  /** All that the pattern took in; the secret (`start` to `end`) lies in it. What is masked when the line is shown. */
  readonly whole: Span;
  /** The secret as it is meant, where the text has it written in another way: see decoded.ts. */
  readonly meant?: Buffer;
  /** The public halves that stand nearby. */
  readonly companions: readonly Companion[];
  /** Shannon entropy of the secret in bits per character. */
  readonly entropy: number;
  /** How near the near word stands, 0 (in the value's own name) to 4 (elsewhere in the file); 0 as well where none is needed. */
  readonly distance: number;
}

/** A public half near a secret. */
export interface Companion extends Span {
  readonly format: CompiledFormat;
}
