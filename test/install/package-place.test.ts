import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { withBench } from './stand-in.js';

const CACHES = [
  '.npm/_npx/0a1b/node_modules/leak-guard/dist/bin',
  '.cache/pnpm/dlx-42/node_modules/leak-guard/dist/bin',
  'xfs-1f/dlx-42/node_modules/leak-guard/dist/bin',
  'bunx-0-leak-guard@latest/node_modules/leak-guard/dist/bin',
];

test.each(CACHES)('run from %s, where it will vanish, install asks to add the package first', async (toolFolder) => {
  await withBench(
    async ({ install, exists }) => {
      await expect(install()).rejects.toMatchObject({
        hint: expect.stringContaining('npm install --save-dev leak-guard'),
      });
      expect(exists('.git/hooks/pre-commit')).toBe(false);
    },
    { toolFolder },
  );
});

test.each(CACHES)('run from %s, hooks call the package that the repository has', async (toolFolder) => {
  await withBench(
    async ({ install, repo, addPackage, calls, read }) => {
      await addPackage('.');

      await install();
      await repo.git('commit', '-q', '--allow-empty', '-m', 'One');

      expect(calls()[0]?.file).toBe(join(repo.dir, 'node_modules/leak-guard/dist/bin/leak-guard.cjs'));
      expect(read('.git/hooks/pre-commit')).not.toContain(toolFolder);
    },
    { toolFolder },
  );
});

test("hooks record pnpm's link, which outlives the folder with the version behind it", async () => {
  await withBench(async ({ install, repo, addPackage, read }) => {
    await addPackage('node_modules/.pnpm/leak-guard@1.2.3');
    const behind = 'node_modules/.pnpm/leak-guard@1.2.3/node_modules/leak-guard';
    symlinkSync(join(repo.dir, behind), join(repo.dir, 'node_modules/leak-guard'));

    await install({}, { cliPath: join(repo.dir, behind, 'dist/bin/leak-guard.cjs') });

    expect(read('.git/hooks/pre-commit')).toContain(
      `lg_cli='${repo.dir}/node_modules/leak-guard/dist/bin/leak-guard.cjs'`,
    );
  });
});

test("hooks record Homebrew's link, which outlives the folder with the version behind it", async () => {
  await withBench(async ({ install, repo, read }) => {
    const brew = join(repo.home, 'brew');
    for (const folder of ['Cellar/node@22/22.1.0/bin', 'opt']) mkdirSync(join(brew, folder), { recursive: true });
    symlinkSync(process.execPath, join(brew, 'Cellar/node@22/22.1.0/bin/node'));
    symlinkSync('../Cellar/node@22/22.1.0', join(brew, 'opt/node@22'));

    await install({}, { nodePath: join(brew, 'Cellar/node@22/22.1.0/bin/node') });

    expect(read('.git/hooks/pre-commit')).toContain(`lg_node='${brew}/opt/node@22/bin/node'`);
  });
});

test("shared hooks call through yarn where Plug'n'Play leaves no folder of programs", async () => {
  await withBench(async ({ install, repo, read }) => {
    await repo.write('.pnp.cjs', '');
    await repo.commit('.githooks/x', 'x');
    await repo.git('config', 'core.hooksPath', '.githooks');

    await install();

    expect(read('.githooks/pre-commit')).toContain('exec yarn leak-guard hook pre-commit -- "$@"');
  });
});

test("native hooks load Plug'n'Play where the package lies in yarn's folder", async () => {
  await withBench(
    async ({ install, repo, calls }) => {
      await repo.write('.pnp.cjs', 'process.env.NODE_OPTIONS = "plugged";\n');

      await install();
      await repo.git('commit', '-q', '--allow-empty', '-m', 'One');

      expect(calls()).toMatchObject([{ args: ['hook', 'pre-commit', '--'], nodeOptions: 'plugged' }]);
      rmSync(join(repo.dir, '.pnp.cjs'));
      expect((await repo.tryGit(['commit', '-q', '--allow-empty', '-m', 'Two'])).exitCode).not.toBe(0);
    },
    { toolFolder: 'work/.yarn/unplugged/leak-guard-npm-1.0.0-0a/node_modules/leak-guard/dist/bin' },
  );
});

test('shared hooks use a leak-guard that is installed for the whole machine', async () => {
  await withBench(async ({ install, repo, cliPath, calls }) => {
    const bin = join(repo.home, 'bin');
    mkdirSync(bin);
    symlinkSync(cliPath, join(bin, 'leak-guard'));
    const { PATH: path } = repo.env;
    const env = { ...repo.env, PATH: `${bin}:${path}` };
    await repo.commit('.githooks/x', 'x');
    await repo.git('config', 'core.hooksPath', '.githooks');

    await install({}, { env });
    await repo.tryGit(['commit', '-q', '--allow-empty', '-m', 'One'], { env });

    expect(calls()).toHaveLength(1);
  });
});
