import { expect, test } from '@jest/globals';
import { yamlEditor } from '../../src/install/lefthook-yaml.js';

const START = '# >>> leak-guard >>> v1 (managed block: add your own lines before or after it)';
const END = '# <<< leak-guard <<<';
const command = { run: 'x', env: { NODE_OPTIONS: '' } };
const named = (indent: string): string =>
  `${START}\n${indent}leak-guard:\n${indent}  run: x\n${indent}  env: { NODE_OPTIONS: "" }\n${END}\n`;
const whole = `${START}\npre-commit:\n  commands:\n    leak-guard:\n      run: x\n      env: { NODE_OPTIONS: "" }\n${END}`;

test.each([
  ['no such hook', 'pre-push:\n  commands: {}\n', `pre-push:\n  commands: {}\n${whole}\n`],
  ['nothing at all', '', `${whole}\n`],
  ['no final newline', 'a: 1', `a: 1\n${whole}`],
  ['CR LF', 'a: 1\r\n', `a: 1\r\n${whole.replaceAll('\n', '\r\n')}\r\n`],
  ['CR LF and no final newline', 'a: 1\r\nb: 2', `a: 1\r\nb: 2\r\n${whole.replaceAll('\n', '\r\n')}`],
  [
    'commands and CR LF',
    'pre-commit:\r\n  commands:\r\n    a:\r\n',
    `pre-commit:\r\n  commands:\r\n${named('    ').replaceAll('\n', '\r\n')}    a:\r\n`,
  ],
  ['commands', 'pre-commit:\n  commands: # all\n    a:\n', `pre-commit:\n  commands: # all\n${named('    ')}    a:\n`],
  [
    'wide indentation',
    'pre-commit:\n    commands:\n        a:\n',
    `pre-commit:\n    commands:\n${named('        ')}        a:\n`,
  ],
  [
    'jobs as far left as their key',
    'pre-commit:\n  jobs:\n  - run: a\n',
    `pre-commit:\n  jobs:\n${START}\n  - name: leak-guard\n    run: x\n    env: { NODE_OPTIONS: "" }\n${END}\n  - run: a\n`,
  ],
  [
    'neither',
    'pre-commit:\n  # why\n  parallel: true\n',
    `pre-commit:\n${START}\n  commands:\n    leak-guard:\n      run: x\n      env: { NODE_OPTIONS: "" }\n${END}\n  # why\n  parallel: true\n`,
  ],
])('adds to settings with %s, and the block can be taken out again', (_, text, expected) => {
  const added = yamlEditor.add(text, 'pre-commit', command);

  expect(added).toBe(expected);
  expect(yamlEditor.take(added ?? '')).toBe(text);
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
  expect(yamlEditor.add(text, 'pre-commit', command)).toBeUndefined();
});

test.each([
  ['a: [1,\n', { line: 2, column: 1 }],
  ['# \u00c3\u0080\na: 1\na: 2\n', { line: 3, column: 1 }],
  ['a: "b\n', { line: 2, column: 1 }],
])('names the place where %j is broken', (text, place) => {
  expect(yamlEditor.findError(text)).toMatchObject(place);
});
