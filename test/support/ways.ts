import { gzipSync } from 'node:zlib';

/** Another way to write a text, so that nothing of it is seen as it is. */
export interface Way {
  readonly label: string;
  readonly write: (text: string) => string;
}

const base64 = (bytes: string | Buffer): string => Buffer.from(bytes).toString('base64');

export const ways: readonly Way[] = [
  { label: 'base64', write: (text) => `data: ${base64(text)}\n` },
  { label: 'base64 of gzip', write: (text) => `user_data_base64 = "${base64(gzipSync(text))}"\n` },
  { label: 'base64 of base64 of gzip', write: (text) => `release: ${base64(base64(gzipSync(text)))}\n` },
  {
    label: 'base64 of UTF-16',
    write: (text) => `powershell -EncodedCommand ${base64(Buffer.from(text, 'utf16le'))}\n`,
  },
];
