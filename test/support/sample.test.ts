import { createPrivateKey } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { alphabets, broken, grow, looksLikePlaceholder, makerNames, randomFrom, seal, seed } from './sample.js';

test('literal text stays as it is', () => {
  expect(grow('sk_test_ $1 {not} {{digits:1}}')).toMatch(/^sk_test_ \$1 \{not\} \d$/);
});

test.each([...alphabets])('{{%s:…}} draws from its alphabet and from all of it', (name, alphabet) => {
  const drawn = new Set(Array.from({ length: 200 }, () => grow(`{{${name}:12}}`)).join(''));

  expect([...drawn].sort()).toEqual([...alphabet].sort());
});

test('a range gives each of its lengths', () => {
  const lengths = new Set(Array.from({ length: 200 }, () => grow('{{hex:20-24}}').length));

  expect([...lengths].sort()).toEqual([20, 21, 22, 23, 24]);
});

test('a UUID has version 4', () => {
  expect(grow('{{uuid}}')).toMatch(/^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
});

test.each([
  ['{{base64bytes:32}}', /^[\w+/]{43}=$/],
  ['{{base64urlbytes:32}}', /^[\w-]{43}$/],
])('%s pads as its encoding does', (template, shape) => {
  expect(grow(template)).toMatch(shape);
});

test.each(['{{hexx:4}}', '{{hex}}', '{{maker:unknown}}', '{{hex:}}', '{{uuid:3}}'])(
  '%s is an error that names it',
  (field) => {
    expect(() => grow(field)).toThrow(field);
  },
);

test('one seed always grows the same value, another seed another', () => {
  const grown = (start: number) => grow('{{base62:40}} {{maker:jwt}}', { random: randomFrom(start) });

  expect(grown(7)).toBe(grown(7));
  expect(grown(7)).not.toBe(grown(8));
});

test('two values of one template differ', () => {
  expect(grow('{{base62:30}}')).not.toBe(grow('{{base62:30}}'));
});

test.each([
  'aaaaQ7rT',
  'Qabcde9z',
  '12345',
  'uTeStQ9z',
  'FAKE',
  'Z9exampleQ',
  'q7dummy4',
  '0101010101010101',
  'aabbaabbaabbaabbaabb',
  'deadbeefdeadbeefdeadbeef',
])('%s looks like a placeholder', (value) => {
  expect(looksLikePlaceholder(value)).toBe(true);
});

test.each([
  '{{hex:32}}',
  '{{digits:12}}',
  '{{base62:40}}',
  '{{base64:88}}',
  '{{uuid}}',
  '{{lowernum:26}}',
  '{{base64url:600}}',
])('what %s draws never looks like a placeholder', (template) => {
  for (let count = 0; count < 300; count++) expect(looksLikePlaceholder(grow(template))).toBe(false);
});

test('a draw that can only look like a placeholder is an error with the seed', () => {
  expect(() => grow('{{hex:32}}', { random: () => 0 })).toThrow(`seed ${seed}`);
});

test('a template that can never pass its proof is an error with the seed', () => {
  expect(() => grow('ghp_{{base62:20}}', { proof: 'github-crc32' })).toThrow(`seed ${seed}`);
});

test('a value that is proven already stays as it is when sealed', () => {
  const token = grow('npm_{{base62:36}}', { proof: 'github-crc32' });

  expect(seal('github-crc32', token)).toBe(token);
});

test('a broken value has the length and prefix of the value', () => {
  const token = grow('ghp_{{base62:36}}', { proof: 'github-crc32' });

  expect(broken(token, 'github-crc32')).toMatch(/^ghp_[\dA-Za-z]{36}$/);
  expect(broken(token, 'github-crc32')).not.toBe(token);
});

test.each(['rsa-pem', 'ec-pem', 'pkcs8-pem', 'ed25519-pem'])('%s is a key that Node can read', (maker) => {
  expect(createPrivateKey(grow(`{{maker:${maker}}}`)).type).toBe('private');
});

test('a Google service account is JSON with a key that Node can read', () => {
  const account: unknown = JSON.parse(grow('{{maker:gcp-service-account}}'));

  expect(account).toMatchObject({ type: 'service_account', private_key: expect.stringContaining('PRIVATE') });
});

test('an RSA key in JWK has its private part', () => {
  expect(JSON.parse(grow('{{maker:jwk-rsa}}'))).toMatchObject({ kty: 'RSA', d: expect.any(String) });
});

test('every maker grows something in both ways of writing it', () => {
  for (const maker of makerNames) {
    expect(grow(`{{maker:${maker}}}`).length).toBeGreaterThan(40);
    expect(grow(`{{${maker}}}`).length).toBeGreaterThan(40);
  }
});
