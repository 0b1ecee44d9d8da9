import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { base64Runs } from '../../src/detect/base64-runs.js';
import { decodedParts } from '../../src/detect/decoded.js';
import { toUnpack } from '../../src/detect/gzip.js';
import { toFingerprint } from '../../src/to-finding.js';
import { detect, formats, sample } from '../support/detectors.js';
import { grow } from '../support/sample.js';

interface Seen {
  readonly id: string;
  readonly title: string;
  readonly value: string;
}

function seen(text: string, encoding: BufferEncoding = 'latin1'): readonly Seen[] {
  const bytes = Buffer.from(text, encoding);
  return detect({ path: 'a.yaml', bytes }).map(({ format, start, end }) => ({
    id: format.id,
    title: format.title,
    value: bytes.toString('latin1', start, end),
  }));
}

const encode = (text: string, encoding: BufferEncoding = 'base64'): string => Buffer.from(text).toString(encoding);

test('a secret in base64 is found where Kubernetes keeps it, and said to be written so', () => {
  const value = encode(sample('github-personal-access-token'));

  const text = `kind: Secret\ndata:\n  TOKEN: ${value}\n`;

  expect(seen(text)).toEqual([
    {
      id: 'github-personal-access-token',
      title: expect.stringMatching(/, in base64$/),
      value,
    },
  ]);
});

test.each([0, 1, 2, 3, 4, 5])('it is found behind %d other characters, in both alphabets', (before) => {
  const text = `${'u'.repeat(before)}:${sample('anthropic-api-key')}\nDEBUG=1\n`;

  for (const encoding of ['base64', 'base64url'] as const) {
    const found = seen(`auth: "${encode(text, encoding)}"\n`);

    expect(found.map(({ id }) => id)).toEqual(['anthropic-api-key']);
    expect(text.includes(sample('anthropic-api-key'))).toBe(false);
    expect(Buffer.from(encode(text, encoding), encoding).toString()).toBe(text);
  }
});

test('a whole file of settings in base64 tells each of its secrets', () => {
  const text = `GITHUB_TOKEN=${sample('github-personal-access-token')}\nTWILIO_AUTH_TOKEN=${sample('twilio-auth-token')}\n`;

  expect(seen(`env: ${encode(text)}\n`).map(({ id }) => id)).toEqual([
    'github-personal-access-token',
    'twilio-auth-token',
  ]);
});

test('the place is the part of the base64 that holds the secret', () => {
  const secret = sample('github-personal-access-token');
  const [found] = seen(`data: ${encode(`key=${secret}; and a good deal more text behind it`)}\n`);

  const decoded = Buffer.from(found?.value ?? '', 'base64').toString();

  expect(decoded).toContain(secret);
  expect(decoded.length).toBeLessThanOrEqual(secret.length + 4);
});

test('what has a format of its own in base64 is told as that', () => {
  const key = sample('private-key-base64-pem');

  expect(seen(`KEY=${key}\n`).map(({ id }) => id)).toEqual(['private-key-base64-pem']);
});

test('a dummy, a lone prefix and other text in base64 are none', () => {
  const texts = ['ghp_ is a prefix', 'AKIA and sk-ant-api03- too', `ghp_${'x'.repeat(36)}`, grow('{{base64:400}}')];

  expect(texts.flatMap((text) => seen(`data: ${encode(text)}\n`))).toEqual([]);
});

test('base64 of another case is another text', () => {
  const value = encode(sample('github-personal-access-token'));
  const other = value.replace(/[a-zA-Z]/g, (letter) => (letter < 'a' ? letter.toLowerCase() : letter.toUpperCase()));

  expect(seen(`data: ${other}\n`)).toEqual([]);
});

test('most formats with a fixed beginning are found in base64', () => {
  const distinctive = formats.filter(({ format }) => format.isPublic !== true && format.keywords !== undefined);
  const found = distinctive.filter(({ format }) => seen(`data: ${encode(sample(format.id))}\n`).length > 0);

  expect(found.length / distinctive.length).toBeGreaterThan(0.7);
});

const octal = (char: string): string => `\\${char.charCodeAt(0).toString(8).padStart(3, '0')}`;
const hex = (char: string): string => char.charCodeAt(0).toString(16).padStart(2, '0');

/** The decoded parts of a text. */
function partsOf(text: string): readonly Buffer[] {
  const bytes = Buffer.from(text);
  return Array.from(
    decodedParts(bytes, { hasWord: true, mayBeMail: true, runs: base64Runs(bytes), unpack: toUnpack(bytes.length) }),
    (part) => part.bytes,
  );
}

test.each([
  ['an address', encodeURIComponent],
  ['PHP', (value: string) => value.replaceAll('/', '\\/')],
  ['PHP, in a text in JSON', (value: string) => JSON.stringify(value.replaceAll('/', '\\/')).slice(1, -1)],
  ['.NET', (value: string) => value.replace(/[+/=]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`)],
  ['HTML', (value: string) => value.replace(/[+/=]/g, (char) => `&#${char.charCodeAt(0)};`)],
  ['an address in an address', (value: string) => encodeURIComponent(encodeURIComponent(value))],
  ['an address of old', (value: string) => value.replace(/[+/=]/g, (char) => `%u00${hex(char)}`)],
  ['hexadecimal digits', (value: string) => value.replace(/./g, (char) => `\\x${hex(char)}`)],
  ['hexadecimal digits, in JSON', (value: string) => value.replace(/./g, (char) => `\\\\x${hex(char)}`)],
  ['octal digits', (value: string) => value.replace(/./g, octal)],
  ['code points', (value: string) => value.replace(/[+/=]/g, (char) => `\\u{${hex(char)}}`)],
  ['long code points', (value: string) => value.replace(/[+/=]/g, (char) => `\\U000000${hex(char)}`)],
  ['properties', (value: string) => value.replaceAll('=', '\\=')],
  ['Markdown', (value: string) => value.replace(/[+=]/g, '\\$&')],
])('a key is found at its exact place as it is written in %s', (_, write) => {
  for (let round = 0; round < 20; round += 1) {
    const written = write(sample('azure-storage-key'));

    const found = seen(`AZURE_STORAGE_KEY="${written}"\n`);

    expect(found.map(({ id, title, value }) => [id, title.includes('base64'), value])).toEqual([
      ['azure-storage-key', false, written],
    ]);
  }
});

test.each([
  ['an address of old', (char: string) => `%u00${hex(char)}`],
  ['HTML', (char: string) => `&#${char.charCodeAt(0)};`],
  ['source code', (char: string) => `\\x${hex(char)}`],
  ['JSON', (char: string) => `\\u00${hex(char)}`],
  ['C', octal],
])('a token of which every character is written as in %s is found, and no word need stand beside it', (_, write) => {
  const token = sample('github-personal-access-token');

  const found = seen(`a = "${token.replace(/./g, write)}"\n`);

  expect(found.map(({ id, value }) => [id, value])).toEqual([
    ['github-personal-access-token', token.replace(/./g, write)],
  ]);
});

test('Markdown that hides the beginning of a token is seen through', () => {
  const token = sample('github-personal-access-token');

  expect(seen(`The key is ${token.replace('_', '\\_')}.\n`).map(({ id }) => id)).toEqual([
    'github-personal-access-token',
  ]);
});

/** As a mail has it: in short lines, and whatever is no plain character as two digits. */
function inMail(text: string): string {
  const characters = Array.from(text, (char) => (/[ -<>-~]/.test(char) ? char : `=${hex(char).toUpperCase()}`));
  const lines = Array.from({ length: Math.ceil(characters.length / 24) }, (_, index) =>
    characters.slice(index * 24, index * 24 + 24).join(''),
  );
  return lines.join('=\r\n');
}

const mailHead = 'Subject: keys\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n';

test('a key in a mail is found at its exact place, wherever its line is broken', () => {
  for (let before = 0; before < 80; before += 1) {
    const key = sample('azure-storage-key');

    const found = seen(`${mailHead}${inMail(`${'x'.repeat(before)} AZURE_STORAGE_KEY=${key} and more`)}\r\n`);

    expect(found.map(({ id, value }) => [id, value.replaceAll('=\r\n', '').replaceAll('=3D', '=')])).toEqual([
      ['azure-storage-key', key],
    ]);
  }
});

test('a value behind =3D begins where it begins, whatever digits it begins with', () => {
  for (const first of '0123456789abcdef') {
    const token = sample('twilio-auth-token').replace(/^./, first);

    const found = seen(`${mailHead}TWILIO_AUTH_TOKEN=3D${token}\r\n`);

    expect(found.map(({ id, value }) => [id, value])).toEqual([['twilio-auth-token', token]]);
  }
});

test('base64 in a mail is decoded whole', () => {
  const text = `# what the service needs to run\nTWILIO_AUTH_TOKEN=${sample('twilio-auth-token')}\n`;

  const found = seen(`${mailHead}${inMail(`settings: ${encode(text)}`)}\r\n`);

  expect(found.map(({ id }) => id)).toEqual(['twilio-auth-token']);
});

test('only what a header says to be so is read as a mail', () => {
  const line = `TWILIO_AUTH_TOKEN=3d${sample('twilio-auth-token').slice(2)}`;

  const texts = [
    `${line}\n`,
    `set it to quoted-printable\n${line}\n`,
    `${mailHead}--end\r\nContent-Transfer-Encoding: 7bit\r\n\r\n${line}\n`,
    `${mailHead}\nFrom ana@example.com Mon Sep 17 00:00:00 2001\nSubject: one more\n\n${line}\n`,
  ];

  expect(texts.map((text) => seen(text).map(({ id, value }) => [id, value.length]))).toEqual(
    texts.map(() => [['twilio-auth-token', 32]]),
  );
});

test('a file that was broken into lines of base64 tells its secrets, each at its place', () => {
  const secret = sample('twilio-auth-token');
  const text = `${'# what the service needs\n'.repeat(5)}TWILIO_AUTH_TOKEN=${secret}\n${'DEBUG=1\n'.repeat(20)}`;

  for (const [length, before] of [
    [76, ''],
    [64, '    '],
    [76, '\t'],
  ] as const) {
    const lines = encode(text).replace(new RegExp(`.{${length}}`, 'g'), `$&\r\n${before}`);

    const [found, ...others] = seen(`data:\n  .env: |\n${before}${lines}\n`);

    expect([found?.id, others.length]).toEqual(['twilio-auth-token', 0]);
    const value = Buffer.from(found?.value.replace(/\s/g, '') ?? '', 'base64').toString();
    expect([value.includes(secret), value.length <= secret.length + 4]).toEqual([true, true]);
  }
});

test('a word on the line below a full line of base64 is no part of it', () => {
  const line = encode('# what the service needs to run on\nABC=\n'.repeat(2)).slice(0, 76);
  const [part] = partsOf(`first: |\n  ${line}\ndata: none\nword\nsecond: |\n  ${line}\nTOKEN=none\n`);

  expect(part?.toString()).toMatch(/\ndata: none\nword\nsecond: \|\n {2}# what[\s\S]*\nTOKEN=none\n$/);
});

test('a secret has one fingerprint, however it is written and whatever stands around it', () => {
  const secret = sample('aws-secret-access-key').replace(/^...../, 'Ab/+9');
  const prints = [
    secret,
    encodeURIComponent(secret),
    secret.replaceAll('/', '\\/'),
    encode(secret),
    encode(`# the key\nAWS_SECRET_ACCESS_KEY=${secret}\n`),
    encode(encode(`xAWS_SECRET_ACCESS_KEY=${secret}\n`)),
  ].map((written) => {
    const bytes = Buffer.from(`AWS_SECRET_ACCESS_KEY="${written}"\n`);
    return detect({ path: 'a.yaml', bytes }).map((match) => toFingerprint({ bytes }, match));
  });

  expect(prints.map((some) => some.length)).toEqual([1, 1, 1, 1, 1, 1]);
  expect(new Set(prints.flat()).size).toBe(1);
});

test('base64 in base64 is seen through', () => {
  const login = `auth: ${encode(`ana:${sample('github-personal-access-token')}`)}\n`;

  const found = seen(`kind: Secret\ndata:\n  config: ${encode(login)}\n`);

  expect(found.map(({ id }) => id)).toEqual(['github-personal-access-token']);
  expect(found[0]?.title).toMatch(/[^4], in base64$/);
});

test('base64 with an escape in it is decoded whole', () => {
  // The digits before the first + are a text by themselves, and those behind it begin anywhere in a group of four.
  for (const filler of ['', 'x', 'xy']) {
    const text = `# what the service needs to run>>>${filler}>\nTWILIO_AUTH_TOKEN=${sample('twilio-auth-token')}\n`;

    const found = seen(`https://service.test/?settings=${encodeURIComponent(encode(text))}&page=2\ntwilio\n`);

    expect(encode(text)).toContain('+');
    expect(found.map(({ id }) => id)).toEqual(['twilio-auth-token']);
  }
});

test('a name says of a plain key in base64 what it is', () => {
  expect(seen(`TWILIO_AUTH_TOKEN: ${encode(sample('twilio-auth-token'))}\n`).map(({ id }) => id)).toEqual([
    'twilio-auth-token',
  ]);
  expect(seen(`SOME_DIGEST: ${encode(sample('twilio-auth-token'))}\n`)).toEqual([]);
});

test.each([
  ['a format of printf', 'printf("%20s %3d%%\\n", name, 100)'],
  ['a regular expression', 'const path = /^\\/api\\/v1\\/(\\w+)$/;'],
  ['a letter of another alphabet', '"caf\\u00e9 au lait, tr\\u00e8s noir, s\'il vous pla\\u00eet"'],
  ['a link', '<a href="/a?b=1&amp;c=2">more</a>'],
  ['a digest', `sha256:${'0123456789abcdef'.repeat(4)}`],
  ['a name', 'some-module/with_a-very/long_name-of/many_words'],
  ['binary base64', Buffer.from(Array.from({ length: 300 }, (_, byte) => byte)).toString('base64')],
])('there is nothing to decode in %s', (_, text) => {
  expect(partsOf(text)).toEqual([]);
});

test('what is decoded is what was written', () => {
  const token = fc.string({ unit: fc.constantFrom(...'abcXYZ019/+=:@{}'), minLength: 24, maxLength: 60 });
  const ways = [
    (text: string) => encodeURIComponent(text),
    (text: string) => text.replace(/./g, (char) => `\\x${hex(char)}`),
    (text: string) => text.replace(/./g, octal),
    (text: string) => text.replace(/[^A-Za-z0-9]/g, (char) => `\\u{${hex(char)}}`),
    (text: string) => JSON.stringify(text).slice(1, -1).replaceAll('/', '\\/'),
    (text: string) => text.replace(/[^A-Za-z0-9]/g, (char) => `&#x${char.charCodeAt(0).toString(16)};`),
    (text: string) => encode(`${text}\n`.repeat(3)).replace(/.{48}(?=.)/g, '$&\n  '),
  ];

  fc.assert(
    fc.property(
      fc.array(fc.tuple(token, fc.nat({ max: ways.length - 1 })), { minLength: 1, maxLength: 8 }),
      (tokens) => {
        const written = tokens.map(([text, way]) => `${(ways[way] ?? String)(text)}\n; `).join('');
        const meant = tokens
          .map(([text, way]) => `${way === ways.length - 1 ? `${text}\n`.repeat(3) : text}\n; `)
          .join('');

        const [decoded = written] = partsOf(written).map(String); // where nothing is written in another way there is no part

        expect(decoded).toBe(meant);
      },
    ),
  );
});

test.each([
  ['escapes', '%2F'.repeat(300_000)],
  ['characters in hexadecimal digits', '\\x41'.repeat(300_000)],
  ['a mail of escapes', `${mailHead}${'=41'.repeat(300_000)}`],
  ['a mail of broken lines', `${mailHead}${`${'a'.repeat(75)}=\r\n`.repeat(15_000)}`],
  ['headers of mails', mailHead.repeat(9_000)],
  ['backslashes', '\\'.repeat(1_000_000)],
  ['escapes far apart', `${'a'.repeat(30)}%2Fb ${' '.repeat(9000)}`.repeat(100)],
  ['base64 of a text', encode('password = secret\n'.repeat(60_000))],
  ['short texts in base64', `${encode('a short text of words')} `.repeat(30_000)],
  ['an address in addresses', `%${'25'.repeat(300_000)}2F`],
])('a text of %s is gone through a few times, not once for each', (_, text) => {
  const bytes = partsOf(text).reduce((sum, part) => sum + part.length, 0);

  expect(bytes).toBeLessThanOrEqual(2 * text.length);
});
