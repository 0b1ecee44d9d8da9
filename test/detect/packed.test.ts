import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { toUnpack } from '../../src/detect/gzip.js';
import { toFingerprint } from '../../src/to-finding.js';
import { detect, sample } from '../support/detectors.js';

const base64 = (bytes: string | Buffer): string => Buffer.from(bytes).toString('base64');
const gzipped = (text: string): string => base64(gzipSync(text));
const wide = (text: string): string => base64(Buffer.from(text, 'utf16le'));
const inLines = (digits: string): string => digits.replace(/.{76}(?=.)/g, '$&\n    ');

interface Seen {
  readonly id: string;
  readonly title: string;
  readonly place: string;
}

function seen(text: string): readonly Seen[] {
  const bytes = Buffer.from(text);
  return detect({ path: 'a.yaml', bytes }).map(({ format, start, end }) => ({
    id: format.id,
    title: format.title,
    place: bytes.toString('latin1', start, end),
  }));
}

/** What a text was not looked through for. */
function leftOut(text: string): readonly string[] {
  const left: string[] = [];
  detect({ path: 'a.yaml', bytes: Buffer.from(text) }, (why) => left.push(why));
  return left;
}

const script = (): string => `# what the service needs\nTWILIO_AUTH_TOKEN=${sample('twilio-auth-token')}\nDEBUG=1\n`;

test.each([
  ['gzip', gzipped, ', gzipped, in base64'],
  ['UTF-16', wide, ', in base64'],
])('a secret in base64 of %s is found at the whole of it', (_, pack, way) => {
  const digits = pack(script());

  const [found, ...others] = seen(`user_data_base64 = "${digits}"\nport = 1\n`);

  expect([found?.id, found?.place === digits, others.length]).toEqual(['twilio-auth-token', true, 0]);
  expect(found?.title.slice(-way.length)).toBe(way);
});

test.each([
  ['gzip', gzipped],
  ['UTF-16', wide],
])('base64 of %s can stand in lines, and in base64 once more', (_, pack) => {
  const long = `${'echo what the service needs 0123456789\n'.repeat(9)}${script()}${Array.from({ length: 40 }, (__, index) => index * index).join('\n')}\n`;

  for (const digits of [inLines(pack(long)), base64(pack(long)), inLines(base64(pack(long)))]) {
    const found = seen(`kind: Secret\ndata:\n  release: |\n    ${digits}\n  other: 1\n`);

    expect(found.map(({ id }) => id)).toEqual(['twilio-auth-token']);
    expect(digits.includes(found[0]?.place ?? '-')).toBe(true);
  }
});

test('all secrets of one packed text are told, though they share a place', () => {
  const text = `GITHUB_TOKEN=${sample('github-personal-access-token')}\nTWILIO_AUTH_TOKEN=${sample('twilio-auth-token')}\n`;

  for (const digits of [gzipped(text), wide(text), base64(gzipped(text))]) {
    expect(seen(`data: ${digits}\n`).map(({ id }) => id)).toEqual([
      'github-personal-access-token',
      'twilio-auth-token',
    ]);
  }
});

test('two secrets of which one begins right behind the other are both told from base64', () => {
  for (const before of ['', 'x', 'xy']) {
    const text = `${before},${sample('github-personal-access-token')},${sample('anthropic-api-key')}\n`;

    expect(seen(`data: ${base64(text)}\n`).map(({ id }) => id)).toEqual([
      'github-personal-access-token',
      'anthropic-api-key',
    ]);
  }
});

test('a command of PowerShell tells its secret, whatever other letters stand in it', () => {
  const command = `Write-Host 'für ключ 密'; $env:GITHUB_TOKEN = '${sample('github-personal-access-token')}'`;

  expect(seen(`powershell -NoProfile -EncodedCommand ${wide(command)}\n`).map(({ id }) => id)).toEqual([
    'github-personal-access-token',
  ]);
});

test('a secret has the fingerprint that it has as it is', () => {
  const text = script();
  const prints = [text, gzipped(text), base64(gzipped(text)), wide(text)].map((written) => {
    const bytes = Buffer.from(`data: ${written}\n`);
    return detect({ path: 'a.yaml', bytes }).map((match) => toFingerprint({ bytes }, match));
  });

  expect(prints.map((some) => some.length)).toEqual([1, 1, 1, 1]);
  expect(new Set(prints.flat()).size).toBe(1);
});

test('gzip that is cut off tells what there is of it', () => {
  const packed = gzipSync(script() + Array.from({ length: 4000 }, (_, index) => index * index).join('\n'));

  expect(seen(`data: ${base64(packed.subarray(0, packed.length >> 1))}\n`).map(({ id }) => id)).toEqual([
    'twilio-auth-token',
  ]);
});

test('broken gzip and other bytes are none, and never fail', () => {
  const [gzip, token] = [gzipSync(script()), sample('github-personal-access-token')];

  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), fc.nat({ max: gzip.length - 1 }), (noise, at) => {
      const broken = Buffer.from(gzip);
      broken.set(noise.slice(0, gzip.length - at), at);
      const text = `a: ${base64(broken)}\nb: ${base64(Buffer.concat([gzip.subarray(0, 3), noise]))}\nc: ${token}\n`;

      expect(seen(text).at(-1)?.place).toBe(token);
    }),
  );
});

test('gzip that unpacks to more than a hundred times the text is left out, and told', () => {
  const bomb = gzipped('0'.repeat(9_000_000));

  expect(leftOut(`data: ${bomb}\n`)).toEqual([expect.stringContaining('grows too large')]);
  expect(leftOut(`data: ${gzipped(script().repeat(30))}\n`)).toEqual([]);
});

test('what is around a gzip that is left out is found all the same', () => {
  const token = sample('github-personal-access-token');

  expect(seen(`a: ${gzipped('0'.repeat(9_000_000))}\nGITHUB_TOKEN=${token}\nb: ${base64(token)}\n`).length).toBe(2);
});

test('what one text holds in gzip unpacks to a hundred times its length, all together, and it is told once', () => {
  const why: string[] = [];
  const unpack = toUnpack(10_000, (one) => why.push(one));
  const gzip = gzipSync('0'.repeat(300_000));

  const unpacked = Array.from({ length: 50 }, () => unpack(gzip)?.length ?? 0);

  expect(unpacked.reduce((sum, length) => sum + length, 0)).toBe(900_000);
  expect(why.length).toBe(1);
});

test('no text unpacks to more than 32 MB, however long it is', () => {
  const unpack = toUnpack(1_000_000_000);

  expect(unpack(gzipSync(Buffer.alloc(33 * 1024 * 1024)))).toBeUndefined();
});

test('what broken gzip may have cost counts', () => {
  const why: string[] = [];
  const unpack = toUnpack(1_000_000, (one) => why.push(one));
  const broken = gzipSync(Buffer.alloc(30 * 1024 * 1024));
  broken.fill(1, broken.length - 8);

  expect([unpack(broken), why.length]).toEqual([undefined, 0]);
  expect([unpack(broken), why.length]).toEqual([undefined, 1]);
});
