import { expect, test } from '@jest/globals';
import { provesDataCenterToken } from '../../../src/detect/proofs/atlassian.js';
import { decodeBase64, decodeJsonObject } from '../../../src/detect/proofs/base64.js';
import { provesDiscord } from '../../../src/detect/proofs/discord.js';
import { provesJsonBase64 } from '../../../src/detect/proofs/json-base64.js';
import { provesPypi } from '../../../src/detect/proofs/pypi.js';
import { grow } from '../../support/sample.js';

test.each([
  ['aGk=', 'hi'],
  ['aGk', 'hi'],
  ['Pz8_', '???'],
  ['Pz8/', '???'],
  ['', ''],
])('base64 %j is %j', (text, decoded) => {
  expect(decodeBase64(text)?.toString()).toBe(decoded);
});

test.each(['a', 'aGk=x', 'a-b/', 'aGk ', 'aGk===', 'ä'])('%j is no base64', (text) => {
  expect(decodeBase64(text)).toBeUndefined();
});

test.each(['[1]', '"text"', '7', 'null', '{', ''])('%j is no JSON object', (json) => {
  expect(decodeJsonObject(Buffer.from(json).toString('base64'))).toBeUndefined();
});

// The id that Discord's reference decodes: https://docs.discord.com/developers/reference#snowflakes
test('a Discord token that begins with an id of today is proven', () => {
  expect(provesDiscord(discord('175928847299117063'))).toBe('holds');
});

test.each([
  ['letters', 'billing-bot-two-00'],
  ['too few digits', '1234567890123456'],
  ['a moment after 2060', '9175928847299117063'],
])('a Discord token that begins with %s is called false', (_, id) => {
  expect(provesDiscord(discord(id))).toBe('fails');
});

test('a Discord token of another shape carries no proof', () => {
  expect(provesDiscord(grow('mfa.{{base64url:84}}'))).toBe('unknown');
});

test.each(['pypi', 'testpypi'])('a token of the maker %s begins as the provider says', (maker) => {
  const start = maker === 'pypi' ? 'pypi-AgEIcHlwaS5vcmc' : 'pypi-AgENdGVzdC5weXBpLm9yZw';

  expect(grow(`{{maker:${maker}}}`).startsWith(start)).toBe(true);
});

test('a PyPI token that was cut or lengthened is called false', () => {
  const token = grow('{{maker:pypi}}');

  expect(provesPypi(token.slice(0, -4))).toBe('fails');
  expect(provesPypi(`${token}AAAA`)).toBe('fails');
  expect(provesPypi(`pypi-AgEIcHlwaS5vcmc${'A'.repeat(180)}`)).toBe('fails');
});

test('a PyPI token of another macaroon version is not called false', () => {
  expect(provesPypi(grow('pypi-{{base64url:160}}').replace(/^pypi-./, 'pypi-B'))).toBe('unknown');
});

test('a Data Center token is proven with and without the prefix of Bitbucket', () => {
  const token = grow('{{maker:data-center}}');

  expect(provesDataCenterToken(token)).toBe('holds');
  expect(provesDataCenterToken(`BBDC-${token}`)).toBe('holds');
});

test('random base64 is not proven to be a Data Center token, nor called false', () => {
  const random = grow('{{base64bytes:33}}');

  expect(provesDataCenterToken(random)).toBe('unknown');
  expect(provesDataCenterToken(`BBDC-${random}`)).toBe('unknown');
});

const json = '{"k":"v","n":"billing","id":1}';

test.each([
  ['alone', (data: string) => data],
  ['after a prefix', (data: string) => `glc_${data}`],
  ['without padding', (data: string) => data.replaceAll('=', '')],
  ['with an underscore and more behind it', (data: string) => `sntrys_${data}_q8Zr4TkP2v`],
  [
    'with an underscore and more behind it, without padding',
    (data: string) => `${data.replaceAll('=', '')}_q8Zr4TkP2v`,
  ],
])('a JSON object in base64 %s is proven', (_, write) => {
  for (const text of [json, `${json} `, `${json}  `, JSON.stringify(JSON.parse(json), undefined, 2)]) {
    expect(provesJsonBase64(write(Buffer.from(text).toString('base64')))).toBe('holds');
  }
});

test.each([
  ['cut JSON', Buffer.from(json.slice(0, 20)).toString('base64')],
  ['a list', Buffer.from(`[${json}]`).toString('base64')],
  ['random base64', 'c2VydmVyIHNpZGU6IG5vIG9iamVjdA=='],
  ['a beginning and filler', `glc_eyJ${'x'.repeat(60)}`],
])('%s is called false', (_, value) => {
  expect(provesJsonBase64(value)).toBe('fails');
});

function discord(id: string): string {
  return `${Buffer.from(id).toString('base64url')}${grow('.G{{base64url:5}}.{{base64url:38}}')}`;
}
