import { constants } from 'node:fs';
import { lstat, open, readdir, readlink } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { codeOf } from '../error-code.js';
import { UserError } from '../user-error.js';
import { type SizeLimits, tooLarge, withDefaults } from './blob-changes.js';
import type { Change, ChangeOrSkip } from './change.js';
import { pathText } from './path-text.js';
import { sliceChanges } from './slices.js';
import { decode } from './text.js';

export interface PathOptions extends SizeLimits {
  /** What the paths are relative to, and the findings' paths too. */
  readonly cwd: string;
  /** Asked about each folder with a `.git` that is come to on the way: whether it is left to somebody else. */
  readonly leavesOut?: ((folder: string) => boolean) | undefined;
}

/**
 * Files and folders as they lie on the disk; folders with all that is in them, in order of name, but for `.git`. A link
 * is never followed: its target is the text that git would record. Nothing is left out silently.
 */
export async function* pathChanges(paths: readonly string[], options: PathOptions): AsyncGenerator<ChangeOrSkip> {
  const rest = { limits: withDefaults(options), leavesOut: options.leavesOut };
  for (const path of paths) {
    const full = resolve(options.cwd, path);
    await checkExists(full, path);
    const start = { file: Buffer.from(full), shown: Buffer.from(withSlashes(relative(options.cwd, full))) };
    yield* walk(start, { ...rest, isStart: true });
  }
}

/** Bytes that come from anywhere, such as standard input. */
export function stdinChange(bytes: Buffer): Change {
  return toChange('stdin', 'file', decode(bytes));
}

interface Entry {
  /** The absolute path. Bytes, because a name on Linux need be no UTF-8. */
  readonly file: Buffer;
  /** The path as it is shown. */
  readonly shown: Buffer;
}

interface Walk extends Pick<PathOptions, 'leavesOut'> {
  readonly limits: Required<SizeLimits>;
  /** Whether this very path was asked for. */
  readonly isStart: boolean;
}

async function* walk(entry: Entry, how: Walk): AsyncGenerator<ChangeOrSkip> {
  const path = pathText(entry.shown);
  try {
    const stats = await lstat(entry.file);
    if (stats.isSymbolicLink()) yield toChange(path, 'link', await readlink(entry.file, { encoding: 'buffer' }));
    else if (stats.isFile()) yield* readOne(entry, how.limits);
    else if (!stats.isDirectory()) yield { skipped: { file: path, why: 'not a file, a folder or a link' } };
    else yield* walkFolder(entry, how);
  } catch (error) {
    yield { skipped: { file: path, why: reasonOf(error) } };
  }
}

async function* walkFolder(folder: Entry, how: Walk): AsyncGenerator<ChangeOrSkip> {
  const names = await readdir(folder.file, { encoding: 'buffer' });
  const others = names.filter((name) => name.toString('latin1') !== '.git');
  // A name that is no UTF-8 leads nowhere as a text.
  const isText = Buffer.from(folder.file.toString()).equals(folder.file);
  const isAskedAbout = !how.isStart && isText && others.length < names.length;
  if (isAskedAbout && how.leavesOut?.(folder.file.toString()) === true) return;
  for (const name of others.sort(Buffer.compare)) {
    const child = { file: join(folder.file, name), shown: join(folder.shown, name) };
    yield* walk(child, { ...how, isStart: false });
  }
}

async function* readOne(entry: Entry, limits: Required<SizeLimits>): AsyncGenerator<ChangeOrSkip> {
  const path = pathText(entry.shown);
  // What was a file a moment ago may be a link or a pipe now: neither follow it nor wait for it. (Not on Windows.)
  const file = await open(entry.file, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const { size } = await file.stat();
    const maxBytes = limits.maxBytesOf(path);
    if (size > maxBytes) yield tooLarge(path, maxBytes);
    else if (size <= limits.wholeBytes) yield toChange(path, 'file', decode(await file.readFile()));
    else yield* sliceChanges(file.createReadStream({ autoClose: false }), toChange(path, 'file', Buffer.alloc(0)));
  } finally {
    await file.close();
  }
}

function toChange(path: string, kind: Change['kind'], bytes: Buffer): Change {
  return { path, kind, bytes, commit: null, before: async () => [] };
}

function join(folder: Buffer, name: Buffer): Buffer {
  const isPrefix = folder.length === 0 || folder.at(-1) === 0x2f;
  return isPrefix ? Buffer.concat([folder, name]) : Buffer.concat([folder, Buffer.from('/'), name]);
}

function withSlashes(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/') : path;
}

async function checkExists(file: string, given: string): Promise<void> {
  try {
    await lstat(file);
  } catch (cause) {
    if (codeOf(cause) === undefined) throw cause;
    throw new UserError(
      `Could not scan ${JSON.stringify(given)}: ${reasonOf(cause, 'there is no such path')}.`,
      'Check the path, and try again.',
    );
  }
}

/** Why something could not be read. What is no answer of the system is a bug, and goes on up. */
function reasonOf(error: unknown, missing = 'it vanished during the scan'): string {
  const code = codeOf(error);
  if (code === undefined) throw error;
  if (code === 'ENOENT' || code === 'ENOTDIR') return missing;
  if (code === 'EACCES' || code === 'EPERM') return 'no permission to read it';
  return `it cannot be read (${code})`;
}
