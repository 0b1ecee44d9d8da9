import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bech32Checksum, provesAge } from '../../../src/detect/proofs/age.js';
import { awsAccount, provesAwsAccount } from '../../../src/detect/proofs/aws.js';
import { toBase62 } from '../../../src/detect/proofs/base62.js';
import { crc32, crc32Hex } from '../../../src/detect/proofs/crc32.js';
import { provesGithub } from '../../../src/detect/proofs/github.js';
import { provesGitlab } from '../../../src/detect/proofs/gitlab.js';
import { provesGrafana } from '../../../src/detect/proofs/grafana.js';
import { grow, seed } from '../../support/sample.js';

test('crc32 gives the check value that its catalogue lists', () => {
  expect(crc32Hex('123456789')).toBe('cbf43926');
  expect(crc32('')).toBe(0);
});

test('crc32 agrees with zlib on any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(crc32(text)).toBe(gzipSync(text).readUInt32LE(gzipSync(text).length - 8));
    }),
    { seed },
  );
});

test.each([
  [0, '000000'],
  [61, '00000z'],
  [62, '000010'],
  [0xffffffff, '4gfFC3'],
])('%d in base 62 is %s', (value, text) => {
  expect(toBase62(value, 6)).toBe(text);
});

// Published by their owner after they had expired: https://gist.github.com/coolaj86/eb8cddfd3e4251258712dfed03e1f86d,
// and a dummy that npm's format was explained with. They are written in parts, so that no scanner takes them for live.
test.each([
  ['GitHub', ['gh', 'p_', 'zQWBuTSOoRi4A9s', 'pHcVY5ncnsDkxkJ', '0mLq17']],
  ['npm', ['np', 'm_', 'qkJaB6MffYVzZXW', 'qmcoF49yrUxP3wf', '0LsakP']],
])('the published %s token is proven, and no longer so in another case', (_, parts) => {
  expect(provesGithub(parts.join(''))).toBe('holds');
  expect(provesGithub(parts.join('').replace('Lsa', 'lsa').replace('mLq', 'mlq'))).toBe('fails');
});

test.each([
  ['a fine-grained token', 'github_pat_{{base62:22}}_{{base62:59}}'],
  ['a stateless installation token', 'ghs_{{digits:7}}_{{maker:jwt}}'],
  ['a refresh token', 'ghr_{{base62:76}}'],
  ['a token of before 2021', '{{hex:40}}'],
])('of %s GitHub tells no checksum', (_, template) => {
  expect(provesGithub(grow(template))).toBe('unknown');
});

// The vectors of https://github.com/grafana/grafana/blob/main/pkg/components/satokengen/tokengen_test.go
test('the token in the tests of Grafana is proven', () => {
  expect(provesGrafana(['gl', 'sa_', 'yscW25imSKJIuav8', 'zF37RZmnbiDvB05G', '_fcaaf58a'].join(''))).toBe('holds');
  expect(provesGrafana(['gl', 'sa_', 'yscW25imSKJIuav8', 'zF37RZmnbiDvB05G', '_8af5aafc'].join(''))).toBe('fails');
});

test.each([
  ['without a version', 'glpat-{{base64url:40}}.{{lowernum:9}}'],
  ['with a version', 'glpat-{{base64url:40}}.01.{{lowernum:9}}'],
  ['of a runner', 'glrt-t1_{{base64url:60}}.01.{{lowernum:9}}'],
])('a routable GitLab token %s is proven', (_, template) => {
  expect(provesGitlab(grow(template, { proof: 'gitlab-routable' }))).toBe('holds');
});

test('a GitLab token whose checksum may take in a prefix of the instance is not called false', () => {
  const token = grow('{{maker:gitlab-routable}}');
  const last = token.endsWith('z') ? 'y' : 'z';

  expect(provesGitlab(`${token.slice(0, -1)}${last}`)).toBe('unknown');
});

test('a short GitLab token carries no proof', () => {
  expect(provesGitlab(grow('glpat-{{base64url:20}}'))).toBe('unknown');
});

// Published with the account: https://awsteele.com/blog/2020/09/26/aws-access-key-format.html
test('an AWS key id of today names its account', () => {
  const keyId = ['ASIA', 'Y34FZKBO', 'KMUTVV7A'].join('');

  expect(awsAccount(keyId)).toBe('609629065308');
  expect(provesAwsAccount(keyId)).toBe('holds');
});

test.each([
  ['the id in the documentation of AWS', ['AKIA', 'IOSFODNN7', 'EXAMPLE']],
  ['an id of the older kind', ['AKIA', 'JQ2XKDPY', 'ZT5RM3WB']],
  ['an account of 13 digits', ['AKIA', '7777ZKBO', 'KMUTVV7A']],
  ['a digit that base32 has not', ['AKIA', 'Y34F1KBO', 'KMUTVV7A']],
])('%s is neither proven nor false', (_, parts) => {
  expect(provesAwsAccount(parts.join(''))).toBe('unknown');
});

// https://github.com/bitcoin/bips/blob/master/bip-0173.mediawiki#test-vectors
test.each([
  ['a', '2UEL5L', true],
  ['abcdef', 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LMQQQXW', true],
  ['1', 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L', false],
  ['a', '2UEL5Q', false],
])('the Bech32 checksum of %s1%s is right: %s', (prefix, data, isRight) => {
  expect(bech32Checksum(prefix, data) === 1).toBe(isRight);
});

test('an age identity is proven in upper and in lower case, but not in both', () => {
  const identity = grow('{{maker:age}}');

  expect(provesAge(identity)).toBe('holds');
  expect(provesAge(identity.toLowerCase())).toBe('holds');
  expect(provesAge(identity.replace('AGE', 'age'))).toBe('fails');
});

test.each([
  ['a cut identity', (identity: string) => identity.slice(0, -1), 'fails'],
  ['an identity with a foreign letter', (identity: string) => `${identity.slice(0, -1)}B`, 'fails'],
  ['an identity of a plugin', (identity: string) => identity.replace('SECRET-KEY', 'PLUGIN-YUBIKEY'), 'unknown'],
])('%s is not proven', (_, change, proof) => {
  expect(provesAge(change(grow('{{maker:age}}')))).toBe(proof);
});
