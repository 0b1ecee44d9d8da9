/** What every such key begins with. */
export const OPENSSH_MAGIC = 'openssh-key-v1\0';

/**
 * Whether the bytes are an OpenSSH private key, encrypted or not: a magic word, then strings with their lengths.
 * https://cvsweb.openbsd.org/src/usr.bin/ssh/PROTOCOL.key
 */
export function isOpensshKey(bytes: Buffer): boolean {
  if (bytes.toString('latin1', 0, OPENSSH_MAGIC.length) !== OPENSSH_MAGIC) return false;
  const cipher = stringAt(bytes, OPENSSH_MAGIC.length);
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
