import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { brotliCompressSync } from 'node:zlib';
import { compileTable } from '../table/compile.js';
import { bundle } from './bundle.js';
import { loadDetectors } from './load-detectors.js';
import { toManPage } from './man-page.js';
import { toPlaybookEntry } from './to-playbook-entry.js';

/*
 * The build's second half: after tsc has written dist/, compiles the detectors to the scan table (hot) and the
 * playbooks (cold), writes the manual, and bundles the command.
 */

const { version }: { version: string } = JSON.parse(await readFile('package.json', 'utf8'));
const detectors = await loadDetectors('dist/detectors');
await mkdir('dist/bin', { recursive: true });
await writeFile('dist/bin/scan-table.bin', compileTable(detectors));
const playbooks = [...detectors].map(([id, detector]) => toPlaybookEntry(id, detector));
await writeFile('dist/bin/playbooks.json.br', brotliCompressSync(JSON.stringify(playbooks)));
await mkdir('dist/man', { recursive: true });
await writeFile('dist/man/leak-guard.1', toManPage(version));
await bundle(version);
