import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { bareNode, inTurn, ms, peakMb, type Row, runQuietly, toRow } from './measure.js';
import { importCommits, makeRepository, takeOwnCommits } from './repositories.js';

const cli = resolve('dist/bin/leak-guard.cjs');
const zero = '0'.repeat(40);

/** What git gives to pre-push for the last commits of main, of which the remote has all that lie before. */
function pushInput(folder: string, count: number): string {
  const oid = (name: string): string =>
    spawnSync('git', ['rev-parse', '--verify', '-q', name], { cwd: folder }).stdout.toString().trim();
  return `refs/heads/main ${oid('main')} refs/heads/main ${oid(`main~${count}`) || zero}\n`;
}

function prePush(folder: string, input: string): void {
  runQuietly(process.execPath, [cli, 'hook', 'pre-push', 'origin', 'file:///nowhere'], { cwd: folder, input });
}

function logPatch(folder: string, count: number): void {
  runQuietly('git', ['log', '-p', `-${count}`, 'main'], { cwd: folder });
}

interface Push {
  readonly commits: number;
  /** How many commits there are in all. */
  readonly all: number;
  readonly filesPerCommit?: number;
  readonly budget: string;
}

function againstLog(what: string, { commits, all, filesPerCommit, budget }: Push): Row {
  const folder = makeRepository();
  importCommits(folder, all, filesPerCommit);
  const input = pushInput(folder, commits);
  const [ours, log] = inTurn(
    commits > 1000 ? 3 : 11,
    () => prePush(folder, input),
    () => logPatch(folder, commits),
  );
  return { what, ours: ms(ours), against: ms(log), ratio: (ours / log).toFixed(2), budget };
}

/** The same for commits that people made. Null where they are not here, as in a shallow clone. */
function ownHistoryRow(how: string, prepare: (folder: string) => void = () => {}): Row | null {
  const folder = makeRepository();
  const own = takeOwnCommits(folder);
  if (own === null) return null;
  prepare(folder);
  const { base, tip, count } = own;
  const input = `refs/heads/main ${tip} refs/heads/main ${base}\n`;
  const [ours, log] = inTurn(
    21,
    () => prePush(folder, input),
    () => runQuietly('git', ['log', '-p', `${base}..${tip}`], { cwd: folder }),
  );
  return {
    what: `push of ${count} commits of leak-guard itself, ${how}, against \`git log -p\``,
    ours: ms(ours),
    against: ms(log),
    ratio: (ours / log).toFixed(2),
    budget: 'below 2',
  };
}

/** What everybody waits for several times a day. */
function onePushRow(): Row {
  const folder = makeRepository();
  importCommits(folder, 500);
  const input = pushInput(folder, 1);
  const [ours, bare] = inTurn(
    41,
    () => prePush(folder, input),
    () => bareNode(folder),
  );
  return toRow('push of one commit, against bare `node -e 0`', [ours, bare], 'none');
}

function memoryRow(): Row {
  const folder = makeRepository();
  importCommits(folder, 20_000);
  const ours = peakMb([cli, 'hook', 'pre-push', 'origin', 'file:///nowhere'], {
    cwd: folder,
    input: pushInput(folder, 20_000),
  });
  const bare = peakMb(['-e', 'setTimeout(() => {}, 200)'], { cwd: folder, input: '' });
  return {
    what: 'memory of a push of 20,000 commits, against bare node',
    ours: `${ours.toFixed(0)} MB`,
    against: `${bare.toFixed(0)} MB`,
    ratio: (ours / bare).toFixed(2),
    budget: '200 MB',
  };
}

/** Pushes and their history: against what git itself takes to show the same commits. */
export const historyRows: readonly (() => Row | null)[] = [
  onePushRow,
  () =>
    againstLog('push of 100 commits, 7 MB of new contents, against `git log -p`', {
      commits: 100,
      all: 4_500,
      budget: 'below 2',
    }),
  () =>
    againstLog('push of 100 commits, 21 MB of new contents, against `git log -p`', {
      commits: 100,
      all: 2_000,
      filesPerCommit: 8,
      budget: 'below 2',
    }),
  () => ownHistoryRow('as they lie after committing'),
  () =>
    ownHistoryRow('packed as in a clone', (folder) =>
      runQuietly('git', ['repack', '-a', '-d', '-q', '-f'], { cwd: folder }),
    ),
  () => againstLog('push of 4,500 commits, against `git log -p`', { commits: 4_500, all: 4_501, budget: 'below 1' }),
  () =>
    againstLog('first push of 13,000 commits, against `git log -p`', {
      commits: 13_000,
      all: 13_000,
      budget: 'below 1',
    }),
  memoryRow,
];
