import { expect, test } from '@jest/globals';
import { withBench } from './stand-in.js';

test('lefthook gets commands in its settings, and its hook files are left alone', async () => {
  await withBench(async ({ install, uninstall, repo, read, exists, addPackage }) => {
    const settings = 'pre-commit:\n  commands:\n    lint:\n      run: npm run lint\n';
    await repo.write('lefthook.yml', settings);
    await repo.write('.git/hooks/pre-commit', '#!/bin/sh\nlefthook run pre-commit\n', 0o755);
    await addPackage('.');

    expect(await install()).toContain('one step is left.');
    const once = read('lefthook.yml');
    await install();
    await install({ hooks: ['commit-msg'] });

    expect(read('lefthook.yml').startsWith(once)).toBe(true);
    expect(once).toContain('run: node_modules/.bin/leak-guard hook pre-commit\n');
    expect(once).toContain('run: node_modules/.bin/leak-guard hook pre-push {1} {2}\n');
    expect(read('lefthook.yml')).toContain('run: node_modules/.bin/leak-guard hook commit-msg {1}\n');
    expect(read('.git/hooks/pre-commit')).toBe('#!/bin/sh\nlefthook run pre-commit\n');
    expect(exists('.git/hooks/pre-push')).toBe(false);
    await uninstall();
    expect(read('lefthook.yml')).toBe(settings);
  });
});

test('lefthook settings in another format are shown what to add, and not edited', async () => {
  await withBench(async ({ install, repo, read, addPackage }) => {
    await repo.write('.config/lefthook.json', '{}\n');
    await addPackage('.');

    await expect(install()).rejects.toMatchObject({ cause: expect.stringContaining('hook pre-commit') });
    expect(read('.config/lefthook.json')).toBe('{}\n');
  });
});

test('a native hook beside lefthook or simple-git-hooks is only for those who insist', async () => {
  await withBench(async ({ install, repo, exists }) => {
    await repo.write('lefthook.yml', '');

    await expect(install({ manager: 'native' })).rejects.toThrow('belong to lefthook');
    await install({ manager: 'native', isForced: true });
    expect(exists('.git/hooks/pre-commit')).toBe(true);
  });
});

test.each([
  ['package.json', '{\n\t"name": "x",\n\t"simple-git-hooks": {\n\t\t"pre-commit": "npm test"\n\t}\n}\n'],
  ['.simple-git-hooks.json', '{\n  "pre-commit": "npm test"\n}\n'],
])('simple-git-hooks gets commands in %s before the ones there', async (path, settings) => {
  await withBench(async ({ install, uninstall, repo, read, addPackage }) => {
    await repo.write(path, settings);
    await addPackage('.');

    expect(await install()).toContain('npx simple-git-hooks');
    expect(await install()).toContain('guarded already');

    expect(read(path)).toContain(
      '"pre-commit": "NODE_OPTIONS= node_modules/.bin/leak-guard hook pre-commit && npm test"',
    );
    expect(read(path)).toContain('"pre-push": "NODE_OPTIONS= node_modules/.bin/leak-guard hook pre-push \\"$@\\""');
    await uninstall();
    expect(read(path)).toBe(settings);
  });
});

test('simple-git-hooks settings that are a program are left to the user', async () => {
  await withBench(async ({ install, uninstall, repo, addPackage }) => {
    await repo.write('simple-git-hooks.cjs', 'throw new Error("must not run");\n');
    await addPackage('.');

    await expect(install()).rejects.toThrow('does not edit');
    expect(await uninstall()).toContain('nothing to take back');
  });
});

test('a manager that the repository does not use is refused', async () => {
  await withBench(async ({ install }) => {
    await expect(install({ manager: 'lefthook' })).rejects.toThrow('do not belong to lefthook');
    await expect(install({ manager: 'simple-git-hooks' })).rejects.toThrow('do not belong to simple-git-hooks');
  });
});
