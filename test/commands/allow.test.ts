import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type AllowableFinding, type AllowDeps, allowCommand } from '../../src/commands/allow.js';
import { auditCommand } from '../../src/commands/audit.js';
import { type BaselineDeps, baselineCommand } from '../../src/commands/baseline.js';
import { ExitCode } from '../../src/exit-code.js';
import { parseAllowlist } from '../../src/filter/allowlist.js';
import { ALLOWLIST_FILE } from '../../src/filter/rule-file.js';
import { findingId, fingerprint } from '../../src/fingerprint.js';
import { Secret } from '../../src/secret.js';
import { sample } from '../support/detectors.js';
import { cli, type Ran, withRepo } from '../support/repo.js';
import { loadTestRules, toAllowlistText } from '../support/rules.js';
import { toTestSuspect } from '../support/suspect.js';

const now = new Date('2026-11-20T12:00:00Z');
const reason = 'from the public docs';

test('adds an entry for the finding with this id, stages it and says so in one line', async () => {
  await withDeps([toFinding('a'), toFinding('b')], async (deps) => {
    await allowCommand({ id: toFinding('a').id, reason, expires: '2027-06-30' }, deps);

    expect(await readEntries(deps)).toMatchObject([
      { finding: toFinding('a').fingerprint, reason, by: 'ana@example.com', expires: '2027-06-30' },
    ]);
    expect(deps.said).toEqual(
      [
        `Allowed ${toFinding('a').id} (ACME token) until 2027-06-30. ${ALLOWLIST_FILE} is staged: commit it with your change.\n`,
        'staged',
      ].toReversed(),
    );
  });
});

test('takes a whole fingerprint without a scan', async () => {
  await withDeps('no scan', async (deps) => {
    await allowCommand({ id: 'ab'.repeat(16), reason }, { ...deps, by: null });

    expect(await readEntries(deps)).toMatchObject([{ finding: 'ab'.repeat(16), reason }]);
    expect((await readEntries(deps))[0]).not.toHaveProperty('by');
  });
});

test('looks in the next place only when the ones before do not have the id', async () => {
  await withDeps([toFinding('a')], async (deps) => {
    const asked: string[] = [];
    const searches = ['a', 'b', 'c'].map((name) => async () => {
      asked.push(name);
      return [toFinding(name)];
    });

    await allowCommand({ id: toFinding('b').id, reason }, { ...deps, searches });

    expect(asked).toEqual(['a', 'b']);
    expect(await readEntries(deps)).toMatchObject([{ finding: toFinding('b').fingerprint }]);
  });
});

test('what stopped a push can be allowed by its id, though no file holds it any more', () =>
  withRepo(async (repo) => {
    const remote = join(repo.home, 'origin.git');
    await repo.git('init', '-q', '--bare', remote);
    await repo.git('remote', 'add', 'origin', remote);
    await repo.commit('mail.env', `KEY=${sample('sendgrid-api-key')}\n`);
    await repo.commit('mail.env', 'KEY=\n');
    const line = `refs/heads/main ${await repo.git('rev-parse', 'main')} refs/heads/main ${'0'.repeat(40)}\n`;
    const push = (): Promise<Ran> =>
      repo.exec(process.execPath, [cli, 'hook', 'pre-push', 'origin', remote], { input: line });

    const stopped = await push();
    const id = /leak-guard allow ([0-9a-f]{8})/.exec(stopped.stderr)?.[1] ?? '';
    const allowed = await repo.run('allow', id, '--reason', 'Made for a test');
    const passed = await push();

    expect(stopped.exitCode).toBe(1);
    expect(allowed).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(`Allowed ${id} (SendGrid`) });
    expect(passed).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('1 allowed') });

    // Another remote has it already: a build names it, or the push to a second remote.
    await repo.git('rm', '-q', '--cached', ALLOWLIST_FILE);
    await repo.git('push', '-q', '--no-verify', 'origin', 'main');
    const again = await repo.run('allow', id, '--reason', 'Made for a test');
    expect(again).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(`Allowed ${id} (SendGrid`) });
  }));

test('one secret in three places is one finding to allow', async () => {
  await withDeps([toFinding('a'), toFinding('a', 'b.ts'), toFinding('a', 'c.ts')], async (deps) => {
    await allowCommand({ id: toFinding('a').id, reason }, deps);

    expect(await readEntries(deps)).toHaveLength(1);
  });
});

test('lists the ids there are when it knows no such id', async () => {
  await withDeps([toFinding('a'), toFinding('b')], async (deps) => {
    await expect(allowCommand({ id: '00000000', reason }, deps)).rejects.toMatchObject({
      name: 'UserError',
      message: 'No finding has the id 00000000.',
      cause: `${toFinding('a').id}  src/a.ts:3  ACME token\n${toFinding('b').id}  src/a.ts:3  ACME token`,
    });
    expect(deps.said).toEqual([]);
  });
});

test('says that nothing is blocked when nothing is', async () => {
  await withDeps([], async (deps) => {
    await expect(allowCommand({ id: '00000000', reason }, deps)).rejects.toMatchObject({
      message: expect.stringContaining('nothing is blocked of what is staged, tracked, or in the history'),
    });
  });
});

test('asks for the whole fingerprint when an id means two findings', async () => {
  const twins = ['1', '2'].map((end) => ({
    ...toFinding('a'),
    fingerprint: `${'c'.repeat(31)}${end}`,
    id: 'cccccccc',
  }));
  await withDeps(twins, async (deps) => {
    await expect(allowCommand({ id: 'cccccccc', reason }, deps)).rejects.toMatchObject({
      message: '2 findings have an id that begins with cccccccc.',
      cause: expect.stringContaining(`${'c'.repeat(31)}1  src/a.ts:3`),
    });
  });
});

test.each([
  [{ reason: '  ' }, 'needs a reason'],
  [{ expires: '2027-13-01' }, 'not a day'],
  [{ expires: 'tomorrow' }, 'not a day'],
  [{ expires: '2026-11-20' }, 'not in the future'],
  [{ id: 'not a secret' }, 'not the id of a finding'],
  [{ id: 'abc' }, 'not the id of a finding'],
])('refuses %j: %s', async (options, problem) => {
  await withDeps([toFinding('a')], async (deps) => {
    const attempt = allowCommand({ id: toFinding('a').id, reason, ...options }, deps);

    await expect(attempt).rejects.toMatchObject({ name: 'UserError', message: expect.stringContaining(problem) });
    await expect(readEntries(deps)).rejects.toThrow('ENOENT');
  });
});

test('a secret that is typed in place of the id is not repeated', async () => {
  await withDeps([toFinding('a')], async (deps) => {
    const typed = ['zq', 'v8'.repeat(9)].join('_');

    await expect(allowCommand({ id: typed, reason }, deps)).rejects.toMatchObject({
      message: expect.not.stringContaining(typed),
      hint: expect.not.stringContaining(typed),
    });
  });
});

test('makes names from the repository safe before it lists them', async () => {
  await withDeps([toFinding('a', 'evil\u001b[2J.ts')], async (deps) => {
    await expect(allowCommand({ id: '00000000', reason }, deps)).rejects.toMatchObject({
      cause: expect.stringContaining('evil?[2J.ts'),
    });
  });
});

test('baseline accepts each secret once, and what comes later blocks', async () => {
  await withDeps([toFinding('a'), toFinding('b'), toFinding('b', 'b.ts')], async (deps) => {
    await baselineCommand({ reason: 'there before leak-guard' }, deps);

    const text = await readFile(deps.allowlistPath, 'utf8');
    const rules = await loadTestRules({ [ALLOWLIST_FILE]: text });
    expect(rules.entries).toHaveLength(2);
    expect(rules.allows(toTestSuspect({ secret: 'a' }))).not.toBe(null);
    expect(rules.allows(toTestSuspect({ secret: 'c' }))).toBe(null);
    expect(deps.said.join('')).toContain('Accepted 2 secrets in 3 places');
  });
});

test('baseline writes nothing when nothing is blocked', async () => {
  await withDeps([], async (deps) => {
    await baselineCommand({ reason }, deps);

    await expect(readEntries(deps)).rejects.toThrow('ENOENT');
    expect(deps.said).toEqual(['Nothing is blocked: there is nothing to accept.\n']);
  });
});

test('audit names what has expired, matches nothing, names no detector or has no owner', async () => {
  const by = 'ana@example.com';
  const text = toAllowlistText(
    { value: 'in use', reason, by },
    { value: 'in use', reason, by, expires: '2026-11-19' },
    { value: 'in use', reason, by, expires: '2026-12-01' },
    { value: 'gone', reason, by },
    { value: 'in use', reason },
    { path: 'src/**', detectors: ['acne-token'], reason, by },
  );
  const { exitCode, said } = await audit(text.replaceAll('},{', '},\n{'), 'in use');

  expect(exitCode).toBe(ExitCode.Findings);
  expect(said).toEqual([
    `${ALLOWLIST_FILE}:2  expired on 2026-11-19  (${reason})\n`,
    `${ALLOWLIST_FILE}:3  expires on 2026-12-01  (${reason})\n`,
    `${ALLOWLIST_FILE}:4  matches nothing any more  (${reason})\n`,
    `${ALLOWLIST_FILE}:5  does not say who allowed it  (${reason})\n`,
    `${ALLOWLIST_FILE}:6  matches nothing any more; names acne-token, which is no detector  (${reason})\n`,
    'Entries: 6. To take out or renew: 3. Findings allowed: 1.\n',
  ]);
});

test('audit is content with entries that are in use and not about to expire', async () => {
  const { exitCode, said } = await audit(toAllowlistText({ value: 'in use', reason, by: 'ana@example.com' }), 'in use');

  expect(exitCode).toBe(ExitCode.Clean);
  expect(said).toHaveLength(1);
});

async function audit(text: string, secret: string) {
  const said: string[] = [];
  const exitCode = await auditCommand({
    stdout: (line) => said.push(line),
    scanAll: async () => {
      const rules = await loadTestRules({ [ALLOWLIST_FILE]: text }, [], now);
      rules.allows(toTestSuspect({ secret }));
      return rules;
    },
    formats: [{ id: 'acme-token' }],
    toPrintable: (line) => line,
    now,
  });
  return { exitCode, said };
}

function toFinding(secret: string, file = 'src/a.ts'): AllowableFinding {
  const made = fingerprint('acme-token', new Secret(secret), false);
  return { id: findingId(made), fingerprint: made, detector: 'acme-token', title: 'ACME token', file, startLine: 3 };
}

async function readEntries(deps: AllowDeps) {
  return (await parseAllowlist(await readFile(deps.allowlistPath, 'utf8'))).entries;
}

async function withDeps(
  findings: readonly AllowableFinding[] | 'no scan',
  run: (deps: AllowDeps & BaselineDeps & { readonly said: string[] }) => Promise<void>,
): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'leak-guard-test-'));
  const said: string[] = [];
  const findFindings = async (): Promise<readonly AllowableFinding[]> => {
    if (findings === 'no scan') throw new Error('it scanned');
    return findings;
  };
  try {
    await run({
      said,
      stdout: (text) => said.push(text),
      findFindings,
      searches: [findFindings],
      allowlistPath: join(dir, ALLOWLIST_FILE),
      stage: async () => {
        said.push('staged');
      },
      toPrintable: (text) => text.replace(/[^\x20-\x7e]/g, '?'),
      by: 'ana@example.com',
      now,
    });
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}
