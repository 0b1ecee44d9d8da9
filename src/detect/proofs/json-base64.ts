import { decodeJsonObject } from './base64.js';
import type { Proof } from './proof.js';

// `{"`, `{ "`, `{` and a line end, `{}`: how a JSON object begins in base64, after a prefix such as `glc_`.
const START = /^[\w:.+-]{0,40}?(?=ey[AIJ]|ew[0ok]|e30)/;

/** A value that is base64 or base64url of a JSON object, with or without a prefix before it and `_…` after it. */
export function provesJsonBase64(value: string): Proof {
  const prefix = START.exec(value)?.[0];
  if (prefix === undefined) return 'fails';
  const data = value.slice(prefix.length);
  const padded = data.indexOf('=');
  const underscore = data.lastIndexOf('_');
  // Some issuers put an underscore and more behind it, padded or not.
  const candidates = [data, data.slice(0, padded), data.slice(0, underscore)];
  const isJson = candidates.some((text) => text.length >= 8 && decodeJsonObject(text) !== undefined);
  return isJson ? 'holds' : 'fails';
}
