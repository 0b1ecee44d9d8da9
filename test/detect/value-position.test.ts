import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { toWords, valuePosition } from '../../src/detect/value-position.js';

/** Where VALUE stands in a text. */
function positionIn(text: string): ReturnType<typeof valuePosition> {
  const start = text.indexOf('VALUE');
  return valuePosition(text, { start, end: start + 5 });
}

test.each([
  ['TWILIO_AUTH_TOKEN=VALUE', 'twilioauthtoken'],
  ['export TWILIO_AUTH_TOKEN="VALUE"', 'exporttwilioauthtoken'],
  ['  "authToken": "VALUE",', 'authtoken'],
  ['auth-token: VALUE', 'authtoken'],
  ["const authToken = b'VALUE';", 'constauthtoken'],
  ["'auth_token' => 'VALUE'", 'authtoken'],
  ['<authToken>VALUE</authToken>', 'authtoken'],
  ['Authorization: Bearer VALUE', 'authorization'],
  ['setenv("AUTH_TOKEN", "VALUE")', 'setenv(authtoken'],
  ['?user=ana&auth_token=VALUE', 'authtoken'],
  ['a = 1; token = VALUE', 'token'],
  ['- name: AUTH_TOKEN\n  value: VALUE', 'name:authtokenvalue'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how a shell gives a default
  ['KEY=${AUTH_TOKEN:-VALUE}', 'authtoken'],
  ['const AUTH_TOKEN: &\'static str = "VALUE";', 'constauthtoken'],
  ['auth_token%3DVALUE%26page%3D2', 'authtoken'],
  ['auth_token=&quot;VALUE&quot;', 'authtoken'],
  ['auth token = \xe2\x80\x9cVALUE\xe2\x80\x9d', 'authtoken'],
  ['auth_token: |\n  VALUE', 'authtoken'],
  ['const authToken =\n  "VALUE";', 'constauthtoken'],
  ['AUTH_TOKEN = (\n    "VALUE"\n)', 'authtoken'],
  ['- name: AUTH_TOKEN\n  value: >-\n    VALUE', '-name:authtokenvalue'],
  ['{:token "VALUE"}', '{:token'],
  ['Authorization:token VALUE', 'authorization'],
  ['echo "VALUE" | gh secret set AUTH_TOKEN', 'ghsecretsetauthtoken'],
  ['public string AuthToken { get; private set; } = "VALUE";', 'publicstringauthtoken'],
  ['args:\n  - --auth-token\n  - VALUE', 'authtoken'],
  ['args: [\n  "--auth-token",\n  "VALUE",\n]', 'authtoken'],
  ['Your auth token:\n\n```sh\nVALUE\n```', 'yourauthtoken'],
])('names the value of %j', (text, name) => {
  const position = positionIn(text);

  expect(position?.isPositional).toBe(false);
  expect(position?.name.replaceAll(/["'<]/g, '')).toBe(toWords(name));
});

test.each([
  '[{"name": "AUTH_TOKEN", "value": "VALUE"}]',
  '{"Key":"AUTH_TOKEN","Value":"VALUE"}',
  '{ "value": "VALUE", "name": "AUTH_TOKEN" }',
  '{\n  "value": "VALUE",\n  "key": "AUTH_TOKEN"\n}',
  '{"values":[{"key":"AUTH_TOKEN","value":"VALUE"}]}',
  '  {\n    "key": "AUTH_TOKEN",\n    "type": "secret",\n    "value": "VALUE"\n  }',
  '  {\n    "value": "VALUE",\n    "type": "secret",\n    "enabled": true,\n    "key": "AUTH_TOKEN"\n  }',
  'variable "AUTH_TOKEN" {\n  type = string\n  sensitive = true\n  default = "VALUE"\n}',
  'AUTH_TOKEN:\n  Type: String\n  Default: VALUE\n',
  'parser.add_argument("--AUTH_TOKEN", type=str, default="VALUE")',
  "String.fromEnvironment('AUTH_TOKEN', defaultValue: 'VALUE')",
])('a member beside the value of %j names it', (text) => {
  expect(positionIn(text)).toMatchObject({ name: expect.stringContaining('authtoken'), isPositional: false });
});

test('only what is called a name names the value beside it', () => {
  expect(positionIn('{"token": "other", "value": "VALUE"}')?.name).not.toContain('token');
  expect(positionIn('{"value": "VALUE", "token": "other"}')?.name).not.toContain('token');
});

test('the names of other objects, blocks and lines beside it are not those of a value', () => {
  expect(positionIn('  {\n    "key": "token"\n  },\n  {\n    "value": "VALUE"\n  }')?.name).not.toContain('token');
  expect(positionIn('a {\n  token = 1\n  size = 2\n  default = "VALUE"')?.name).not.toContain('token');
  expect(positionIn('f("token", 1), g(1, default="VALUE")')?.name).not.toContain('token');
});

test.each([
  'AUTH_TOKENS:\n  - one\n  - VALUE',
  'AUTH_TOKENS = [\n  "VALUE",',
  '"AUTH_TOKENS": [\n  "one",\n  "two",\n  "VALUE"',
])('an entry of the list in %j is called what the list is', (text) => {
  const name = expect.stringMatching(/^"?authtokens$/);

  expect(positionIn(text)).toEqual({ name, isPositional: true, opensCall: false });
});

test.each([
  ['login("VALUE")', false],
  ['[1, "VALUE"]', false],
  ['client.login(\n  "VALUE"', true],
  ['VALUE', false],
  ['https://VALUE@example.com', false],
  ['postgres://VALUE', false],
])('%j has no name of its own', (text, opensCall) => {
  expect(positionIn(text)).toMatchObject({ isPositional: true, opensCall });
});

test.each([
  'theVALUE',
  'src/VALUE/index.ts',
  'https://VALUE.example.com',
  'sha256: VALUE',
  '"integrity": "VALUE"',
  'commit = VALUE',
  'file_checksum="VALUE"',
  'etag: VALUE',
  'checksums:\n  VALUE',
  'checksums:\n  - one\n  - VALUE',
  '"commits": [\n  "one",\n  "VALUE"',
  '- --commit\n- VALUE',
])('%j is not the place of a secret', (text) => {
  expect(positionIn(text)).toBeNull();
});

test("the name of another value on the line is not this value's", () => {
  expect(positionIn('{ token: other, id: VALUE }')?.name).toBe('id');
  expect(positionIn('{ sha: abc, token: VALUE }')?.name).toBe('token');
});

test('behind a space, the name is the last cell of a row or the end of a sentence', () => {
  expect(positionIn('a-tokenizer\t1.2.0\t2026\t\tVALUE')?.name).toBe('2026');
  expect(positionIn('[github](https://github.com) - update all the tests to VALUE')?.name).toBe('updatealltheteststo');
  expect(positionIn('my github access token VALUE')?.name).toBe('mygithubaccesstoken');
  expect(positionIn('docker login -u ana -p VALUE')?.name).toBe('dockerloginuanap');
});

test('a name in a binary ends where its string begins', () => {
  expect(positionIn('\0user names\0\0MESSAGE_ID=VALUE\0')?.name).toBe('messageid');
  expect(positionIn('\0AUTH_TOKEN\0VALUE\0')).toBeNull();
});

test('a name is looked for on its own line, however long the line is and however it ends', () => {
  for (const end of ['\n', '\r\n', '\r']) expect(positionIn(`token = a${end}id = VALUE`)?.name).toBe('id');
  expect(positionIn(`token = ${'x'.repeat(5000)}; key = VALUE`)?.name).toBe('key');
});

test('what stands beyond a name makes no difference, whatever the text', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 300 }), fc.string({ maxLength: 20 }), (before, after) => {
      const text = `\nplain words\n\n${before}VALUE${after}`;
      const start = text.length - after.length - 5;
      const far = `${'other = thing\n'.repeat(100)}${text}`;
      const farStart = far.length - text.length + start;

      expect(valuePosition(far, { start: farStart, end: farStart + 5 })).toEqual(
        valuePosition(text, { start, end: start + 5 }),
      );
    }),
  );
});

test.each([
  ['provider,auth_token\ntwilio,VALUE\n', { name: 'authtoken', isPositional: true }],
  ['provider;Auth Token;note\r\ntwilio;"VALUE";"a; b"\r\n', { name: 'authtoken', isPositional: true }],
  ['\xef\xbb\xbfname\tvalue\none\ttwo\ntoken\tVALUE', { name: 'value', isPositional: true }],
  ['id,provider,external_id\n1,twilio,VALUE\n', { name: 'externalid', isPositional: false }],
])('in the table %j the column tells what the value is', (text, position) => {
  expect(positionIn(text)).toMatchObject(position);
});

test.each(['etag', 'file_md5', 'SHA-256', 'commit'])('a cell below %s is not the place of a secret', (column) => {
  expect(positionIn(`provider,${column}\ntwilio,VALUE\n`)).toBeNull();
});

test.each([
  ['a longer row', 'provider,etag\ntwilio,one,VALUE\n'],
  ['a shorter row', 'provider,etag,note\ntwilio,VALUE\n'],
  ['a cell with more in it', 'provider,etag\ntwilio,f("VALUE")\n'],
  ['a first line of code', 'import { a, etag }\nclient(twilio, "VALUE")\n'],
  ['a first line of data', '1,etag\n2,VALUE\n'],
  ['no first line', 'provider,VALUE'],
  ['a first line without an end', `${'provider,'.repeat(300)}etag\ntwilio,VALUE\n`],
])('%s is no cell of a table', (_, text) => {
  expect(positionIn(text)?.isPositional).toBe(true);
});
