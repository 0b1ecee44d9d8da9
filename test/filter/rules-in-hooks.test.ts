import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ExitCode } from '../../src/exit-code.js';
import { ALLOWLIST_FILE } from '../../src/filter/rule-file.js';
import { sample } from '../support/detectors.js';
import { writeGit } from '../support/hook-git.js';
import { cli, type Ran, type Repo, withRepo } from '../support/repo.js';
import { toAllowlistText } from '../support/rules.js';

const reason = 'made for a test';
const detector = 'sendgrid-api-key';
const none = '0'.repeat(40);

test('T20 an exact entry lets its secret pass, and the run counts it and says that the allowlist changes', async () => {
  await withAllowed(async (repo, key) => {
    const hook = await preCommit(repo);

    expect(hook.exitCode).toBe(ExitCode.Clean);
    expect(hook.stderr).toContain('1 allowed');
    expect(hook.stderr).toContain(`${ALLOWLIST_FILE} changes here: 1 entry added.`);
    expect(await repo.git('show', `:${ALLOWLIST_FILE}`)).not.toContain(key);
  });
});

test('T20 a different secret on the line of an allowed one blocks', async () => {
  await withAllowed(async (repo, key) => {
    await repo.stage('src/mail.ts', toCode(sample(detector)));
    expect((await preCommit(repo)).exitCode).toBe(ExitCode.Findings);

    await repo.stage('src/mail.ts', toCode(key));
    expect((await preCommit(repo)).exitCode).toBe(ExitCode.Clean);

    await repo.stage('src/mail.ts', `const keys = ['${key}', '${sample(detector)}'];\n`);
    const hook = await preCommit(repo);
    expect(hook.exitCode).toBe(ExitCode.Findings);
    expect(hook.stderr).toContain('1 secret found');
  });
});

test('T20 an entry for one detector lets the same secret under another detector block', async () => {
  await withRepo(async (repo) => {
    const key = sample(detector);
    await repo.stage('src/mail.ts', toCode(key));
    await repo.stage(ALLOWLIST_FILE, toAllowlistText({ value: key, detectors: ['stripe-*'], reason }));
    expect((await preCommit(repo)).stderr).toContain('src/mail.ts:1');

    await repo.stage(ALLOWLIST_FILE, toAllowlistText({ value: key, detectors: ['sendgrid-*'], reason }));
    expect((await preCommit(repo)).exitCode).toBe(ExitCode.Clean);
  });
});

test('T20 a fingerprint holds for the detector that it was made for', async () => {
  await withRepo(async (repo) => {
    const acme = (id: string) =>
      JSON.stringify({
        customDetectors: [{ id, name: 'ACME', pattern: 'acme_[A-Za-z0-9_.-]{66}', keywords: ['acme_'] }],
      });
    await repo.stage('.leak-guard.json', acme('custom-acme-token'));
    await repo.stage('a.txt', `acme_${sample(detector).replace('SG.', '')}\n`);
    const finding = await fingerprintOf(repo);
    await repo.stage(ALLOWLIST_FILE, toAllowlistText({ finding, reason }));
    expect((await preCommit(repo)).exitCode).toBe(ExitCode.Clean);

    await repo.stage('.leak-guard.json', acme('custom-acme-key'));
    expect((await preCommit(repo)).exitCode).toBe(ExitCode.Findings);
  });
});

test('T20 an expired entry blocks, and the run says since when', async () => {
  await withRepo(async (repo) => {
    await repo.stage('src/mail.ts', toCode(sample(detector)));
    const finding = await fingerprintOf(repo);
    await repo.stage(ALLOWLIST_FILE, toAllowlistText({ finding, reason, expires: '2026-01-31' }));

    const hook = await preCommit(repo);

    expect(hook.exitCode).toBe(ExitCode.Findings);
    expect(hook.stderr.replace(/\s+/g, ' ')).toContain(`${ALLOWLIST_FILE}:1 expired on 2026-01-31: it blocks again.`);
  });
});

test('T20 an entry stays good when the line moves, the file is renamed, and history is squashed and rebased', async () => {
  await withAllowed(async (repo, key) => {
    await repo.git('commit', '-q', '-m', 'Add mail');
    await repo.stage('src/mail.ts', `// one\n// two\n${toCode(key)}`);
    expect((await preCommit(repo)).exitCode).toBe(ExitCode.Clean);
    await repo.git('commit', '-q', '-m', 'Move the line');
    await repo.git('mv', 'src/mail.ts', 'src/post.ts');
    await repo.stage('src/post.ts', `${'// more\n'.repeat(40)}${toCode(key)}`);
    expect((await preCommit(repo)).exitCode).toBe(ExitCode.Clean);
    await repo.git('commit', '-q', '-m', 'Rename');
    expect((await prePush(repo)).exitCode).toBe(ExitCode.Clean);

    await repo.git('checkout', '-q', '--orphan', 'base');
    await repo.git('rm', '-rfq', '.');
    await repo.commit('README.md', 'Hello\n');
    await repo.git('checkout', '-q', 'main');
    await repo.git('rebase', '-q', '--root', '--onto', 'base');
    expect((await prePush(repo)).exitCode).toBe(ExitCode.Clean);

    await repo.git('reset', '-q', '--soft', 'base');
    expect((await preCommit(repo)).exitCode).toBe(ExitCode.Clean);
    await repo.git('commit', '-q', '-m', 'Squash');
    expect((await prePush(repo)).stderr).toContain('1 allowed');
  });
});

test('T21 an allowlist that is not staged does not count', async () => {
  await withAllowed(async (repo) => {
    await repo.git('rm', '-q', '--cached', ALLOWLIST_FILE);

    expect((await preCommit(repo)).exitCode).toBe(ExitCode.Findings);
  });
});

test('T21 the staged allowlist counts, whatever the one in the folder says', async () => {
  await withAllowed(async (repo) => {
    await repo.write(ALLOWLIST_FILE, '{ "broken');

    expect((await preCommit(repo)).exitCode).toBe(ExitCode.Clean);
  });
});

test('T22 an allowlist that is a link in the index stops the commit', async () => {
  await withAllowed(async (repo) => {
    await repo.write('real.json', await repo.git('show', `:${ALLOWLIST_FILE}`));
    await repo.write('target', 'real.json');
    const blob = await repo.git('hash-object', '-w', 'target');
    await repo.git('update-index', '--cacheinfo', `120000,${blob},${ALLOWLIST_FILE}`);

    const hook = await preCommit(repo);

    expect(hook.exitCode).toBe(ExitCode.CouldNotScan);
    expect(hook.stderr).toContain(`${ALLOWLIST_FILE} is a symbolic link`);
  });
});

test.each([
  ['2:12', '{\n  "allow": oops }'],
  ['3:1', '{ "version": 1,\n  "allow": [\n'],
  ['1:16', '{ "version": 1 "allow": [] }'],
  ['2:1', '{ "version": 1,\n"version": 1, "allow": [] }'],
])('T23 a broken allowlist stops the commit and says at %s what is wrong', async (place, text) => {
  await withRepo(async (repo) => {
    await repo.stage('a.txt', 'hello\n');
    await repo.stage(ALLOWLIST_FILE, text);

    const hook = await preCommit(repo);

    expect(hook.exitCode).toBe(ExitCode.CouldNotScan);
    expect(hook.stderr).toContain(`${ALLOWLIST_FILE}:${place}: `);
  });
});

test('settings count as the index has them: unchanged, changed, renamed away, deleted, and in a merge', async () => {
  await withRepo(async (repo) => {
    const runs: Record<string, number> = {};
    const off = JSON.stringify({ detectors: { off: [detector] } });
    const note = async (name: string): Promise<void> => {
      runs[name] = (await preCommit(repo)).exitCode;
    };
    await repo.commit('.leak-guard.json', off);
    await repo.stage('src/mail.ts', toCode(sample(detector)));
    await note('unchanged');
    await repo.stage('.leak-guard.json', '{}');
    await note('changed');
    await repo.git('reset', '-q', '--', '.leak-guard.json');
    await repo.git('checkout', '-q', '.leak-guard.json');
    await note('back');
    await repo.git('mv', '.leak-guard.json', 'old.json');
    await note('renamed away');
    await repo.git('mv', 'old.json', '.leak-guard.json');
    await repo.git('rm', '-q', '--cached', '.leak-guard.json');
    await note('deleted');
    await repo.stage('.leak-guard.json', off);
    await note('there again');

    expect(runs).toEqual({
      unchanged: ExitCode.Clean,
      changed: ExitCode.Findings,
      back: ExitCode.Clean,
      'renamed away': ExitCode.Findings,
      deleted: ExitCode.Findings,
      'there again': ExitCode.Clean,
    });
  });
});

test('a merge is judged by the settings that it brings together', async () => {
  await withRepo(async (repo) => {
    await repo.commit('a.txt', 'one\n');
    await repo.git('checkout', '-q', '-b', 'side');
    await repo.commit('.leak-guard.json', JSON.stringify({ detectors: { off: [detector] } }));
    await repo.git('checkout', '-q', 'main');
    await repo.commit('b.txt', 'two\n');
    await repo.git('merge', '-q', '--no-commit', '--no-ff', 'side');
    await repo.stage('src/mail.ts', toCode(sample(detector)));

    expect((await preCommit(repo)).exitCode).toBe(ExitCode.Clean);
  });
});

if (process.platform !== 'win32') {
  test.each([
    ['no package.json', {}],
    ['one that names the package', { 'package.json': '{"devDependencies":{"leak-guard":"^1"}}' }],
  ])('a commit takes two runs of git: %s', async (_, files) => {
    await withRepo(async (repo) => {
      for (const [path, content] of Object.entries(files)) await repo.commit(path, content);
      await repo.commit('a.txt', 'hello\n');
      await repo.stage('a.txt', 'hello again\n');
      const log = join(repo.dir, '../calls');
      const folder = await writeGit(repo, `*) echo call >> '${log}' ;;`);

      const hook = await repo.exec(process.execPath, [cli, 'hook', 'pre-commit'], { env: { GIT_EXEC_PATH: folder } });

      expect(hook.exitCode).toBe(ExitCode.Clean);
      expect((await readFile(log, 'utf8')).match(/call/g)).toHaveLength(2);
    });
  });
}

test.each([
  ['no rules', {}, []],
  [
    'a package that names leak-guard as a dependency',
    { 'package.json': '{"devDependencies":{"leak-guard":"^1"}}' },
    [],
  ],
  ['an entry by fingerprint', { [ALLOWLIST_FILE]: toAllowlistText({ finding: 'a'.repeat(32), reason }) }, []],
  [
    'an entry by glob',
    { [ALLOWLIST_FILE]: toAllowlistText({ path: 'docs/**', detectors: ['stripe-*'], reason }) },
    ['micromatch'],
  ],
])('a clean run loads no more than it needs: %s', async (_, files, expected) => {
  await withRepo(async (repo) => {
    // Committed before: a change of the rules is told, and what tells it may load.
    for (const [path, content] of Object.entries(files)) await repo.commit(path, content);
    await repo.stage('a.txt', 'hello\n');

    const { loaded, builtIn } = await modulesOf(repo);

    expect(['jsonc-parser', 'micromatch'].filter((name) => loaded.some((path) => path.includes(`/${name}/`)))).toEqual(
      expected,
    );
    expect(
      ['crypto', 'fs/promises', 'os', 'readline', 'tty'].filter((name) => builtIn.includes(`NativeModule ${name}`)),
    ).toEqual([]);
  });
});

/** A repository in which a secret is staged, and allowed by the command. */
async function withAllowed(run: (repo: Repo, key: string) => Promise<void>): Promise<void> {
  await withRepo(async (repo) => {
    const key = sample(detector);
    await repo.stage('src/mail.ts', toCode(key));
    const finding = await fingerprintOf(repo);
    const allowed = await repo.run('allow', finding.slice(0, 8), '--reason', reason);
    expect(allowed.exitCode).toBe(ExitCode.Clean);
    await run(repo, key);
  });
}

function toCode(key: string): string {
  return `send({ key: '${key}' });\n`;
}

function preCommit(repo: Repo): Promise<Ran> {
  return repo.run('hook', 'pre-commit');
}

async function prePush(repo: Repo): Promise<Ran> {
  const head = await repo.git('rev-parse', 'HEAD');
  const input = `refs/heads/main ${head} refs/heads/main ${none}\n`;
  return repo.exec(process.execPath, [cli, 'hook', 'pre-push', 'origin', 'https://example.com/a.git'], { input });
}

async function fingerprintOf(repo: Repo): Promise<string> {
  const { stdout } = await repo.run('scan', '--staged', '--format', 'json');
  const report: { readonly findings: readonly { readonly fingerprint: string }[] } = JSON.parse(stdout);
  return report.findings[0]?.fingerprint ?? '';
}

interface Modules {
  readonly loaded: readonly string[];
  readonly builtIn: readonly string[];
}

/** What a hook loads beyond what node itself has loaded by then. */
async function modulesOf(repo: Repo): Promise<Modules> {
  const code = `
    const before = new Set(process.moduleLoadList);
    process.argv = [process.argv[0], ${JSON.stringify(cli)}, 'hook', 'pre-commit'];
    process.on('exit', () => {
      const loaded = Object.keys(require('node:module')._cache).map((path) => path.replaceAll('\\\\', '/'));
      const builtIn = process.moduleLoadList.filter((name) => !before.has(name));
      console.log(JSON.stringify({ loaded, builtIn }));
    });
    require(process.argv[1]);`;
  const ran = await repo.exec(process.execPath, ['-e', code]);
  expect(ran.exitCode).toBe(ExitCode.Clean);
  return JSON.parse(ran.stdout);
}

test('a file above "maxFileSize" is named as skipped, and the others are scanned', async () => {
  await withRepo(async (repo) => {
    await repo.commit('.leak-guard.json', '{ "maxFileSize": "100 kB" }');
    await repo.stage('large.txt', 'a line of text\n'.repeat(10_000));
    await repo.stage('small.txt', 'hello\n');

    const hook = await preCommit(repo);

    expect(hook.exitCode).toBe(ExitCode.Clean);
    expect(hook.stderr).toContain('scanned 1 blob, 6 B, 1 skipped');
    expect(hook.stderr).toMatch(/large\.txt\s+larger than 0\.1 MB/);
  });
});
