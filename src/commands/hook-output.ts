import type { RunOutput } from '../run-scan.js';

/** How a hook tells what it found, where that was asked for. */
export interface HookOutput extends Omit<RunOutput, 'context'> {
  /** Writes the report to where it was asked for. */
  readonly deliver: (text: string) => Promise<void>;
}
