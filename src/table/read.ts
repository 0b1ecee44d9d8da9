import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../user-error.js';
import type { ScanTable } from './scan-table.js';
import { readTable } from './table-file.js';

/** The scan table's file, which the build put beside the program. */
export function tableFile(cliPath: string): string {
  return join(dirname(cliPath), 'scan-table.bin');
}

/**
 * Loads the scan table from its file. Synchronous, because nothing else can be done until it is there and one small
 * read is faster without the thread pool.
 */
export function loadTable(file: string): ScanTable {
  try {
    return readTable(readFileSync(file));
  } catch (cause) {
    throw new UserError(
      'Could not read the detectors: the installation of leak-guard is incomplete.',
      'Install leak-guard again, with "npm install".',
      { cause },
    );
  }
}
