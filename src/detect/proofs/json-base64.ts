import { decodeJsonObject } from './base64.js';
import type { Proof } from './proof.js';

// `{"`, `{ "`, `{` and a line end, `{}`: how a JSON object begins in base64, after a prefix such as `glc_`.
const START = /^[\w:.+-]{0,40}?(?=ey[AIJ]|ew[0ok]|e30)/;

/** A value that is base64 or base64url of a JSON object, with or without a prefix before it and `_…` after it. */
export function provesJsonBase64(value: string): Proof {
  const prefix = START.exec(value)?.[0];
  if (prefix === undefined) return 'fails';
  const data = value.slice(prefix.length);
  // Some issuers put an underscore and more behind it, padded or not.
  const candidates = [data, /^[^=]+/.exec(data)?.[0], /^.+(?=_)/.exec(data)?.[0]];
  const isJson = candidates.some((text) => text !== undefined && decodeJsonObject(text) !== undefined);
  return isJson ? 'holds' : 'fails';
}
