import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { getNodeValue, type ParseError, parseTree } from 'jsonc-parser';
import { toCanonical } from '../../src/filter/jsonc.js';
import { type JsonNode, parseJsoncText } from '../../src/filter/parse-jsonc.js';

const blanks = fc.constantFrom('', ' ', '\n', '\t', '\r\n', '/* a */', '/** a * / **/', '// a\n', '/**/ // "]}\n');

test('reads what JSON.stringify writes, with comments and commas in between', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 8 }), blanks, (json, blank) => {
      const text = `${blank}${json}${blank}`;
      expect(toCanonical(parseJsoncText(text))).toBe(toCanonical(parseJsoncText(json)));
      expect(JSON.parse(toCanonical(parseJsoncText(text)))).toEqual(JSON.parse(json));
    }),
  );
});

test('agrees with jsonc-parser on what is JSON with comments, and on where each value stands', () => {
  const pieces = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"b\\n\\u0041"',
    '1',
    '-0.5e3',
    'true',
    'null',
    ' ',
    '\n',
    '// c\n',
    '/* c */',
    '"',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (parts) => {
      const text = parts.join('');
      const errors: ParseError[] = [];
      const theirs = parseTree(text, errors, { allowTrailingComma: true });
      const ours = tryParse(text);
      // They let `[,]` and `[1,,2]` pass as lists with holes in some versions: we need only be as strict as they are.
      if (errors.length > 0 || theirs === undefined) expect(ours).toBe(null);
      if (ours === null || theirs === undefined) return;
      expect({ offset: ours.offset, length: ours.length }).toEqual({ offset: theirs.offset, length: theirs.length });
      expect(JSON.parse(toCanonical(ours))).toEqual(JSON.parse(JSON.stringify(getNodeValue(theirs))));
    }),
    { numRuns: 20_000 },
  );
});

test.each([
  '01',
  '1.',
  '.5',
  '+1',
  '1x',
  'truex',
  'nul',
  "'a'",
  '"\t"',
  '"\\x"',
  '"\\u12"',
  '/* a',
  '[1 2]',
  '{"a" 1}',
  '{a: 1}',
  '{,}',
  '[,]',
])('refuses %s', (text) => {
  expect(tryParse(text)).toBe(null);
});

test('answers on a megabyte of what never ends', () => {
  for (const part of ['[', '{"a":', '/*', '/**', '"\\', '"a', '// ', '/* */', ',']) {
    expect(tryParse(part.repeat(1_000_000 / part.length))).toBe(null);
    expect(tryParse(`"${part.replace('"', '')}${'a'.repeat(1_000_000)}`)).toBe(null);
    expect(tryParse(`/*${' '.repeat(1_000_000)}`)).toBe(null);
  }
});

function tryParse(text: string): JsonNode | null {
  try {
    return parseJsoncText(text);
  } catch (error) {
    expect(error).toMatchObject({ name: 'JsonFault' });
    return null;
  }
}
