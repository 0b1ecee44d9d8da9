import { join, relative } from 'node:path';
import type { Answer } from './cat-file-answer.js';
import type { Git, GitResult } from './git.js';

/** A file as the index or a commit holds it. */
export type IndexFile =
  | { readonly kind: 'file'; readonly bytes: Buffer }
  | { readonly kind: 'link' }
  | { readonly kind: 'too-large' };

/** Settings above this size are not read; whoever asks says why. */
const maxBytes = 1_000_000;

/** What is known of the index already. */
export interface KnownIndex {
  /** Which files are links; asked only when one of them counts. */
  readonly links?: (() => Promise<ReadonlySet<string>>) | undefined;
  /** The paths in which it differs from HEAD. The others are read from there: git need not read a large index again. */
  readonly changed?: ReadonlySet<string> | null | undefined;
  /** Whether a file counts. One that does not is not asked whether it is a link, which takes a process. */
  readonly counts: (path: string, file: IndexFile) => boolean;
}

/** Reads a file from the index by its path from the top, with `/`; null where the index has none. */
export async function readIndexFile(git: Git, path: string, known: KnownIndex): Promise<IndexFile | null> {
  const { links, changed, counts } = known;
  const isAsInHead = changed !== undefined && changed !== null && !changed.has(path);
  const file = await readNamed(git, isAsInHead ? `HEAD:${path}` : `:${path}`);
  if (file === null || !counts(path, file)) return file;
  if (links !== undefined) return (await links()).has(path) ? { kind: 'link' } : file;
  return isLink(git, path, file);
}

// Many repositories have many of these files: they are asked for in lists that a command line can hold.
const MOST_ARGUMENTS = 100;

/** Which of these are links, from the top, where git must run: a process for some hundred of them. */
export async function linksInIndex(git: Git, paths: readonly string[]): Promise<ReadonlySet<string>> {
  const links = new Set<string>();
  for (let start = 0; start < paths.length; start += MOST_ARGUMENTS) {
    const some = paths.slice(start, start + MOST_ARGUMENTS);
    const { stdout } = await git.run(['ls-files', '--cached', '--stage', '-z', '--', ...some]);
    for (const entry of stdout.toString().split('\0')) {
      if (entry.startsWith('120000 ')) links.add(entry.slice(entry.indexOf('\t') + 1));
    }
  }
  return links;
}

/** Reads a file from a commit by its path from the top, with `/`; null where it has none. */
export async function readTreeFile(git: Git, commit: string, path: string): Promise<IndexFile | null> {
  const file = await readNamed(git, `${commit}:${path}`);
  if (file === null) return null;
  const { stdout } = await git.run(['ls-tree', '-z', '--full-tree', commit, '--', path]);
  return stdout.toString().startsWith('120000 ') ? { kind: 'link' } : file;
}

/** Reads files of rules by the ids of their contents, in this order; null where one is none. */
export async function* readBlobFiles(git: Git, oids: readonly string[]): AsyncGenerator<IndexFile | null> {
  for await (const object of git.catFile().readAll(oids, { maxBytes })) yield toIndexFile(object);
}

/** The paths in a commit whose last name is one of these. */
export async function treePathsNamed(git: Git, commit: string, names: ReadonlySet<string>): Promise<string[]> {
  return named(await git.run(['ls-tree', '-r', '-z', '--full-tree', '--name-only', commit]), names);
}

/** Reads a file from the last commit; null where it has none, or where there is no commit. */
export async function readCommittedFile(git: Git, path: string): Promise<IndexFile | null> {
  return readNamed(git, `HEAD:${path}`);
}

/** The paths in the index whose last name is one of these; git must run at the top, as it runs hooks. */
export async function indexPathsNamed(git: Git, names: ReadonlySet<string>): Promise<string[]> {
  return named(await git.run(['ls-files', '--cached', '-z', '--full-name']), names);
}

function named({ stdout }: GitResult, names: ReadonlySet<string>): string[] {
  return stdout
    .toString()
    .split('\0')
    .filter((path) => names.has(path.slice(path.lastIndexOf('/') + 1)));
}

async function readNamed(git: Git, name: string): Promise<IndexFile | null> {
  for await (const file of readBlobFiles(git, [name])) return file;
  return null;
}

function toIndexFile(object: Answer): IndexFile | null {
  if (object === null || object.type !== 'blob') return null;
  return object.bytes === null ? { kind: 'too-large' } : { kind: 'file', bytes: object.bytes };
}

async function isLink(git: Git, path: string, file: IndexFile): Promise<IndexFile> {
  const { topLevel } = await git.facts();
  // From a sub-folder git takes paths from there, and the names of these files count from the top.
  const fromHere = topLevel === null ? path : relative(git.cwd, join(topLevel, path)).replaceAll('\\', '/');
  const { stdout } = await git.run(['ls-files', '--cached', '--stage', '-z', '--', fromHere]);
  return stdout.toString().startsWith('120000 ') ? { kind: 'link' } : file;
}
