import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type ParseError, parse } from 'jsonc-parser';
import { findHandlers } from '../../src/install/agents.js';
import { addToList, parseSettings, takeOut } from '../../src/install/json-list.js';

const EVENTS = ['UserPromptSubmit', 'PreToolUse'];
const ENTRY = { hooks: [{ type: 'command', command: 'leak-guard hook agent codex' }] };

function add(text: string): string {
  let added = text;
  for (const event of EVENTS) {
    added = addToList(added, parseSettings(added, 'x'), { way: ['hooks', event], value: ENTRY }) ?? '(refused)';
  }
  return added;
}

function take(text: string): string | null {
  const ours = findHandlers(parseSettings(text, 'x'), 'codex').at(-1);
  if (ours === undefined) return text;
  const rest = takeOut(text, ours.node);
  return rest === null ? null : take(rest);
}

function value(text: string): unknown {
  const errors: ParseError[] = [];
  const read: unknown = parse(text, errors, { allowTrailingComma: true });
  expect(errors).toEqual([]);
  return read;
}

test.each([
  ['{}'],
  ['{}\n'],
  ['{\n}\n'],
  ['{ }'],
  ['{"a":1}'],
  ['{ "a": 1, "b": [] }\n'],
  ['{\n  "a": 1\n}\n'],
  ['{\n\t"a": 1,\n\t"b": {\n\t\t"c": 2\n\t}\n}'],
  ['{\r\n    "a": 1\r\n}\r\n'],
  ['// top\n{\n  // first\n  "a": 1 // behind\n  // last\n}\n// end\n'],
  ['{\n  "a": 1, // behind a comma\n}\n'],
  ['{"a":1,}'],
  ['{"a":1 ,\n}'],
  ['{\n  "a": 1,\n}\n'],
  ['{\n  "hooks": {}\n}\n'],
  ['{\n  "hooks": {\n  }\n}\n'],
  ['{"hooks":{"PreToolUse":[]}}'],
  ['{\n  "hooks": {\n    "PreToolUse": [\n    ]\n  }\n}\n'],
  [
    '{\n  "hooks": {\n    "PreToolUse": [\n      { "matcher": "Bash", "hooks": [] } // mine\n    ]\n  },\n  "b": 1\n}\n',
  ],
  ['{ /* c */ }'],
  ['{ // c\n}'],
  ['\u00ef\u00bb\u00bf{\n  "a": "\u00c3\u00a9"\n}\n'],
])('%j comes back byte for byte', (text) => {
  const added = add(text);

  expect(
    findHandlers(parseSettings(added, 'x'), 'codex')
      .map(({ event }) => event)
      .sort(),
  ).toEqual([...EVENTS].sort());
  expect(take(added)).toBe(text);
});

/** JSON objects laid out in many ways. */
const settings = fc
  .tuple(
    fc.dictionary(fc.constantFrom('a', 'b', 'hooks2', 'c d', '"'), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 }),
    fc.option(
      fc.dictionary(
        fc.constantFrom('PreToolUse', 'Stop'),
        fc.array(fc.constant({ matcher: 'x', hooks: [] }), { maxLength: 2 }),
      ),
    ),
    fc.constantFrom<string | number>(0, 2, 4, '\t', 1),
    fc.constantFrom('', '\n', '\r\n'),
  )
  .map(([own, hooks, indent, end]) => {
    const text = JSON.stringify(hooks === null ? own : { ...own, hooks }, null, indent);
    return (end === '\r\n' ? text.replaceAll('\n', '\r\n') : text) + end;
  });

test('whatever stands in a file stays, and comes back byte for byte', () => {
  fc.assert(
    fc.property(settings, (text) => {
      const added = add(text);
      expect(withoutHooks(added)).toBe(withoutHooks(text));
      expect(take(added)).toBe(text);
    }),
    { numRuns: 500 },
  );
});

/** As text: there a key such as `__proto__` is a key like any other. */
function withoutHooks(text: string): string {
  const read: object = JSON.parse(text);
  return JSON.stringify(Object.entries(read).filter(([name]) => name !== 'hooks'));
}

test('what a user adds around ours stays when ours is taken out', () => {
  const added = add('{\n  "a": 1\n}\n');
  const edited = added
    .replace('"PreToolUse": [', '"Stop": [],\n    "PreToolUse": [\n      { "matcher": "mine", "hooks": [] },')
    .replace('"a": 1', '"a": 2');

  expect(value(take(edited) ?? '')).toEqual({
    a: 2,
    hooks: { Stop: [], PreToolUse: [{ matcher: 'mine', hooks: [] }] },
  });
});

test('a handler that a user added to our group stays', () => {
  const added = add('{\n  "a": 1\n}\n').replace(
    /(\{\s+"type": "command",\s+"command": "leak-guard hook agent codex"\s+\})/,
    '$1, { "type": "command", "command": "mine" }',
  );

  expect(value(take(added) ?? '')).toEqual({
    a: 1,
    hooks: { UserPromptSubmit: [{ hooks: [{ type: 'command', command: 'mine' }] }] },
  });
});

test.each(['', '[]', '{', '{"a":}', 'x', '{"a":1} }'])('%j is refused', (text) => {
  expect(() => parseSettings(text, 'x')).toThrow('Could not read the settings');
});

test.each(['{"hooks":[]}', '{"hooks":{"UserPromptSubmit":{}}}', '{"hooks":1}'])('%j cannot take a hook', (text) => {
  expect(addToList(text, parseSettings(text, 'x'), { way: ['hooks', 'UserPromptSubmit'], value: 1 })).toBeUndefined();
});
