import { parentPort, workerData } from 'node:worker_threads';
import { openGit } from './changes/git.js';
import { decode } from './changes/text.js';
import { type Detect, toDetect } from './detect/detect.js';
import { loadTable } from './table/read.js';
import type { TriageAnswer, TriageQuestion, TriageSetup } from './triage.js';

const setup: TriageSetup = workerData;
const git = openGit(setup);
const detect = toDetect(loadTable(setup.tableFile), setup.customDetectors);
/** What git wrote is outside the heap, where node lets 64 MB of it lie around before it looks. */
const mostWaste = 8_000_000;
let waste = 0;
let last: Promise<void> = Promise.resolve();

parentPort?.on('message', (question: TriageQuestion) => {
  last = last.then(async () => {
    const answer: TriageAnswer = { number: question.number, lengths: await look(question, detect) };
    parentPort?.postMessage(answer);
  });
});

function cleanUp(bytes: number): void {
  waste += bytes;
  if (waste < mostWaste) return;
  waste = 0;
  globalThis.gc?.();
}

/** Clears what has no match. Where git fails, the rest is not cleared: whoever asked will meet the failure and tell it. */
async function look({ contents }: TriageQuestion, find: Detect): Promise<Int32Array> {
  const lengths = new Int32Array(contents.length).fill(-1);
  const maxBytes = contents.reduce((most, content) => Math.max(most, content.maxBytes), 0);
  try {
    // The newest first: git stores older versions as what they differ in, and has the newer one at hand then.
    let index = contents.length;
    const oids = contents.map(({ oid }) => oid).reverse();
    await git.catFile().visitAll(oids, maxBytes, (object) => {
      index -= 1;
      const content = contents[index];
      if (content !== undefined && object !== null && object.bytes !== null && object.size <= content.maxBytes) {
        const bytes = decode(object.bytes);
        let isSeenWhole = true;
        const matches = find({ path: content.path, bytes, commit: content.commit }, () => {
          isSeenWhole = false;
        });
        if (isSeenWhole && matches.length === 0) lengths[index] = bytes.length;
      }
      cleanUp(object?.size ?? 0);
    });
  } catch {
    return lengths;
  }
  return lengths;
}
