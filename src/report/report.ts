import type { Finding, Scanned } from '../finding.js';

/** What was being done when leak-guard looked: it decides what was stopped, and how to go on. */
export type Stage = 'commit' | 'push' | 'merge' | 'message' | 'scan' | 'build';

/** What a run has to say; every renderer takes it. */
export interface Report {
  readonly findings: readonly Finding[];
  readonly scanned: Scanned;
  readonly durationMs: number;
  readonly stage: Stage;
  /** The folder in which somebody types, relative to the root and ending with `/`. Empty at the root, and unless said. */
  readonly folder?: string;
  /** False when the settings let findings of this severity pass: then nothing was stopped. True unless said. */
  readonly isStopped?: boolean;
  /** How many findings the allowlist let pass. */
  readonly allowed: number;
  /** Things to know that stop nothing, one sentence each. */
  readonly warnings: readonly string[];
}

/** How a report is to look in a terminal. The caller knows the terminal; nothing here asks for it. */
export interface Style {
  /** True only for a terminal without NO_COLOR. */
  readonly isColored: boolean;
  /** True leaves out the line that says what was scanned, when all of it was and nothing was found. */
  readonly isQuiet: boolean;
}
