import { gzipSync } from 'node:zlib';

/** Another way to write a text, so that nothing of it is seen as it is. */
export interface Way {
  readonly label: string;
  readonly write: (text: string) => string;
  /** How many characters it takes to write one, at most. */
  readonly width: number;
}

const base64 = (bytes: string | Buffer): string => Buffer.from(bytes).toString('base64');

export const ways: readonly Way[] = [
  { label: 'base64', write: (text) => `data: ${base64(text)}\n`, width: 1 },
  { label: 'base64 of gzip', write: (text) => `user_data_base64 = "${base64(gzipSync(text))}"\n`, width: 1 },
  { label: 'base64 of base64 of gzip', write: (text) => `release: ${base64(base64(gzipSync(text)))}\n`, width: 1 },
  {
    label: 'base64 of UTF-16',
    write: (text) => `powershell -EncodedCommand ${base64(Buffer.from(text, 'utf16le'))}\n`,
    width: 1,
  },
  {
    label: 'hexadecimal digits',
    write: (text) => `send("${text.replace(/[^ \n]/g, (char) => `\\x${char.charCodeAt(0).toString(16)}`)}")\n`,
    width: 4,
  },
  {
    label: 'quoted-printable',
    write: (text) =>
      `Content-Transfer-Encoding: quoted-printable\n\n${text.replaceAll('=', '=3D').replace(/(?:=3D|[^=\n]){30}/g, '$&=\n')}`,
    width: 2,
  },
];
