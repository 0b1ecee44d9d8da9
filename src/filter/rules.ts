import type { IsoDate, Severity } from '../detect/detector.js';

/** What the settings and the allowlist decide, ready to be asked. Asking is synchronous and does no I/O. */
export interface Rules {
  /** True where the settings exclude the path. The caller names it as skipped: nothing passes unseen. */
  excludes(path: string): boolean;
  /** Why this match may pass, or null. Remembers what it answered, for `suppressed()` and `usedEntries()`. */
  allows(suspect: Suspect): Allowed | null;
  /** Whether a finding of this severity stops the commit, or is only shown. */
  blocks(severity: Severity, path: string): boolean;
  /** False where the settings switch the format off, and for own detectors outside the folder that defines them. */
  isEnabled(format: FormatName, path: string): boolean;
  /** Contents above this many bytes are named as skipped; undefined where no setting says. */
  maxBlobBytes(path: string): number | undefined;
  /** The detectors that the settings define. */
  readonly customDetectors: readonly CustomDetector[];
  /** Every entry of the allowlist, expired or not, in the order of the file. */
  readonly entries: readonly AllowEntry[];
  /** The files that hold rules. */
  readonly sources: readonly string[];
  /** What has been let through so far. */
  suppressed(): readonly Suppressed[];
  /** The entries that have let something through so far: the others are stale when everything was scanned. */
  usedEntries(): readonly AllowEntry[];
  /** What the user should know: an expired entry that would have matched, a comment without effect. Each once. */
  warnings(): readonly string[];
}

/** A match that waits for a verdict. It hands out no secret: it answers questions about it. */
export interface Suspect {
  /** The format's id. */
  readonly detector: string;
  readonly formerIds: readonly string[];
  /** As in `Change.path`. */
  readonly path: string;
  /** Where the secret begins, from 1. */
  readonly startLine: number;
  /** The lines that the secret touches, from its first to its last. */
  readonly lines: readonly string[];
  /** The line above the first one, or null at the top of the text. */
  readonly lineAbove: string | null;
  /** The fingerprint under a format id: the present one, or a former one when an old entry may name it. */
  readonly fingerprint: (formatId: string) => string;
  /** Runs a test on the secret's text and gives its answer. */
  readonly secretPasses: (test: (value: string) => boolean) => boolean;
}

/** A format under its present and its former names. */
export interface FormatName {
  readonly id: string;
  readonly formerIds?: readonly string[];
}

/** Why a match may pass. */
export interface Allowed {
  /** `own-fingerprint`: the digits are an entry's fingerprint in the allowlist itself. */
  readonly how: 'finding' | 'value' | 'path' | 'comment' | 'own-fingerprint';
  readonly reason: string;
  /** Where it is allowed: `.leak-guard-allow.json:7` or `src/mail.ts:14`. */
  readonly where: string;
}

/** One match that was let through. */
export interface Suppressed extends Allowed {
  readonly path: string;
  readonly startLine: number;
  readonly detector: string;
}

/** One entry of the allowlist. Every condition that is given must hold. */
export interface AllowEntry {
  /** Where it stands in the file, from 1. */
  readonly line: number;
  /** A fingerprint. */
  readonly finding?: string;
  /** A path or glob, with `/`. */
  readonly path?: string;
  /** A test on the secret. The text is not kept, so that no report can show it. */
  readonly value?: (secret: string) => boolean;
  /** Format ids, or `provider-*`. Empty: any. */
  readonly detectors: readonly string[];
  readonly reason: string;
  readonly by?: string;
  /** The last day on which the entry works. */
  readonly expires?: IsoDate;
}

/** A detector from the settings: data only, its pattern checked to run in bounded time. */
export interface CustomDetector {
  readonly id: string;
  readonly name: string;
  readonly pattern: RegExp;
  readonly severity: Severity;
  readonly keywords?: readonly string[];
  readonly near?: readonly string[];
  readonly names?: readonly string[];
  readonly minEntropy?: number;
  /** The page that a blocked developer is sent to. */
  readonly url?: string;
}

/** A file of rules as it is stored, in the index or on disk. Links are not followed, and large files are not read. */
export type StoredFile =
  | { readonly kind: 'file'; readonly bytes: Buffer }
  | { readonly kind: 'link' }
  | { readonly kind: 'too-large' };

/** Reads one file of rules by its path from the root, with `/`; null where there is none. */
export type ReadRuleFile = (path: string) => Promise<StoredFile | null>;
