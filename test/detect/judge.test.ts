import { expect, test } from '@jest/globals';
import { detect, sample } from '../support/detectors.js';
import { broken, grow } from '../support/sample.js';

test('a value whose checksum holds is proven, and has the severity of its format', () => {
  const [match] = detect({ path: 'a.env', bytes: Buffer.from(`KEY=${sample('github-personal-access-token')}\n`) });

  expect([match?.confidence, match?.severity]).toEqual(['proven', match?.format.severity]);
  expect(match?.severity).not.toBe('low');
});

test('a value whose checksum fails is a dummy: possible, and low', () => {
  const dummy = broken(sample('github-personal-access-token'), 'github-crc32');

  const [match] = detect({ path: 'a.env', bytes: Buffer.from(`KEY=${dummy}\n`) });

  expect(match?.format.id).toBe('github-personal-access-token');
  expect([match?.confidence, match?.severity]).toEqual(['possible', 'low']);
});

test('a plain shape needs its near word: the same line without it is silent', () => {
  const secret = sample('line-channel-secret');

  const found = (name: string) => detect({ path: 'a.env', bytes: Buffer.from(`${name}=${secret}\n`) }).length;

  expect([found('LINE_CHANNEL_SECRET'), found('SOME_VALUE')]).toEqual([1, 0]);
});

test('a plain value in a table is what its column says', () => {
  const token = sample('twilio-auth-token');

  const found = (column: string) =>
    detect({ path: 'a.csv', bytes: Buffer.from(`provider,account,${column}\ntwilio,main,${token}\n`) }).length;

  expect([found('auth_token'), found('value'), found('etag'), found('external_id')]).toEqual([1, 1, 0, 0]);
});

/** How many secrets are found in a text. */
function count(text: string): number {
  return detect({ path: 'a.txt', bytes: Buffer.from(text) }).length;
}

test('a secret behind its id is found where the id is made of letters alone, as a name is', () => {
  const id = grow('AKIA{{upper:16}}');
  const secret = sample('aws-secret-access-key');

  expect(count(`new BasicAWSCredentials("${id}", "${secret}");\n`)).toBe(1);
  expect(count(`# aws, ${id}\nassertDigest("${grow('{{upper:20}}')}", "${secret}");\n`)).toBe(0);
});

test.each(['0', 'a'])('a near word that begins with a sign counts behind any character: %s', (last) => {
  const token = `${grow('{{hex:39}}')}${last}`;

  expect(count(`git clone https://ana:${token}@github.com/a/b.git\n`)).toBe(1);
  expect(count(`https://${token}:x-oauth-basic@github.com/a\n`)).toBe(1);
});

test.each([
  ['_', 1],
  ['<!--', 1],
  ['x', 0],
  ['0', 0],
])('a prefix that tells enough counts behind %j, and not in the middle of a word', (before, found) => {
  expect(count(`see ${before}${sample('anthropic-api-key')} there\n`)).toBe(found);
});

test('a key that is a kilobyte of JSON is near to what stands before and behind it', () => {
  const key = sample('line-assertion-key');
  const ids = (text: string) => detect({ path: 'a', bytes: Buffer.from(text) }).map(({ format }) => format.id);

  expect(ids(`{ "name": "LINE_ASSERTION_KEY", "value": ${key} }\n`)).toEqual(['line-assertion-key']);
  expect(ids(`{ "value": ${key}, "name": "LINE_ASSERTION_KEY" }\n`)).toEqual(['line-assertion-key']);
});
