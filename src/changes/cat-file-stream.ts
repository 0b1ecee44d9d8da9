import { type Answer, answerParser, type Listener } from './cat-file-answer.js';
import { endedEarly } from './cat-file-reader.js';
import type { Git } from './git.js';

/** Names of objects, as many at a time as are known. */
export type NameGroups = AsyncIterable<readonly string[]>;

/** Names that are all known. */
export async function* inOneGroup(names: readonly string[]): NameGroups {
  yield names;
}

/** So many objects from one git, then so many from the other: little enough for both to be busy all the time. */
const TURN = 32;

/** See `CatFile.readAhead`. */
export function readAhead(
  git: Pick<Git, 'stream'>,
  names: readonly string[],
  maxBytes: number,
): AsyncGenerator<Answer> {
  const laneOf = (index: number): number => Math.floor(index / TURN) % 2;
  const lanes = [0, 1].map((lane) => {
    const own = names.filter((_, index) => laneOf(index) === lane);
    const answers = streamAll(git, inOneGroup(own), maxBytes);
    return { answers, next: started(answers) };
  });
  return (async function* () {
    try {
      for (const index of names.keys()) {
        const lane = lanes[laneOf(index)];
        const { value, done } = (await lane?.next) ?? { value: null, done: true };
        if (lane === undefined || done === true) throw endedEarly();
        lane.next = started(lane.answers);
        yield value;
      }
    } finally {
      for (const lane of lanes) lane.answers.return(undefined).catch(() => {});
    }
  })();
}

/** The next answer, on its way. */
function started(answers: AsyncGenerator<Answer>): Promise<IteratorResult<Answer>> {
  const next = answers.next();
  next.catch(() => {}); // whoever takes it is told; if nobody does, the run has failed already
  return next;
}

/** Reads many objects through a git of their own, in the order of the names. */
export async function* streamAll(
  git: Pick<Git, 'stream'>,
  names: NameGroups,
  maxBytes: number,
): AsyncGenerator<Answer> {
  const answers: Answer[] = [];
  const listener: Listener = { maxBytes: () => maxBytes, onAnswer: (object) => answers.push(object) };
  for await (const _ of listenAll(git, names, listener)) {
    // Not `yield*`, which waits for each of them anew.
    for (const answer of answers.splice(0)) yield answer;
  }
}

/** Larger objects have memory of their own, which is given back. */
const SHARED_BYTES = 1024 * 1024;

/** See `CatFile.visitAll`. */
export async function visitAll(git: Pick<Git, 'stream'>, names: readonly string[], listener: Listener): Promise<void> {
  let shared = Buffer.alloc(0);
  const toMemory = (lengthBytes: number): Buffer => {
    if (lengthBytes > SHARED_BYTES) return Buffer.allocUnsafe(lengthBytes);
    if (shared.length === 0) shared = Buffer.allocUnsafeSlow(SHARED_BYTES);
    return shared.subarray(0, lengthBytes);
  };
  for await (const _ of listenAll(git, inOneGroup(names), { ...listener, toMemory }));
}

/**
 * Reads many through a process of their own, as fast as they are taken and no faster: the listener is told all answers in
 * one piece of git's output; then this yields, and reads on only when the next piece is asked for.
 */
async function* listenAll(git: Pick<Git, 'stream'>, names: NameGroups, listener: Listener): AsyncGenerator<undefined> {
  const questions = toQuestions(names);
  const onAnswer = (object: Answer): void => {
    questions.onAnswer();
    listener.onAnswer(object);
  };
  do {
    const parser = answerParser({ ...listener, onAnswer });
    let isCut = false;
    // --buffer: nobody waits for a single answer, so git need not write each one by itself.
    for await (const chunk of git.stream(['cat-file', '--batch', '--buffer'], { input: questions.toInput() })) {
      isCut = parser.feed(chunk) === 'too-large';
      yield;
      if (isCut) break; // ends git: starting a new one is quicker than to let a large blob pass
    }
    if (!isCut && !questions.areAnswered()) throw endedEarly();
  } while (!questions.areAnswered());
}

/** What git is asked, and what of it has no answer yet. */
interface Questions {
  /** All that is open, and whatever comes, for a new git. The input that another git had before ends. */
  toInput(): AsyncGenerator<string>;
  onAnswer(): void;
  areAnswered(): boolean;
}

function toQuestions(names: NameGroups): Questions {
  const groups = names[Symbol.asyncIterator]();
  let coming: Promise<IteratorResult<readonly string[]>> | undefined; // one that the git before was waiting for, too
  let areAllNamed = false;
  let asked: readonly string[] = [];
  let answered = 0;
  let newest = 0;
  const take = (more: readonly string[]): void => {
    asked = [...asked.slice(answered), ...more];
    answered = 0;
  };
  return {
    async *toInput() {
      newest += 1;
      const own = newest;
      take([]);
      if (asked.length > 0) yield toLines(asked);
      while (!areAllNamed) {
        coming ??= groups.next();
        const { value, done } = await coming;
        if (own !== newest) return;
        coming = undefined;
        areAllNamed = done === true;
        if (done === true || value.length === 0) continue;
        take(value);
        yield toLines(value);
      }
    },
    onAnswer: () => {
      answered += 1;
    },
    areAnswered: () => areAllNamed && answered === asked.length,
  };
}

function toLines(names: readonly string[]): string {
  return `${names.join('\n')}\n`;
}
