/** What the process ends with. Never another number: hooks and CI branch on it. */
export const ExitCode = {
  /** Everything was scanned and nothing was found. */
  Clean: 0,
  /** At least one finding. */
  Findings: 1,
  /** The scan could not be done: usage, settings, git, or a bug. */
  CouldNotScan: 2,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
