import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { expect, test } from '@jest/globals';
import type { Change } from '../src/changes/change.js';
import { renderError } from '../src/report/error.js';
import { renderJson } from '../src/report/json.js';
import { renderTerminal } from '../src/report/terminal.js';
import { Secret } from '../src/secret.js';
import { toFindings } from '../src/to-finding.js';
import { UserError } from '../src/user-error.js';
import { detect, formats, type NamedFormat, sample } from './support/detectors.js';
import { type Repo, withRepo } from './support/repo.js';
import { ways } from './support/ways.js';

const secrets = formats.filter(({ format }) => format.isPublic !== true);

const exposures = ['staged', 'local', 'remote', 'unknown'] as const;
const stages = ['commit', 'push', 'merge', 'message', 'scan'] as const;

/** How many of every secret's characters in a row must never be seen. */
const window = 8;

/** One grown secret of each format, in a file of its own. */
const grown = secrets.map(
  (named): Grown => ({ id: named.format.id, value: sample(named.format.id), text: toText(named) }),
);

interface Grown {
  readonly id: string;
  readonly value: string;
  readonly text: (value: string) => string;
}

function toText({ detector, format }: NamedFormat): (value: string) => string {
  const env = detector.rotate.credentials.find((credential) => credential.formats.includes(format.id))?.env ?? 'SECRET';
  return (value) => `${env}="${value}"\nanother line\n`;
}

/** The secret part of a grown value, as the engine finds it: account names and hosts around it may be seen. */
function secretOf({ value, text }: Grown): string {
  const bytes = Buffer.from(text(value));
  return detect({ path: 'a.env', bytes })
    .map(({ start, end }) => bytes.toString('utf8', start, end))
    .join('\n');
}

const ids = formats.map(({ format }) => format.id).join(' ');

/** Eight characters in a row that only this secret has: not those that every secret of its kind has, or that a kind is called. */
function pieces(one: Grown): string[] {
  const other = sample(one.id);
  return windows(secretOf(one)).filter(
    (piece) => !other.includes(piece) && !ids.includes(piece) && !/^[A-Z_ -]+$/.test(piece),
  );
}

function windows(text: string, length = window): string[] {
  return Array.from({ length: Math.max(0, text.length - length + 1) }, (_, at) => text.slice(at, at + length));
}

/** The ids of the secrets of which a piece stands in the output. */
function leaksOf(output: string, from: readonly Grown[] = grown): string[] {
  const seen = new Set(windows(output));
  return from.filter((one) => pieces(one).some((piece) => seen.has(piece))).map(({ id }) => id);
}

async function stageAll(repo: Repo): Promise<void> {
  for (const { id, value, text } of grown) await repo.write(`src/${id}.env`, text(value));
  await repo.git('add', '-A');
}

test('no output of any command shows eight characters in a row of any secret', async () => {
  await withRepo(async (repo) => {
    await stageAll(repo);
    const json = await repo.run('scan', '--staged', '--format', 'json');
    const found = JSON.parse(json.stdout).findings.map((finding: { detector: string }) => finding.detector);
    const ids = JSON.parse(json.stdout).findings.map((finding: { id: string }) => finding.id);

    const runs = [
      json,
      await repo.run('hook', 'pre-commit'),
      await repo.run('scan', '--staged'),
      await repo.run('scan', '.'),
      await repo.run('scan', 'src', '--format', 'json', '--output', 'report.json'),
      await repo.run('allow', ids[0], '--reason', 'grown at test time'),
      await repo.run('baseline', '--reason', 'grown at test time'),
      await repo.run('audit'),
    ];
    const files = await Promise.all(
      ['report.json', '.leak-guard-allow.json'].map((file) => readFile(join(repo.dir, file), 'utf8')),
    );

    expect(leaksOf([...runs.flatMap((ran) => [ran.stdout, ran.stderr]), ...files].join('\n'))).toEqual([]);
    expect(new Set(found)).toEqual(new Set(grown.map(({ id }) => id)));
  });
});

test.each(grown.map((one) => [one.id, one] as const))(
  '%s is seen in no report, whatever its state and stage',
  (_, one) => {
    const bytes = Buffer.from(one.text(one.value));
    const change: Change = { path: 'a.ts', kind: 'file', bytes, commit: null, before: async () => [] };
    const matches = detect(change);
    const outputs = exposures.flatMap((exposure) => {
      const findings = toFindings(change, matches, { matches, exposure });
      const report = {
        findings,
        scanned: { blobs: 1, bytes: 9, skipped: [] },
        durationMs: 1,
        allowed: 0,
        warnings: [],
      };
      return [
        ...stages.map((stage) => renderTerminal({ ...report, stage }, { isColored: false, isQuiet: false })),
        renderJson({ ...report, stage: 'scan' }, { name: 'leak-guard', version: '1.0.0' }),
        inspect(findings, { depth: 9 }),
      ];
    });

    expect(leaksOf(outputs.join('\n'), [one])).toEqual([]);
    expect(outputs.every((output) => output.includes('********'))).toBe(true);
  },
);

test.each(ways.map((way) => [way.label, way] as const))(
  'written in %s, no secret is seen in a report, neither as it is nor as it is written',
  (_, { write, width }) => {
    for (const one of grown.filter(({ id }) => !id.startsWith('private-key'))) {
      const bytes = Buffer.from(write(one.text(one.value)));
      const change: Change = { path: 'a.yaml', kind: 'file', bytes, commit: null, before: async () => [] };
      const matches = detect(change);
      const findings = toFindings(change, matches, { matches, exposure: 'staged' });
      const report = {
        findings,
        scanned: { blobs: 1, bytes: 9, skipped: [] },
        durationMs: 1,
        allowed: 0,
        warnings: [],
      };

      const output = [
        renderTerminal({ ...report, stage: 'commit' }, { isColored: false, isQuiet: false }),
        renderJson({ ...report, stage: 'scan' }, { name: 'leak-guard', version: '1.0.0' }),
        inspect(findings, { depth: 9 }),
      ].join('\n');

      const written = matches.map(({ start, end }) => bytes.toString('latin1', start, end)).join('\n');
      expect([one.id, matches.length]).toEqual([one.id, 1]);
      expect(windows(written, window * width).filter((piece) => output.includes(piece))).toEqual([]);
      expect(leaksOf(output, [one])).toEqual([]);
    }
  },
);

test('a secret that is typed in place of a word does not come back in the error', async () => {
  await withRepo(async (repo) => {
    const outputs: string[] = [];
    for (const { value } of grown.filter((one) => one.value.length < 300).slice(0, 5)) {
      for (const args of [
        ['scan', `--${value}`],
        ['allow', value, '--reason', 'x'],
        ['hook', value],
        [value],
        ['scan', '--format', value],
      ]) {
        const ran = await repo.run(...args);
        outputs.push(ran.stdout, ran.stderr);
        expect(ran.exitCode).toBe(2);
      }
    }

    expect(leaksOf(outputs.join('\n'))).toEqual([]);
  });
});

test('a Secret gives itself away in no way that JavaScript has of making text', async () => {
  const { format } = await import('node:util');
  const [one] = grown;
  const secret = new Secret(one?.value ?? '');
  const error = new UserError('It failed.', 'Try again.', { cause: secret });

  const texts = [
    `${secret}`,
    String(secret),
    JSON.stringify({ secret }),
    inspect(secret, { depth: 9, showHidden: true }),
    inspect({ deep: [secret] }, { depth: 9 }),
    format('%s %o %O %j', secret, secret, secret, secret),
    `${`${secret}`}`,
    JSON.stringify(Object.entries(secret)),
    inspect(structuredClone({ ...secret })),
    renderError(error, '1.0.0'),
    renderError(new TypeError(`cannot use ${secret}`), '1.0.0'),
  ];

  expect(texts.join('\n')).not.toContain((one?.value ?? '').slice(-12));
  expect(secret.reveal()).toBe(one?.value);
});

test('only the places that make findings and fingerprints open a Secret', async () => {
  const { readdir } = await import('node:fs/promises');
  const files = (await readdir('src', { recursive: true })).filter((file) => file.endsWith('.ts'));
  const openers: string[] = [];
  for (const file of files) {
    if ((await readFile(join('src', file), 'utf8')).includes('.reveal()')) openers.push(file.replaceAll('\\', '/'));
  }

  expect(openers.sort()).toEqual(['fingerprint.ts', 'to-finding.ts']);
});
