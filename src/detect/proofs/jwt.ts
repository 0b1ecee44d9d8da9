import { decodeJsonObject, type JsonObject } from './base64.js';
import type { Proof } from './proof.js';

/** The claims that tell one issuer's tokens from another's; undefined where absent or of another type. */
export interface JwtClaims {
  readonly alg: string;
  readonly iss: string | undefined;
  readonly role: string | undefined;
  /** Seconds since 1970. */
  readonly exp: number | undefined;
}

/**
 * A JSON Web Token is header, claims and signature, each in base64url: https://www.rfc-editor.org/rfc/rfc7519.
 * One with `alg: none` is signed by nobody. Five parts are an encrypted token, of which only the header can be read.
 */
export function provesJwt(value: string): Proof {
  const [head, body, signature, ...more] = value.split('.', 6);
  if (head === undefined || body === undefined || signature === undefined) return 'fails';
  const { alg }: JsonObject = decodeJsonObject(head) ?? {};
  if (typeof alg !== 'string') return 'fails';
  if (more.length > 0) return 'unknown';
  const claims = decodeJsonObject(body);
  if (claims === undefined || alg.toLowerCase() === 'none' || signature === '') return 'fails';
  return isTutorial(claims) ? 'fails' : 'holds';
}

/** What a token says of itself, without any check of its signature; undefined where it is no token. */
export function jwtClaims(value: string): JwtClaims | undefined {
  const [head = '', body = ''] = value.split('.', 3);
  const { alg }: JsonObject = decodeJsonObject(head) ?? {};
  const claims = decodeJsonObject(body);
  if (claims === undefined || typeof alg !== 'string') return undefined;
  const { iss, role, exp } = claims;
  return { alg, iss: stringOf(iss), role: stringOf(role), exp: typeof exp === 'number' ? exp : undefined };
}

// The sample of https://jwt.io, which stands in more documentation than any real token.
function isTutorial({ sub, name }: JsonObject): boolean {
  return sub === '1234567890' && name === 'John Doe';
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
