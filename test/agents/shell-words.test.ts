// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the shell writes its variables like that, too
import { spawnSync } from 'node:child_process';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parseShell } from '../../src/agents/shell-words.js';

function words(text: string): (readonly string[])[] {
  return parseShell(text).map((command) => command.words);
}

test.each<[string, string[][]]>([
  ['a b', [['a', 'b']]],
  ['a \'b c\' "d e" f\\ g', [['a', 'b c', 'd e', 'f g']]],
  ['a ""', [['a', '']]],
  ['a"b"c\'d\'', [['abcd']]],
  ['a;b&&c||d|e&f\ng', [['a'], ['b'], ['c'], ['d'], ['e'], ['f'], ['g']]],
  ['a # b', [['a']]],
  ['a#b', [['a#b']]],
  ['a \\\n b', [['a', 'b']]],
  ['a "b\\"c" "\\$x" "\\a"', [['a', 'b"c', '$x', '\\a']]],
  ["a $'b\\nc\\t\\x41\\101\\u0041\\''", [['a', "b\nc\tAAA'"]]],
  ['a $X "${Y:-z}"', [['a', '$X', '${Y:-z}']]],
  ['a >b 2>&1 <c d', [['a', 'd']]],
  ['a <<E b\none\ntwo\nE\nc', [['a', 'b'], ['c']]],
  [
    'a $(b "c)") d',
    [
      ['b', 'c)'],
      ['a', '$(b "c)")', 'd'],
    ],
  ],
  ['a "$(b <<E\ndon\'t )\nE\n)" c', [['b'], ['a', "$(b <<E\ndon't )\nE\n)", 'c']]],
  ['a $((1<<2)) b\nc', [['a', '$((1<<2))', 'b'], ['c']]],
  ['a \r\n b', [['a'], ['b']]],
])('%j is taken apart as the shell does', (text, expected) => {
  expect(words(text)).toEqual(expected);
});

test('assignments, files that are written over, and here-documents stand beside the words', () => {
  expect(parseShell('A=b C="d e" f >g >>h <<-E\n\tone\n\tE\n')).toEqual([
    {
      assignments: [
        { name: 'A', value: 'b' },
        { name: 'C', value: 'd e' },
      ],
      words: ['f'],
      overwrites: ['g'],
      input: 'one\n',
    },
  ]);
});

/** Words as a person could quote them, each in one of the three ways. */
const quoted = fc
  .array(
    fc.tuple(
      fc.string({ unit: 'binary-ascii', maxLength: 8 }).filter((text) => !text.includes('\0')),
      fc.nat(2),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((pairs) => ({
    plain: pairs.map(([text]) => text),
    text: pairs.map(([text, way]) => quote(text, way)).join(' '),
  }));

function quote(text: string, way: number): string {
  if (way === 0) return `'${text.replaceAll("'", "'\\''")}'`;
  if (way === 1) return `"${text.replace(/["\\$`]/g, '\\$&')}"`;
  return text === '' ? "''" : text.replace(/[^\n]/g, '\\$&').replaceAll('\n', "'\n'");
}

test('quoted words come out as they went in', () => {
  fc.assert(
    fc.property(quoted, ({ plain, text }) => {
      expect(words(`run ${text}`)).toEqual([['run', ...plain]]);
    }),
  );
});

test('no text makes it throw or hang', () => {
  const parts = fc.constantFrom(
    '"',
    "'",
    '`',
    '$(',
    ')',
    '${',
    '}',
    '\\',
    '\n',
    ';',
    '&',
    '|',
    '<<',
    '>',
    '#',
    'a',
    ' ',
    '$',
    '=',
    '\u00a0',
    '\f',
  );
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 40 }), (some) => {
      expect(() => parseShell(some.join(''))).not.toThrow();
      expect(() => parseShell(some.join(''), 'powershell')).not.toThrow();
    }),
    { numRuns: 2000 },
  );
});

test.each(['$(', '"$(', '`', "'", '"', '${', '(', '<<a\n', '\\', '$(`', '$(('])(
  '%j many times over is read to its end',
  (part) => {
    expect(words(`${part.repeat(20_000)}\n`)).toBeDefined();
  },
);

const hasSh = process.platform !== 'win32';

(hasSh ? test : test.skip)('sh itself agrees on the words', () => {
  const texts = fc.sample(quoted, { numRuns: 40, seed: 7 });
  const script = texts.map(({ text }) => `printf '%s\\0' ${text}; printf 'end\\0\\n\\0'`).join('\n');
  const { stdout } = spawnSync('/bin/sh', ['-c', script], { encoding: 'latin1' });

  const said = stdout
    .split('end\0\n\0')
    .slice(0, -1)
    .map((one) => one.split('\0').slice(0, -1));

  expect(said).toEqual(texts.map(({ text }) => words(`run ${text}`)[0]?.slice(1)));
});
