import { expect, test } from '@jest/globals';
import { provesOpensshKey, provesPemKey } from '../../../src/detect/proofs/pem.js';
import { grow, makerNames } from '../../support/sample.js';

const keys = makerNames.filter((name) => /^(?!base64).*(?:pem|openssh|pgp)/.test(name));

// How people write a key down, each from the lines of the key.
const writings: ReadonlyArray<readonly [string, (lines: readonly string[]) => string]> = [
  ['with CRLF', (lines) => lines.join('\r\n')],
  ['with \\n', (lines) => lines.join('\\n')],
  ['with \\\\n', (lines) => lines.join('\\\\n')],
  ['with \\r\\n', (lines) => lines.join('\\r\\n')],
  ['with \\u000a', (lines) => lines.join('\\u000a')],
  ['with &#10;', (lines) => lines.join('&#10;')],
  ['encoded for a URL', (lines) => encodeURIComponent(lines.join('\n')).replace(/%20/g, ' ')],
  ['indented', (lines) => lines.map((line) => `        ${line}`).join('\n')],
  ['in a comment', (lines) => lines.map((line) => `// ${line}`).join('\n')],
  ['in a block comment', (lines) => lines.map((line) => ` * ${line}`).join('\n')],
  ['quoted in a mail', (lines) => lines.map((line) => `> ${line}`).join('\n')],
  ['as strings joined by +', (lines) => lines.map((line) => `"${line}\\n"`).join(' +\n')],
  ['as strings joined by + without blanks', (lines) => lines.map((line) => `'${line}\\n'`).join('+')],
  ['as strings joined by .', (lines) => lines.map((line) => `'${line}' . "\\n"`).join(' .\n')],
  ['as a list of strings', (lines) => lines.map((line) => `  "${line}",`).join('\n')],
  ['as lines with a backslash at the end', (lines) => lines.join('\\n\\\n')],
  ['as added lines of a diff', (lines) => lines.map((line) => `+${line}`).join('\n')],
  ['as removed lines of a diff', (lines) => lines.map((line) => `-${line}`).join('\n')],
];

for (const key of keys) {
  test.each(writings)(`a key of the maker ${key} written %s is proven`, (_, write) => {
    const lines = grow(`{{maker:${key}}}`).trimEnd().split('\n');

    expect(provesPemKey(write(lines))).toBe('holds');
  });
}

test.each(['rsa-pem', 'ec-pem', 'openssh'])('a key of the maker %s on one line with blanks is proven', (key) => {
  expect(provesPemKey(grow(`{{maker:${key}}}`).trim().replaceAll('\n', ' '))).toBe('holds');
});

test.each([
  ['dots', '...'],
  ['a beginning and dots', 'MIIEpAIBAAKCAQEA...'],
  ['nothing', ''],
  ['one letter', 'x'.repeat(1600)],
  ['a right beginning and one letter', `MIIEpAIBAAKCAQEA${'x'.repeat(1576)}`],
  ['a variable', '$PRIVATE_KEY'],
  ['a sentence', 'Put here the key that you have downloaded from the console of your provider'],
  [
    'random base64',
    'T2v9'.concat(Buffer.from(Array.from({ length: 600 }, (_, index) => (index * 167) % 251)).toString('base64')),
  ],
])('a key of %s is called false', (_, body) => {
  expect(provesPemKey(armour('RSA PRIVATE KEY', body))).toBe('fails');
});

test('a key with a piece taken out of the middle is called false', () => {
  const key = grow('{{maker:rsa-pem}}');

  expect(provesPemKey(`${key.slice(0, 400)}${key.slice(600)}`)).toBe('fails');
});

test('an encrypted key whose data begins with + is proven', () => {
  const data = `+${grow('{{base64:63}}')}\n${grow('{{base64:64}}')}`;
  const headers = `Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,${grow('{{HEX:32}}')}`;

  expect(provesPemKey(armour('RSA PRIVATE KEY', `${headers}\n\n${data}`))).toBe('holds');
});

test('a key cut off before its END line is not called false', () => {
  expect(provesPemKey(grow('{{maker:rsa-pem}}').slice(0, 800))).toBe('unknown');
});

test('an OpenSSH key under the label of another kind is called false', () => {
  expect(provesPemKey(grow('{{maker:openssh}}').replaceAll('OPENSSH ', 'RSA '))).toBe('fails');
});

test('an unencrypted OpenSSH key whose two check numbers differ is not proven', () => {
  const body = grow('{{maker:openssh}}').replace(/-----[A-Z ]{1,40}-----|\n/g, '');
  const bytes = Buffer.from(body, 'base64');
  // Magic word, three strings, the number of keys, the public key, and the length of the private part: 98 bytes.
  bytes.writeUInt8(bytes.readUInt8(98) ^ 1, 98);

  expect(provesOpensshKey(body)).toBe('holds');
  expect(provesOpensshKey(bytes.toString('base64'))).toBe('unknown');
});

test('a public key and a certificate are no private keys', () => {
  expect(provesPemKey(armour('PUBLIC KEY', 'MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A'))).toBe('unknown');
  expect(provesPemKey(armour('CERTIFICATE', 'MIIDdzCCAl+gAwIBAgIEAgAAuTANBgkq'))).toBe('unknown');
});

test('of other keys the proof for OpenSSH keys knows nothing', () => {
  expect(provesOpensshKey(grow('{{maker:rsa-pem}}'))).toBe('unknown');
});

function armour(label: string, body: string): string {
  return `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----`;
}
