import { expect, test } from '@jest/globals';
import { toDetect } from '../../src/detect/detect.js';
import { detect, fill, sample, table } from '../support/detectors.js';

/** One for each way in which a format is looked for. */
const ways = {
  'where its keyword begins it': { id: 'stripe-secret-key', line: 'KEY={{stripe-secret-key}}' },
  'around its keyword': { id: 'openai-api-key', line: 'KEY={{openai-api-key}}' },
  'in long words': { id: 'twilio-auth-token', line: 'TWILIO_AUTH_TOKEN={{twilio-auth-token}}' },
  'around near words': {
    id: 'npm-registry-token',
    line: '//registry.example/:_authToken={{npm-registry-token}} # npm',
  },
};

test.each(
  Object.entries(ways).flatMap(([way, format]) => [6_000, 20_000].map((count) => [count, way, format] as const)),
)('finds all %d of a format that is looked for %s', (count, _, { id, line }) => {
  const lines = Array.from({ length: count }, () => `${fill(line)}\n`);

  const found = detect({ path: 'a.txt', bytes: Buffer.from(lines.join('')) });

  expect(found.filter(({ format }) => format.id === id).length).toBeGreaterThanOrEqual(count - lost(count));
});

/** A sample may look like a placeholder or belong to another format by chance. */
function lost(count: number): number {
  return Math.ceil(count / 200);
}

test('finds a secret behind thirty thousand near words', () => {
  const words = '# twilio\n'.repeat(30_000);
  const line = `twilio.connect("${sample('twilio-auth-token')}")`;

  const found = detect({ path: 'a.txt', bytes: Buffer.from(`${words}${'\n'.repeat(2_000)}${line}\n`) });

  expect(found.map(({ format }) => format.id)).toEqual(['twilio-auth-token']);
});

test("finds all of what a project's own detector describes", () => {
  const own = { id: 'own-key', name: 'Own key', pattern: /[0-9a-f]{24}/, severity: 'high' } as const;
  const lines = Array.from({ length: 20_000 }, () => `acme = ${sample('twilio-auth-token').slice(0, 24)}\n`);
  const bytes = Buffer.from(lines.join(''));

  for (const words of [{ keywords: ['acme'] }, { near: ['acme'] }]) {
    const found = toDetect(table, [{ ...own, ...words }])({ path: 'a.txt', bytes });

    expect(found.filter(({ format }) => format.id === 'own-key').length).toBeGreaterThan(20_000 - lost(20_000));
  }
});

test('finds more in one text than a call can have arguments', () => {
  const line = fill('TWILIO_AUTH_TOKEN={{twilio-auth-token}}\n');

  const found = detect({ path: 'a.txt', bytes: Buffer.from(line.repeat(130_000)) });

  expect(found).toHaveLength(130_000);
});
