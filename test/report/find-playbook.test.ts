import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { findCredential, findPlaybook } from '../../src/report/find-playbook.js';
import { renderPlaybookList } from '../../src/report/playbook-list.js';
import { line, toEntry } from './sample-playbook.js';

const entries = [
  line,
  toEntry('aws', { provider: 'Amazon Web Services', category: 'cloud' }),
  toEntry('github', { provider: 'GitHub', category: 'vcs' }),
  toEntry('gitlab', { provider: 'GitLab', category: 'vcs' }),
  toEntry('linear', { provider: 'Linear' }),
];

test.each([
  ['line', 'line', undefined],
  ['LINE', 'line', undefined],
  ['amazon web services', 'aws', undefined],
  ['Line Login', 'line', undefined],
  ['line_messaging', 'line', undefined],
  ['line-channel-secret', 'line', 'channel-secret'],
  ['LINE channel access token, long-lived', 'line', 'long-lived'],
  ['line long-lived', 'line', 'long-lived'],
  ['line/channel-secret', 'line', 'channel-secret'],
  ['github-api-key', 'github', undefined],
])('%j means %s, credential %s', (name, id, credential) => {
  const found = findPlaybook(entries, name);

  expect('entry' in found && [found.entry.id, found.credential?.id]).toEqual([id, credential]);
});

test.each([
  ['gihtub', ['github']],
  ['gitlub', ['github', 'gitlab']],
  ['lin', ['line', 'linear']],
  ['github actions', ['github']],
  ['long-lived', []],
  ['entirely different', []],
  ['', []],
])('for %j it suggests %j', (name, suggestions) => {
  expect(findPlaybook(entries, name)).toEqual({ suggestions });
});

test('no name, however odd, makes the search fail', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (name) => {
      expect(Object.keys(findPlaybook(entries, name)).length).toBeGreaterThan(0);
    }),
  );
});

test.each(['channel-secret', 'Channel Secret', 'line-channel-secret', 'LINE channel secret'])(
  'within LINE, %j is its channel secret',
  (name) => {
    expect(findCredential(line, name)?.id).toBe('channel-secret');
  },
);

test('a number is that of the secret in the first lines of a playbook', () => {
  const ids = ['1', '2', '3', '0', '-1', '1.0', '1e0'].map((number) => findCredential(line, number)?.id);

  expect(ids).toEqual(['long-lived', 'channel-secret', undefined, undefined, undefined, undefined, undefined]);
});

test('the list stands by category, what has none last', () => {
  expect(renderPlaybookList(entries, { format: 'text', width: 80 })).toMatchInlineSnapshot(`
"leak-guard rotate NAME, with NAME one of these 5:

  cloud            aws
  messaging        line
  vcs              github gitlab
  other            linear
"
`);
});

test.each(['md', 'html', 'json'] as const)('the list in %s names every provider', (format) => {
  const list = renderPlaybookList(entries, { format, width: 80 });

  for (const { id } of entries) expect(list).toContain(id);
});
