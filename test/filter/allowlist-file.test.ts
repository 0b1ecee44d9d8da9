import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { parseAllowlist } from '../../src/filter/allowlist.js';
import { addEntries, addToAllowlist } from '../../src/filter/allowlist-file.js';
import { ALLOWLIST_FILE } from '../../src/filter/rule-file.js';
import { withRepo } from '../support/repo.js';

const one = { finding: '1'.repeat(32), reason: 'reason 1' };
const two = { finding: '2'.repeat(32), reason: 'reason 2' };
const three = { finding: '3'.repeat(32), reason: 'reason 3' };

test('creates the file, one entry on a line, in the order of the fingerprints', async () => {
  await withDir(async (dir) => {
    const path = join(dir, ALLOWLIST_FILE);
    await addToAllowlist(path, [three, one]);
    await addToAllowlist(path, [{ ...two, by: 'ana@example.com', expires: '2027-06-30' }]);

    expect(await readFile(path, 'utf8')).toBe(`{
  "version": 1,
  "allow": [
    { "finding": "11111111111111111111111111111111", "reason": "reason 1" },
    { "finding": "22222222222222222222222222222222", "reason": "reason 2", "by": "ana@example.com", "expires": "2027-06-30" },
    { "finding": "33333333333333333333333333333333", "reason": "reason 3" },
  ]
}
`);
    expect(await readdir(dir)).toEqual([ALLOWLIST_FILE]);
  });
});

test('keeps comments, other entries and their formatting', async () => {
  const old = `// ours
{
\t"version": 1, "allow": [ // what passes
\t\t// fixtures
\t\t{ "path": "test/**",
\t\t  "detectors": ["acme-*"], "reason": "grown" }, // still
\t\t/* old */ { "finding": "${'3'.repeat(32)}", "reason": "docs" } // last
\t\t// end
\t]
}`;

  const added = await addEntries(old.replaceAll('\n', '\r\n'), [one, { finding: '4'.repeat(32), reason: 'new' }]);

  expect(added).toBe(`// ours
{
\t"version": 1, "allow": [ // what passes
\t\t// fixtures
\t\t{ "path": "test/**",
\t\t  "detectors": ["acme-*"], "reason": "grown" }, // still
\t\t{ "finding": "${'1'.repeat(32)}", "reason": "reason 1" },
\t\t/* old */ { "finding": "${'3'.repeat(32)}", "reason": "docs" }, // last
\t\t{ "finding": "${'4'.repeat(32)}", "reason": "new" },
\t\t// end
\t]
}
`);
});

test.each([
  '{"version":1,"allow":[]}',
  '{"version":1,"allow":[/* none */]}',
  '{"version":1,"allow":[\n]}',
  '{"version":1,"allow":[// none\n]}',
  `{"version":1,"allow":[{"finding":"${'2'.repeat(32)}","reason":"abc"}]}`,
  `{"version":1,"allow":[{"finding":"${'2'.repeat(32)}","reason":"abc"},]}`,
  `{"version":1,"allow":[{"finding":"${'2'.repeat(32)}","reason":"a, ]"} /* , */ , {"value":"v","reason":"abc"}]}`,
  `{"version":1,"allow":[{"finding":"${'2'.repeat(32)}","reason":"abc"} // ,\n, // x\n]}`,
  `\ufeff{"allow":[{"finding":"${'0'.repeat(32)}","reason":"abc"}], "version":1}`.slice(1),
])('adds to %j what reads back', async (old) => {
  const before = await parseAllowlist(old);
  const after = await parseAllowlist(await addEntries(old, [one, three]));

  const findings = after.entries.map(({ finding }) => finding);
  expect(findings).toEqual(expect.arrayContaining([one.finding, three.finding]));
  expect(after.entries.length).toBe(before.entries.length + 2);
});

test('refuses a file that is broken, and leaves it as it is', async () => {
  await withDir(async (dir) => {
    const path = join(dir, ALLOWLIST_FILE);
    await writeFile(path, '{"version": 1');

    await expect(addToAllowlist(path, [one])).rejects.toMatchObject({ name: 'UserError' });
    expect(await readFile(path, 'utf8')).toBe('{"version": 1');
  });
});

test('refuses to write a file that is too large to be read', async () => {
  await withDir(async (dir) => {
    const path = join(dir, ALLOWLIST_FILE);
    const many = Array.from({ length: 2500 }, (_, number) => ({
      finding: `${number}`.padStart(32, '0'),
      reason: 'because '.repeat(50),
    }));

    await expect(addToAllowlist(path, many)).rejects.toMatchObject({ message: expect.stringContaining('1 MB') });
    expect(await readdir(dir)).toEqual([]);
  });
});

test('writes UTF-8 where PowerShell wrote UTF-16', async () => {
  await withDir(async (dir) => {
    const path = join(dir, ALLOWLIST_FILE);
    await writeFile(path, Buffer.from('\ufeff{"version": 1, "allow": []}', 'utf16le'));

    await addToAllowlist(path, [one]);

    expect(await readFile(path, 'utf8')).toContain('reason 1');
  });
});

const testOnPosix = process.platform === 'win32' ? test.skip : test;

testOnPosix('refuses a link, and does not write where it points', async () => {
  await withDir(async (dir) => {
    await writeFile(join(dir, 'elsewhere.json'), '{"version": 1, "allow": []}');
    await symlink('elsewhere.json', join(dir, ALLOWLIST_FILE));

    await expect(addToAllowlist(join(dir, ALLOWLIST_FILE), [one])).rejects.toMatchObject({
      message: expect.stringContaining('symbolic link'),
    });
    expect(await readFile(join(dir, 'elsewhere.json'), 'utf8')).toBe('{"version": 1, "allow": []}');
  });
});

test('two branches that add entries merge without a conflict under merge=union', async () => {
  await withRepo(async (repo) => {
    const path = join(repo.dir, ALLOWLIST_FILE);
    await repo.commit('.gitattributes', `/${ALLOWLIST_FILE} merge=union\n`);
    for (const [branch, entry] of [
      ['ours', one],
      ['theirs', two],
    ] as const) {
      await repo.git('checkout', '-q', '-b', branch, 'main');
      await addToAllowlist(path, [entry]);
      await repo.git('add', '-A');
      await repo.git('commit', '-q', '-m', branch);
    }

    await repo.git('merge', '-q', '-m', 'merge', 'ours');

    const merged = await parseAllowlist(await readFile(path, 'utf8'));
    expect(merged.entries.map(({ finding }) => finding).toSorted()).toEqual([one.finding, two.finding]);
  });
});

test('adds 5,000 entries to 5,000', async () => {
  const make = (start: number) =>
    Array.from({ length: 5000 }, (_, number) => ({
      finding: `${start + 2 * number}`.padStart(32, '0'),
      reason: 'old',
    }));
  const text = await addEntries(await addEntries('{"version": 1, "allow": []}', make(0)), make(1));

  const { entries } = await parseAllowlist(text);
  const findings = entries.map(({ finding }) => finding);
  expect(findings.length).toBe(10_000);
  expect(findings).toEqual(findings.toSorted());
});

async function withDir(run: (dir: string) => Promise<void>): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'leak-guard-test-'));
  try {
    await run(dir);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
