import { resolve } from 'node:path';
import { historyRows } from './history.js';
import { bareNode, inTurn, peakMb, type Row, runQuietly, toRow } from './measure.js';
import { writePage } from './page.js';
import { peerRows } from './peers.js';
import { commitAllowlist, commitMany, makeRepository, stageHuge, stageMany, stageOne } from './repositories.js';
import { hostileRow, longLineRow, throughputRow } from './scanning.js';

/*
 * `npm run bench`: every budget of the project, each as two sides taken in turn. `npm run bench -- --write` puts the table
 * into docs/performance.md, in the place of the last one of this node.
 */

const cli = resolve('dist/bin/leak-guard.cjs');

function hook(folder: string): void {
  runQuietly(process.execPath, [cli, 'hook', 'pre-commit'], { cwd: folder });
}

function hookRow(): Row {
  const folder = makeRepository();
  stageOne(folder);
  const [ours, bare] = inTurn(
    41,
    () => hook(folder),
    () => bareNode(folder),
  );
  return toRow('hook, one small file, against bare `node -e 0`', [ours, bare], '+ 20 ms');
}

function agentHookRow(): Row {
  const folder = makeRepository();
  stageOne(folder);
  const payload = {
    hook_event_name: 'PreToolUse',
    cwd: folder,
    tool_name: 'Bash',
    tool_input: { command: 'npm test' },
  };
  const [ours, bare] = inTurn(
    41,
    () =>
      runQuietly(process.execPath, [cli, 'hook', 'agent', 'codex'], { cwd: folder, input: JSON.stringify(payload) }),
    () => bareNode(folder),
  );
  return toRow('hook of a coding agent, one command, against bare `node -e 0`', [ours, bare], '+ 20 ms');
}

function manyFilesRow(): Row {
  const [large, small] = [makeRepository(), makeRepository()];
  commitMany(large, 100_000);
  stageOne(large);
  stageOne(small);
  const [ours, base] = inTurn(
    21,
    () => hook(large),
    () => hook(small),
  );
  return toRow('hook in a repository of 100,000 files, against a small one', [ours, base], '+ 15 ms');
}

function manyStagedRow(): Row {
  const [many, one] = [makeRepository(), makeRepository()];
  stageMany(many, 2_000);
  stageOne(one);
  const [ours, base] = inTurn(
    11,
    () => hook(many),
    () => hook(one),
  );
  return toRow('hook with 2,000 staged files, against one', [ours, base], '+ 150 ms');
}

function allowlistRow(): Row {
  const [listed, plain] = [makeRepository(), makeRepository()];
  commitAllowlist(listed, 1_000);
  stageOne(listed);
  stageOne(plain);
  const [ours, base] = inTurn(
    21,
    () => hook(listed),
    () => hook(plain),
  );
  return toRow('hook with an allowlist of 1,000 entries, against none', [ours, base], 'none');
}

/** The peak memory of a hook that meets a blob of a gigabyte, as the kernel counts it (Linux only). */
function hugeBlobRow(): Row {
  const folder = makeRepository();
  stageOne(folder);
  stageHuge(folder);
  const ours = peakMb([cli, 'hook', 'pre-commit'], { cwd: folder, input: '' });
  const bare = peakMb(['-e', 'setTimeout(() => {}, 200)'], { cwd: folder, input: '' });
  return {
    what: 'memory of the hook with a blob of 1 GB, against bare node',
    ours: `${ours.toFixed(0)} MB`,
    against: `${bare.toFixed(0)} MB`,
    ratio: (ours / bare).toFixed(2),
    budget: '200 MB',
  };
}

const rows: Row[] = [];
const sections = [
  hookRow,
  agentHookRow,
  manyFilesRow,
  manyStagedRow,
  allowlistRow,
  throughputRow,
  longLineRow,
  hostileRow,
  hugeBlobRow,
  ...historyRows,
  ...peerRows,
];
for (const section of sections) {
  const row = section();
  if (row === null) continue;
  rows.push(row);
  process.stdout.write(
    `${row.what}\n    ${row.ours}   against ${row.against}   ratio ${row.ratio}   budget ${row.budget}\n`,
  );
}

if (process.argv.includes('--write')) writePage(rows);
