import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { toNames } from '../src/names.js';
import { detect, sample } from './support/detectors.js';
import { withRepo } from './support/repo.js';

const key = sample('sendgrid-api-key');

test.each([key, `${key}.txt`, `topic-${key}`, `a/b_${key}.json/c`, `fix-${key}-again`, `a b ${key}`])(
  'a secret in the name %# is found and masked',
  (name) => {
    expect(toNames(detect).look(name)?.masked).toBe(name.replace(key, '********'));
  },
);

test.each(['src/mail.ts', 'twilio/5f2ac8e1b39d4076a8c2e5f7019b3d64.png', 'main.3f2a9bc1d4e5f607.chunk.js', ''])(
  'the name %j is no secret',
  (name) => {
    expect(toNames(detect).look(name)).toBeNull();
  },
);

test('a file that is renamed to a secret, or is new with one, is found when it is staged', async () => {
  await withRepo(async (repo) => {
    await repo.commit('a.txt', 'a long enough\ncontent to be\nrecognised\n');
    await repo.commit(`old-${key}.txt`, 'old\n');
    await repo.git('mv', 'a.txt', `${key}.txt`);
    await repo.stage(`new/${key}/empty`, '');
    await repo.stage(`old-${key}.txt`, 'old and edited\n');

    const ran = await repo.run('hook', 'pre-commit');

    expect(ran.exitCode).toBe(1);
    expect(ran.stderr).toContain('\n  ********.txt (its name)  ');
    expect(ran.stderr).toContain('\n  new/********/empty (its name)   SendGrid API key');
    expect(ran.stderr).not.toContain('old-');
    expect(ran.stderr).toContain('git mv OLD NEW');
    expect(ran.stderr).not.toContain(key);
  });
});

test('a path with a secret is masked wherever it is told: findings, skipped files, JSON', async () => {
  await withRepo(async (repo) => {
    const other = sample('sendgrid-api-key');
    await repo.stage('.leak-guard.json', JSON.stringify({ exclude: ['skip/**'] }));
    await repo.stage(`${key}/a.txt`, `${other}\n`);
    await repo.stage(`skip/${key}`, 'x\n');

    const runs = [
      await repo.run('scan', '--staged'),
      await repo.run('scan', '--staged', '--format', 'json'),
      await repo.run('scan', '.', '--format', 'json'),
    ];

    for (const { stdout, stderr } of runs) expect(stdout + stderr).not.toContain(key);
    expect(runs[0]?.stdout).toContain('********/a.txt:1:1');
    expect(JSON.parse(runs[2]?.stdout ?? '').findings).toMatchObject([
      { file: '********/a.txt', kind: 'name', startLine: 1, startColumn: 1, commit: null },
      { file: '********/a.txt', kind: 'file' },
    ]);
  });
});

test('an allowed fingerprint passes in a name as well', async () => {
  await withRepo(async (repo) => {
    await mkdir(join(repo.dir, 'docs'));
    await writeFile(join(repo.dir, 'docs', `${key}.md`), 'text\n');
    const first = JSON.parse((await repo.run('scan', '.', '--format', 'json')).stdout);
    const allow = [{ finding: first.findings[0].fingerprint, reason: 'grown at test time' }];
    await repo.write('.leak-guard-allow.json', JSON.stringify({ version: 1, allow }));

    expect((await repo.run('scan', '.')).exitCode).toBe(0);
  });
});
