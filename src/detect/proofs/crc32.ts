/** CRC-32 as in zlib, gzip and PNG (RFC 1952, section 8). `zlib.crc32` is newer than the oldest Node we support. */
export function crc32(text: string): number {
  const entries = table();
  let crc = 0xffffffff;
  for (const byte of Buffer.from(text)) crc = (crc >>> 8) ^ (entries[(crc ^ byte) & 0xff] ?? 0);
  return (crc ^ 0xffffffff) >>> 0;
}

/** The checksum as 8 lower-case hex digits. */
export function crc32Hex(text: string): string {
  return crc32(text).toString(16).padStart(8, '0');
}

let cached: Uint32Array | undefined;

// Made on first use: most runs meet no checksum, and a hook pays for every line that it runs.
function table(): Uint32Array {
  cached ??= Uint32Array.from({ length: 256 }, (_, index) => entry(index));
  return cached;
}

function entry(index: number): number {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
}
