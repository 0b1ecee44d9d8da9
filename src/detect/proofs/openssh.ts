import type { Proof } from './proof.js';

const MAGIC = 'openssh-key-v1\0';

/**
 * An OpenSSH key is a magic word and strings with their lengths before them:
 * https://cvsweb.openbsd.org/src/usr.bin/ssh/PROTOCOL.key
 * Takes the base64 between the BEGIN and END lines; `pem-key` takes the lines too.
 */
export function provesOpensshKey(value: string): Proof {
  const data = value.replace(/-----[A-Z ]{1,40}-----|\\+[nr]|[^A-Za-z0-9+/]/g, '');
  return isOpensshKey(Buffer.from(data, 'base64')) ? 'holds' : 'fails';
}

/** Whether the bytes are an OpenSSH private key, encrypted or not. */
export function isOpensshKey(bytes: Buffer): boolean {
  if (bytes.toString('latin1', 0, MAGIC.length) !== MAGIC) return false;
  const cipher = stringAt(bytes, MAGIC.length);
  const kdf = stringAt(bytes, cipher?.end);
  const options = stringAt(bytes, kdf?.end);
  if (cipher === undefined || options === undefined || options.end + 4 > bytes.length) return false;
  // Always one key, although the format has room for more: https://github.com/openssh/openssh-portable sshkey.c
  if (bytes.readUInt32BE(options.end) !== 1) return false;
  const publicKey = stringAt(bytes, options.end + 4);
  const privateKeys = stringAt(bytes, publicKey?.end);
  if (privateKeys === undefined) return false;
  return cipher.text === 'none' ? hasEqualChecks(privateKeys.text) : privateKeys.text.length >= 64;
}

/** Unencrypted keys begin with the same random number twice; after decryption it tells a right passphrase from a wrong one. */
function hasEqualChecks(privateKeys: string): boolean {
  return privateKeys.length >= 64 && privateKeys.slice(0, 4) === privateKeys.slice(4, 8);
}

function stringAt(bytes: Buffer, offset: number | undefined): { text: string; end: number } | undefined {
  if (offset === undefined || offset + 4 > bytes.length) return undefined;
  const end = offset + 4 + bytes.readUInt32BE(offset);
  return end > bytes.length ? undefined : { text: bytes.toString('latin1', offset + 4, end), end };
}
