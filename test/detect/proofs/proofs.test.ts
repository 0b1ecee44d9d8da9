import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ProofName } from '../../../src/detect/detector.js';
import { proofs } from '../../../src/detect/proofs/proofs.js';
import { broken, grow, makerNames, seed } from '../../support/sample.js';

const templates: Readonly<Record<ProofName, string>> = {
  'age-bech32': '{{maker:age}}',
  'atlassian-crc32': 'ATATT3xFfGF0{{base64url:171}}={{HEX:8}}',
  'aws-account': 'AKIA{{base32:16}}',
  'bitbucket-app-password': 'ATBB{{alnum:24}}{{HEX:8}}',
  'cloudflare-crc32': 'cfut_{{alnum:40}}{{hex:8}}',
  'data-center-token': '{{maker:data-center}}',
  'discord-bot-id': '{{maker:discord-bot}}',
  'github-crc32': 'ghp_{{base62:36}}',
  'gitlab-routable': 'glpat-{{base64url:40}}.01.{{lowernum:9}}',
  'grafana-crc32': 'glsa_{{alnum:32}}_{{hex:8}}',
  'json-base64': 'glc_eyJ{{base64:80}}',
  jwt: '{{maker:jwt}}',
  'openssh-key': '{{maker:openssh}}',
  'pem-key': '{{maker:pkcs8-pem}}',
  'pypi-macaroon': '{{maker:pypi}}',
  'vercel-crc32': 'vcp_{{base62:56}}',
};

// Their issuers do not document the rule, so that only a value that follows it tells anything.
const neverFail: readonly ProofName[] = [
  'atlassian-crc32',
  'aws-account',
  'bitbucket-app-password',
  'cloudflare-crc32',
  'data-center-token',
  'vercel-crc32',
];

// Those that sum every character.
const checksums: readonly ProofName[] = [
  'age-bech32',
  'atlassian-crc32',
  'bitbucket-app-password',
  'cloudflare-crc32',
  'github-crc32',
  'grafana-crc32',
  'vercel-crc32',
];

const names = proofNames();

test.each(names)('%s holds for a value that is sealed under it', (name) => {
  for (let count = 0; count < 50; count++) {
    const value = grow(templates[name], { proof: name });

    expect(proofs[name](value)).toBe('holds');
  }
});

test.each(names)('%s does not hold for a broken value', (name) => {
  const value = broken(grow(templates[name], { proof: name }), name);

  const proof = proofs[name](value);

  expect(proof).toBe(neverFail.includes(name) ? 'unknown' : 'fails');
});

test.each(checksums)('%s does not hold once any one character is changed', (name) => {
  const value = grow(templates[name], { proof: name });

  for (let index = 0; index < value.length; index++) {
    const other = value.charAt(index) === 'Q' ? 'A' : 'Q';

    expect(proofs[name](`${value.slice(0, index)}${other}${value.slice(index + 1)}`)).not.toBe('holds');
  }
});

test.each(names)('%s never holds for random text, and never throws', (name) => {
  const text = fc.oneof(fc.string(), fc.string({ unit: 'binary' }), fc.base64String(), fc.json());

  fc.assert(
    fc.property(text, fc.constantFrom('', ...prefixes()), (value, prefix) => {
      // A decodable JSON object is what json-base64 looks for: `{}` is one.
      if (name !== 'json-base64') expect(proofs[name](`${prefix}${value}`)).not.toBe('holds');
      else proofs[name](`${prefix}${value}`);
    }),
    { numRuns: 500, seed },
  );
});

// Linear functions need a few milliseconds, a quadratic one minutes.
test.each(names)('%s answers in linear time, whatever it is given', (name) => {
  const size = 100_000;
  const units = [
    'A',
    '=',
    '.',
    '_',
    '-',
    '\\',
    '+',
    '0',
    'e',
    '%0A',
    'eyJ',
    'MII',
    '-----BEGIN ',
    'A=',
    '+\n',
    '[',
    '\u{1f600}',
  ];
  const started = performance.now();

  for (const prefix of ['', ...prefixes()]) {
    for (const unit of units) proofs[name](`${prefix}${unit.repeat(size / unit.length)}!`);
  }

  expect(performance.now() - started).toBeLessThan(10_000);
});

test.each([
  ['rsa-pem', 'pem-key'],
  ['rsa-encrypted-pem', 'pem-key'],
  ['ec-pem', 'pem-key'],
  ['ed25519-pem', 'pem-key'],
  ['pkcs8-encrypted-pem', 'pem-key'],
  ['openssh', 'pem-key'],
  ['openssh-encrypted', 'openssh-key'],
  ['pgp-private', 'pem-key'],
  ['base64-pem', 'pem-key'],
  ['gcp-service-account', 'pem-key'],
  ['testpypi', 'pypi-macaroon'],
  ['gitlab-routable', 'gitlab-routable'],
  ['json-base64', 'json-base64'],
] as const)('what the maker %s makes is proven by %s', (maker, name) => {
  expect(makerNames).toContain(maker);
  expect(proofs[name](grow(`{{maker:${maker}}}`))).toBe('holds');
});

function prefixes(): readonly string[] {
  const begin = (label: string) => `-----BEGIN ${label}-----\n`;
  return [
    'ghp_',
    'glpat-',
    'ATATT3',
    'ATBB',
    'cfut_',
    'glsa_',
    'vcp_',
    'AKIA',
    'pypi-AgEI',
    'eyJhbGciOiJIUzI1NiJ9.',
  ].concat(
    ['AGE-SECRET-KEY-1', 'BBDC-', 'glc_eyJ', 'LS0tLS1CRUdJTi'],
    ['RSA PRIVATE KEY', 'PRIVATE KEY', 'OPENSSH PRIVATE KEY', 'PGP PRIVATE KEY BLOCK'].map(begin),
  );
}

function proofNames(): readonly ProofName[] {
  const isName = (key: string): key is ProofName => key in templates;
  return Object.keys(proofs).filter(isName);
}
