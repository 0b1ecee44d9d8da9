import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import type { Credential, Detector, Step } from '../src/detect/detector.js';
import { detect, detectors, formats } from './support/detectors.js';

/** Phases that end the leaked credential. */
const ending = new Set(['contain', 'revoke']);

const credentials = [...detectors].flatMap(([provider, detector]) =>
  detector.rotate.credentials.map((credential) => [`${provider} ${credential.id}`, detector, credential] as const),
);
const secrets = credentials.filter(([, , credential]) => credential.isSecret);

test('ids of formats are unique, former ones too', () => {
  const ids = formats.flatMap(({ format }) => [format.id, ...(format.formerIds ?? [])]);

  expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
});

describe.each([...detectors])('%s', (provider, detector) => {
  test('names its formats after itself', () => {
    const strangers = detector.formats.filter((format) => !format.id.startsWith(`${provider}-`));

    expect(strangers.map((format) => format.id)).toEqual([]);
  });

  test('has a credential for every format, and a format for every id that a credential names', () => {
    const named = detector.rotate.credentials.flatMap((credential) => credential.formats);

    expect([...named].sort()).toEqual(detector.formats.map((format) => format.id).sort());
  });

  test('gives every format keywords or near words, and every secret a format of its own kind', () => {
    const blind = detector.formats.filter(
      (format) => !format.keywords?.length && !format.near?.length && !format.with?.length,
    );
    const wrong = detector.rotate.credentials.filter((credential) =>
      detector.formats.some(
        (format) => credential.formats.includes(format.id) && credential.isSecret === (format.isPublic ?? false),
      ),
    );

    expect(blind.map((format) => format.id)).toEqual([]);
    expect(wrong.map((credential) => credential.id)).toEqual([]);
  });

  test('links only to https pages of the provider, without trackers', () => {
    const strangers = urlsOf(detector).filter((url) => !isOwn(url, detector));

    expect(strangers).toEqual([]);
  });

  test('was reviewed in the last 18 months', () => {
    const ageDays = (Date.now() - Date.parse(detector.rotate.reviewed)) / 86_400_000;

    expect(ageDays).toBeGreaterThan(-2);
    expect(ageDays).toBeLessThan(548);
  });

  test('tells what a leak means', () => {
    const { rotate } = detector;

    expect(rotate.risks.length).toBeGreaterThanOrEqual(2);
    expect(rotate.audit.length).toBeGreaterThanOrEqual(1);
    expect(rotate.audit.filter((audit) => audit.kind !== 'none' && audit.lookFor.length === 0)).toEqual([]);
    expect(rotate.breaks.length).toBeGreaterThanOrEqual(1);
    expect(rotate.usedIn.length).toBeGreaterThanOrEqual(1);
    expect(rotate.practices.length).toBeGreaterThanOrEqual(1);
  });

  test('holds nothing that looks like a secret', async () => {
    const bytes = await readFile(`detectors/${provider}.ts`);

    expect(detect({ path: 'playbook.txt', bytes }).map((match) => match.format.id)).toEqual([]);
  });
});

describe.each(secrets)('%s', (_, detector, credential) => {
  test('has steps that end it, replace it and say where that is written', () => {
    const ids = detector.rotate.links.map((link) => link.id);

    expect(credential.steps.length).toBeGreaterThanOrEqual(2);
    expect(credential.steps.filter((step) => !ids.includes(step.docs)).map((step) => step.docs)).toEqual([]);
    expect(credential.steps.filter((step) => step.do.length > 70).map((step) => step.do)).toEqual([]);
    expect(credential.steps.some((step) => ending.has(step.phase)) || credential.strategy === 'wait').toBe(true);
  });

  test('proves the end where the revocation itself does not', () => {
    const last = credential.steps.findLastIndex(
      (step) => ending.has(step.phase) && step.call?.provesRevocation !== true,
    );
    const proof = credential.steps.findIndex((step, index) => index > last && isProof(step));

    expect(last === -1 || proof !== -1 || credential.strategy === 'wait').toBe(true);
  });

  test('makes the new one before the old one is gone for good, where both can live', () => {
    const gone = credential.steps.findIndex((step) => step.danger === 'irreversible' && step.phase !== 'create');
    const made = credential.steps.findIndex((step) => step.phase === 'create');

    expect(credential.strategy !== 'overlap' || gone === -1 || made < gone).toBe(true);
  });

  test('keeps the secret out of commands and, unless said, out of addresses', () => {
    const calls = [...credential.steps.map((step) => step.call), credential.verify?.call].filter(
      (call) => call !== undefined,
    );

    expect(calls.filter((call) => /\{\{/.test(call.url) && call.isSecretInUrl !== true)).toEqual([]);
    expect(credential.steps.filter((step) => /\{\{/.test(step.run ?? ''))).toEqual([]);
  });
});

/** A step that shows that the old one is dead, or says why nothing can. */
function isProof(step: Step): boolean {
  return step.phase === 'prove' && (step.call ?? step.run ?? step.console ?? step.note) !== undefined;
}

function urlsOf(detector: Detector): string[] {
  const { rotate, docs } = detector;
  const own = rotate.credentials.flatMap((credential: Credential) => [
    credential.url ?? docs,
    ...credential.steps.flatMap((step) => (step.call === undefined ? [] : [step.call.url])),
    credential.verify?.call.url ?? docs,
  ]);
  return [docs, rotate.url, ...rotate.links.map((link) => link.url), ...own];
}

/** A placeholder in front, as in `<VAULT_ADDR>/v1/…`, is the user's own server. */
function isOwn(url: string, detector: Detector): boolean {
  if (/^(?:https:\/\/)?<[A-Z_]+>/.test(url)) return true;
  if (!url.startsWith('https://') || /[?&](?:utm_|ref=)/.test(url)) return false;
  const { hostname } = new URL(url.replaceAll(/<(\w+)>/g, '$1').replaceAll(/\{\{(\w+)\}\}/g, '$1'));
  return detector.hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`));
}
