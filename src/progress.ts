import type { Change, ChangeOrSkip } from './changes/change.js';
import type { CommandContext } from './commands/command-context.js';
import { sizeOf } from './guard.js';
import { nowMs } from './run-scan.js';
import type { Arm } from './until-halted.js';
import { UserError } from './user-error.js';

/** How far a long scan has got. */
export interface Progress {
  /** Takes the list of the commits, in the order in which they come. */
  readonly onCommits: (commits: readonly string[]) => void;
  /** Hands the texts on, and looks at each. */
  readonly follow: (changes: AsyncIterable<ChangeOrSkip>) => AsyncIterable<ChangeOrSkip>;
  /** Ends the scan when the user interrupts it, and says how far it was. */
  readonly arm: Arm;
  /** Takes the line away again. */
  readonly clear: () => void;
}

const EVERY_MS = 200;
const CLEAR = '\r\u001b[K';

/** What is to be done after an interrupt. */
const SCAN_AGAIN = 'Run it again to its end, or scan less: --since DATE, --branch NAME or --range A..B.';

/** Follows a scan; on a terminal with a line that says how far it is, unless it is to be quiet. */
export function toProgress(context: CommandContext, isQuiet: boolean, next = SCAN_AGAIN): Progress {
  const isShown = context.isTerminal.stderr && !isQuiet;
  const positions = new Map<string, number>();
  const seen = { blobs: 0, bytes: 0, commit: 0 };
  let shownMs = nowMs();
  let isWritten = false;
  let timer: NodeJS.Timeout | undefined;
  const show = (): void => {
    if (!isShown || positions.size === 0 || nowMs() - shownMs < EVERY_MS) return;
    shownMs = nowMs();
    isWritten = true;
    context.stderr(`${CLEAR}scanned ${describe()}`);
  };
  const describe = (): string =>
    `${seen.commit} of ${positions.size} commits, ${seen.blobs} blobs, ${(seen.bytes / 1e6).toFixed(1)} MB`;
  return {
    onCommits: (commits) => {
      for (const [index, commit] of commits.entries()) positions.set(commit, index + 1);
      // Also while git has nothing to give yet.
      if (isShown) timer ??= setInterval(show, EVERY_MS).unref();
    },
    follow: async function* (changes) {
      for await (const change of changes) {
        if ('path' in change) count(change, seen, positions);
        show();
        yield change;
      }
    },
    arm: (halt) => {
      const stop = (): void => halt(interrupted(describe(), next));
      return context.onInterrupt?.(stop) ?? (() => {});
    },
    clear: () => {
      clearInterval(timer);
      if (isWritten) context.stderr(CLEAR);
    },
  };
}

interface Seen {
  blobs: number;
  bytes: number;
  commit: number;
}

/** Messages of all commits come first: only contents tell how far it is. */
function count(change: Change, seen: Seen, positions: ReadonlyMap<string, number>): void {
  seen.bytes += sizeOf(change);
  if (change.kind !== 'file' && change.kind !== 'link') return;
  if (change.slice?.isLast !== false) seen.blobs += 1;
  seen.commit = Math.max(seen.commit, positions.get(change.commit ?? '') ?? 0);
}

function interrupted(howFar: string, next: string): UserError {
  return new UserError(`The scan was interrupted: ${howFar} were scanned, the rest was not.`, next);
}
