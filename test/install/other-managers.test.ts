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

test.each([
  ['lefthook.json', '{\n  "pre-commit": {\n    "parallel": false\n  }\n}\n'],
  [
    '.lefthook.jsonc',
    '{\n\t// ours\n\t"pre-push": {\n\t\t"commands": {\n\t\t\t"own": {\n\t\t\t\t"run": "npm test" // all\n\t\t\t}\n\t\t}\n\t}\n}\n',
  ],
])('lefthook settings in %s get commands, and come back byte for byte', async (path, settings) => {
  await withBench(async ({ install, uninstall, repo, read, addPackage }) => {
    await repo.write(path, settings);
    await addPackage('.');

    await install();
    const once = read(path);
    await install();

    expect(read(path)).toBe(once);
    expect(once).toContain('"run": "node_modules/.bin/leak-guard hook pre-commit"');
    expect(once).toContain('"run": "node_modules/.bin/leak-guard hook pre-push {1} {2}"');
    expect(once.match(/"use_stdin": true/g)).toHaveLength(1);
    await uninstall();
    expect(read(path)).toBe(settings);
  });
});

test('lefthook settings on one line of JSON keep what they say', async () => {
  await withBench(async ({ install, uninstall, repo, read, addPackage }) => {
    const settings = '{ "pre-push": { "commands": { "own": { "run": "npm test" } } } }';
    await repo.write('.config/lefthook.json', settings);
    await addPackage('.');

    await install();
    await uninstall();

    expect(JSON.parse(read('.config/lefthook.json'))).toEqual(JSON.parse(settings));
  });
});

test('lefthook settings in TOML, or with jobs in JSON, are shown what to add, and not edited', async () => {
  await withBench(async ({ install, repo, read, addPackage }) => {
    await addPackage('.');
    for (const [path, text] of [
      ['lefthook.json', '{ "pre-commit": { "jobs": [] } }\n'],
      ['lefthook.toml', '[pre-commit]\nparallel = true\n'],
    ] as const) {
      await repo.exec('rm', ['-f', 'lefthook.json']);
      await repo.write(path, text);

      await expect(install()).rejects.toMatchObject({ cause: expect.stringContaining('hook pre-commit') });
      expect(read(path)).toBe(text);
    }
    await expect(install()).rejects.toMatchObject({
      cause: expect.stringContaining(
        '[pre-push.commands.leak-guard]\nrun = "node_modules/.bin/leak-guard hook pre-push',
      ),
    });
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
