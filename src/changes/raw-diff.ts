import { UserError } from '../user-error.js';
import { escapeControls } from './git-failure.js';

/** One path in the raw output of `diff-index` or `diff-tree`. */
export interface RawEntry {
  /** The commit that the entry belongs to; empty where git names none. */
  readonly commit: string;
  /** One letter for each parent: A added, M modified, T type changed, R renamed, C copied, D deleted, U not merged. */
  readonly status: string;
  readonly mode: string;
  readonly oid: string;
  /** What each parent has there; only one for anything but a merge. */
  readonly parents: readonly { readonly mode: string; readonly oid: string }[];
  /** The path in the new tree, as git's bytes. */
  readonly path: Buffer;
  /** The path in the old tree, where it is another: of a renamed or copied file. */
  readonly oldPath?: Buffer;
}

export interface RawParser {
  /** Takes the next piece of output and gives the entries that are complete with it. */
  feed(chunk: Buffer): RawEntry[];
  /** To be called at the end: half an entry means that output is missing. */
  finish(): void;
}

/**
 * Parses `--raw -z --no-abbrev`, in pieces of any size. Fields end with NUL, `·` here:
 *
 *     :100644 100644 3b18e51… 7898192… M·src/a.ts·
 *     :100644 100644 3b18e51… 3b18e51… R100·old name·new name·
 *     8d1c0ce…·                                            a commit, from diff-tree --stdin
 *     ::100644 100644 100644 3b18e51… 7898192… 257cc56… MM·src/merged.ts·
 */
export function rawParser(): RawParser {
  let rest: Buffer = Buffer.alloc(0);
  let commit = '';
  let header: string | undefined;
  let oldPath: Buffer | undefined; // has been read, and the new one comes

  const take = (field: Buffer): RawEntry | undefined => {
    if (header === undefined) {
      const text = field.toString('latin1');
      if (text.startsWith(':')) header = text;
      else commit = toCommit(text);
      return undefined;
    }
    if (oldPath === undefined && / [RC]\d*$/.test(header) && !header.startsWith('::')) {
      oldPath = Buffer.from(field);
      return undefined;
    }
    const entry = toEntry(header, field, commit);
    const from = oldPath;
    header = undefined;
    oldPath = undefined;
    return from === undefined ? entry : { ...entry, oldPath: from };
  };

  const feed = (chunk: Buffer): RawEntry[] => {
    const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    const entries: RawEntry[] = [];
    let start = 0;
    for (let end = bytes.indexOf(0); end >= 0; end = bytes.indexOf(0, start)) {
      const entry = take(bytes.subarray(start, end));
      if (entry !== undefined) entries.push(entry);
      start = end + 1;
    }
    rest = bytes.subarray(start);
    return entries;
  };

  const finish = (): void => {
    if (rest.length > 0 || header !== undefined) throw unexpected('the list of changed files ends in the middle');
  };

  return { feed, finish };
}

/** Parses a whole output. */
export function parseRaw(output: Buffer): RawEntry[] {
  const parser = rawParser();
  const entries = parser.feed(output);
  parser.finish();
  return entries;
}

function toEntry(header: string, path: Buffer, commit: string): RawEntry {
  const entry = header.startsWith('::') ? toMergeEntry(header) : toPlainEntry(header);
  if (entry === undefined || path.length === 0) throw unexpected(header);
  // A copy: the path may be kept for long, and must not keep git's whole output alive.
  return { commit, ...entry, path: Buffer.from(path) };
}

type Header = Pick<RawEntry, 'status' | 'mode' | 'oid' | 'parents'>;

/** `:100644 100644 3b18e51… 7898192… M`: all but the length of the ids is fixed. There are thousands of these. */
function toPlainEntry(header: string): Header | undefined {
  const end = header.indexOf(' ', 15);
  const status = header.slice(2 * end - 13);
  if (status === '' || header[2 * end - 14] !== ' ') return undefined;
  return {
    status,
    mode: header.slice(8, 14),
    oid: header.slice(end + 1, 2 * end - 14),
    parents: [{ mode: header.slice(1, 7), oid: header.slice(15, end) }],
  };
}

function toMergeEntry(header: string): Header | undefined {
  const parentCount = header.search(/[^:]/);
  const fields = header.slice(parentCount).split(' ');
  const modes = fields.slice(0, parentCount + 1);
  const oids = fields.slice(parentCount + 1, 2 * parentCount + 2);
  const mode = modes[parentCount];
  const oid = oids[parentCount];
  const status = fields[2 * parentCount + 2];
  if (mode === undefined || oid === undefined || status === undefined) return undefined;
  const parents = oids.slice(0, parentCount).map((old, index) => ({ mode: modes[index] ?? '', oid: old }));
  return { status, mode, oid, parents };
}

function toCommit(text: string): string {
  if (/^[0-9a-f]{40,64}$/.test(text)) return text;
  throw unexpected(text);
}

function unexpected(text: string): UserError {
  return new UserError(
    'Could not read the list of changed files: git answered something unexpected.',
    'Run "git --version" and report it with the line above, so that leak-guard learns to read it.',
    { cause: `git: ${escapeControls(text.slice(0, 200))}` },
  );
}
