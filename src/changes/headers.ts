import type { Change } from './change.js';
import { decode } from './text.js';

export interface HeaderSource {
  /** What findings call it: `commit`, `tag v1`. */
  readonly what: string;
  /** The commit or tag. */
  readonly oid: string;
  /** The name that the tag is pushed by: it is scanned as the name of a ref. */
  readonly knownName?: string;
}

/**
 * What a person can put into the header of a commit or tag beside its message: names and addresses, the tag's own name,
 * the encoding, lines that git does not know, and the tag that a merge was made of. One name and address is told once
 * for all that `seen` has met.
 *
 *     tree 3b18e51…
 *     author Ana <ana@example.com> 1795000000 +0100
 *     gpgsig -----BEGIN PGP SIGNATURE-----
 *      (lines that begin with a space go on)
 */
export function headersOf(header: string, source: HeaderSource, seen = new Set<string>()): Change[] {
  const texts: Change[] = [];
  let author = '';
  for (let start = 0, end = 0; start < header.length; start = end + 1) {
    end = endOfHeader(header, start);
    const line = header.slice(start, end);
    if (STRUCTURE.test(line)) continue;
    const name = line.slice(0, Math.max(line.indexOf(' '), 0));
    const text = toText(name, line, source);
    if (name === 'author') author = text;
    if (name === 'mergetag') texts.push(...mergedTag(text, source, seen));
    else if (text !== '' && !seen.has(`${name} ${text}`) && !(name === 'committer' && text === author)) {
      seen.add(`${name} ${text}`);
      texts.push(toHeader(`${source.what} ${PLACES.get(name) ?? 'header'}`, text, source));
    }
  }
  return texts;
}

/** Object ids and words of git's own. Any other text behind these names is somebody's. */
const STRUCTURE = /^(?:(?:tree|parent|object) [\da-f]{40,64}|type (?:commit|tree|blob|tag))$/;
const PLACES = new Map([
  ['author', 'author'],
  ['committer', 'committer'],
  ['tagger', 'tagger'],
  ['tag', '(the name in it)'],
]);

function endOfHeader(header: string, start: number): number {
  let end = header.indexOf('\n', start);
  while (end >= 0 && header[end + 1] === ' ') end = header.indexOf('\n', end + 1);
  return end < 0 ? header.length : end;
}

/** What of a line is text; empty for nothing. */
function toText(name: string, line: string, { knownName = '' }: HeaderSource): string {
  const value = line.slice(name.length + 1);
  switch (name) {
    case 'author':
    case 'committer':
    case 'tagger':
      return value.replace(/ -?\d+ [+-]\d+$/, '');
    case 'tag':
      return value === Buffer.from(knownName).toString('latin1') ? '' : value;
    case 'mergetag':
      return value;
    case 'gpgsig':
    case 'gpgsig-sha256':
      return withoutArmour(value);
    default:
      return line;
  }
}

/** A merge of a signed tag keeps that tag: its message is recorded like any other. */
function mergedTag(value: string, source: HeaderSource, seen: Set<string>): Change[] {
  const tag = value.replaceAll('\n ', '\n');
  const end = tag.indexOf('\n\n');
  const what = `${source.what} mergetag`;
  const message = end < 0 ? '' : tag.slice(end + 2);
  return [
    { ...toHeader(what, message, source), kind: 'message' },
    ...headersOf(end < 0 ? tag : tag.slice(0, end), { what, oid: source.oid }, seen),
  ];
}

/** A signature is noise; a comment in it is text. */
function withoutArmour(value: string): string {
  const body = value.slice(value.indexOf('\n') + 1, Math.max(value.lastIndexOf('\n'), 0));
  if (/^ ?-----BEGIN/.test(value) && !/[^A-Za-z0-9+/=\s]/.test(body)) return '';
  return value
    .split('\n')
    .filter((one) => !/^ ?(?:[A-Za-z0-9+/=]*|-----(?:BEGIN|END) [A-Z ]+-----)\r?$/.test(one))
    .join('\n');
}

function toHeader(path: string, text: string, { oid }: HeaderSource): Change {
  return { path, kind: 'header', bytes: decode(Buffer.from(text, 'latin1')), commit: oid, before: async () => [] };
}
