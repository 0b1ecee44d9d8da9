import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ExitCode } from '../../src/exit-code.js';
import type { Ran, Repo } from '../support/repo.js';
import { grow } from '../support/sample.js';
import { withPackage } from './real-package.js';

interface FrameworkHook {
  readonly id: string;
  readonly stages: string;
  readonly entry: readonly string[];
  readonly settings: string;
}

function readHooks(): readonly FrameworkHook[] {
  return readFileSync('.pre-commit-hooks.yaml', 'utf8')
    .split(/^- /m)
    .slice(1)
    .map((settings) => ({
      id: /^id: (.*)$/m.exec(settings)?.[1] ?? '',
      stages: /^ {2}stages: \[(.*)\]$/m.exec(settings)?.[1] ?? '',
      entry: /^ {2}entry: (.*)$/m.exec(settings)?.[1]?.split(' ') ?? [],
      settings,
    }));
}

/** Runs the entry as the framework does: the program from PATH, file names only where they are asked for. */
function runEntry(repo: Repo, { entry, settings }: FrameworkHook, more: Record<string, string> = {}): Promise<Ran> {
  const [program = '', ...args] = entry;
  const files = settings.includes('pass_filenames: false') ? [] : ['.git/COMMIT_EDITMSG'];
  const path = [join(repo.dir, 'node_modules/.bin'), repo.env['PATH']].join(delimiter);
  return repo.exec(program, [...args, ...files], { env: { ...more, PATH: path } });
}

const leaks: Readonly<Record<string, (repo: Repo, text: string) => Promise<Record<string, string>>>> = {
  'pre-commit, manual': async (repo, text) => {
    await repo.stage('a.txt', text);
    return {};
  },
  'pre-push': async (repo, text) => {
    await repo.commit('a.txt', text);
    return {
      PRE_COMMIT_REMOTE_NAME: 'origin',
      PRE_COMMIT_REMOTE_URL: 'url',
      PRE_COMMIT_LOCAL_BRANCH: 'refs/heads/main',
      PRE_COMMIT_REMOTE_BRANCH: 'refs/heads/main',
    };
  },
  'commit-msg': async (repo, text) => {
    await repo.write('.git/COMMIT_EDITMSG', text);
    return {};
  },
};

test.each(readHooks())('the framework hook $id stops a secret at its stage', async (hook) => {
  await withPackage(async (repo) => {
    const leak = leaks[hook.stages];
    const clean = await leak?.(repo, 'clean\n');
    expect((await runEntry(repo, hook, clean)).exitCode).toBe(ExitCode.Clean);

    const key = grow('SG.{{base64url:22}}.{{base64url:43}}');
    const env = await leak?.(repo, `key = "${key}"\n`);

    const ran = await runEntry(repo, hook, env);
    expect(ran.exitCode).toBe(ExitCode.Findings);
    expect(ran.stderr).toContain('SendGrid');
    expect(hook.settings).toContain('language: node\n');
  });
});

test('the framework has a hook for each stage that leak-guard guards', () => {
  expect(readHooks().map(({ id, stages }) => [id, stages])).toEqual([
    ['leak-guard', 'pre-commit, manual'],
    ['leak-guard-push', 'pre-push'],
    ['leak-guard-msg', 'commit-msg'],
  ]);
});

test('a push through the framework counts only what the remote lacks, up to the commit that is named', async () => {
  await withPackage(async (repo) => {
    const [, hook] = readHooks();
    if (hook === undefined) throw new Error('There is no hook for pushes.');
    const key = grow('SG.{{base64url:22}}.{{base64url:43}}');
    await repo.commit('old.txt', `key = "${key}"\n`);
    await repo.git('update-ref', 'refs/remotes/origin/main', 'HEAD');
    await repo.commit('new.txt', 'clean\n');
    const tip = await repo.git('rev-parse', 'HEAD');
    await repo.commit('later.txt', `key = "${key}"\n`);

    const ran = await runEntry(repo, hook, {
      PRE_COMMIT_REMOTE_NAME: 'origin',
      PRE_COMMIT_LOCAL_BRANCH: 'refs/heads/main',
      PRE_COMMIT_TO_REF: tip,
    });

    expect(ran).toMatchObject({ exitCode: ExitCode.Clean, stderr: expect.stringContaining('only the first ref') });
    // The one file and the message of its commit.
    expect(ran.stderr).toMatch(/^scanned 2 blobs,/m);
  });
});

test('a pre-push hook that is told no remote at all says so', async () => {
  await withPackage(async (repo) => {
    expect(await repo.run('hook', 'pre-push')).toMatchObject({
      exitCode: ExitCode.CouldNotScan,
      stderr: expect.stringContaining('needs the remote'),
    });
  });
});
