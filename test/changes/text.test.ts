import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decode, decodeLike, encodingOf } from '../../src/changes/text.js';

const token = `SECRET=${'Ab1'.repeat(12)}`;
const le = (text: string): Buffer => Buffer.from(text, 'utf16le');
const be = (text: string): Buffer => le(text).swap16();
const utf32 = (text: string, end: 'le' | 'be'): Buffer => {
  const points = Uint32Array.from(Array.from(text, (char) => char.codePointAt(0) ?? 0));
  return end === 'le' ? Buffer.from(points.buffer) : Buffer.from(points.buffer).swap32();
};
const marks = { le: Buffer.from([0xff, 0xfe]), be: Buffer.from([0xfe, 0xff]), utf8: Buffer.from([0xef, 0xbb, 0xbf]) };

// Any text that UTF-8 can write down. Printable pairs of bytes in a long row would be taken for ASCII: see below.
const text = fc.string({
  unit: fc.oneof(
    fc.constantFrom('\n', '\r\n', '=', 'a', 'Z', '9', 'é', '中', '😀'),
    fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
  ),
});
const ascii = fc.string({ unit: fc.constantFrom(...'abcXYZ019_-= \t\n'), minLength: 12, maxLength: 300 });

describe('with a byte order mark', () => {
  test('UTF-16 gives its text, without the mark', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(String(decode(Buffer.concat([marks.le, le(value)])))).toBe(value.replace(/^\ufeff/, ''));
        expect(String(decode(Buffer.concat([marks.be, be(value)])))).toBe(value.replace(/^\ufeff/, ''));
      }),
    );
  });

  test('UTF-32 gives its text, without the mark', () => {
    fc.assert(
      fc.property(text, (value) => {
        expect(String(decode(utf32(`\ufeff${value}`, 'le')))).toBe(value.replace(/^\ufeff/, ''));
        expect(String(decode(utf32(`\ufeff${value}`, 'be')))).toBe(value.replace(/^\ufeff/, ''));
      }),
    );
  });

  test('UTF-32 with something else in it keeps all ASCII', () => {
    for (const end of ['le', 'be'] as const) {
      for (const appended of [`${token}\n`, `${token}ab\n`, `é ${token}`]) {
        const bytes = Buffer.concat([utf32('\ufeffone\n', end), Buffer.from(appended), utf32('two two\n', end)]);

        expect(String(decode(bytes))).toContain(token);
      }
    }
  });

  test('UTF-8 gives its text, without the mark', () => {
    expect(String(decode(Buffer.concat([marks.utf8, Buffer.from('é\n')])))).toBe('é\n');
  });
});

describe('without a byte order mark', () => {
  test('UTF-16 of mostly ASCII gives its text', () => {
    fc.assert(
      fc.property(ascii, (value) => {
        expect(String(decode(le(value)))).toBe(value);
        expect(String(decode(be(value)))).toBe(value);
      }),
    );
  });

  test('UTF-16 with other letters in it gives its text', () => {
    const value = `# Пароль для сервера, 密码\r\n${token}\r\n`;

    expect(String(decode(le(value)))).toBe(value);
    expect(String(decode(be(value)))).toBe(value);
  });

  test('everything without a NUL stays as it is, not even copied', () => {
    fc.assert(
      fc.property(fc.uint8Array({ min: 1, maxLength: 500 }), (array) => {
        const bytes = Buffer.from(array);
        fc.pre(encodingOf(bytes) === 'bytes');

        expect(decode(bytes)).toBe(bytes);
      }),
    );
  });

  test('a single NUL, and NULs in a row, stay', () => {
    for (const value of ['old\nnew\0\n', `a\0${token}\n`, `\0\0\0\0${token}\0\0\0\0`]) {
      expect(String(decode(Buffer.from(value)))).toBe(value);
    }
  });
});

describe('mixed bytes', () => {
  const noise = Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * 89 + (index >> 3)) & 0xff));

  test.each([
    ['UTF-16LE', le(token)],
    ['UTF-16BE', be(token)],
    ['UTF-32LE', Buffer.from([...token].flatMap((char) => [char.charCodeAt(0), 0, 0, 0]))],
    ['UTF-32BE', Buffer.from([...token].flatMap((char) => [0, 0, 0, char.charCodeAt(0)]))],
  ])('a text in %s inside a binary file is found', (_, wide) => {
    const decoded = decode(Buffer.concat([noise, wide, noise])).toString('latin1');

    expect(decoded).toContain(token.slice(1)); // the first character may belong to the bytes before it
  });

  test.each([
    ['UTF-16LE', Buffer.concat([marks.le, le('one\r\n')]), le],
    ['UTF-16BE', Buffer.concat([marks.be, be('one\r\n')]), be],
  ])('ASCII that is appended to a %s file is found, and what follows it too', (_, head, wide) => {
    for (const appended of [`${token}\n`, `${token}x\n`]) {
      const decoded = String(decode(Buffer.concat([head, Buffer.from(appended), wide('two\r\n')])));

      expect(decoded).toBe(`one\r\n${appended}two\r\n`);
    }
  });

  test('UTF-32 with a byte order mark is not taken for UTF-16', () => {
    const wide = Buffer.from(
      [...`\ufeff${token}`].flatMap((char) => [char.charCodeAt(0) & 255, char.charCodeAt(0) >> 8, 0, 0]),
    );

    expect(decode(wide).toString('latin1')).toContain(token);
  });

  test('line feeds count as before', () => {
    const bytes = Buffer.concat([noise, le(`a line\n${token}\n`), noise]);
    const count = (value: Buffer): number => value.filter((byte) => byte === 0x0a).length;

    expect(count(decode(bytes))).toBe(count(bytes));
  });

  test('never fails, and never drops ASCII that stands in a row', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 300 }), (before, after) => {
        const bytes = Buffer.concat([Buffer.from(before), Buffer.from(`\n${token}\n`), Buffer.from(after)]);

        expect(decode(bytes).toString('latin1')).toContain(token);
      }),
      { numRuns: 500 },
    );
  });

  test('rows of NULs stay as they are', () => {
    const bytes = Buffer.concat([Buffer.alloc(100_000), Buffer.from(token), Buffer.alloc(100_000)]);

    expect(decode(bytes).equals(bytes)).toBe(true);
  });
});

test('a short older version is read in the encoding of the newer one', () => {
  expect(String(decodeLike(le('a=1\n'), 'utf16le'))).toBe('a=1\n');
  expect(String(decodeLike(Buffer.from('a=1\n'), 'utf16le'))).toBe('a=1\n');
  expect(String(decodeLike(Buffer.concat([marks.be, be('a=1\n')]), 'utf16le'))).toBe('a=1\n');
});
