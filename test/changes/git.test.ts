import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { type Git, openGit } from '../../src/changes/git.js';
import { findGit, gitEnv } from '../../src/changes/git-env.js';
import { type Repo, withRepo } from '../support/repo.js';

const isWindows = process.platform === 'win32';
const programName = isWindows ? 'git.exe' : 'git';

describe('run', () => {
  test('gives an output that is longer than any default limit, whole', async () => {
    await withRepo(async (repo) => {
      const content = Buffer.alloc(8 * 1024 * 1024, 'line of text\n');
      await repo.stage('large.txt', content);

      const { stdout } = await open(repo).run(['cat-file', 'blob', ':large.txt']);

      expect(stdout.equals(content)).toBe(true);
    });
  });

  test('takes input, and an exit code that is expected', async () => {
    await withRepo(async (repo) => {
      const git = open(repo);

      const hashed = await git.run(['hash-object', '--stdin'], { input: 'hello\n' });
      const missing = await git.run(['rev-parse', '--verify', '--quiet', 'HEAD'], { okCodes: [0, 1] });

      expect(String(hashed.stdout)).toBe('ce013625030ba8dba906f756967f9e9ca394464a\n');
      expect(missing.code).toBe(1);
    });
  });

  test('an exit code that is not expected is a UserError with what git said, made safe to print', async () => {
    await withRepo(async (repo) => {
      const failing = open(repo).run(['rev-parse', '--verify', 'no\x1b[31m-such-name']);

      await expect(failing).rejects.toMatchObject({
        name: 'UserError',
        message: 'Could not read the repository: git rev-parse exited with 128.',
        cause: expect.stringMatching(/^git: fatal: /),
      });
      await expect(failing).rejects.not.toMatchObject({ cause: expect.stringContaining('\x1b') });
    });
  });

  test('a git that stops reading its input is judged by its exit code', async () => {
    await withRepo(async (repo) => {
      const input = Buffer.alloc(4_000_000, 'x');

      await expect(open(repo).run(['cat-file', '--no-such-option'], { input })).rejects.toMatchObject({
        message: 'Could not read the repository: git cat-file exited with 129.',
      });
      await expect(open(repo).run(['version'], { input })).resolves.toMatchObject({ code: 0 });
    });
  });

  test('outside a repository the hint says so', async () => {
    await withRepo(
      async (repo) => {
        await expect(open(repo).run(['diff-index', 'HEAD'])).rejects.toMatchObject({
          hint: expect.stringContaining('inside a git repository'),
        });
      },
      { init: false },
    );
  });

  test('a folder that is gone is a UserError', async () => {
    await withRepo(async (repo) => {
      const git = openGit({ cwd: join(repo.dir, 'gone'), env: repo.env });

      await expect(git.run(['version'])).rejects.toMatchObject({
        name: 'UserError',
        message: 'Could not start git: the current folder is gone.',
      });
    });
  });

  (isWindows ? test.skip : test)('a git that is killed is a UserError, also when it has answered', async () => {
    await withRepo(async (repo) => {
      const git = await openFake(repo, 'echo half an answer; kill -9 $$');

      await expect(git.run(['version'])).rejects.toMatchObject({ message: expect.stringContaining('SIGKILL') });
      await expect(collect(git.stream(['version']))).rejects.toMatchObject({
        message: expect.stringContaining('SIGKILL'),
      });
      await expect(git.catFile().read('HEAD')).rejects.toMatchObject({ name: 'UserError' });
    });
  });
});

describe('stream', () => {
  test('gives all the output', async () => {
    await withRepo(async (repo) => {
      await repo.stage('large.txt', Buffer.alloc(3_000_000, 'x'));

      const chunks = await collect(open(repo).stream(['cat-file', 'blob', ':large.txt']));

      expect(Buffer.concat(chunks)).toHaveLength(3_000_000);
      expect(chunks.length).toBeGreaterThan(1);
    });
  });

  test('reads its input piece by piece', async () => {
    await withRepo(async (repo) => {
      const pieces = Array.from({ length: 300 }, (_, index) => `${index} ${'x'.repeat(1000)}\n`);
      const input = async function* (): AsyncGenerator<string> {
        yield* pieces;
      };

      const chunks = await collect(open(repo).stream(['stripspace'], { input: input() }));

      expect(Buffer.concat(chunks).toString()).toBe(pieces.join(''));
    });
  });

  test('a git that ends before it has read all is told of by its exit code', async () => {
    await withRepo(async (repo) => {
      const input = async function* (): AsyncGenerator<string> {
        for (let count = 0; count < 10_000; count += 1) yield 'x'.repeat(1000);
      };

      const failing = collect(open(repo).stream(['cat-file', '--no-such-flag'], { input: input() }));

      await expect(failing).rejects.toMatchObject({ name: 'UserError' });
    });
  });

  test('throws at the end when git fails', async () => {
    await withRepo(async (repo) => {
      await repo.commit('sub/a.txt', 'a\n');
      const tree = await repo.git('rev-parse', 'HEAD:sub');
      await rm(join(repo.dir, '.git/objects', tree.slice(0, 2), tree.slice(2)));

      const failing = collect(open(repo).stream(['diff-tree', '--root', '-r', 'HEAD']));

      await expect(failing).rejects.toMatchObject({ name: 'UserError' });
    });
  });

  test('can be left early', async () => {
    await withRepo(async (repo) => {
      await repo.stage('large.txt', Buffer.alloc(3_000_000, 'x'));

      let seen = 0;
      for await (const chunk of open(repo).stream(['cat-file', 'blob', ':large.txt'])) {
        seen += chunk.length;
        break;
      }

      expect(seen).toBeGreaterThan(0);
    });
  });
});

describe('facts', () => {
  test('tells the top level from a sub-directory', async () => {
    await withRepo(async (repo) => {
      await mkdir(join(repo.dir, 'sub'));
      const top = await repo.git('rev-parse', '--show-toplevel');

      const facts = await openGit({ cwd: join(repo.dir, 'sub'), env: repo.env }).facts();

      expect(facts).toMatchObject({ topLevel: top, objectFormat: 'sha1' });
      expect(facts.mergeHeadPath.replaceAll('\\', '/')).toBe(`${top}/.git/MERGE_HEAD`);
    });
  });

  test('a linked worktree has its own merge', async () => {
    await withRepo(async (repo) => {
      await repo.commit('a.txt', 'a\n');
      await repo.git('worktree', 'add', '-q', join(repo.home, 'linked'));

      const facts = await openGit({ cwd: join(repo.home, 'linked'), env: repo.env }).facts();

      expect(facts.mergeHeadPath.replaceAll('\\', '/')).toContain('/worktrees/linked/MERGE_HEAD');
    });
  });

  test('a bare SHA-256 repository has no top level', async () => {
    await withRepo(
      async (repo) => {
        expect(await open(repo).facts()).toMatchObject({ topLevel: null, objectFormat: 'sha256' });
      },
      { init: ['--bare', '--object-format=sha256'] },
    );
  });
});

describe('which git', () => {
  test('is not looked for in node_modules, nor in relative folders', async () => {
    await withRepo(async (repo) => {
      const bin = join(repo.dir, 'node_modules/.bin');
      const good = join(repo.home, 'good');
      for (const folder of [bin, good]) {
        await mkdir(folder, { recursive: true });
        await writeFile(join(folder, programName), '');
      }
      const path = ['node_modules/.bin', '', '.', bin, good].join(delimiter);

      expect(findGit({ PATH: path })).toBe(join(good, programName));
    });
  });

  test('is the one that runs the hook', async () => {
    await withRepo(async (repo) => {
      await writeFile(join(repo.home, programName), '');

      expect(findGit({ GIT_EXEC_PATH: repo.home, PATH: '' })).toBe(join(repo.home, programName));
    });
  });

  test('none at all is a UserError', () => {
    expect(() => findGit({ PATH: `relative${delimiter}` })).toThrow('Could not find git');
  });
});

test('git gets what names the repository, and nothing that changes its answers', () => {
  const kept = {
    GIT_DIR: 'a',
    GIT_INDEX_FILE: 'b',
    GIT_WORK_TREE: 'c',
    GIT_OBJECT_DIRECTORY: 'd',
    GIT_ALTERNATE_OBJECT_DIRECTORIES: 'e',
    GIT_CONFIG_PARAMETERS: 'f',
    HOME: 'g',
  };
  const dropped = {
    GIT_EXTERNAL_DIFF: 'x',
    GIT_DIFF_OPTS: 'x',
    GIT_PAGER: 'x',
    GIT_TRACE: '1',
    GIT_GLOB_PATHSPECS: '1',
  };

  const env = gitEnv({ ...kept, ...dropped, LC_ALL: 'de_DE.UTF-8' });

  expect(env).toEqual({
    ...kept,
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_GRAFT_FILE: '/dev/null',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_LITERAL_PATHSPECS: '1',
    LC_ALL: 'C',
  });
});

async function openFake(repo: Repo, script: string): Promise<Git> {
  const program = join(repo.home, programName);
  await writeFile(program, `#!/bin/sh\n${script}\n`);
  await chmod(program, 0o755);
  return openGit({ cwd: repo.dir, env: { ...repo.env, GIT_EXEC_PATH: repo.home } });
}

function open(repo: Repo): Git {
  return openGit({ cwd: repo.dir, env: repo.env });
}

async function collect<T>(source: AsyncIterable<T>): Promise<T[]> {
  const items: T[] = [];
  for await (const item of source) items.push(item);
  return items;
}
