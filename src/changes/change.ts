/** One text that is about to be recorded, with what is needed to tell its new lines from its old ones. */
export interface Change {
  /**
   * Where the text stands, relative to the scanned root, always with `/`. Bytes that are no UTF-8 are written as
   * `\xNN`, and a backslash before `xNN` as `\x5c`, so that two names never look alike. Messages and headers have no
   * path: theirs says what they are, `commit message`, `commit author` or `tag v1`. Not yet safe for a terminal: report/ escapes it.
   */
  readonly path: string;
  /**
   * What kind of text it is: a file's content, a link's target, the message of a commit or tag, a text in its header such
   * as its author, or nothing but a name: of a file that is only renamed, or of a branch or tag.
   */
  readonly kind: 'file' | 'link' | 'message' | 'header' | 'name' | 'ref';
  /** The whole new content, decoded to UTF-8 when it was UTF-16, else the bytes as git stores them. */
  readonly bytes: Buffer;
  /** The id of the content, where git keeps it as a blob. */
  readonly oid?: string;
  /** True where a parent has a file at this very path: the path itself is not new. */
  readonly hasOldPath?: boolean;
  /** The commit or tag that records it (full object id), or null for what is only staged or on disk. */
  readonly commit: string | null;
  /**
   * The contents that this text replaces: none for a new file, one for an edit, one for each parent in a merge.
   * Called only after a match, because reading them costs as much as reading the new content.
   */
  readonly before: () => Promise<readonly Buffer[]>;
  /** Set when the content is larger than one slice. */
  readonly slice?: Slice;
  /** Set when the content was looked through already and nothing matched in it: its length. `bytes` is empty then. */
  readonly clearedBytes?: number;
}

/**
 * Where a slice of a large content stands: the number of its first line (from 1), and the UTF-16 units on that line
 * before the slice. Slices overlap by some lines; what begins between `countsFrom` and `countsTo` (exclusive, both in
 * bytes of this slice) counts here, and everything else in another one.
 */
export interface Slice {
  readonly startLine: number;
  readonly startColumn: number;
  readonly countsFrom: number;
  readonly countsTo: number;
  readonly isLast: boolean;
}

/** Something that was not scanned, and why. Never silent: every one is named in the report. */
export interface Skipped {
  /** As in `Change.path`. */
  readonly file: string;
  /** A short reason in words, such as `larger than 50 MB`. */
  readonly why: string;
}

/** What a source yields: texts to scan, and what it had to leave out. */
export type ChangeOrSkip = Change | { readonly skipped: Skipped };
