import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { isCharacterClass, isOrdinary, isWords } from '../../src/detect/ordinary-value.js';
import { grow } from '../support/sample.js';

const digest = createHash('sha256').update('a file').digest('hex');

function isOrdinaryIn(text: string, value: string): boolean {
  const start = text.indexOf(value);
  return isOrdinary(text, { start, end: start + value.length });
}

test.each([
  `${digest}  twilio`,
  `${digest} *bin/twilio`,
  `first line\r\n${digest}  twilio-cli`,
  `| twilio-cli.tar.gz | \`${digest}\` |`,
  `- twilio-cli.deb (${digest})`,
  `SHA256 (twilio.dmg) ${digest}`,
  `"${digest}", "twilio.zip"`,
])('the digest of a file is ordinary: %j', (text) => {
  expect(isOrdinaryIn(text, digest)).toBe(true);
});

test.each([
  digest,
  `twilio ${digest}`,
  `${digest}  # of twilio`,
  `${digest}\n  twilio.zip`,
  `twilio.zip\n${digest}\ntwilio.zip`,
  `twilio.zippy.example, ${digest}`,
])('without a file on its line, a digest may be a secret: %j', (text) => {
  expect(isOrdinaryIn(text, digest)).toBe(false);
});

test.each([
  'GoogleCloudMultiplatformV1AwsProxyConfig',
  'AmazonSystemsManagedEC2InstanceDefaultPolicy',
  '_GOOGLE_OAUTH2_CERTIFICATES_URL',
  'google-oauth-java-client',
])('the identifier %s is ordinary', (identifier) => {
  expect(isOrdinaryIn(`f("${identifier}")`, identifier)).toBe(true);
});

test.each([
  'getNativeUpdateCacheFile',
  'Report-Msgid-Bugs-To',
  'Plural-Forms',
  'user_access_TOKEN',
  'org.gnome.glib',
  'X-Poedit-Y',
])('%s is made of words', (value) => {
  expect(isWords(value)).toBe(true);
});

test.each(['Bold-6b053e98.ttf.woff2', 'report~1.pdf'])('the file %s is ordinary', (file) => {
  expect(isOrdinaryIn(`f("${file}")`, file)).toBe(true);
});

test.each(['A-HJ-NP-Za-km-z1-9_-', 'a-zA-Z0-9_-', '0-9a-fA-F'])('%s is a class of characters', (value) => {
  expect(isCharacterClass(value)).toBe(true);
});

test.each(['base64url:20', 'base64url:40', 'base64url:1200', 'alnum:20', 'upper:20'])(
  'random values of %s are no words',
  (alphabet) => {
    const values = Array.from({ length: 1000 }, () => grow(`{{${alphabet}}}`));

    expect(values.filter((value) => isWords(value) || isCharacterClass(value)).length).toBeLessThanOrEqual(2);
  },
);

test.each(['base64:40', 'base64url:24', 'alnum:32', 'upper:32', 'lower:32', 'hex:32'])(
  'random values of %s are no identifiers',
  (alphabet) => {
    const values = Array.from({ length: 200 }, () => grow(`{{${alphabet}}}`));

    const taken = values.filter((value) => isOrdinaryIn(`f("${value}")`, value));

    expect(taken.length).toBeLessThanOrEqual(2);
  },
);
