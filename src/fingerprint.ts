import { createHash, scryptSync } from 'node:crypto';
import type { Secret } from './secret.js';

/** Part of every input: a change of the construction changes every fingerprint, so it needs a new number. */
const VERSION = 'leak-guard fingerprint v1';
const LENGTH_BYTES = 16;
const ID_DIGITS = 8;

/** 16 MiB and about 50 ms a guess: see docs/security.md, and `test/bench/fingerprint.ts`, which measures it. */
const SCRYPT_COST = { N: 16_384, r: 8, p: 1, maxmem: 32 * 1024 * 1024 } as const;

/** Slow fingerprints of this run, by fast hash: 300 findings of one password cost one slow hash. */
const slowOnes = new Map<string, string>();

/**
 * The stable name of a secret: 32 hexadecimal digits made of format id and secret alone, so that it is the same in
 * hook, push and CI, and after moves, renames, squash and rebase. A value that people choose (`isGuessable`) is hashed the
 * slow way, because the fingerprint stands in files that others read.
 */
export function fingerprint(formatId: string, secret: Secret, isGuessable: boolean): string {
  if (!isGuessable) return fastHash('random', formatId, secret).toString('hex', 0, LENGTH_BYTES);
  const key = fastHash('memo', formatId, secret).toString('hex');
  const known = slowOnes.get(key);
  if (known !== undefined) return known;
  const made = slowHash(formatId, secret);
  slowOnes.set(key, made);
  return made;
}

/** The short name for people: enough to tell the findings of one repository apart. */
export function findingId(ofFingerprint: string): string {
  return ofFingerprint.slice(0, ID_DIGITS);
}

function fastHash(purpose: string, formatId: string, secret: Secret): Buffer {
  // The NULs keep the parts apart: no format id holds one, and the secret comes last.
  return createHash('sha256').update(`${VERSION}\0${purpose}\0${formatId}\0`).update(toBytes(secret)).digest();
}

function slowHash(formatId: string, secret: Secret): string {
  const salt = `${VERSION}\0guessable\0${formatId}`;
  return scryptSync(toBytes(secret), salt, LENGTH_BYTES, SCRYPT_COST).toString('hex');
}

/** UTF-16, because UTF-8 writes every broken surrogate the same way: two secrets would share a fingerprint. */
function toBytes(secret: Secret): Buffer {
  return Buffer.from(secret.reveal(), 'utf16le');
}
