import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { Triage, TriageContent } from './changes/blob-changes.js';
import type { CustomDetector } from './filter/rules.js';
import { tableFile } from './table/read.js';

/** What the other cores need to know. All of it can be copied from one thread to another. */
export interface TriageSetup {
  /** Where git runs. */
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly tableFile: string;
  readonly customDetectors: readonly CustomDetector[];
}

/** What goes to a worker. */
export interface TriageQuestion {
  readonly number: number;
  readonly contents: readonly TriageContent[];
}

/** What comes back: lengths, -1 where a content has to be looked at by whoever asked. */
export interface TriageAnswer {
  readonly number: number;
  readonly lengths: Int32Array;
}

interface TriageOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly cliPath: string;
  readonly customDetectors: readonly CustomDetector[];
  /** How many may be started. Each takes some 40 MB, and a core for itself and one for its git. */
  readonly mostWorkers: number;
}

/** What comes and goes with each content is short-lived: more room for it only means more memory, and is no quicker. */
const youngMb = 4;

/**
 * Opens workers that look through contents. They only ever clear: what matches, is too large, or cannot be read is left to
 * whoever asked, and so is all that a worker which fails still owed.
 */
export function openTriage({ cwd, env, cliPath, customDetectors, mostWorkers }: TriageOptions): Triage {
  // Many small things come and go here too, and a heap that is left to grow doubles what a long push takes.
  setFlagsFromString('--optimize-for-size');
  setFlagsFromString('--expose-gc'); // for the workers: they know when there is something to give back
  const setup: TriageSetup = { cwd, env: { ...env }, tableFile: tableFile(cliPath), customDetectors };
  const lanes = Array.from({ length: Math.min(mostWorkers, availableParallelism()) }, () =>
    openLane(join(dirname(cliPath), 'triage-worker.cjs'), setup),
  );
  let turn = 0;
  return {
    width: lanes.length + 1,
    look: (contents) => {
      const lane = lanes[turn % lanes.length];
      turn += 1;
      return lane === undefined ? Promise.resolve([]) : lane.look(contents);
    },
    end: () => {
      for (const lane of lanes) lane.end();
    },
  };
}

interface Lane {
  look(contents: readonly TriageContent[]): Promise<readonly (number | null)[]>;
  end(): void;
}

/** One worker. It answers its questions one after the other. */
function openLane(file: string, setup: TriageSetup): Lane {
  const worker = new Worker(file, { workerData: setup, resourceLimits: { maxYoungGenerationSizeMb: youngMb } });
  const waiting = new Map<number, (lengths: readonly (number | null)[]) => void>();
  let number = 0;
  let isGone = false;
  const giveUp = (): void => {
    isGone = true;
    for (const done of waiting.values()) done([]);
    waiting.clear();
  };
  worker.on('message', (answer: TriageAnswer) => {
    waiting.get(answer.number)?.([...answer.lengths].map((length) => (length < 0 ? null : length)));
    waiting.delete(answer.number);
  });
  worker.on('error', giveUp);
  worker.on('exit', giveUp);
  return {
    look: (contents) =>
      new Promise((done) => {
        if (isGone) return done([]);
        number += 1;
        waiting.set(number, done);
        const question: TriageQuestion = { number, contents };
        worker.postMessage(question);
      }),
    end: () => void worker.terminate(),
  };
}
