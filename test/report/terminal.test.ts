import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import picocolors from 'picocolors';
import type { Exposure, Finding } from '../../src/finding.js';
import { toColumns } from '../../src/report/escape.js';
import { render } from '../../src/report/render.js';
import type { Stage } from '../../src/report/report.js';
import { renderTerminal } from '../../src/report/terminal.js';
import { Secret } from '../../src/secret.js';
import { toFinding, toReport } from './sample-finding.js';

const plain = { isColored: false, isQuiet: false };
const exposures: readonly Exposure[] = ['staged', 'local', 'remote', 'unknown'];
const stages: readonly Stage[] = ['commit', 'push', 'merge', 'message', 'scan'];
const commit = '8728dbe'.padEnd(40, '0');
const files = [
  'src/bot.ts',
  'app/bot.py',
  'Bot.java',
  'main.go',
  'App/Bot.swift',
  'Bot.cs',
  '.env',
  'k8s/bot.yaml',
  'key.pem',
  'a.json',
  'Dockerfile',
  'x',
];
const related = {
  detector: 'twilio-account-sid',
  title: 'Twilio account SID',
  file: 'src/x.ts',
  startLine: 3,
  startColumn: 7,
  endLine: 3,
  endColumn: 41,
};

function renderPlain(findings: readonly Finding[], stage: Stage = 'commit'): string {
  return renderTerminal(toReport(findings, { stage }), plain);
}

test('a staged secret: nothing has left, so no rotation', () => {
  expect(renderPlain([toFinding()])).toMatchInlineSnapshot(`
"leak-guard: commit stopped, 1 secret found. Nothing has left this machine.

  src/bot.ts:14:18   LINE channel access token, long-lived           id 7c1e93ab
    const token = "********"             172 characters, value hidden

  Fix      use process.env.LINE_CHANNEL_ACCESS_TOKEN instead, then
           git add src/bot.ts   and run the same commit again
  Rotate   not needed, unless it was ever pushed, pasted or sent.
           Not sure? Then yes:  leak-guard rotate line
  Not a secret?  leak-guard allow 7c1e93ab --reason "..."

  https://developers.line.biz/en/docs/basics/channel-access-token/#revoke-channel-access-token
"
`);
});

test('a secret in local commits: amend or rebase', () => {
  expect(renderPlain([toFinding({ exposure: 'local', commit, file: 'bot/main.py' })], 'push')).toMatchInlineSnapshot(`
"leak-guard: push stopped, 1 secret found. No remote has it yet.

  bot/main.py:14:18
    LINE channel access token, long-lived               in 8728dbe   id 7c1e93ab
    const token = "********"             172 characters, value hidden

  Fix      use os.environ["LINE_CHANNEL_ACCESS_TOKEN"] instead, then
           git add bot/main.py   and   git commit --amend
           (when it is in an older commit: git rebase -i 8728dbe~1)
  Rotate   advised if it opens production:  leak-guard rotate line
  Not a secret?  leak-guard allow 7c1e93ab --reason "..."
  https://developers.line.biz/en/docs/basics/channel-access-token/#revoke-channel-access-token
"
`);
});

test('a secret on a remote: rotate first, history last', () => {
  expect(renderPlain([toFinding({ exposure: 'remote', commit })], 'push')).toMatchInlineSnapshot(`
"leak-guard: push stopped, 1 secret found. A remote has it already.
Treat it as leaked. Removing the line does not undo it.

  src/bot.ts:14:18
    LINE channel access token, long-lived               in 8728dbe   id 7c1e93ab
    const token = "********"             172 characters, value hidden
  1 Rotate   leak-guard rotate line
  2 Deploy   use process.env.LINE_CHANNEL_ACCESS_TOKEN instead, with a new value
  3 Clean    history last, optional: it does not undo the leak
  Could malware have taken it? Isolate this machine first, revoke elsewhere.
  Not a secret?  leak-guard allow 7c1e93ab --reason "..."
  https://developers.line.biz/en/docs/basics/channel-access-token/#revoke-channel-access-token
"
`);
});

test('a secret of which nobody knows where it has been: rotate unless sure', () => {
  expect(renderPlain([toFinding({ exposure: 'unknown', file: 'main.go' })], 'scan')).toMatchInlineSnapshot(`
"leak-guard: 1 secret found. It may be out already.

  main.go:14:18   LINE channel access token, long-lived              id 7c1e93ab
    const token = "********"             172 characters, value hidden

  Rotate   yes, unless you are sure that nobody else has seen it:
           leak-guard rotate line
  Fix      use os.Getenv("LINE_CHANNEL_ACCESS_TOKEN") instead
  Could malware have taken it? Isolate this machine first, revoke elsewhere.
  Not a secret?  leak-guard allow 7c1e93ab --reason "..."

  https://developers.line.biz/en/docs/basics/channel-access-token/#revoke-channel-access-token
"
`);
});

test('a dummy is called one', () => {
  expect(renderPlain([toFinding({ confidence: 'possible', severity: 'low', isDummy: true })])).toMatchInlineSnapshot(`
"leak-guard: commit stopped, 1 possible secret. Nothing has left this machine.

  src/bot.ts:14:18   LINE channel access token, long-lived           id 7c1e93ab
    const token = "********"             172 characters, value hidden
    looks like a dummy: it fails the check that genuine ones pass

  Fix      use process.env.LINE_CHANNEL_ACCESS_TOKEN instead, then
           git add src/bot.ts   and run the same commit again
  Rotate   not needed for a dummy. If it is real:  leak-guard rotate line
  Not a secret?  leak-guard allow 7c1e93ab --reason "..."

  https://developers.line.biz/en/docs/basics/channel-access-token/#revoke-channel-access-token
"
`);
});

test('a commit message is edited, not added again', () => {
  expect(renderPlain([toFinding({ kind: 'message', file: 'commit message' })], 'message')).toMatchInlineSnapshot(`
"leak-guard: commit stopped, 1 secret found. Nothing has left this machine.

  commit message:14:18   LINE channel access token, long-lived       id 7c1e93ab
    const token = "********"             172 characters, value hidden

  Fix      take it out of the message, then
           git commit -eF "$(git rev-parse --git-path COMMIT_EDITMSG)"
  Rotate   not needed, unless it was ever pushed, pasted or sent.
           Not sure? Then yes:  leak-guard rotate line
  Not a secret?  leak-guard allow 7c1e93ab --reason "..."

  https://developers.line.biz/en/docs/basics/channel-access-token/#revoke-channel-access-token
"
`);
});

test('a value without a telling shape asks for a look', () => {
  for (const severity of ['high', 'low'] as const) {
    const text = renderPlain([toFinding({ confidence: 'possible', severity })]);

    expect(text).toContain('1 secret found');
    expect(text).toContain('known by its name and place, not by its shape');
    expect(text).toContain('Not sure? Then yes:  leak-guard rotate line');
  }
});

test('the message of a commit that is there already is amended or reworded', () => {
  const text = renderPlain([toFinding({ kind: 'message', file: 'commit message', exposure: 'local', commit })], 'push');

  expect(text).toContain('take it out of the message, then\n           git commit --amend\n');
  expect(text).toContain('(of an older commit: git rebase -i 8728dbe~1, then "reword")');
});

test('what the settings let pass is told, but not as stopped', () => {
  const text = renderTerminal(toReport([toFinding()], { isStopped: false }), plain);

  expect(text).toContain('leak-guard: commit not stopped, 1 secret found. Nothing has left this machine.\n');
});

test('a composite credential names its other half', () => {
  expect(renderPlain([toFinding({ related: [related] })])).toContain('\n    with Twilio account SID at src/x.ts:3:7\n');
});

test('one secret in three places: counted once, each place named', () => {
  const findings = ['src/bot.ts', 'b.py', 'c/d.go'].map((file) => toFinding({ file }));

  expect(renderPlain(findings)).toMatchInlineSnapshot(`
"leak-guard: commit stopped, 1 secret found. Nothing has left this machine.
In 3 places:

  src/bot.ts:14:18   LINE channel access token, long-lived           id 7c1e93ab
  b.py:14:18         LINE channel access token, long-lived           id 7c1e93ab
  c/d.go:14:18       LINE channel access token, long-lived           id 7c1e93ab

  Fix      read each from the environment or a secret store, then
           git add each file   and run the same commit again
  Rotate   not needed, unless it was ever pushed, pasted or sent.
           Not sure? Then yes:  leak-guard rotate line
  Not a secret?  leak-guard allow 7c1e93ab --reason "..."

  https://developers.line.biz/en/docs/basics/channel-access-token/#revoke-channel-access-token
"
`);
});

test('several secrets stand in one line each, by kind, what has got furthest first', () => {
  const aws = {
    provider: 'aws',
    detector: 'aws-secret-key',
    title: 'AWS secret access key',
    url: 'https://aws.example/keys',
  };
  const findings = [
    toFinding({ id: '11111111', fingerprint: '1' }),
    toFinding({ id: '22222222', fingerprint: '2', ...aws, exposure: 'remote', file: 'infra/main.tf' }),
    toFinding({ id: '33333333', fingerprint: '3', file: 'src/other.ts' }),
  ];

  expect(renderPlain(findings, 'push')).toMatchInlineSnapshot(`
"leak-guard: push stopped, 3 secrets found. A remote has 1 of them.
Treat what a remote has as leaked. Removing the line does not undo it.

  infra/main.tf:14:18   AWS secret access key               id 22222222  remote
  src/bot.ts:14:18      LINE channel access token, lon...   id 11111111  staged
  src/other.ts:14:18    LINE channel access token, lon...   id 33333333  staged

  1 Rotate   leak-guard rotate NAME   (line, aws)
  2 Deploy   put a new value into your secret store; read each from the
             environment or a secret store
  3 Clean    history last, optional: it does not undo the leak
  Could malware have taken it? Isolate this machine first, revoke elsewhere.
  Not a secret?  leak-guard allow ID --reason "..."

  https://aws.example/keys
  https://developers.line.biz/en/docs/basics/channel-access-token/#revoke-channel-access-token
"
`);
});

test.each(stages)('300 findings are counted and stay under 40 lines in stage %s', (stage) => {
  const findings = Array.from({ length: 300 }, (_, index) =>
    toFinding({
      fingerprint: `${index}`,
      file: `src/f${index}.ts`,
      provider: `p${index % 9}`,
      url: `https://p.example/${index % 9}`,
    }),
  );

  const text = renderPlain(findings, stage);

  expect(text.split('\n').length).toBeLessThan(40);
  expect(text.split('\n')[0]).toContain('300 secrets found');
  expect(text).toMatch(/and 2\d\d more/);
});

const situations = exposures.flatMap((exposure) => stages.map((stage) => ({ exposure, stage })));

test.each(situations)(
  '$exposure in stage $stage: at most 12 lines of 80 columns in every language',
  ({ exposure, stage }) => {
    for (const file of files) {
      for (const change of [
        {},
        { related: [related] },
        { confidence: 'possible', severity: 'low', isDummy: true } as const,
      ]) {
        const recorded = exposure === 'staged' ? null : commit;
        const finding = toFinding({ exposure, file, commit: recorded, excerpt: 'x'.repeat(300), ...change });

        const lines = renderPlain([finding], stage).trimEnd().split('\n');

        expect(lines.length).toBeLessThanOrEqual(12);
        expect(lines.at(-1)).toBe(`  ${finding.url}`);
        expect(lines.slice(0, -1).filter((line) => toColumns(line) > 80)).toEqual([]);
        expect(lines[0]).toMatch(/^leak-guard: .*1 (possible )?secret/);
      }
    }
  },
);

test.each(situations)(
  'several findings, $exposure in stage $stage: no line over 80 columns but addresses',
  ({ exposure, stage }) => {
    for (const severity of ['high', 'low'] as const) {
      for (const count of [2, 7, 999]) {
        const findings = Array.from({ length: count }, (_, index) =>
          toFinding({
            confidence: 'possible',
            severity,
            isDummy: severity === 'low',
            exposure: index === 0 ? 'staged' : exposure,
            fingerprint: `${index}`,
            file: files[index % files.length] ?? 'x',
            provider: `provider-${index % 8}`,
            detector: `${index % 3}`,
          }),
        );

        const lines = renderPlain(findings, stage).trimEnd().split('\n');

        expect(lines.length).toBeLessThan(40);
        expect(lines.filter((line) => toColumns(line) > 80 && !line.includes('https://'))).toEqual([]);
        expect(lines[0]).toMatch(/^leak-guard: .*\d+ (possible )?secrets.*\.$/);
      }
    }
  },
);

test('no message shows a way round the hook', () => {
  for (const { exposure, stage } of situations) {
    const one = renderPlain([toFinding({ exposure })], stage);
    const two = renderPlain([toFinding({ exposure }), toFinding({ exposure, fingerprint: 'b' })], stage);

    expect(one + two).not.toMatch(/--no-verify|SKIP|HUSKY/);
  }
});

test('a path is never cut where people click it', () => {
  const file = `${'very-long-folder/'.repeat(8)}bot.ts`;

  expect(renderPlain([toFinding({ file })])).toContain(`\n  ${file}:14:18\n`);
});

test('a file name can run nothing when the fix is pasted', () => {
  for (const file of ['a;id', '$(id)', '`id`', 'a&b', "a'b", 'a"b', 'a\nb', '%PATH%', 'a|b', ':(exclude)x']) {
    expect(renderPlain([toFinding({ file })])).toContain('git add that file');
  }
  expect(renderPlain([toFinding({ file: 'a b.ts' })])).toContain('git add "a b.ts"');
  expect(renderPlain([toFinding({ file: '-rf' })])).toContain('git add ./-rf');
});

test('nothing of the repository reaches the terminal raw', () => {
  const hostile = fc
    .array(
      fc.oneof(
        fc.integer({ min: 0, max: 0xffff }),
        fc.constantFrom(0x1b, 0x07, 0x0a, 0x0d, 0x9b, 0x202e, 0x200b, 0xd800),
      ),
    )
    .map((units) => String.fromCharCode(...units));
  fc.assert(
    fc.property(hostile, hostile, fc.constantFrom(...situations), (name, line, { exposure, stage }) => {
      const finding = toFinding({
        exposure,
        file: name,
        excerpt: `${line}********`,
        title: name,
        env: name,
        related: [{ ...related, file: name }],
      });
      const report = toReport([finding], {
        stage,
        scanned: { blobs: 1, bytes: 1, skipped: [{ file: name, why: line }] },
        warnings: [line],
      });

      const text = renderTerminal(report, plain) + renderTerminal({ ...report, findings: [finding, finding] }, plain);

      expect(text).not.toMatch(
        /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/,
      );
      expect(text).not.toMatch(/\p{Cs}/u);
    }),
    { numRuns: 300 },
  );
});

test('no message holds a secret, in any way of writing it', async () => {
  const tool = { name: 'leak-guard', version: '1.0.0' };
  const value = fc.string({ minLength: 12, maxLength: 60, unit: fc.constantFrom(...'ABCDEFGHJKQVWXYZ23456789') });
  await fc.assert(
    fc.asyncProperty(
      value,
      fc.constantFrom(...situations),
      fc.constantFrom('text', 'json'),
      async (secret, { exposure, stage }, format) => {
        const findings = [
          toFinding({ secret: new Secret(secret), exposure }),
          toFinding({ secret: new Secret(secret), file: 'b' }),
        ];

        for (const shown of [findings, findings.slice(1)]) {
          const text = await render(toReport(shown, { stage }), {
            format,
            style: { isColored: true, isQuiet: false },
            tool,
          });
          expect(text).not.toContain(secret);
        }
      },
    ),
    { numRuns: 200 },
  );
});

test('a clean run proves itself in one line, dim where there is colour', async () => {
  const line = 'scanned 3 blobs, 12.4 kB, 0 skipped in 71 ms';
  const style = { isColored: true, isQuiet: false };
  const tool = { name: 'leak-guard', version: '1.0.0' };

  expect(renderPlain([])).toBe(`${line}\n`);
  expect(await render(toReport([]), { format: 'text', style, tool })).toBe(`\u001b[2m${line}\u001b[22m\n`);
});

test('a warning is printed on a clean run too', async () => {
  const report = toReport([], { warnings: ['An allow entry has expired.'] });
  const tool = { name: 'leak-guard', version: '1.0.0' };

  expect(await render(report, { format: 'text', style: plain, tool })).toContain(
    'warning: An allow entry has expired.\n',
  );
});

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [999_949, '999.9 kB'],
  [999_950, '1.0 MB'],
  [1_500_000_000, '1.5 GB'],
])('%d bytes read %j', (bytes, size) => {
  const report = toReport([], { scanned: { blobs: 1, bytes, skipped: [] }, allowed: 2, durationMs: 12_345 });

  expect(renderTerminal(report, plain)).toBe(`scanned 1 blob, ${size}, 0 skipped, 2 allowed in 12.3 s\n`);
});

test('quiet leaves the proof out, but never what was skipped', () => {
  const quiet = { isColored: false, isQuiet: true };
  const skipped = [{ file: 'a.bin', why: 'larger than 50 MB' }];
  const report = toReport([], { scanned: { blobs: 1, bytes: 1, skipped } });

  expect(renderTerminal(toReport([]), quiet)).toBe('');
  expect(renderTerminal(report, quiet)).toContain('a.bin   larger than 50 MB');
});

test('skipped files are named up to five, then counted', () => {
  const skipped = Array.from({ length: 12 }, (_, index) => ({ file: `f${index}.bin`, why: 'larger than 50 MB' }));

  const text = renderTerminal(toReport([toFinding()], { scanned: { blobs: 1, bytes: 1, skipped } }), plain);

  expect(text).toContain('leak-guard: 12 not scanned:\n  f0.bin   larger than 50 MB\n');
  expect(text).toContain('f4.bin');
  expect(text).not.toContain('f5.bin');
  expect(text).toContain('and 7 more');
});

test('colour adds nothing but colour', () => {
  const coloured = renderTerminal(
    toReport([toFinding()]),
    { isColored: true, isQuiet: false },
    picocolors.createColors(true),
  );

  expect(coloured).toContain('\u001b[');
  expect(coloured.replace(/\u001b\[\d+m/g, '')).toBe(renderPlain([toFinding()]));
});
