/** Something that keeps a hook from guarding, and what mends it. */
export interface Problem {
  /** Stable: scripts branch on it. */
  readonly id: string;
  readonly text: string;
  /** What to do, one sentence, starting with a verb. */
  readonly mend: string;
  /** True when the doctor could not tell: it may be fine. */
  readonly isUnsure?: boolean;
}

/** A hook as it is on this machine, now. */
export interface HookHealth {
  readonly hook: string;
  readonly ok: boolean;
  /** The file that git starts, or would start. */
  readonly path: string;
  readonly problems: readonly Problem[];
}

export const INSTALL_AGAIN = 'Run "npx leak-guard install".';
