import { expect } from '@jest/globals';
import { sample } from '../support/detectors.js';
import { blocks, expectBlock, fillerLines, passes, situation, stageBlob, tryCommit } from '../support/situation.js';

/** Contents that a scan of diffs or of UTF-8 lines gets wrong. The secret stands on the given line. */
const contents: readonly (readonly [string, string, number, (key: string) => string | Buffer])[] = [
  ['S42', 'that has a NUL byte', 2, (key) => `one\0\n${key}\n`],
  ['S43', 'that is UTF-16 LE with a byte order mark', 2, (key) => utf16le(`\ufeffone\r\n${key}\r\n`)],
  ['S43', 'that is UTF-16 BE with a byte order mark', 2, (key) => utf16le(`\ufeffone\r\n${key}\r\n`).swap16()],
  ['S43', 'that is UTF-16 LE without a byte order mark', 2, (key) => utf16le(`one\r\n${key}\r\n`)],
  ['S43', 'that is UTF-8 with a byte order mark', 1, (key) => `\ufeff${key}\n`],
  ['S46', 'that has CRLF line ends', 3, (key) => `one\r\ntwo\r\nkey=${key}\r\n`],
  ['S47', 'that has no newline at its end', 2, (key) => `one\nkey=${key}`],
  ['S48', 'that has CR line ends', 3, (key) => `one\rtwo\rkey=${key}\rthree\r`],
  ['S49', 'whose line starts with two plus signs', 1, (key) => `++ ${key}\n`],
  ['S50', 'that looks like a diff', 5, (key) => `diff --git a/z b/z\n--- a/z\n+++ b/z\n@@ -1 +1,9 @@\n+${key}\n`],
];

for (const [id, title, line, toContent] of contents) {
  situation(`${id} blocks a secret in a file ${title}`, {}, async (repo, key) => {
    await stageBlob(repo, { path: 'a.txt' }, toContent(key));

    const { ran, isMoved } = await tryCommit(repo);

    expectBlock(ran, { at: `a.txt:${line}`, key, says: '1 secret found' });
    expect(ran.stderr).not.toMatch(/[\r\0]/);
    expect(isMoved).toBe(false);
  });
}

blocks('S44 blocks only the new secret of a UTF-16 file that has an old one', async (repo, key) => {
  const old = `\ufeffold=${sample('sendgrid-api-key')}\r\nĊ one\r\n`;
  await repo.commit('a.txt', utf16le(old));
  await repo.stage('a.txt', utf16le(`${old}new=${key}\r\n`));
  return { at: 'a.txt:3', says: '1 secret found' };
});

blocks('S45 blocks a secret in a file that is UTF-16 in the work tree and UTF-8 in the index', async (repo, key) => {
  await repo.commit('.gitattributes', '*.txt working-tree-encoding=UTF-16LE\n');
  await repo.stage('a.txt', utf16le(`one\r\n${key}\r\n`));
  return 'a.txt:2';
});

blocks('S51 names the right lines of three places in one file', async (repo, key) => {
  const lines = fillerLines(60).split('\n');
  await repo.commit('a.txt', lines.join('\n'));
  for (const line of [4, 29, 54]) lines[line] = `key = "${key}"`;
  await repo.stage('a.txt', lines.join('\n'));
  return { at: ['a.txt:5', 'a.txt:30', 'a.txt:55'] };
});

situation('S52 blocks a secret in a minified line of 2 MB, and keeps the message short', {}, async (repo, key) => {
  const half = 'function a(b){return b.map(c=>c+1)};'.repeat(28_000);
  await repo.stage('app.min.js', `${half}k="${key}";${half}\n`);

  const { ran, isMoved } = await tryCommit(repo);

  expectBlock(ran, { at: 'app.min.js:1', key, says: `:1:${half.length + 4} ` });
  expect(ran.stderr.length).toBeLessThan(2_000);
  expect(isMoved).toBe(false);
});

blocks('S53 blocks a secret on the last line of 20 MB', async (repo, key) => {
  await repo.stage('big.txt', `${'a line of a plain text\n'.repeat(900_000)}${key}\n`);
  return 'big.txt:900001';
});

passes('S54 passes 20 MB of clean text, scanned', async (repo) => {
  await repo.stage('big.txt', 'a line of a plain text\n'.repeat(900_000));
  return { says: 'scanned 1 blob, 20.7 MB, 0 skipped' };
});

blocks('S55 blocks the last of 3 MB in many files', async (repo, key) => {
  for (let number = 0; number < 30; number += 1) await repo.write(`file-${number}.txt`, fillerLines(4_000));
  await repo.write('file-9-last.txt', `${key}\n`);
  await repo.git('add', '-A');
  return 'file-9-last.txt:1';
});

blocks('S56 blocks one of 2000 files', async (repo, key) => {
  for (let number = 0; number < 2_000; number += 1) await repo.write(`d/file-${number}.txt`, `number ${number}\n`);
  await repo.write('d/file-999-leak.txt', `${key}\n`);
  await repo.git('add', '-A');
  return 'd/file-999-leak.txt:1';
});

/** Names that a tool gets wrong which quotes, splits, globs, or reads patch headers; and as what they are shown. */
const names: readonly (readonly [string, string | Buffer, string])[] = [
  ['a space', 'a b.txt', 'a b.txt'],
  ['decomposed letters', 'cafe\u0301 \u{1f600}.txt', 'cafe\u0301 \u{1f600}.txt'],
  ['quotes', `"it's".txt`, `"it's".txt`],
  ['a backslash', 'a\\b.txt', 'a\\b.txt'],
  ['a tab', 'a\tb.txt', 'a\\x09b.txt'],
  ['a line end and a forged line', 'a\nleak-guard: all clean', 'a\\x0aleak-guard: all clean'],
  ['a leading dash', '-rf', '-rf'],
  ['a pathspec', ':(exclude)x', ':(exclude)x'],
  ['bytes that are no UTF-8', Buffer.from('latin-\xe9.txt', 'latin1'), 'latin-'],
  ['the look of a patch header', 'x b/y', 'x b/y'],
  ['brackets', '[p].txt', '[p].txt'],
  ['a trailing space', 'end ', 'end '],
  ['a percent sign', '100%s.txt', '100%s.txt'],
];

for (const [title, path, shown] of names) {
  situation(`S57 blocks a secret in a file with ${title} in its name`, {}, async (repo, key) => {
    await stageBlob(repo, { path }, `${key}\n`);

    const { ran, isMoved } = await tryCommit(repo);

    expectBlock(ran, { key });
    expect(ran.stderr).toContain(`\n  ${shown}`);
    expect(ran.stderr).toMatch(/:1:1(?: |\n)/);
    expect(ran.stderr.match(/^leak-guard:/gm)).toHaveLength(1);
    expect(isMoved).toBe(false);
  });
}

function utf16le(text: string): Buffer {
  return Buffer.from(text, 'utf16le');
}
