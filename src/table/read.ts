import { readFileSync } from 'node:fs';
import type { ScanTable } from './scan-table.js';
import { readTable } from './table-file.js';

/**
 * Loads the scan table from its file. Synchronous, because nothing else can be done until it is there and one small
 * read is faster without the thread pool.
 */
export function loadTable(file: string): ScanTable {
  return readTable(readFileSync(file));
}
