import type { Change } from './changes/change.js';
import type { Confidence, Severity } from './detect/detector.js';
import type { Secret } from './secret.js';

/** A stretch of text, as an editor shows it. Lines and columns count from 1, columns in UTF-16 units; the end is exclusive. */
export interface Place {
  readonly file: string;
  readonly startLine: number;
  readonly startColumn: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Where the secret has got to: in the index, in commits that no remote has, on a remote, or not known. */
export type Exposure = 'staged' | 'local' | 'remote' | 'unknown';

/** A match that is reported. */
export interface Finding extends Place {
  /** Short name for people: the first 8 digits of the fingerprint. */
  readonly id: string;
  /** Stable over moved lines, renames, squash and rebase: made of format id and secret only. */
  readonly fingerprint: string;
  /** The detector's file name without `.ts`: the argument of `leak-guard rotate`; `custom` for an own detector. */
  readonly provider: string;
  readonly providerName: string;
  /** The format's id. */
  readonly detector: string;
  /** The credential in the provider's own words. */
  readonly title: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** The value fails the offline proof of its format, so it is most likely made up. */
  readonly isDummy: boolean;
  readonly secret: Secret;
  /** Of the secret, in UTF-16 units. */
  readonly length: number;
  /** Of the secret, Shannon, in bits per character. */
  readonly entropy: number;
  /** The commit that records it, or null where there is none yet. */
  readonly commit: string | null;
  readonly exposure: Exposure;
  /** What holds it. */
  readonly kind: FindingKind;
  /** When the commit was made, where that was asked for. */
  readonly authorDate?: string;
  /** Whether the value still stands in HEAD, where that was asked for. */
  readonly inHead?: boolean;
  /** The later commit that takes the value out of the file again. */
  readonly removedIn?: string;
  /** How the commit that records it can be mended, where no remote has it yet. */
  readonly repair?: Repair;
  /** What is pushed and names it without any commit, where that is known. */
  readonly holder?: Holder;
  /** The line as it stands in the file, with every secret on it masked; cut to 200 characters around this one. */
  readonly excerpt: string;
  /** The ids that go with the secret: the other halves of a composite credential. */
  readonly related: readonly Related[];
  /** The variable that the fix reads the credential from. */
  readonly env: string;
  /** The official page for the blocked developer; empty where an own detector has none. */
  readonly url: string;
}

/** What kind of text holds it; see `Change.kind`. */
export type FindingKind = Change['kind'];

/** Where a commit stands in a history that can still be rewritten. */
export interface Repair {
  /** It is the last one: it can be amended. */
  readonly isLast: boolean;
  /** It has no parent. */
  readonly isRoot: boolean;
  /** It is a merge itself. */
  readonly isMerge: boolean;
  /** A later commit is a merge. */
  readonly hasMergeAfter: boolean;
  /** A later commit is a merge that a rebase might not make again as it is. */
  readonly hasOddMergeAfter: boolean;
  /** The branch that leads to it, or the id of the last commit where there is none. */
  readonly branch: string;
  /** Whether that is what is checked out. */
  readonly isCheckedOut: boolean;
  /** True where that is no branch. */
  readonly isDetached?: boolean;
  /** Another ref that is pushed and leads there, which is to name the mended commit: `refs/notes/commits`. */
  readonly ref?: string;
  /** Tags that are pushed and name the last commit: they are to be made again. */
  readonly tags?: readonly { readonly name: string; readonly isAnnotated: boolean }[];
  /** The last commit of the branch that has no finding in it or below it, or null where there is none. */
  readonly base: string | null;
  /** What merges have brought into the branch since then that has no finding in it or below it. */
  readonly joined: readonly string[];
  /** A later commit changes the file as well, besides the one that takes the value out again. */
  readonly isTouched?: boolean;
  /** What the file is called in the end, where that is another name. */
  readonly path?: string;
  /** The commit that takes the value out again does so by taking the file away. */
  readonly isFileGone?: boolean;
  /** Whether the work tree has a file of that name, though the last commit may not; left out where there is none. */
  readonly isOnDisk?: boolean;
}

/** A ref that names a file's content or a whole tree by itself, without a commit. */
export interface Holder {
  /** Its whole name: `refs/tags/v1`. */
  readonly ref: string;
  readonly type: 'blob' | 'tree';
  /** Whether a tag has a message of its own. */
  readonly isAnnotated: boolean;
}

/** The public half of a composite credential. */
export interface Related extends Place {
  readonly detector: string;
  readonly title: string;
}

/** What a run has seen: the proof that it happened. */
export interface Scanned {
  readonly blobs: number;
  readonly bytes: number;
  readonly skipped: readonly { readonly file: string; readonly why: string }[];
}
