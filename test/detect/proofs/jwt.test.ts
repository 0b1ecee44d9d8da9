import { expect, test } from '@jest/globals';
import { jwtClaims, provesJwt } from '../../../src/detect/proofs/jwt.js';
import { grow, jwtWith, randomFrom } from '../../support/sample.js';

const signature = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';

// https://www.rfc-editor.org/rfc/rfc7519#section-3.1
const rfcHeader = '{"typ":"JWT",\r\n "alg":"HS256"}';
const rfcClaims = '{"iss":"joe",\r\n "exp":1300819380,\r\n "http://example.com/is_root":true}';

test('the token in RFC 7519 is proven', () => {
  const token = jwt(rfcHeader, rfcClaims);

  expect(provesJwt(token)).toBe('holds');
  expect(jwtClaims(token)).toEqual({ alg: 'HS256', iss: 'joe', role: undefined, exp: 1300819380 });
});

test.each([
  ['has no signature', `${encode(rfcHeader)}.${encode(rfcClaims)}.`, 'fails'],
  ['is unsecured', jwt('{"alg":"none"}', rfcClaims), 'fails'],
  ['is unsecured in capitals', jwt('{"alg":"NONE"}', rfcClaims), 'fails'],
  ['has no algorithm', jwt('{"typ":"JWT"}', rfcClaims), 'fails'],
  ['has a header that is no JSON', jwt('{"alg":"HS256"', rfcClaims), 'fails'],
  ['has claims that are no object', jwt(rfcHeader, '["joe"]'), 'fails'],
  ['has claims that are filler', `${encode(rfcHeader)}.${'x'.repeat(80)}.${signature}`, 'fails'],
  ['has two parts', `${encode(rfcHeader)}.${encode(rfcClaims)}`, 'fails'],
  ['is empty', '', 'fails'],
  ['is the sample of the tutorials', jwt(rfcHeader, '{"sub":"1234567890","name":"John Doe"}'), 'fails'],
  ['is encrypted', `${encode('{"alg":"RSA-OAEP","enc":"A256GCM"}')}.QR8Owv2.48V1_ALb.5eym8TW_.XFBoMYUZ`, 'unknown'],
])('a token that %s is not proven', (_, token, proof) => {
  expect(provesJwt(token)).toBe(proof);
});

test('claims of another type than they should have are left out', () => {
  const token = jwt(rfcHeader, '{"iss":7,"role":["admin"],"exp":"never"}');

  expect(jwtClaims(token)).toEqual({ alg: 'HS256', iss: undefined, role: undefined, exp: undefined });
});

test('the role can be read from a grown token', () => {
  const token = jwtWith({ iss: 'supabase', role: 'service_role' }, randomFrom(1));

  expect(jwtClaims(token)?.role).toBe('service_role');
});

test('what is no token has no claims', () => {
  expect(jwtClaims(grow('{{base64url:40}}.{{base64url:40}}.{{base64url:43}}'))).toBeUndefined();
});

function jwt(header: string, claims: string): string {
  return `${encode(header)}.${encode(claims)}.${signature}`;
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}
