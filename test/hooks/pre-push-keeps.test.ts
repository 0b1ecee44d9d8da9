import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { sample } from '../support/detectors.js';
import { expectCleanRemote, expectStopped, followAdvice, type Pushing, withRemote } from '../support/remote.js';

/** What the advice must not do: lose what a merge decided, take a file from the disk, or name one that is not there. */
interface Case {
  readonly arrange: (pushing: Pushing) => Promise<unknown>;
  /** The files of the last commit, in the end. */
  readonly files: readonly string[];
  /** The whole list of subjects, the last first, in the end. */
  readonly subjects: readonly string[];
  /** What the message says. */
  readonly says?: string;
  /** Whether what is to stay out of git is written down before the commands. */
  readonly isIgnored?: boolean;
  readonly check?: (pushing: Pushing) => Promise<unknown>;
}

function keeps(name: string, { arrange, files, subjects, says = '', isIgnored, check }: Case): void {
  test(`the advice keeps ${name}`, () =>
    withRemote(async (pushing) => {
      const { repo, push } = pushing;
      await arrange(pushing);
      const message = await expectStopped(pushing);
      expect(message).toContain(says);
      const ignore = isIgnored === true ? { mend: () => repo.write('.gitignore', '.env\n') } : {};
      await followAdvice(pushing, message, ignore);
      const again = await push();
      expect(again).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^scanned \d+ blobs?, /m) });
      await expectCleanRemote(pushing);
      expect((await repo.git('ls-files')).split('\n')).toEqual(files);
      expect((await repo.git('log', '--topo-order', '--format=%s')).split('\n')).toEqual(subjects);
      await check?.(pushing);
    }));
}

async function leak({ repo, key }: Pushing, path = 'a.ts'): Promise<void> {
  await repo.commit(path, `// first\nsend('${key}');\n// last\n`, 'Leak');
}

async function onSide({ repo }: Pushing, path: string, content: string): Promise<void> {
  await repo.git('checkout', '-qb', 'side');
  await repo.commit(path, content, 'Side');
  await repo.git('checkout', '-q', 'main');
}

async function merge({ repo }: Pushing, ...args: readonly string[]): Promise<void> {
  await repo.tryGit(['merge', '-q', '--no-ff', '--no-commit', ...args]);
}

async function commit({ repo }: Pushing, message: string): Promise<void> {
  await repo.git('commit', '-qm', message, '--no-verify');
}

keeps('out what a later merge has thrown away', {
  arrange: async (pushing) => {
    await leak(pushing);
    await onSide(pushing, 'side.txt', 'side\n');
    await pushing.repo.commit('main.txt', 'main\n', 'Main');
    await merge(pushing, '-s', 'ours', 'side');
    await commit(pushing, 'Merge side');
  },
  files: ['README.md', 'a.ts', 'main.txt'],
  subjects: ['A new message', 'Begin'],
  says: 'git add a.ts   and   git commit\n           (the commits since then become one; git reflog keeps the old ones)',
});

keeps('what only a later merge adds, and that the other side was merged', {
  arrange: async (pushing) => {
    const { repo } = pushing;
    await onSide(pushing, 'side.txt', 'side\n');
    await leak(pushing);
    await merge(pushing, 'side');
    await repo.stage('merge.txt', 'only here\n');
    await commit(pushing, 'Merge side');
    await repo.commit('main.txt', 'main\n', 'Main');
  },
  files: ['README.md', 'a.ts', 'main.txt', 'merge.txt', 'side.txt'],
  subjects: [expect.stringMatching(/^Merge commit /), 'Side', 'A new message', 'Begin'] as unknown as string[],
  says: 'git merge -s ours --no-ff --no-edit ',
});

keeps('how a conflict was resolved', {
  arrange: async (pushing) => {
    const { repo } = pushing;
    await repo.commit('both.txt', 'one\n', 'Both');
    await leak(pushing);
    await onSide(pushing, 'both.txt', 'theirs\n');
    await repo.commit('both.txt', 'ours\n', 'Main');
    await merge(pushing, 'side');
    await repo.stage('both.txt', 'by hand\n');
    await commit(pushing, 'Merge side');
  },
  files: ['README.md', 'a.ts', 'both.txt'],
  subjects: ['A new message', 'Both', 'Begin'],
  check: async ({ repo }) => expect(await repo.git('show', 'HEAD:both.txt')).toBe('by hand'),
});

keeps('a message of an old commit out, and what a merge by hand has made', {
  arrange: async (pushing) => {
    const { repo, key } = pushing;
    await repo.commit('a.ts', 'one\n', `Send with ${key}`);
    await onSide(pushing, 'side.txt', 'side\n');
    await merge(pushing, '-s', 'ours', 'side');
    await commit(pushing, 'Merge side');
  },
  files: ['README.md', 'a.ts'],
  subjects: ['A new message', 'Begin'],
  says: 'write a new message, then',
});

keeps('a key file on disk that an older commit has, and the commits behind it', {
  arrange: async (pushing) => {
    const { repo } = pushing;
    await repo.commit('.gitignore', 'node_modules\n', 'Ignore');
    await leak(pushing, '.env');
    await repo.commit('b.txt', 'more\n', 'More');
  },
  isIgnored: true,
  files: ['.gitignore', 'README.md', 'b.txt'],
  subjects: ['More', 'Leak', 'Ignore', 'Begin'],
  says: 'git rm --cached .env   and   git add .gitignore\n',
  check: async ({ repo }) => expect(existsSync(join(repo.dir, '.env'))).toBe(true),
});

keeps('a key file on disk that a later commit changes', {
  arrange: async (pushing) => {
    const { repo } = pushing;
    await leak(pushing, '.env');
    await repo.commit('b.txt', 'more\n', 'More');
    await repo.commit('.env', `${await readFile(join(repo.dir, '.env'), 'utf8')}// and more\n`, 'Change it');
  },
  isIgnored: true,
  files: ['.gitignore', 'README.md', 'b.txt'],
  subjects: ['A new message', 'Begin'],
  check: async ({ repo }) => expect(await readFile(join(repo.dir, '.env'), 'utf8')).toContain('// and more'),
});

keeps('a key file on disk that is all of the last commit', {
  arrange: async (pushing) => {
    await pushing.repo.commit('.gitignore', '.env\n', 'Ignore');
    await leak(pushing, '.env');
  },
  files: ['.gitignore', 'README.md'],
  subjects: ['Leak', 'Ignore', 'Begin'],
  check: async ({ repo }) => expect(existsSync(join(repo.dir, '.env'))).toBe(true),
});

for (const path of ['.env', 'settings.ts']) {
  keeps(`${path} on disk that a later commit has put out of git`, {
    arrange: async (pushing) => {
      const { repo } = pushing;
      await leak(pushing, path);
      await repo.git('rm', '-q', '--cached', path);
      await repo.commit('.gitignore', `${path}\n`, 'Ignore it');
      await writeFile(join(repo.dir, path), 'new on disk\n');
    },
    files: ['.gitignore', 'README.md'],
    subjects: ['A new message', 'Begin'],
    says: 'write a new message, then\n           git commit\n',
    check: async ({ repo }) => expect(await readFile(join(repo.dir, path), 'utf8')).toBe('new on disk\n'),
  });
}

keeps('the new name of a file that a later commit renames', {
  arrange: async (pushing) => {
    const { repo } = pushing;
    await leak(pushing);
    await repo.git('mv', 'a.ts', 'b.ts');
    await commit(pushing, 'Rename it');
  },
  files: ['README.md', 'b.ts'],
  subjects: ['Rename it', 'Leak', 'Begin'],
  says: 'git add b.ts   and',
});

keeps('the new names of files that a later commit renames', {
  arrange: async (pushing) => {
    const { repo } = pushing;
    await leak(pushing, 'src/a.ts');
    await leak(pushing, 'src/b.ts');
    await repo.git('mv', 'src', 'lib');
    await commit(pushing, 'Rename them');
  },
  files: ['README.md', 'lib/a.ts', 'lib/b.ts'],
  subjects: ['Rename them', 'Leak', 'Leak', 'Begin'],
});

keeps('the rest of a renamed file that the value was taken out of', {
  arrange: async (pushing) => {
    const { repo, key } = pushing;
    await repo.commit('a.ts', 'one\ntwo\nthree\nfour\nfive\n', 'Begin a file');
    await repo.commit('a.ts', `one\ntwo\n${key}\nthree\nfour\nfive\n`, 'Leak');
    await repo.git('mv', 'a.ts', 'b.ts');
    await commit(pushing, 'Rename it');
    await repo.commit('b.ts', 'one\ntwo\nthree\nfour\nfive\n', 'Take it out');
  },
  files: ['README.md', 'b.ts'],
  subjects: ['A new message', 'Begin a file', 'Begin'],
});

for (const [what, args] of [
  ['deletes', ['rm', '-q', 'keys']],
  ['renames', ['mv', 'keys', 'plain.txt']],
] as const) {
  keeps(`out the name of a file that a later commit ${what}`, {
    arrange: async (pushing) => {
      const { repo, key } = pushing;
      await repo.commit(`my-${key}.txt`, 'nothing\n', 'Leak');
      await repo.git(...args.map((arg) => (arg === 'keys' ? `my-${key}.txt` : arg)));
      await commit(pushing, 'Mend it');
      await repo.commit('b.txt', 'more\n', 'More');
    },
    files: ['README.md', 'b.txt', ...(what === 'renames' ? ['plain.txt'] : [])],
    subjects: ['A new message', 'Begin'],
    says: 'write a new message, then\n           git commit\n',
  });
}

test('the advice keeps to itself a secret that a file is called later', () =>
  withRemote(async (pushing) => {
    const { repo } = pushing;
    const token = sample('github-personal-access-token');
    await leak(pushing);
    await repo.git('mv', 'a.ts', `my-${token}.ts`);
    await commit(pushing, 'Rename it');

    const message = await expectStopped(pushing);

    expect(message).toContain('my-********.ts (its name)');
    expect(message).not.toContain(token);
  }));

test('where a later commit changes the same file, it is said what to do at a conflict', () =>
  withRemote(async (pushing) => {
    const { repo, key } = pushing;
    await leak(pushing);
    await repo.commit('a.ts', `// first\nsend('${key}', now);\n// last\n`, 'Send now');

    const message = await expectStopped(pushing);

    expect(message).toContain('\n           (at a conflict: mend the file, git add it, git rebase --continue)\n');
  }));

test('it is said that commits become one where a merge comes behind a commit whose author is mended', () =>
  withRemote(async (pushing) => {
    const { repo, key } = pushing;
    await onSide(pushing, 'side.txt', 'side\n');
    await repo.stage('a.txt', 'one\n');
    await repo.git('commit', '-qm', 'One', '--no-verify', `--author=Ana ${key} <ana@example.com>`);
    await repo.git('merge', '-q', '--no-ff', '--no-verify', '-m', 'Merge side', 'side');

    const message = await expectStopped(pushing);

    expect(message).toMatch(
      /git commit {3}and {3}git merge -s ours --no-ff --no-edit \w{10}\n {11}\(the commits since/,
    );
  }));
