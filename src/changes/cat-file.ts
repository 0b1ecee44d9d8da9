import { Socket } from 'node:net';
import { UserError } from '../user-error.js';
import { type AnswerParser, answerParser, type GitObject, type ObjectType } from './cat-file-answer.js';
import type { Git, RunningGit } from './git.js';
import { escapeControls } from './git-failure.js';

/** Reads objects out of the repository through one long-lived `git cat-file --batch`. */
export interface CatFile {
  /** Starts the process ahead of the first question, so that it comes up while something else runs. */
  start(): void;
  /** The object, or null where there is none. Takes an object id or any name that git knows, such as `:path` for the index. */
  read(name: string | Buffer): Promise<GitObject | null>;
  /** Many objects in the given order, asked for ahead of time, but never more than some MB of them in memory. */
  readAll(
    names: Iterable<string>,
    options?: { readonly maxBytes?: number },
  ): AsyncIterable<GitObject | LargeObject | null>;
  /** Type and size of each object that exists. */
  sizes(ids: Iterable<string>): Promise<ReadonlyMap<string, ObjectSize>>;
  /** A blob's bytes as they come, for those too large to hold. */
  slices(id: string): AsyncIterable<Buffer>;
  close(): void;
}

/** An object larger than `maxBytes`: its bytes were not read. */
export type LargeObject = Omit<GitObject, 'bytes'> & { readonly bytes: null };

export interface ObjectSize {
  readonly type: ObjectType;
  readonly size: number;
}

interface Request {
  readonly name: Buffer;
  readonly maxBytes: number;
  done(answer: GitObject | LargeObject | null): void;
  fail(error: unknown): void;
}

interface Reader {
  readonly start: () => RunningGit;
  running: { readonly git: RunningGit; readonly parser: AnswerParser } | undefined;
  /** Questions without an answer yet, in the order in which git answers them. */
  waiting: Request[];
  /** How many callers are held up by an answer that has not come. */
  blocked: number;
  /** Bytes of answers that nobody has taken yet. */
  heldBytes: number;
}

const AHEAD = 256; // questions asked ahead: hides git's answering time, and 256 ids fit into any pipe
const MAX_HELD_BYTES = 16 * 1024 * 1024;
const MAX_READ_BYTES = 1024 * 1024 * 1024;

/** Opens a reader; `start` starts `git cat-file --batch`. */
export function openCatFile(git: Pick<Git, 'run' | 'stream'>, start: () => RunningGit): CatFile {
  const reader: Reader = { start, running: undefined, waiting: [], blocked: 0, heldBytes: 0 };
  return {
    start: () => void process(reader),
    read: (name) => readOne(reader, git, name),
    readAll: (names, options = {}) => readAll(reader, names, options.maxBytes ?? MAX_READ_BYTES),
    sizes: (ids) => readSizes(git, ids),
    slices: (id) => git.stream(['cat-file', 'blob', id]),
    close: () => stop(reader),
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
  reader: Reader,
  names: Iterable<string>,
  maxBytes: number,
): AsyncGenerator<GitObject | LargeObject | null> {
  const asked: Promise<GitObject | LargeObject | null>[] = [];
  try {
    for (const name of names) {
      asked.push(ask(reader, Buffer.from(name), maxBytes));
      if (asked.length >= AHEAD) yield await next(reader, asked);
    }
    while (asked.length > 0) yield await next(reader, asked);
  } finally {
    // The caller stopped early: nobody will take these answers.
    for (const answer of asked) taken(reader, answer).catch(() => {});
  }
}

async function next(
  reader: Reader,
  asked: Promise<GitObject | LargeObject | null>[],
): Promise<GitObject | LargeObject | null> {
  const first = asked.shift();
  return first === undefined ? null : taken(reader, first);
}

/** Waits for an answer and takes it off what is held. While somebody waits, git's output flows. */
async function taken<T extends GitObject | LargeObject | null>(reader: Reader, answer: Promise<T>): Promise<T> {
  reader.blocked += 1;
  flow(reader);
  try {
    const object = await answer;
    reader.heldBytes -= object?.bytes?.length ?? 0;
    return object;
  } finally {
    reader.blocked -= 1;
    flow(reader);
  }
}

/** Stops reading from git while enough lies here and nobody waits; git then stops too, because its pipe is full. */
function flow(reader: Reader): void {
  const stdout = reader.running?.git.child.stdout;
  if (reader.heldBytes > MAX_HELD_BYTES && reader.blocked === 0) stdout?.pause();
  else stdout?.resume();
}

function ask(reader: Reader, name: Buffer, maxBytes: number): Promise<GitObject | LargeObject | null> {
  const answer = new Promise<GitObject | LargeObject | null>((done, fail) => {
    reader.waiting.push({ name, maxBytes, done, fail });
  });
  answer.catch(() => {}); // whoever takes it sees the failure; until then it is no unhandled one
  const { child } = process(reader);
  child.stdin.write(Buffer.concat([name, Buffer.from('\n')]));
  keepAlive(reader);
  return answer;
}

/** The running process, started when there is none. */
function process(reader: Reader): RunningGit {
  if (reader.running !== undefined) return reader.running.git;
  const git = reader.start();
  const parser = answerParser({
    maxBytes: () => reader.waiting[0]?.maxBytes ?? 0,
    onAnswer: (object) => {
      reader.heldBytes += object?.bytes?.length ?? 0;
      reader.waiting.shift()?.done(object);
    },
  });
  reader.running = { git, parser };
  git.child.stdout.on('data', (chunk: Buffer) => {
    if (reader.running?.git === git) take(reader, chunk);
  });
  const end = (error: unknown): void => {
    if (reader.running?.git === git) failAll(reader, error);
  };
  const early = new Error('git cat-file ended before it had answered.');
  git.ended([0]).then(() => end(early), end);
  keepAlive(reader);
  return git;
}

function take(reader: Reader, chunk: Buffer): void {
  try {
    if (reader.running?.parser.feed(chunk) === 'too-large') restart(reader);
  } catch (error) {
    failAll(reader, error);
  }
  flow(reader);
  keepAlive(reader);
}

/** Leaves a blob unread that is too large: a new process is quicker than to let all its bytes pass. */
function restart(reader: Reader): void {
  reader.running?.git.child.kill();
  reader.running = undefined;
  if (reader.waiting.length === 0) return;
  const { child } = process(reader);
  for (const request of reader.waiting) child.stdin.write(Buffer.concat([request.name, Buffer.from('\n')]));
}

function failAll(reader: Reader, error: unknown): void {
  const failed = reader.waiting;
  stop(reader);
  for (const request of failed) request.fail(error);
}

function stop(reader: Reader): void {
  const { running } = reader;
  reader.running = undefined;
  reader.waiting = [];
  running?.git.child.kill();
}

/** An idle reader must not keep the program from ending; one that owes an answer must. */
function keepAlive(reader: Reader): void {
  const child = reader.running?.git.child;
  if (child === undefined) return;
  for (const handle of [child, child.stdin, child.stdout, child.stderr]) {
    if (handle !== child && !(handle instanceof Socket)) continue;
    if (reader.waiting.length > 0) handle.ref();
    else handle.unref();
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
