import { readFileSync } from 'node:fs';
import { brotliDecompressSync } from 'node:zlib';
import type { PlaybookEntry } from '../detect/detector.js';

/** Loads all playbooks from the file that the build made. Cold: only `rotate` and its kin need them. */
export function loadPlaybooks(file: string): readonly PlaybookEntry[] {
  const entries: readonly PlaybookEntry[] = JSON.parse(brotliDecompressSync(readFileSync(file)).toString());
  return entries;
}
