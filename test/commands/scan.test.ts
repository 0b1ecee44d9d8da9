import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ExitCode } from '../../src/exit-code.js';
import { sample } from '../support/detectors.js';
import { withRepo } from '../support/repo.js';

const key = sample('sendgrid-api-key');
const acme = sample('sendgrid-api-key')
  .slice(3, 25)
  .replaceAll(/[^A-Za-z0-9]/g, 'x');
const settings = {
  exclude: ['skipped/'],
  customDetectors: [{ id: 'custom-acme', name: 'ACME token', pattern: 'acme_\\w{22}', keywords: ['acme_'] }],
};

test.each([
  { paths: [] },
  { paths: ['.'] },
  { paths: ['./src'] },
  { paths: ['src/../src', 'lib'] },
  { paths: ['src'] },
  { paths: ['src/a.ts'] },
])(
  'scan $paths goes by the settings of the folder that it is called in, and tells paths from there',
  async ({ paths }) => {
    await withRepo(async (repo) => {
      await repo.write('.leak-guard.json', JSON.stringify(settings));
      await repo.write('src/a.ts', `const token = 'acme_${acme}';\n`);
      await repo.write('lib/b.ts', '\n');
      await repo.write('skipped/c.ts', `const key = '${key}';\n`);

      const ran = await repo.run('scan', ...paths);

      expect(ran).toMatchObject({ exitCode: ExitCode.Findings, stderr: '' });
      expect(ran.stdout).toContain('1 secret found');
      expect(ran.stdout).toContain('  src/a.ts:1:16   ACME token');
    });
  },
);

test('what the allowlist lets pass is let pass when one folder is scanned, too', async () => {
  await withRepo(async (repo) => {
    await repo.stage('src/a.ts', `const key = '${key}';\n`);
    const report = JSON.parse((await repo.run('scan', '--staged', '--format', 'json')).stdout);
    await repo.run('allow', report.findings[0].id, '--reason', 'grown for this test');

    const ran = await repo.run('scan', 'src');

    expect(ran.exitCode).toBe(ExitCode.Clean);
    expect(ran.stdout).toContain('1 allowed');
  });
});

test('a folder elsewhere is a project of its own: its rules count, and paths are told from there', async () => {
  await withRepo(async (repo) => {
    const other = join(repo.home, 'other');
    await mkdir(join(other, 'skipped'), { recursive: true });
    await writeFile(join(other, '.leak-guard.json'), JSON.stringify(settings));
    await writeFile(join(other, 'a.ts'), `const key = '${key}';\n`);
    await writeFile(join(other, 'skipped/c.ts'), `const key = '${key}';\n`);

    const ran = await repo.run('scan', other);

    expect(ran.exitCode).toBe(ExitCode.Findings);
    expect(ran.stdout).toContain('  a.ts:1:14   SendGrid API key');
    expect(ran.stdout).not.toContain('c.ts:');
  });
});
