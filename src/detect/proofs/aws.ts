import type { Proof } from './proof.js';

const SHAPE = /^(?:AKIA|ASIA|ABIA|ACCA)([A-Z2-7]{16})$/;
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * The account in an AWS access key id, 12 digits; undefined for ids made before about 2019, which hold none.
 * After the prefix stand 80 bits in base32: one that is set, 40 for the account, 39 for the key. AWS tells the account
 * (`aws sts get-access-key-info`) but not the rule, which is known from
 * https://medium.com/@TalBeerySec/a-short-note-on-aws-key-id-f88cc4317489
 */
export function awsAccount(keyId: string): string | undefined {
  const body = SHAPE.exec(keyId)?.[1];
  if (body === undefined) return undefined;
  // 9 digits are 45 bits: one that marks ids with an account, 40 for the account, and 4 that belong to the key.
  let bits = 0;
  for (const digit of body.slice(0, 9)) bits = bits * 32 + BASE32.indexOf(digit);
  const marked = Math.floor(bits / 2 ** 4);
  if (marked < 2 ** 40) return undefined;
  const account = String(marked - 2 ** 40).padStart(12, '0');
  return account.length === 12 ? account : undefined;
}

/** Holds where an account can be read. Nothing fails: the rule is not documented, and older ids do not follow it. */
export function provesAwsAccount(value: string): Proof {
  return awsAccount(value) === undefined ? 'unknown' : 'holds';
}
