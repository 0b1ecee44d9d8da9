import type { BlobToRead } from './blob-changes.js';
import type { Git } from './git.js';
import { pathText } from './path-text.js';

/** All blobs of a tree, or of the tree of a commit, as if they were new. */
export async function listTree(git: Git, tree: string): Promise<BlobToRead[]> {
  const args = [
    'ls-tree',
    '-r', // files, not folders
    '-z', // names as bytes, without quotes
    '--full-tree', // from the top, wherever we are
  ];
  const { stdout } = await git.run([...args, tree]);
  const blobs: BlobToRead[] = [];
  let start = 0;
  for (let end = stdout.indexOf(0); end >= 0; end = stdout.indexOf(0, start)) {
    const blob = toTreeBlob(stdout.subarray(start, end));
    if (blob !== undefined) blobs.push(blob);
    start = end + 1;
  }
  return blobs;
}

/** `100644 blob 3b18e51…<tab>src/a.ts` */
function toTreeBlob(line: Buffer): BlobToRead | undefined {
  const tab = line.indexOf(0x09);
  const [mode, type, oid] = line.toString('latin1', 0, tab).split(' ');
  if (type !== 'blob' || oid === undefined) return undefined;
  const kind = mode === '120000' ? 'link' : 'file';
  return { path: pathText(line.subarray(tab + 1)), kind, oid, commit: null, before: [], hasOldPath: false };
}
