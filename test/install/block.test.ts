import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { BLOCK_END, BLOCK_START, isBroken, isSpent, putBlock, takeBlocks } from '../../src/install/block.js';

const block = `${BLOCK_START}\nours\n${BLOCK_END}`;
const newer = `${BLOCK_START}\nnewer\n${BLOCK_END}`;

test.each([
  ['', `${block}\n`],
  ['a', `${block}\na`],
  ['#!/bin/sh', `#!/bin/sh\n${block}`],
  ['#!/bin/sh\na\n', `#!/bin/sh\n${block}\na\n`],
  ['# note\n. "$d/_/husky.sh"\na\n', `# note\n. "$d/_/husky.sh"\n${block}\na\n`],
  ['a\n. "$d/_/husky.sh"\n', `${block}\na\n. "$d/_/husky.sh"\n`],
])('the block goes to the top of %j', (text, expected) => {
  expect(putBlock(text, block)).toBe(expected);
});

test('what is put in comes out again, whatever the text is, and putting it twice changes nothing', () => {
  const line = fc.oneof(fc.constantFrom('#!/bin/sh', '. x/husky.sh', '', '# x', '\r'), fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(fc.array(line), fc.constantFrom('\n', '\r\n'), (lines, newline) => {
      const text = lines.join(newline);
      const once = putBlock(text, block);

      expect(putBlock(once, block)).toBe(once);
      expect(takeBlocks(once)).toBe(text);
      expect(takeBlocks(putBlock(once, newer))).toBe(text);
    }),
  );
});

test('several blocks become one, and an editor that wrote CRLF is no trouble', () => {
  const crlf = `a\r\n${block.replaceAll('\n', '\r\n')}\r\nb\r\n`;

  expect(takeBlocks(crlf)).toBe('a\r\nb\r\n');
  expect(putBlock(`a\n${block}\nb\n${block}\n`, newer)).toBe(`a\n${newer}\nb\n`);
});

test('a block without its end is broken, and a file with nothing but a shebang is spent', () => {
  expect(isBroken(`${BLOCK_START}\na\n`)).toBe(true);
  expect(isBroken(`${block}\n`)).toBe(false);
  expect(isSpent('#!/bin/sh\n\n')).toBe(true);
  expect(isSpent('#!/bin/sh\n# mine\n')).toBe(false);
});
