import { existsSync } from 'node:fs';
import { cp, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type Ran, type Repo, withRepo } from './support/repo.js';

const build = `require('node:fs').mkdirSync('dist/bin', { recursive: true }); require('node:fs').writeFileSync('dist/bin/leak-guard.cjs', '')`;

/** A clone of a package with this project's prepare script, and a build that only makes the file that is looked for. */
async function withClone(
  packages: readonly string[],
  act: (clone: { readonly repo: Repo; prepare(env?: Record<string, string>): Promise<Ran> }) => Promise<void>,
): Promise<void> {
  await withRepo(async (repo) => {
    await mkdir(join(repo.dir, 'src/build'), { recursive: true });
    await cp('src/build/prepare.js', join(repo.dir, 'src/build/prepare.js'));
    await repo.write('package.json', '{ "name": "x", "type": "module", "scripts": { "build": "node build.cjs" } }');
    await repo.write('build.cjs', build);
    for (const name of packages) await repo.write(`node_modules/${name}/package.json`, '{}');
    await act({ repo, prepare: (env = {}) => repo.exec(process.execPath, ['src/build/prepare.js'], { env }) });
  });
}

test('a clone without its development packages is left as it is', async () => {
  await withClone([], async ({ repo, prepare }) => {
    expect(await prepare()).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(existsSync(join(repo.dir, 'dist'))).toBe(false);
  });
});

test('a clone that is not built yet is built, and nothing of that reaches standard output', async () => {
  await withClone(['typescript', 'esbuild'], async ({ repo, prepare }) => {
    expect(await prepare()).toMatchObject({ exitCode: 0, stdout: '' });
    expect(existsSync(join(repo.dir, 'dist/bin/leak-guard.cjs'))).toBe(true);
  });
});

test('a clone that is built stays as it is', async () => {
  await withClone(['typescript', 'esbuild'], async ({ repo, prepare }) => {
    await repo.write('dist/bin/leak-guard.cjs', '');
    await repo.write('build.cjs', 'process.exit(1)');

    expect(await prepare()).toMatchObject({ exitCode: 0 });
  });
});

test('a build that fails is no package', async () => {
  await withClone(['typescript', 'esbuild'], async ({ repo, prepare }) => {
    await repo.write('build.cjs', 'process.exit(1)');

    expect((await prepare()).exitCode).not.toBe(0);
  });
});

test('what npm installs from a clone fetches its packages by the lock file, and fails without one', async () => {
  await withClone([], async ({ prepare }) => {
    const ran = await prepare({ npm_config_global: 'true', npm_config_offline: 'true' });

    expect(ran.exitCode).not.toBe(0);
    expect(ran.stderr).toContain('package-lock.json');
  });
});
