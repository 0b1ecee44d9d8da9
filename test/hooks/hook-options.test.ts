import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type Ran, type Repo, withRepo } from '../support/repo.js';
import { grow } from '../support/sample.js';

const key = (): string => `key = "${grow('SG.{{base64url:22}}.{{base64url:43}}')}"\n`;

/** Each hook as git calls it, where the change that it looks at holds this text. */
const hooks: readonly { readonly name: string; readonly set: (repo: Repo, text: string) => Promise<Call> }[] = [
  { name: 'pre-commit', set: staged },
  { name: 'pre-merge-commit', set: staged },
  {
    name: 'commit-msg',
    set: async (repo, text) => {
      await repo.write('.git/COMMIT_EDITMSG', text);
      return { words: ['.git/COMMIT_EDITMSG'] };
    },
  },
  {
    name: 'pre-push',
    set: async (repo, text) => {
      await repo.commit('a.txt', text);
      const tip = await repo.git('rev-parse', 'HEAD');
      return { words: ['origin', 'x'], input: `refs/heads/main ${tip} refs/heads/main ${'0'.repeat(40)}\n` };
    },
  },
  {
    name: 'pre-receive',
    set: async (repo, text) => {
      await repo.commit('a.txt', text);
      const tip = await repo.git('rev-parse', 'HEAD');
      await repo.git('update-ref', '-d', 'HEAD'); // git asks before any ref leads there
      return { words: ['--seconds', '20'], input: `${'0'.repeat(40)} ${tip} refs/heads/main\n` };
    },
  },
];

interface Call {
  readonly words: readonly string[];
  readonly input?: string;
}

interface Hook extends Call {
  readonly name: string;
}

async function staged(repo: Repo, text: string): Promise<Call> {
  await repo.stage('a.txt', text);
  return { words: [] };
}

const program = join(process.cwd(), 'dist/bin/leak-guard.cjs');

async function run(repo: Repo, hook: Hook, ...options: readonly string[]): Promise<Ran> {
  const { name, words, input } = hook;
  const args = [program, 'hook', name, ...words, ...options];
  return repo.exec(process.execPath, args, input === undefined ? {} : { input });
}

test.each(hooks)('hook $name tells as JSON what it found, and still stops', async ({ name, set }) => {
  await withRepo(async (repo) => {
    const text = key();
    const hook = { name, ...(await set(repo, text)) };

    const ran = await run(repo, hook, '--format', 'json');

    expect(ran).toMatchObject({ exitCode: 1, stderr: '' });
    expect(JSON.parse(ran.stdout)).toMatchObject({ findings: [{ detector: 'sendgrid-api-key' }] });
    expect(ran.stdout).not.toContain(text.slice(7, -2));
  });
});

test.each(hooks)('hook $name writes its report to a file', async ({ name, set }) => {
  await withRepo(async (repo) => {
    const hook = { name, ...(await set(repo, key())) };

    const ran = await run(repo, hook, '--output', '../report.txt');

    expect(ran).toMatchObject({ exitCode: 1, stdout: '', stderr: '' });
    expect(readFileSync(join(repo.dir, '../report.txt'), 'utf8')).toContain('SendGrid API key');
  });
});

test.each(hooks)('hook $name that is to be quiet says nothing of a clean change', async ({ name, set }) => {
  await withRepo(async (repo) => {
    const hook = { name, ...(await set(repo, 'clean\n')) };

    expect(await run(repo, hook, '-q')).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect((await run(repo, hook)).stderr).toMatch(/^scanned /);
  });
});

test.each(hooks)('hook $name goes by the settings that it is given', async ({ name, set }) => {
  await withRepo(async (repo) => {
    const hook = { name, ...(await set(repo, key())) };
    await repo.write('../off.json', JSON.stringify({ detectors: { off: ['sendgrid-api-key'] } }));

    expect((await run(repo, hook, '--config', '../off.json')).exitCode).toBe(0);
    expect((await run(repo, hook, '--config', '../gone.json')).exitCode).toBe(2);
  });
});

test.each(hooks)('hook $name does not scan with an option that it does not know', async ({ name, set }) => {
  await withRepo(async (repo) => {
    const hook = { name, ...(await set(repo, key())) };
    const word = `--${grow('{{lower:12}}')}`;

    const ran = await run(repo, hook, word);

    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
    expect(ran.stderr).toContain(`hook ${name} does not know one of these options`);
    expect(ran.stderr).not.toContain(word);
  });
});

test.each(hooks)('hook $name takes options before the words of git, which are none', async ({ name, set }) => {
  await withRepo(async (repo) => {
    const text = key();
    const { words, input } = await set(repo, text);
    const own = name === 'pre-receive' ? [] : words;
    const hook = { name, words: ['--format', 'json', '--', ...own], ...(input === undefined ? {} : { input }) };

    const ran = await run(repo, hook);

    expect(ran).toMatchObject({ exitCode: 1, stderr: '' });
    expect(JSON.parse(ran.stdout)).toMatchObject({ findings: [{ detector: 'sendgrid-api-key' }] });
  });
});

test('a message in a folder whose name begins like an option is scanned', async () => {
  await withRepo(async (repo) => {
    await repo.write('-h', key());

    expect((await run(repo, { name: 'commit-msg', words: ['--', '-h'] })).exitCode).toBe(1);
  });
});

test("no name of a remote ends in help where a hook line of one's own lacks the --", async () => {
  await withRepo(async (repo) => {
    await repo.commit('a.txt', key());
    const tip = await repo.git('rev-parse', 'HEAD');
    const input = `refs/heads/main ${tip} refs/heads/main ${'0'.repeat(40)}\n`;

    for (const [name, exitCode] of [
      ['-h', 1],
      ['--help', 1],
      ['-q', 1],
      ['-o', 2],
      ['-x', 2],
    ] as const) {
      expect(await run(repo, { name: 'pre-push', words: [name, 'x'], input })).toMatchObject({ exitCode });
    }
    expect(await run(repo, { name: 'pre-push', words: ['--help'] })).toMatchObject({ exitCode: 0 });
  });
});

test('a report of a hook is not written through a link', async () => {
  await withRepo(async (repo) => {
    await staged(repo, key());
    await repo.exec('ln', ['-s', '../kept.txt', 'link']);

    const ran = await run(repo, { name: 'pre-commit', words: [] }, '-o', 'link');

    expect(ran.exitCode).toBe(2);
    expect(existsSync(join(repo.dir, '../kept.txt'))).toBe(false);
  });
});

(process.platform === 'win32' ? test.skip : test)(
  'a report goes into a pipe, and does not take its place',
  async () => {
    await withRepo(async (repo) => {
      await staged(repo, key());
      const script =
        'mkfifo pipe && { cat pipe >../report.txt & } && "$0" "$1" hook pre-commit -o pipe <>pipe; echo "$?"; test -p pipe && wait';

      const ran = await repo.exec('sh', ['-c', script, process.execPath, program]);

      expect(ran).toEqual({ exitCode: 0, stdout: '1\n', stderr: '' });
      expect(readFileSync(join(repo.dir, '../report.txt'), 'utf8')).toContain('SendGrid API key');
    });
  },
);
