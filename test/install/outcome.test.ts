import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { cli, withRepo } from '../support/repo.js';
import { withPackage } from './real-package.js';

const usual = { version: 1, isDryRun: false, hooks: [], agents: [], how: null, isPending: false, edits: [], notes: [] };

test('quiet prints nothing, and installs', () =>
  withPackage(async (repo) => {
    expect(await repo.run('install', '--quiet')).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
    expect(existsSync(join(repo.dir, '.git/hooks/pre-push'))).toBe(true);
    expect(await repo.run('uninstall', '--quiet')).toMatchObject({ exitCode: 0, stdout: '', stderr: '' });
  }));

test('JSON tells what install and uninstall did, with whole paths', () =>
  withPackage(async (repo) => {
    const paths = ['pre-commit', 'pre-push'].map((hook) => join(repo.dir, '.git/hooks', hook));

    const installed = await repo.run('install', '--format', 'json', '--quiet');
    const again = await repo.run('install', '--format', 'json');
    const removed = await repo.run('uninstall', '--format', 'json');

    const how = { hooks: ['pre-commit', 'pre-push'], how: 'native hooks' };
    expect(JSON.parse(installed.stdout)).toEqual({
      ...usual,
      ...how,
      edits: paths.map((path) => ({ kind: 'write', path })),
    });
    expect(JSON.parse(again.stdout)).toEqual({ ...usual, ...how });
    expect(JSON.parse(removed.stdout)).toEqual({ ...usual, edits: paths.map((path) => ({ kind: 'remove', path })) });
  }));

test('JSON of a dry run says so and names what would be moved, and nothing is done', () =>
  withPackage(async (repo) => {
    const own = join(repo.dir, '.git/hooks/pre-commit');
    await repo.write('.git/hooks/pre-commit', '#!/usr/bin/env node\n', 0o755);

    const { stdout } = await repo.run('install', '--hook', 'pre-commit', '--dry-run', '--format', 'json');

    expect(JSON.parse(stdout)).toMatchObject({
      isDryRun: true,
      hooks: ['pre-commit'],
      edits: [
        { kind: 'move', path: own, to: expect.stringContaining('pre-commit') },
        { kind: 'write', path: own },
      ],
    });
    expect(await readFile(own, 'utf8')).toBe('#!/usr/bin/env node\n');
  }));

test('JSON is one document for hooks and agents together, in the file that was asked for', () =>
  withPackage(async (repo) => {
    const file = join(repo.home, 'installed.json');

    const { stdout } = await repo.run(
      ...['install', '--agent', 'codex', '--hook', 'pre-commit', '--format', 'json', '--output', file],
    );

    expect(stdout).toBe('');
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
      hooks: ['pre-commit'],
      agents: ['codex'],
      edits: [{ path: join(repo.dir, '.git/hooks/pre-commit') }, { path: join(repo.dir, '.codex/hooks.json') }],
      notes: [expect.stringContaining('Codex')],
    });
  }));

test('a format that is none is refused before anything is written', () =>
  withRepo(async (repo) => {
    expect(await repo.run('install', '--format', 'md')).toMatchObject({ exitCode: 2 });
    expect(existsSync(join(repo.dir, '.git/hooks/pre-commit'))).toBe(false);
  }));

test('in JSON, too, a package that is unpacked where no repository is has nothing installed', () =>
  withRepo(
    async (repo) => {
      const words = ['install', '--format', 'json'];

      const { exitCode, stdout } = await repo.exec(process.execPath, [cli, ...words], {
        env: { npm_lifecycle_event: 'prepare' },
      });

      expect({ exitCode, told: JSON.parse(stdout) }).toEqual({ exitCode: 0, told: usual });
    },
    { init: false },
  ));
