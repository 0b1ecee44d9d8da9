import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import type { PlaybookEntry } from '../detect/detector.js';

/** Loads all playbooks from the file that the build made. Cold: only `rotate` and its kin need them. */
export async function loadPlaybooks(file: string): Promise<readonly PlaybookEntry[]> {
  const packed = await readFile(file);
  const entries: readonly PlaybookEntry[] = JSON.parse((await promisify(brotliDecompress)(packed)).toString());
  return entries;
}
