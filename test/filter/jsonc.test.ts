import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type JsonNode, parseJsonc, toCanonical } from '../../src/filter/jsonc.js';
import { ALLOWLIST_FILE, MAX_RULE_FILE_BYTES } from '../../src/filter/rule-file.js';
import { loadTestRules, type RuleFiles } from '../support/rules.js';

const good = `// who: the team
{
  "version": 1, /* the only one */
  "allow": [
    { "value": "not a secret", "reason": "é ü 漢" }, // trailing comma
  ],
}`;

function load(stored: RuleFiles[string]) {
  return loadTestRules({ [ALLOWLIST_FILE]: stored });
}

test.each([
  ['UTF-8', Buffer.from(good)],
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${good}`)],
  ['UTF-16 LE with a byte order mark', Buffer.from(`\ufeff${good}`, 'utf16le')],
  ['UTF-16 BE with a byte order mark', Buffer.from(`\ufeff${good}`, 'utf16le').swap16()],
  ['UTF-16 LE without one', Buffer.from(good, 'utf16le')],
  ['UTF-16 BE without one', Buffer.from(good, 'utf16le').swap16()],
  ['CRLF', Buffer.from(good.replaceAll('\n', '\r\n'))],
  ['CR', Buffer.from('{"version": 1,\r"allow": [\r\r{ "value": "not a secret", "reason": "é ü 漢" }]}')],
])('reads comments and trailing commas in %s', async (_, bytes) => {
  const { entries } = await load(bytes);

  expect(entries).toMatchObject([{ reason: 'é ü 漢' }]);
});

test.each([
  ['3:20', 'comma', '{"version": 1,\n  "allow": [\n    { "value": "a" "reason": "b" } ] }'],
  ['3:20', 'comma', '{"version": 1,\r\n  "allow": [\r\n    { "value": "a" "reason": "b" } ] }'],
  ['1:2', 'double quotes', "{'version': 1}"],
  ['1:26', 'closing ]', '{"version": 1, "allow": ['],
  ['1:29', 'should end here', '{"version": 1, "allow": []} []'],
  ['2:2', 'twice', '{"version": 1,\n "version": 1, "allow": []}'],
  ['1:13', 'between 1 and 1', '{"version": 2, "allow": []}'],
  ['1:1', '"version" is missing', '{"allow": []}'],
  ['1:1', '"allow" is missing', '{"version": 1}'],
  ['1:25', 'a list', '{"version": 1, "allow": {}}'],
  ['1:26', 'an object', '{"version": 1, "allow": [1]}'],
  ['1:39', '"allows" is not a key', '{"version": 1, "allow": [], "allows": []}'],
  ['1:42', 'not a key', '{"version": 1, "allow": [], "__proto__": {}}'],
  ['1:1', 'an object', '[]'],
  ['1:1', 'missing', ''],
  ['1:11', 'missing', '// nothing'],
  ['1:', 'nested too deeply', '{"version":'.repeat(50_000)],
])('says at %s what is wrong: %s', async (place, problem, text) => {
  await expect(load(text)).rejects.toMatchObject({
    name: 'UserError',
    message: expect.stringMatching(new RegExp(`^\\.leak-guard-allow\\.json:${place}`)),
  });
  await expect(load(text)).rejects.toMatchObject({ message: expect.stringContaining(problem) });
});

test('refuses links and large files', async () => {
  await expect(load({ kind: 'link' })).rejects.toMatchObject({ message: expect.stringContaining('symbolic link') });
  await expect(load({ kind: 'too-large' })).rejects.toMatchObject({ message: expect.stringContaining('1 MB') });
  await expect(load(Buffer.alloc(MAX_RULE_FILE_BYTES + 1, ' '))).rejects.toMatchObject({
    message: expect.stringContaining('1 MB'),
  });
});

test('refuses bytes that are no text', async () => {
  await expect(load(Buffer.from([0x7b, 0xff, 0xff, 0x7d]))).rejects.toMatchObject({
    message: expect.stringContaining('UTF-8'),
  });
});

const blanks = fc.constantFrom('', ' ', '\n', '\t', '\r\n', '/* a */', '/** a * / **/', '// a\n', '/**/ // "]}\n');

test('reads what JSON.stringify writes, with comments in between', async () => {
  await fc.assert(
    fc.asyncProperty(fc.json({ maxDepth: 8 }), blanks, async (json, blank) => {
      const { node } = await parseJsonc('a.json', `${blank}${json}${blank}`);

      expect(JSON.parse(toCanonical(node))).toEqual(JSON.parse(json));
    }),
  );
});

test('knows where each value and key stands', async () => {
  const text = '{ "a": [true, "b"] /* c */, "d": {} }';
  const { node } = await parseJsonc('a.json', text);
  const [first, second] = node.members;

  expect(cut(text, node)).toBe(text);
  expect([first?.offset, second?.offset]).toEqual([text.indexOf('"a"'), text.indexOf('"d"')]);
  expect(first?.value.elements.map((element) => cut(text, element))).toEqual(['true', '"b"']);
  expect(second && cut(text, second.value)).toBe('{}');
});

test.each([
  ...['01', '1.', '.5', '+1', '1x', '-', 'truex', 'nul', 'undefined', "'a'", '"\t"', '"\\x"', '"\\u12"', '"a\n"'],
  ...['/* a', '[1 2]', '[,]', '[1,,]', '{"a" 1}', '{a: 1}', '{,}', '{"a":}', '{"a"}', '{"a": 1,, "b": 1}', '{1: 2}'],
  ...['[}', '{]', '1 2', '# a', '{"a": 1}}'],
])('refuses %j', async (text) => {
  await expect(parseJsonc('a.json', text)).rejects.toMatchObject({ name: 'UserError' });
});

test.each(['[', '{"a":', '/*', '/**', '"\\', '"a', '// ', '/* */', ',', '1', '-', '}'])(
  'answers on a megabyte of %j',
  async (part) => {
    const text = part.repeat(1_000_000 / part.length);

    for (const hostile of [`[${text}`, `{${text}`, `"${text}`, `[${' '.repeat(1_000_000)}${part}`]) {
      await expect(parseJsonc('a.json', hostile)).rejects.toMatchObject({ name: 'UserError' });
    }
  },
);

function cut(text: string, { offset, length }: JsonNode): string {
  return text.slice(offset, offset + length);
}
