import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { MAX_RULE_FILE_BYTES } from '../../src/filter/rule-file.js';
import { readRulesBelow } from '../../src/filter/rule-file-on-disk.js';

test('reads regular files, and finds none where there is none', async () => {
  await withDir(async (dir) => {
    await mkdir(join(dir, 'web'));
    await writeFile(join(dir, 'web', 'a.json'), '{}');
    await writeFile(join(dir, 'big.json'), Buffer.alloc(MAX_RULE_FILE_BYTES + 1));
    await mkdir(join(dir, 'folder.json'));
    const read = readRulesBelow(dir);

    expect(await read('web/a.json')).toEqual({ kind: 'file', bytes: Buffer.from('{}') });
    expect(await read('a.json')).toBe(null);
    expect(await read('no/such/folder/a.json')).toBe(null);
    expect(await read('web/a.json/b.json')).toBe(null);
    expect(await read('big.json')).toEqual({ kind: 'too-large' });
    await expect(read('folder.json')).rejects.toMatchObject({ name: 'UserError' });
  });
});

const testOnPosix = process.platform === 'win32' ? test.skip : test;

testOnPosix('follows no link, not even a dangling one', async () => {
  await withDir(async (dir) => {
    await writeFile(join(dir, 'real.json'), '{}');
    await symlink('real.json', join(dir, 'link.json'));
    await symlink('nowhere.json', join(dir, 'dangling.json'));
    const read = readRulesBelow(dir);

    expect(await read('link.json')).toEqual({ kind: 'link' });
    expect(await read('dangling.json')).toEqual({ kind: 'link' });
  });
});

async function withDir(run: (dir: string) => Promise<void>): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'leak-guard-test-'));
  try {
    await run(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
