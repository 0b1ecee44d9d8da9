import { expect, test } from '@jest/globals';
import { headersOf } from '../../src/changes/headers.js';

const OID = '1'.repeat(40);
const commit = { what: 'commit', oid: OID };

function shown(header: string, source: Parameters<typeof headersOf>[1] = commit, seen = new Set<string>()): string[] {
  return headersOf(header, source, seen).map(({ path, bytes }) => `${path}: ${bytes}`);
}

test('an identity is told once for each role, without the time, and a committer only where it is another', () => {
  const seen = new Set<string>();
  const people = (author: string, committer: string): string =>
    `tree ${OID}\nparent ${OID}\nauthor ${author} 1700000000 +0100\ncommitter ${committer} -5 -0000`;

  expect(shown(people('Ana <a>', 'Ana <a>'), commit, seen)).toEqual(['commit author: Ana <a>']);
  expect(shown(people('Ana <a>', 'Bo <b>'), commit, seen)).toEqual(['commit committer: Bo <b>']);
  expect(shown(people('Bo <b>', 'Ana <a>'), commit, seen)).toEqual([
    'commit author: Bo <b>',
    'commit committer: Ana <a>',
  ]);
  expect(shown(people('Bo <b>', 'Ana <a>'), commit, seen)).toEqual([]);
});

test('an identity that git would not write is told whole', () => {
  expect(shown('author Ana\ncommitter 1 +0000\nauthor')).toEqual([
    'commit author: Ana',
    'commit committer: 1 +0000',
    'commit header: author',
  ]);
});

test.each([
  ['encoding latin1', ['commit header: encoding latin1']],
  ['HG:extra a\n b\n c', ['commit header: HG:extra a\n b\n c']],
  ['gpgsig -----BEGIN PGP SIGNATURE-----\n \n Ab9/+=\n =abcd\n -----END PGP SIGNATURE-----', []],
  ['gpgsig-sha256 -----BEGIN SSH SIGNATURE-----\n Ab9\n -----END SSH SIGNATURE-----', []],
  [
    'gpgsig -----BEGIN PGP SIGNATURE-----\n Comment: by me\n \n Ab9\n -----END PGP SIGNATURE-----',
    ['commit header:  Comment: by me'],
  ],
  [`tree ${OID}\nparent ${OID}\nobject ${OID}\ntype commit`, []],
  ['object some text\ntype text', ['commit header: object some text', 'commit header: type text']],
  [`parent ${OID}\n goes on`, [`commit header: parent ${OID}\n goes on`]],
  ['gpgsig no armour at all', ['commit header: no armour at all']],
  ['', []],
])('of the header %j a person can have put in %j', (header, texts) => {
  expect(shown(header)).toEqual(texts);
});

test('a merged tag gives its message and its own header', () => {
  const tag = `object ${OID}\n type commit\n tag v1\n tagger Bo <b> 1 +0000\n \n The message\n \n goes on`;

  expect(shown(`mergetag ${tag}\nencoding x`)).toEqual([
    'commit mergetag: The message\n\ngoes on',
    'commit mergetag (the name in it): v1',
    'commit mergetag tagger: Bo <b>',
    'commit header: encoding x',
  ]);
});

test('the name in a tag is told where it is not the one that it is pushed by', () => {
  const header = `object ${OID}\ntype commit\ntag gr\u00c3\u00b6\u00c3\u009fe\ntagger Ana <a> 1 +0000`;

  expect(shown(header, { what: 'tag größe', oid: OID, knownName: 'größe' })).toEqual(['tag größe tagger: Ana <a>']);
  expect(shown(header, { what: 'tag v1', oid: OID, knownName: 'v1' })[0]).toBe('tag v1 (the name in it): größe');
});
