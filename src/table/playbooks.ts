import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import type { PlaybookEntry } from '../detect/detector.js';

/** Loads all playbooks from the file that the build put beside the program. Cold: only `rotate` and its kin need them. */
export function loadPlaybooks(cliPath: string): readonly PlaybookEntry[] {
  const file = join(dirname(cliPath), 'playbooks.json.br');
  const entries: readonly PlaybookEntry[] = JSON.parse(brotliDecompressSync(readFileSync(file)).toString());
  return entries;
}
