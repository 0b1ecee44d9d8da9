import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { compileTable } from '../table/compile.js';
import { loadDetectors } from './load-detectors.js';
import { toPlaybookEntry } from './to-playbook-entry.js';

/*
 * The build's second half: after tsc has written dist/, compiles the detectors to the scan table (hot) and the
 * playbooks (cold), and bundles the command, so that a hook loads one file.
 */

const { version }: { version: string } = JSON.parse(await readFile('package.json', 'utf8'));
const detectors = await loadDetectors('dist/detectors');
await mkdir('dist/bin', { recursive: true });
await writeFile('dist/bin/scan-table.bin', compileTable(detectors));
const playbooks = [...detectors].map(([id, detector]) => toPlaybookEntry(id, detector));
await writeFile('dist/bin/playbooks.json.br', brotliCompressSync(JSON.stringify(playbooks)));
await bundle();

async function bundle(): Promise<void> {
  const shared = {
    bundle: true,
    platform: 'node',
    target: 'node20.19',
    minifySyntax: true,
    minifyWhitespace: true,
    packages: 'external',
    legalComments: 'none',
  } as const;
  await build({
    ...shared,
    entryPoints: { 'leak-guard': 'dist/src/main.js' },
    define: { LEAK_GUARD_VERSION: JSON.stringify(version) },
    outdir: 'dist/bin',
    outExtension: { '.js': '.cjs' },
    // CommonJS starts faster than ES modules do, and import() must not bring in the module loader.
    format: 'cjs',
    supported: { 'dynamic-import': false },
    banner: { js: '#!/usr/bin/env node' },
  });
  await build({ ...shared, entryPoints: { index: 'dist/src/index.js' }, outdir: 'dist/bin', format: 'esm' });
}
