import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodedParts } from '../../src/detect/encoded.js';
import { toPrefilter } from '../../src/detect/prefilter.js';
import { encodedKeywords } from '../../src/table/encoded-keywords.js';
import { detect, formats, sample, table } from '../support/detectors.js';
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
      value: value.replace(/=+$/, ''),
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

test('the pieces of a text in base64 stand in it wherever the text lies', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'abcXYZ_-019.'), minLength: 5, maxLength: 30 }),
      fc.uint8Array({ maxLength: 7 }),
      fc.uint8Array({ maxLength: 7 }),
      (text, before, behind) => {
        const encoded = Buffer.concat([before, Buffer.from(text), behind]).toString('base64');

        const pieces = [...encodedKeywords(text)].filter(([, alignment]) => alignment === before.length % 3);

        expect(pieces.length).toBe(1);
        expect(encoded).toContain(pieces[0]?.[0]);
      },
    ),
  );
});

test('a text of beginnings alone is decoded once, not once for each', () => {
  const bytes = Buffer.from(encode('ghp_'.repeat(20_000)));

  const parts = decodedParts(toPrefilter(table.automaton)(bytes), bytes, table);

  expect(parts.length).toBeGreaterThan(0);
  expect(parts.reduce((sum, part) => sum + part.end - part.start, 0)).toBeLessThanOrEqual(4 * bytes.length);
});

test('most formats with a fixed beginning are found in base64', () => {
  const distinctive = formats.filter(({ format }) => format.isPublic !== true && format.keywords !== undefined);
  const found = distinctive.filter(({ format }) => seen(`data: ${encode(sample(format.id))}\n`).length > 0);

  expect(found.length / distinctive.length).toBeGreaterThan(0.7);
});
