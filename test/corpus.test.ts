import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { toPosition } from '../src/detect/position.js';
import { detect } from './support/detectors.js';

const CLEAN = join('test', 'corpus', 'clean');

const files = readdirSync(CLEAN, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) =>
    join(entry.parentPath, entry.name)
      .slice(CLEAN.length + 1)
      .replaceAll('\\', '/'),
  )
  .sort();

test('the corpus is not empty', () => {
  expect(files.length).toBeGreaterThan(20);
});

test.each(files)('nothing is found in %s', (path) => {
  expect(findingsIn(path, readFileSync(join(CLEAN, path)))).toEqual([]);
});

test.each(files)('nothing is found in %s with the line ends of Windows', (path) => {
  const text = readFileSync(join(CLEAN, path), 'latin1').replace(/\r?\n/g, '\r\n');

  expect(findingsIn(path, Buffer.from(text, 'latin1'))).toEqual([]);
});

/** Where something is found, and what it is taken for. */
function findingsIn(path: string, bytes: Buffer): string[] {
  return detect({ path, bytes }).map((match) => `${path}:${toPosition(bytes, match.start).line}  ${match.format.id}`);
}
