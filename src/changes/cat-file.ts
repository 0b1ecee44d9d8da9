import { UserError } from '../user-error.js';
import type { Answer, GitObject, ObjectType } from './cat-file-answer.js';
import {
  ask,
  closeReader,
  MAX_BATCH_LENGTH,
  openReader,
  prefetch,
  type Reader,
  startProcess,
  taken,
} from './cat-file-reader.js';
import { inOneGroup, type NameGroups, readAhead, streamAll, visitAll } from './cat-file-stream.js';
import type { Git, Start } from './git.js';
import { escapeControls } from './git-failure.js';

/**
 * Reads objects out of the repository through `git cat-file --batch`. A few questions that are asked at once are answered
 * by a process that is run to its end, which is quicker; from then on, or when there are many, one process stays.
 */
export interface CatFile {
  /** Starts the process that stays ahead of the first question, where it is known that there will be many. */
  start(): void;
  /** The object, or null where there is none. Takes an object id or any name that git knows, such as `:path` for the index. */
  read(name: string | Buffer): Promise<GitObject | null>;
  /** Many objects in the given order, but never more than some MB of them in memory. */
  readAll(names: Iterable<string>, options?: { readonly maxBytes?: number }): AsyncIterable<Answer>;
  /**
   * As `readAll`, while the names are still being found out: git is told each group of them as it comes, and is told no
   * more than it can take.
   */
  readAsNamed(names: NameGroups, options: { readonly maxBytes: number }): AsyncGenerator<Answer>;
  /** As `readAll`, but two gits start at once and share the work: to unpack what was just added keeps a whole core busy. */
  readAhead(names: readonly string[], options: { readonly maxBytes: number }): AsyncGenerator<Answer>;
  /** As `readAll`, but each object's bytes are there only until its visit ends: they all use the same memory. */
  visitAll(names: readonly string[], maxBytes: number, visit: (object: Answer) => void): Promise<void>;
  /** Asks ahead for objects that will be read with the same `maxBytes`, along with whatever else is asked just now. */
  prefetch(names: Iterable<string>, options: { readonly maxBytes: number }): void;
  /** Type and size of each object that exists. */
  sizes(ids: Iterable<string>): Promise<ReadonlyMap<string, ObjectSize>>;
  /** A blob's bytes as they come, for those too large to hold. */
  slices(id: string): AsyncIterable<Buffer>;
  close(): void;
}

export interface ObjectSize {
  readonly type: ObjectType;
  readonly size: number;
}

const MAX_READ_BYTES = 1024 * 1024 * 1024;

/** Opens a reader; `start` starts git. */
export function openCatFile(git: Pick<Git, 'run' | 'stream'>, start: Start): CatFile {
  const reader = openReader(start);
  return {
    start: () => startProcess(reader),
    read: (name) => readOne(reader, git, name),
    readAll: (names, options = {}) => readAll({ reader, git }, [...names], options.maxBytes ?? MAX_READ_BYTES),
    readAsNamed: (names, { maxBytes }) => streamAll(git, names, maxBytes),
    readAhead: (names, { maxBytes }) => readAhead(git, names, maxBytes),
    visitAll: (names, maxBytes, visit) => visitAll(git, names, { maxBytes: () => maxBytes, onAnswer: visit }),
    prefetch: (names, { maxBytes }) => {
      for (const name of names) prefetch(reader, Buffer.from(name), maxBytes);
    },
    sizes: (ids) => readSizes(git, ids),
    slices: (id) => git.stream(['cat-file', 'blob', id]),
    close: () => closeReader(reader),
  };
}

async function readOne(reader: Reader, git: Pick<Git, 'run'>, name: string | Buffer): Promise<GitObject | null> {
  const bytes = Buffer.from(name);
  // A question ends at the line end, and only git 2.42 can say otherwise (-Z): such a name is looked up by itself.
  const id = bytes.includes('\n') ? await lookUp(git, bytes) : bytes;
  if (id === null) return null;
  const answer = await taken(reader, ask(reader, id, MAX_READ_BYTES));
  if (answer === null || answer.bytes !== null) return answer;
  throw new UserError(
    `Could not read ${escapeControls(bytes.toString())}: it is larger than 1 GB.`,
    'Keep files of that size out of the repository.',
  );
}

async function lookUp(git: Pick<Git, 'run'>, name: Buffer): Promise<Buffer | null> {
  const found = await git.run(['rev-parse', '--verify', '--quiet', name.toString()], { okCodes: [0, 1] });
  return found.code === 0 ? found.stdout.subarray(0, -1) : null;
}

async function* readAll(
  source: { readonly reader: Reader; readonly git: Pick<Git, 'stream'> },
  names: readonly string[],
  maxBytes: number,
): AsyncGenerator<Answer> {
  if (names.length > MAX_BATCH_LENGTH) return yield* streamAll(source.git, inOneGroup(names), maxBytes);
  const asked = names.map((name) => ask(source.reader, Buffer.from(name), maxBytes));
  try {
    for (let first = asked.shift(); first !== undefined; first = asked.shift()) yield await taken(source.reader, first);
  } finally {
    // The caller stopped early: nobody will take these answers.
    for (const answer of asked) taken(source.reader, answer).catch(() => {});
  }
}

async function readSizes(git: Pick<Git, 'run'>, ids: Iterable<string>): Promise<ReadonlyMap<string, ObjectSize>> {
  const sizes = new Map<string, ObjectSize>();
  const { stdout } = await git.run(['cat-file', '--batch-check'], { input: `${[...ids].join('\n')}\n` });
  for (const line of stdout.toString().split(/\r?\n/)) {
    const header = /^([0-9a-f]+) (blob|tree|commit|tag) (\d+)$/.exec(line);
    if (header?.[1] !== undefined) sizes.set(header[1], { type: toType(header[2]), size: Number(header[3]) });
  }
  return sizes;
}

function toType(word: string | undefined): ObjectType {
  return word === 'tree' || word === 'commit' || word === 'tag' ? word : 'blob';
}
