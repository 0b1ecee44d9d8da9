import type { ProofName } from '../../src/detect/detector.js';
import { isPlaceholder } from '../../src/detect/placeholder.js';
import { proofs } from '../../src/detect/proofs/proofs.js';
import { isMaker, make } from './makers.js';
import { between, type Random, randomBytes, randomText, seed, seeded } from './random.js';
import { seal } from './seal.js';

export { jwtWith, makerNames } from './makers.js';
export { randomFrom, seed } from './random.js';
export { broken, seal } from './seal.js';

/** How to grow: `proof` makes the value valid under it, `random` replaces the seeded source. */
export interface GrowOptions {
  readonly proof?: ProofName | undefined;
  readonly random?: Random | undefined;
}

const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
const DIGITS = '0123456789';

/** What may stand before the colon in `{{alphabet:length}}`. */
export const alphabets: ReadonlyMap<string, string> = new Map([
  ['hex', `${DIGITS}abcdef`],
  ['HEX', `${DIGITS}ABCDEF`],
  ['digits', DIGITS],
  ['lower', LOWER],
  ['upper', UPPER],
  ['alpha', `${UPPER}${LOWER}`],
  ['alnum', `${DIGITS}${UPPER}${LOWER}`],
  ['lowernum', `${DIGITS}${LOWER}`],
  ['uppernum', `${DIGITS}${UPPER}`],
  ['word', `${DIGITS}${UPPER}${LOWER}_`],
  ['base32', `${UPPER}234567`],
  ['base32lower', `${LOWER}234567`],
  ['base58', '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz'],
  ['base62', `${DIGITS}${UPPER}${LOWER}`],
  ['base64', `${UPPER}${LOWER}${DIGITS}+/`],
  // base64url without what looks alike, as Devise's friendly_token() draws: https://github.com/heartcombo/devise
  ['friendly', 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz123456789-_'],
  ['base64url', `${UPPER}${LOWER}${DIGITS}-_`],
  ['crockford', '0123456789abcdefghjkmnpqrstvwxyz'],
  ['CROCKFORD', '0123456789ABCDEFGHJKMNPQRSTVWXYZ'],
  ['bech32', 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'],
]);

const PLACEHOLDER = /test|fake|dummy|example|sample|secret|token|passw|change|todo|redact|foo|bar|xxx|(.)\1{3}/i;
const MAX_DRAWS = 10_000;

/**
 * Grows a secret-like value from a template: `{{base62:30}}`, `{{hex:20-40}}`, `{{base64bytes:32}}` (with `=`),
 * `{{base64urlbytes:32}}` (without), `{{uuid}}`, and whole values from makers: `{{maker:rsa-pem}}` or `{{rsa-pem}}`.
 * What it draws never looks like a placeholder. Samples are grown at test time so that no look-alike is committed.
 */
export function grow(template: string, options: GrowOptions = {}): string {
  const random = options.random ?? seeded;
  const draft = template.replace(/\{\{([^{}]{1,60})\}\}/g, (_, field: string) => fill(field, random));
  const { proof } = options;
  if (proof === undefined) return draft;
  const sealed = seal(proof, draft, random);
  if (proofs[proof](sealed) === 'holds') return sealed;
  throw new Error(`A sample of ${JSON.stringify(template)} does not pass its proof ${proof} (seed ${seed}).`);
}

function fill(field: string, random: Random): string {
  const maker = field.replace(/^maker:/, '');
  if (isMaker(maker)) return make(maker, random);
  const draw = drawer(field, random);
  for (let count = 0; count < MAX_DRAWS; count++) {
    const value = draw();
    if (!looksLikePlaceholder(value)) return value;
  }
  throw new Error(`Could not draw a value for {{${field}}} that looks random (seed ${seed}).`);
}

function drawer(field: string, random: Random): () => string {
  if (field === 'uuid') return () => uuid(random);
  const [, name = '', from, to] = /^([A-Za-z\d]+):(\d+)(?:-(\d+))?$/.exec(field) ?? [];
  const min = Number(from);
  const length = between(random, min, Number(to ?? min));
  if (name === 'base64bytes') return () => randomBytes(random, length).toString('base64');
  if (name === 'base64urlbytes') return () => randomBytes(random, length).toString('base64url');
  const alphabet = alphabets.get(name);
  if (alphabet === undefined)
    throw new Error(`{{${field}}} names no alphabet and no maker: see test/support/sample.ts.`);
  return () => randomText(random, alphabet, length);
}

/** Whether a drawn value could be taken for a dummy. Parts shorter than 8 are judged by their words and runs alone. */
export function looksLikePlaceholder(value: string): boolean {
  if (PLACEHOLDER.test(value) || hasAscendingRun(value) || isPlaceholder(value)) return true;
  return value.length >= 8 && bitsPerCharacter(value) < 0.75 * Math.log2(Math.min(value.length, variety(value)));
}

// The largest alphabet that a value can be drawn from, judged by the kinds of characters in it.
function variety(value: string): number {
  if (/^\d*$/.test(value)) return 10;
  if (/^[\da-f-]*$|^[\dA-F-]*$/.test(value)) return 16;
  return /^[\da-z]*$|^[\dA-Z]*$/.test(value) ? 32 : 64;
}

function bitsPerCharacter(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / value.length) * Math.log2(count / value.length);
  return bits;
}

function hasAscendingRun(value: string): boolean {
  let run = 1;
  for (let index = 1; index < value.length; index++) {
    run = value.charCodeAt(index) === value.charCodeAt(index - 1) + 1 ? run + 1 : 1;
    if (run >= 5) return true;
  }
  return false;
}

function uuid(random: Random): string {
  const bytes = randomBytes(random, 16);
  bytes.writeUInt8((bytes.readUInt8(6) & 0x0f) | 0x40, 6);
  bytes.writeUInt8((bytes.readUInt8(8) & 0x3f) | 0x80, 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
