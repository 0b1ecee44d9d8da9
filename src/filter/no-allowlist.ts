import type { AllowEntry, Suspect } from './rules.js';

/** The allowlist, ready to be asked. */
export interface Allowlist {
  readonly entries: readonly AllowEntry[];
  /** The entries that cover a match, whether or not they have expired. */
  readonly covering: (suspect: Suspect) => readonly AllowEntry[];
  /** Whether a text is the fingerprint of an entry. */
  readonly hasFingerprint: (text: string) => boolean;
}

/** The allowlist of a repository without one. Apart from allowlist.ts, which hooks there do not load. */
export const NO_ALLOWLIST: Allowlist = { entries: [], covering: () => [], hasFingerprint: () => false };
