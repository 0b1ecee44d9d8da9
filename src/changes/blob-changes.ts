import type { Answer, GitObject, LargeObject } from './cat-file-answer.js';
import type { Change, ChangeOrSkip } from './change.js';
import type { Git } from './git.js';
import { missingObject } from './git-failure.js';
import { pathText } from './path-text.js';
import type { RawEntry } from './raw-diff.js';
import { sliceChanges } from './slices.js';
import { decodeLike, type Encoding, encodingOf, toUtf8 } from './text.js';

/** From what size on a content is not read in one piece, or not at all. */
export interface SizeLimits {
  /** Larger ones are read in slices. */
  readonly wholeBytes?: number;
  /** Larger ones are named as skipped. Asked for each path when it is read: the settings of its folder may say. */
  readonly maxBytesOf?: (path: string) => number;
}

/** Looks through contents on other cores, before it is their turn. */
export interface Triage {
  /** How many batches it can be given at once. */
  readonly width: number;
  /** The length of each content in which nothing matches, in the given order; null where it has to be looked at here. */
  readonly look: (contents: readonly TriageContent[]) => Promise<readonly (number | null)[]>;
  readonly end: () => void;
}

/** A blob as it goes to another core. */
export interface TriageContent {
  readonly oid: string;
  readonly path: string;
  readonly commit: string | null;
  /** A larger one is not looked through. */
  readonly maxBytes: number;
}

/** How much is read at once, and by whom. */
export interface ReadOptions extends SizeLimits {
  /** Opens the triage; called where there is so much to read that it pays. */
  readonly openTriage?: () => Promise<Triage>;
  /** Fulfilled when the limits are known, where git may start to work before that. */
  readonly limitsKnown?: Promise<void>;
}

/** Where nobody says otherwise: larger contents are no text that people write. */
export const DEFAULT_MAX_BYTES = 200_000_000;

/** A blob that is about to be recorded at a path. */
export interface BlobToRead {
  readonly path: string;
  readonly kind: Change['kind'];
  readonly oid: string;
  readonly commit: string | null;
  /** The blobs that it replaces. */
  readonly before: readonly string[];
  /** True where a parent has a file at this path. */
  readonly hasOldPath: boolean;
}

const MEGABYTE = 1024 * 1024;
const SYMLINK = '120000';
const SUBMODULE = '160000';

export function withDefaults(limits: SizeLimits): Required<SizeLimits> {
  return { wholeBytes: limits.wholeBytes ?? 50 * MEGABYTE, maxBytesOf: limits.maxBytesOf ?? (() => DEFAULT_MAX_BYTES) };
}

/** Names a content that is larger than the limit. */
export function tooLarge(file: string, maxBytes: number): ChangeOrSkip {
  return { skipped: { file, why: `larger than ${Math.round(maxBytes / 100_000) / 10} MB` } };
}

/**
 * What there is to read for an entry; nothing for a deletion, a submodule, or a content that a parent has at this place
 * already (a new name or mode only).
 */
export function toBlob(entry: RawEntry, commit: string | null): BlobToRead | undefined {
  if (!isBlobMode(entry.mode)) return undefined;
  const before = entry.parents.filter((parent) => isBlobMode(parent.mode)).map((parent) => parent.oid);
  if (before.includes(entry.oid)) return undefined;
  const kind = entry.mode === SYMLINK ? 'link' : 'file';
  return { path: pathText(entry.path), kind, oid: entry.oid, commit, before, hasOldPath: /[MT]/.test(entry.status) };
}

/** The new name of a file that has the content of the old one, or of a submodule: nothing to read, and yet a new name. */
export function toNewName(entry: RawEntry, commit: string | null): Change | undefined {
  const isMoved = /^(?:[RC]\d*)+$/.test(entry.status) && entry.parents.some((parent) => parent.oid === entry.oid);
  const isSubmodule = entry.mode === SUBMODULE && /^A+$/.test(entry.status);
  return isMoved || isSubmodule ? nameChange(pathText(entry.path), 'name', commit) : undefined;
}

/** A name alone. */
export function nameChange(path: string, kind: 'name' | 'ref', commit: string | null): Change {
  return { path, kind, bytes: Buffer.alloc(0), commit, before: async () => [] };
}

export function isBlobMode(mode: string): boolean {
  return mode !== '000000' && mode !== SUBMODULE;
}

/** A content that was looked through already. There are thousands: what they have in common is made once. */
export function clearedChange({ path, kind, commit, oid, hasOldPath }: BlobToRead, clearedBytes: number): Change {
  return { path, kind, commit, oid, hasOldPath, bytes: nothing, clearedBytes, before: nothingBefore };
}

const nothing = Buffer.alloc(0);

async function nothingBefore(): Promise<readonly Buffer[]> {
  return [];
}

// With so few, one git can answer for them and for whatever else is asked at the same time.
const FEW_BLOBS = 112;

/** Starts to read blobs whose turn will come. What is given back is to be handed to `readBlobs`. */
export function readAhead(
  git: Git,
  blobs: readonly BlobToRead[],
  limits: Required<SizeLimits>,
): AsyncGenerator<Answer> | undefined {
  const names = blobs.map((blob) => blob.oid);
  const options = { maxBytes: limits.wholeBytes };
  if (blobs.length > FEW_BLOBS) return git.catFile().readAhead(names, options);
  git.catFile().prefetch(new Set(names), options);
  return undefined;
}

/**
 * Reads blobs in the given order, or takes what was read ahead. A blob that is missing is a UserError: it would be
 * recorded unseen.
 */
export async function* readBlobs(
  git: Git,
  blobs: readonly BlobToRead[],
  { ahead, ...limits }: Required<SizeLimits> & { readonly ahead?: AsyncGenerator<Answer> | undefined },
): AsyncGenerator<ChangeOrSkip> {
  let index = 0;
  const names = blobs.map((blob) => blob.oid);
  for await (const object of ahead ?? git.catFile().readAll(names, { maxBytes: limits.wholeBytes })) {
    const blob = blobs[index];
    index += 1;
    if (blob === undefined) return;
    if (object === null) throw missingObject(blob.oid);
    const change = toChange({ git, limits }, blob, object);
    if (change === undefined) yield* toSlices({ git, limits }, blob);
    else yield change;
  }
}

/** Where contents are read from, and how large they may be. */
export interface BlobSource {
  readonly git: Git;
  readonly limits: Required<SizeLimits>;
}

/** A content that was read whole, or is too large to be read at all; undefined where it comes in slices. */
export function toChange(
  source: BlobSource,
  blob: BlobToRead,
  object: GitObject | LargeObject,
): ChangeOrSkip | undefined {
  const { path, kind, commit, oid, hasOldPath } = blob;
  const maxBytes = source.limits.maxBytesOf(path);
  if (object.size > maxBytes) return tooLarge(path, maxBytes);
  if (object.bytes === null) return undefined;
  const encoding = encodingOf(object.bytes);
  const before = (): Promise<readonly Buffer[]> => readBefore(source, blob, encoding);
  return { path, kind, commit, oid, hasOldPath, bytes: toUtf8(object.bytes, encoding), before };
}

/** A content that is too large to be held. */
export function toSlices(source: BlobSource, blob: BlobToRead): AsyncIterable<ChangeOrSkip> {
  const { path, kind, commit, oid, hasOldPath } = blob;
  const before = (): Promise<readonly Buffer[]> => readBefore(source, blob, 'bytes');
  return sliceChanges(source.git.catFile().slices(oid), { path, kind, commit, oid, hasOldPath, before });
}

/** The replaced contents. One too large to hold is left out: then every line counts as new, which hides nothing. */
async function readBefore(source: BlobSource, blob: BlobToRead, newer: Encoding): Promise<readonly Buffer[]> {
  const contents: Buffer[] = [];
  const options = { maxBytes: source.limits.wholeBytes };
  for await (const object of source.git.catFile().readAll(blob.before, options)) {
    if (object === null) throw missingObject(blob.before.join(' '));
    if (object.bytes !== null) contents.push(decodeLike(object.bytes, newer));
  }
  return contents;
}
