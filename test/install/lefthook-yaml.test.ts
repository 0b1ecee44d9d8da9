import { expect, test } from '@jest/globals';
import { takeBlocks } from '../../src/install/block.js';
import { addToLefthook } from '../../src/install/lefthook-yaml.js';

const START = '# >>> leak-guard >>> v1 (managed block: add your own lines before or after it)';
const END = '# <<< leak-guard <<<';
const named = (indent: string): string => `${START}\n${indent}leak-guard:\n${indent}  run: x\n${END}\n`;
const whole = `${START}\npre-commit:\n  commands:\n    leak-guard:\n      run: x\n${END}`;

test.each([
  ['no such hook', 'pre-push:\n  commands: {}\n', `pre-push:\n  commands: {}\n${whole}\n`],
  ['nothing at all', '', `${whole}\n`],
  ['no final newline', 'a: 1', `a: 1\n${whole}`],
  ['commands', 'pre-commit:\n  commands: # all\n    a:\n', `pre-commit:\n  commands: # all\n${named('    ')}    a:\n`],
  [
    'wide indentation',
    'pre-commit:\n    commands:\n        a:\n',
    `pre-commit:\n    commands:\n${named('        ')}        a:\n`,
  ],
  [
    'jobs as far left as their key',
    'pre-commit:\n  jobs:\n  - run: a\n',
    `pre-commit:\n  jobs:\n${START}\n  - name: leak-guard\n    run: x\n${END}\n  - run: a\n`,
  ],
  [
    'neither',
    'pre-commit:\n  # why\n  parallel: true\n',
    `pre-commit:\n${START}\n  commands:\n    leak-guard:\n      run: x\n${END}\n  # why\n  parallel: true\n`,
  ],
])('adds to settings with %s, and the block can be taken out again', (_, text, expected) => {
  const added = addToLefthook(text, 'pre-commit', ['run: x']);

  expect(added).toBe(expected);
  expect(takeBlocks(added ?? '')).toBe(text);
});

test.each([
  ['braces', '{ pre-commit: {} }\n'],
  ['commands in braces', 'pre-commit:\n  commands: { a: { run: b } }\n'],
  ['commands with an anchor', 'pre-commit:\n  commands: &all\n    a:\n      run: b\n'],
  ['an alias for the hook', 'pre-commit: *all\n'],
  ['a quoted hook', '"pre-commit":\n  commands:\n    a:\n'],
  ['a hook without anything below it', 'pre-commit:\n'],
  ['two documents', 'a: 1\n--- {}\n'],
  ['tabs', 'pre-commit:\n  a:\tb\n'],
])('does not guess where the settings have %s', (_, text) => {
  expect(addToLefthook(text, 'pre-commit', ['run: x'])).toBeUndefined();
});
