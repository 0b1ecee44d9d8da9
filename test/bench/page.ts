import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { table } from '../support/detectors.js';
import type { Row } from './measure.js';

const page = 'docs/performance.md';

const head = `# Performance

Written by \`npm run bench -- --write\`: both sides of each row were taken in turn, in one run, and are medians. There is a
table for each node that it was run with, because how long node itself takes to start differs a lot. Both sides run
without \`NODE_OPTIONS\` and \`NODE_EXTRA_CA_CERTS\`, which native hooks and husky's take away: with the latter, node 20
reads all of those certificates at each start, whatever it runs.
`;

/** Puts the table into the page, in the place of the last one of the same major version of node. */
export function writePage(rows: readonly Row[]): void {
  const others = readFileSync(page, 'utf8')
    .split(/^(?=## )/m)
    .filter((section) => section.startsWith('## ') && majorOf(section) !== majorOf(process.version));
  const sections = [...others, toSection(rows)].sort((a, b) => majorOf(a) - majorOf(b));
  writeFileSync(page, [head, ...sections].map((section) => `${section.trimEnd()}\n`).join('\n'));
}

function toSection(rows: readonly Row[]): string {
  const lines = rows.map((row) => `| ${row.what} | ${row.ours} | ${row.against} | ${row.ratio} | ${row.budget} |`);
  return `## node ${process.version}

${process.platform}, ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'unknown'}; ${table.formatCount} formats.

| what | leak-guard | against | ratio | budget |
| --- | --- | --- | --- | --- |
${lines.join('\n')}
`;
}

/** The major version in `## node v24.1.0`, or in `v24.1.0`. */
function majorOf(text: string): number {
  return Number(/v(\d+)/.exec(text)?.[1] ?? 0);
}
