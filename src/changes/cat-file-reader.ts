import { Socket } from 'node:net';
import { codeOf } from '../error-code.js';
import { UserError } from '../user-error.js';
import { type Answer, type AnswerParser, answerParser } from './cat-file-answer.js';
import type { EndedGit, RunningGit, Start } from './git.js';
import { endOf } from './git-failure.js';

interface Request {
  readonly name: Buffer;
  readonly maxBytes: number;
  done(answer: Answer): void;
  fail(error: unknown): void;
}

/** The questions to `git cat-file --batch`, and the process that answers them. */
export interface Reader {
  readonly start: Start;
  running: { readonly git: RunningGit; readonly parser: AnswerParser } | undefined;
  /** Questions without an answer yet, in the order in which git answers them. */
  waiting: Request[];
  /** Whether the questions that wait will be put to a process of their own. */
  isBatchDue: boolean;
  /** How many such processes there were. */
  batches: number;
  /** Answers that were asked for ahead, by name, until somebody asks again. */
  readonly prefetched: Map<string, Promise<Answer>>;
  /** How many callers are held up by an answer that has not come. */
  blocked: number;
  /** Bytes of answers that nobody has taken yet. */
  heldBytes: number;
}

const COMMAND = ['cat-file', '--batch'];
const MAX_HELD_BYTES = 16 * 1024 * 1024;
// A process that is run to its end takes half the time of one that stays, so a hook with little to ask starts none.
const MAX_BATCHES = 3;
export const MAX_BATCH_LENGTH = 128;

export function openReader(start: Start): Reader {
  return {
    start,
    running: undefined,
    waiting: [],
    isBatchDue: false,
    batches: 0,
    prefetched: new Map(),
    blocked: 0,
    heldBytes: 0,
  };
}

/** Asks for an object. Whoever awaits the answer does so through `taken`. */
export function ask(reader: Reader, name: Buffer, maxBytes: number): Promise<Answer> {
  const key = name.toString('latin1');
  const early = reader.prefetched.get(key);
  if (early === undefined) return question(reader, name, maxBytes);
  reader.prefetched.delete(key);
  return early;
}

/** Asks for an object that will be asked for again, so that the question goes along with others. */
export function prefetch(reader: Reader, name: Buffer, maxBytes: number): void {
  reader.prefetched.set(name.toString('latin1'), question(reader, name, maxBytes));
}

function question(reader: Reader, name: Buffer, maxBytes: number): Promise<Answer> {
  const answer = new Promise<Answer>((done, fail) => {
    reader.waiting.push({ name, maxBytes, done, fail });
  });
  answer.catch(() => {}); // whoever takes it sees the failure; until then it is no unhandled one
  if (reader.running !== undefined) {
    const { stdin } = reader.running.git.child;
    stdin.cork(); // what is asked at once is written at once
    stdin.write(toInput([{ name }]));
    queueMicrotask(() => stdin.uncork());
    keepAlive(reader);
  } else if (reader.batches >= MAX_BATCHES) startProcess(reader);
  else if (!reader.isBatchDue) {
    reader.isBatchDue = true;
    setImmediate(() => runBatch(reader)); // takes along all that is asked until then
  }
  return answer;
}

/** Waits for an answer and takes it off what is held. While somebody waits, git's output flows. */
export async function taken<T extends Answer>(reader: Reader, answer: Promise<T>): Promise<T> {
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

/** Starts the process that stays, with all questions that wait. */
export function startProcess(reader: Reader): void {
  if (reader.running !== undefined) return;
  const git = reader.start.running(COMMAND);
  reader.running = { git, parser: toParser(reader) };
  git.child.stdout.on('data', (chunk: Buffer) => {
    if (reader.running?.git === git) take(reader, reader.running.parser, chunk);
  });
  const end = (error: unknown): void => {
    if (reader.running?.git === git) closeReader(reader, error);
  };
  git.ended([0]).then(() => end(endedEarly()), end);
  if (reader.waiting.length > 0) git.child.stdin.write(toInput(reader.waiting));
  keepAlive(reader);
}

/** Ends the process. Whoever waits for an answer gets the reason. */
export function closeReader(reader: Reader, reason: unknown = new Error('The repository was closed.')): void {
  const { running, waiting } = reader;
  reader.running = undefined;
  reader.waiting = [];
  running?.git.child.kill();
  for (const request of waiting) request.fail(reason);
}

function runBatch(reader: Reader): void {
  reader.isBatchDue = false;
  if (reader.running !== undefined || reader.waiting.length === 0) return;
  if (reader.waiting.length > MAX_BATCH_LENGTH) {
    startProcess(reader);
    return;
  }
  reader.batches += 1;
  const ended = reader.start.ended(COMMAND, { input: toInput(reader.waiting), maxBuffer: MAX_HELD_BYTES });
  if (codeOf(ended.error) === 'ENOBUFS') startProcess(reader);
  else takeBatch(reader, ended);
}

function takeBatch(reader: Reader, ended: EndedGit): void {
  try {
    endOf(ended, [0]);
    take(reader, toParser(reader), ended.stdout);
    if (reader.running === undefined && reader.waiting.length > 0) throw endedEarly();
  } catch (error) {
    closeReader(reader, error);
  }
}

function toParser(reader: Reader): AnswerParser {
  return answerParser({
    maxBytes: () => reader.waiting[0]?.maxBytes ?? 0,
    onAnswer: (object) => {
      reader.heldBytes += object?.bytes?.length ?? 0;
      reader.waiting.shift()?.done(object);
    },
  });
}

function take(reader: Reader, parser: AnswerParser, chunk: Buffer): void {
  try {
    if (parser.feed(chunk) === 'too-large') restart(reader);
  } catch (error) {
    closeReader(reader, error);
  }
  flow(reader);
  keepAlive(reader);
}

/** Leaves a blob unread that is too large: a new process is quicker than to let all its bytes pass. */
function restart(reader: Reader): void {
  reader.running?.git.child.kill();
  reader.running = undefined;
  if (reader.waiting.length > 0) startProcess(reader);
}

export function endedEarly(): UserError {
  return new UserError(
    'Could not read the repository: git cat-file ended before it had answered.',
    'Run "git cat-file --batch-check --batch-all-objects" here, mend what it reports, and try again.',
  );
}

function toInput(requests: readonly Pick<Request, 'name'>[]): Buffer {
  return Buffer.concat(requests.flatMap(({ name }) => [name, Buffer.from('\n')]));
}

/** Stops reading from git while enough lies here and nobody waits; git then stops too, because its pipe is full. */
function flow(reader: Reader): void {
  const stdout = reader.running?.git.child.stdout;
  if (reader.heldBytes > MAX_HELD_BYTES && reader.blocked === 0) stdout?.pause();
  else stdout?.resume();
}

/** An idle process must not keep the program from ending; one that owes an answer must. */
function keepAlive(reader: Reader): void {
  const child = reader.running?.git.child;
  if (child === undefined) return;
  for (const handle of [child, child.stdin, child.stdout, child.stderr]) {
    if (handle !== child && !(handle instanceof Socket)) continue;
    if (reader.waiting.length > 0) handle.ref();
    else handle.unref();
  }
}
