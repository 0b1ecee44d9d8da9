import { expect, test } from '@jest/globals';
import { withBench } from './stand-in.js';

test('I47 lefthook gets commands in its settings, and its hook files are left alone', async () => {
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
    expect(once).toContain('run: node_modules/.bin/leak-guard hook pre-push -- {1} {2}\n');
    expect(read('lefthook.yml')).toContain('run: node_modules/.bin/leak-guard hook commit-msg -- {1}\n');
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
    expect(once).toContain('"run": "node_modules/.bin/leak-guard hook pre-push -- {1} {2}"');
    expect(once.match(/"use_stdin": true/g)).toHaveLength(1);
    await uninstall();
    expect(read(path)).toBe(settings);
  });
});

test.each([
  ['.config/lefthook.json', '{ "pre-push": { "commands": { "own": { "run": "npm test" } } } }'],
  ['lefthook.json', '{"pre-commit":{"jobs":[{"run":"npm test"}]},"pre-push":{"parallel":true}}'],
  ['lefthook.json', '{}'],
  ['lefthook.json', '{\n  "pre-commit": {\n    "jobs": [\n      { "run": "npm test" } // own\n    ]\n  }\n}\n'],
  ['.lefthook.toml', '# ours\n[pre-commit]\nparallel = false # why\n\n[pre-commit.commands.own]\nrun = "npm test"\n'],
  ['lefthook.toml', '[[pre-commit.jobs]]\r\nrun = "npm test"\r\n'],
  ['.config/lefthook.toml', '[pre-push]\njobs = [ { run = "npm test" } ]'],
  ['.lefthook.yaml', 'pre-commit:\r\n  jobs:\r\n    - run: npm test\r\n'],
])(
  'lefthook settings in %s come back byte for byte from %j, and a second install changes nothing',
  async (path, settings) => {
    await withBench(async ({ install, uninstall, repo, read, addPackage }) => {
      await repo.write(path, settings);
      await addPackage('.');

      await install();
      const once = read(path);
      await install();

      expect(read(path)).toBe(once);
      expect(once.match(/leak-guard hook pre-(commit|push)/g)).toHaveLength(2);
      await uninstall();
      expect(read(path)).toBe(settings);
    });
  },
);

test.each([
  ['lefthook.toml', 'a = 1\n[pre-commit\n', 'line 3, column 1'],
  ['lefthook.yml', 'pre-commit:\n  commands: [\n', 'line 3, column 1'],
  ['lefthook.json', '{\n  "pre-commit": ,\n}\n', 'line 2, column 17'],
])('%s that is broken is named with line and column, and nothing is written', async (path, text, place) => {
  await withBench(async ({ install, repo, read, addPackage, exists }) => {
    await repo.write(path, text);
    await addPackage('.');

    await expect(install()).rejects.toMatchObject({
      message: expect.stringContaining(path),
      cause: expect.stringContaining(place),
    });

    expect(read(path)).toBe(text);
    expect(exists('.git/hooks/pre-commit')).toBe(false);
  });
});

test.each([
  ['lefthook.json', '{ "pre-commit": [] }\n'],
  ['lefthook.toml', 'pre-commit = {}\n'],
  ['lefthook.yml', 'pre-commit: { parallel: true }\n'],
])('%s that leaves us guessing is shown what to add, and not edited', async (path, text) => {
  await withBench(async ({ install, repo, read, addPackage }) => {
    await addPackage('.');
    await repo.write(path, text);

    await expect(install()).rejects.toMatchObject({
      cause: expect.stringMatching(/pre-commit\.commands\.leak-guard: .*leak-guard hook pre-commit/),
    });

    expect(read(path)).toBe(text);
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
])('I48 simple-git-hooks gets commands in %s before the ones there', async (path, settings) => {
  await withBench(async ({ install, uninstall, repo, read, addPackage }) => {
    await repo.write(path, settings);
    await addPackage('.');

    expect(await install()).toContain('npx simple-git-hooks');
    expect(await install()).toContain('guarded already');

    expect(read(path)).toContain(
      '"pre-commit": "NODE_OPTIONS= node_modules/.bin/leak-guard hook pre-commit && npm test"',
    );
    expect(read(path)).toContain('"pre-push": "NODE_OPTIONS= node_modules/.bin/leak-guard hook pre-push -- \\"$@\\""');
    await uninstall();
    expect(read(path)).toBe(settings);
  });
});

const tabs = '{\n\t"name": "x",\n\t"simple-git-hooks": {\n\t\t"pre-commit": "npm test"\n\t}\n}\n';

test.each([
  ['tabs', tabs],
  ['CR LF', tabs.replaceAll('\n', '\r\n')],
  ['no final newline', tabs.trimEnd()],
  ['a byte order mark', `\uFEFF${tabs}`],
  ['four spaces', tabs.replaceAll('\t', '    ')],
  ['one line', '{"name":"x","simple-git-hooks":{"pre-commit":"npm test"},"private":true}'],
  ['no commands yet', '{\n  "name": "ünï",\n  "simple-git-hooks": {}\n}\n'],
])('package.json with %s keeps its layout, and comes back byte for byte', async (_, settings) => {
  await withBench(async ({ install, uninstall, repo, read, addPackage }) => {
    await repo.write('package.json', settings);
    const before = read('package.json');
    await addPackage('.');

    await install();
    const once = read('package.json');
    expect(await install()).toContain('guarded already');
    expect(read('package.json')).toBe(once);

    expect(once.split(/\r?\n/).length - before.split(/\r?\n/).length).toBe(/\n\s+"pre-commit/.test(before) ? 1 : 0);
    expect(once.includes('\r\n')).toBe(before.includes('\r\n'));
    expect(once.replace(/\r\n/g, '')).not.toContain('\r');
    const { 'simple-git-hooks': commands } = JSON.parse(once.replace(/^\u00ef\u00bb\u00bf/, ''));
    expect(commands).toEqual({
      'pre-push': 'NODE_OPTIONS= node_modules/.bin/leak-guard hook pre-push -- "$@"',
      'pre-commit': expect.stringMatching(
        /^NODE_OPTIONS= node_modules\/.bin\/leak-guard hook pre-commit( && npm test)?$/,
      ),
    });
    await uninstall();
    expect(read('package.json')).toBe(before);
  });
});

test('settings of simple-git-hooks that are broken are named with line and column, and nothing is written', async () => {
  await withBench(async ({ install, repo, read, addPackage }) => {
    await repo.write('.simple-git-hooks.json', '{\n  "pre-commit": npm test\n}\n');
    await addPackage('.');

    await expect(install()).rejects.toMatchObject({ cause: expect.stringContaining('line 2, column 17') });

    expect(read('.simple-git-hooks.json')).toBe('{\n  "pre-commit": npm test\n}\n');
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
