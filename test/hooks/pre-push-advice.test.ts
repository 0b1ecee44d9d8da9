import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { expectCleanRemote, expectStopped, followAdvice, type Pushing, withRemote } from '../support/remote.js';

/** A commit with the secret in a line of a file of its own. */
async function leak({ repo, key }: Pushing, path = 'src/mail.ts'): Promise<void> {
  await repo.commit(path, `// first\nsend('${key}');\n// last\n`, 'Send mails');
}

/** The whole way: the push is stopped, the advice followed, and the next push goes through with nothing in it. */
async function mend(pushing: Pushing, refs: readonly string[] = [], names = {}): Promise<readonly string[]> {
  const message = await expectStopped(pushing, ...refs);
  const commands = await followAdvice(pushing, message, names);
  const again = await pushing.push(...refs);
  expect(again.stderr).toMatch(/^scanned \d+ blobs?, /m);
  expect(again.exitCode).toBe(0);
  await expectCleanRemote(pushing);
  return commands;
}

function mends(name: string, act: (pushing: Pushing) => Promise<readonly string[]>, options = {}): void {
  test(`the advice mends ${name}`, () =>
    withRemote(async (pushing) => {
      expect((await act(pushing)).length).toBeGreaterThan(0);
    }, options));
}

mends('the last commit, by an amend', async (pushing) => {
  await leak(pushing);
  const commands = await mend(pushing);
  expect(commands).toEqual(['git add src/mail.ts', 'git commit --amend --no-edit']);
  return commands;
});

mends('an older commit, by a fixup', async (pushing) => {
  await leak(pushing);
  await pushing.repo.commit('other.txt', 'more\n');
  await pushing.repo.commit('other.txt', 'more\nand more\n');
  const commands = await mend(pushing);
  expect(commands.join('; ')).toMatch(/"fixup! (\w{10})"; git -c sequence.editor=: rebase -i --autosquash \1~1$/);
  return commands;
});

mends(
  'the very first commit',
  async (pushing) => {
    await leak(pushing);
    await pushing.repo.commit('other.txt', 'more\n');
    const commands = await mend(pushing);
    expect(commands.at(-1)).toContain('--autosquash --root');
    return commands;
  },
  { isEmpty: true },
);

mends('a commit with a merge behind it, and keeps the merge', async (pushing) => {
  const { repo } = pushing;
  await leak(pushing);
  await repo.git('checkout', '-qb', 'side');
  await repo.commit('side.txt', 'side\n');
  await repo.git('checkout', '-q', 'main');
  await repo.commit('other.txt', 'more\n');
  await repo.git('merge', '-q', '--no-ff', '--no-verify', '-m', 'Merge side', 'side');
  const commands = await mend(pushing);
  expect(commands.at(-1)).toContain(' -r ');
  expect(await repo.git('rev-list', '--merges', '--count', 'HEAD')).toBe('1');
  return commands;
});

mends('a merge that adds a secret itself, as the last commit', async (pushing) => {
  await evilMerge(pushing);
  return mend(pushing);
});

mends('a merge that adds a secret itself, below other commits', async (pushing) => {
  await evilMerge(pushing);
  await pushing.repo.commit('after.txt', 'after\n');
  const commands = await mend(pushing);
  expect(await pushing.repo.git('rev-list', '--merges', '--count', 'HEAD')).toBe('1');
  return commands;
});

async function evilMerge({ repo, key }: Pushing): Promise<void> {
  await repo.git('checkout', '-qb', 'side');
  await repo.commit('side.txt', 'side\n');
  await repo.git('checkout', '-q', 'main');
  await repo.commit('other.txt', 'more\n');
  await repo.git('merge', '-q', '--no-ff', '--no-commit', 'side');
  await repo.stage('evil.ts', `send('${key}');\n`);
  await repo.git('commit', '-qm', 'Merge side', '--no-verify');
}

mends('a value that a later commit takes out again', async (pushing) => {
  const { repo } = pushing;
  await leak(pushing);
  await repo.commit('other.txt', 'more\n');
  await repo.commit('src/mail.ts', '// first\nsend(env.KEY);\n// last\n', 'Read it from the environment');
  const fixedBy = await repo.git('rev-parse', '--short=7', 'HEAD');
  await repo.commit('other.txt', 'more\nand more\n');
  const message = await expectStopped(pushing);
  expect(message).toContain(`removed again in ${fixedBy}, but the push carries both`);
  return mend(pushing);
});

mends('a file that a later commit deletes again', async (pushing) => {
  const { repo } = pushing;
  await leak(pushing);
  await repo.git('rm', '-q', 'src/mail.ts');
  await repo.git('commit', '-qm', 'Delete it', '--no-verify');
  await repo.commit('other.txt', 'more\n');
  expect(await expectStopped(pushing)).toContain('removed again in');
  return mend(pushing);
});

test('a value that comes back is not called removed', () =>
  withRemote(async (pushing) => {
    await leak(pushing);
    await pushing.repo.commit('src/mail.ts', 'nothing\n');
    await leak(pushing);

    expect(await expectStopped(pushing)).not.toContain('removed again');
  }));

mends('a branch that is not checked out', async (pushing) => {
  await pushing.repo.git('checkout', '-qb', 'topic');
  await leak(pushing);
  await pushing.repo.commit('other.txt', 'more\n');
  await pushing.repo.git('checkout', '-q', 'main');
  return mend(pushing, ['topic']);
});

mends('commits without a branch', async (pushing) => {
  await pushing.repo.git('checkout', '-q', '--detach');
  await leak(pushing);
  await pushing.repo.commit('other.txt', 'more\n');
  return mend(pushing, ['HEAD:refs/heads/topic']);
});

mends('the message of the last commit', async (pushing) => {
  const { repo, key } = pushing;
  await repo.commit('other.txt', 'more\n', `Send\n\nwith ${key}`);
  return mend(pushing);
});

mends('the message of an older commit', async (pushing) => {
  const { repo, key } = pushing;
  await repo.commit('other.txt', 'more\n', `Send with ${key}`);
  await repo.commit('other.txt', 'more\nand more\n');
  return mend(pushing);
});

mends('the message of a tag', async (pushing) => {
  const { repo, key } = pushing;
  await repo.git('tag', '-a', 'v1', '-m', `Release with ${key}`);
  return mend(pushing, ['v1']);
});

mends('the content that a tag names by itself, with a message or without', async (pushing) => {
  const { repo, key } = pushing;
  await repo.write('note', `the key is ${key}\n`);
  const blob = await repo.git('hash-object', '-w', 'note');
  await repo.git('tag', 'public', blob);
  await repo.git('tag', '-a', 'signed', '-m', 'A note', blob);
  const file = join(repo.home, 'mended');
  const edit = async (): Promise<void> => {
    await writeFile(file, (await readFile(file, 'utf8')).replace(key, 'elsewhere'));
  };
  const light = await mend(pushing, ['public'], { FILE: file, mend: edit });
  const annotated = await mend(pushing, ['signed'], { FILE: file, mend: edit });
  expect(await repo.git('cat-file', '-t', 'signed')).toBe('tag');
  expect(await repo.git('-C', pushing.remote, 'show', 'public')).toBe('the key is elsewhere');
  return [...light, ...annotated];
});

test('of many tags on one commit, a few are named and the others counted', () =>
  withRemote(async (pushing) => {
    await leak(pushing);
    for (const number of [1, 2, 3, 4, 5]) await pushing.repo.git('tag', `v${number}`);

    const message = await expectStopped(pushing, 'main', '--tags');

    expect(message.match(/git tag -f v\d/g)).toHaveLength(3);
    expect(message).toContain('(and the same for 2 more tags)');
  }));

test('a tag with a secret in its own name, which names a content with one, is not printed', () =>
  withRemote(async (pushing) => {
    const { repo, key } = pushing;
    await repo.write('note', `the key is ${key}\n`);
    await repo.git('tag', `v-${key}`, await repo.git('hash-object', '-w', 'note'));

    const message = await expectStopped(pushing, `v-${key}`);

    expect(message).toContain('2 places');
    expect(message).not.toContain('cat-file');
  }));

mends('a tree that a tag names by itself, by leaving it out', async (pushing) => {
  const { repo, key, push } = pushing;
  await repo.stage('deep/a.txt', `${key}\n`);
  await repo.git('tag', 'tree', await repo.git('write-tree'));
  await repo.git('rm', '-q', '--cached', 'deep/a.txt');
  const message = await expectStopped(pushing, 'main', 'tree');
  const commands = await followAdvice(pushing, message);
  expect(message).toContain('(make it anew of a commit or tree without it)');
  expect((await push('--tags', 'main')).exitCode).toBe(0);
  await expectCleanRemote(pushing);
  return commands;
});

mends('a ref that is no branch, such as that of notes, and goes back to where you were', async (pushing) => {
  const { repo, key } = pushing;
  await repo.git('notes', 'add', '-m', `the key is ${key}`, 'HEAD');
  const commands = await mend(pushing, ['refs/notes/commits']);
  expect(commands.slice(-2)).toEqual(['git update-ref refs/notes/commits HEAD', 'git checkout -']);
  expect(await repo.git('notes', 'show')).toBe('the key is read from the environment');
  expect(await repo.git('symbolic-ref', 'HEAD')).toBe('refs/heads/main');
  return commands;
});

mends('an older commit of a ref that is no branch', async (pushing) => {
  const { repo, key } = pushing;
  await repo.git('notes', 'add', '-m', `the key is ${key}`, 'HEAD');
  await repo.commit('other.txt', 'more\n');
  await repo.git('notes', 'add', '-m', 'A second note', 'HEAD');
  await repo.git('push', '-q', 'origin', 'main');
  const commands = await mend(pushing, ['refs/notes/commits']);
  expect(await repo.git('notes', 'list')).toMatch(/^\w+ \w+\n\w+ \w+$/);
  expect(await repo.git('symbolic-ref', 'HEAD')).toBe('refs/heads/main');
  return commands;
});

mends('what an expression names, which is pushed as HEAD then', async (pushing) => {
  const { repo, push } = pushing;
  await leak(pushing);
  await repo.commit('other.txt', 'more\n');
  const message = await expectStopped(pushing, 'main~1:refs/heads/topic');
  expect(message).toContain('(then push HEAD in its place)');
  const commands = await followAdvice(pushing, message);
  expect((await push('HEAD:refs/heads/topic')).exitCode).toBe(0);
  await expectCleanRemote(pushing);
  return commands;
});

mends('the name of a branch', async (pushing) => {
  const { repo, key, push } = pushing;
  await repo.git('checkout', '-qb', `fix-${key}`);
  const message = await expectStopped(pushing, `fix-${key}`);
  expect(message).toContain('branch fix-********');
  const commands = await followAdvice(pushing, message, { OLD: `fix-${key}`, NEW: 'fix' });
  expect((await push('fix')).exitCode).toBe(0);
  await expectCleanRemote(pushing);
  return commands;
});

mends('the name of a tag', async (pushing) => {
  const { repo, key, push } = pushing;
  await repo.git('tag', '-a', `v-${key}`, '-m', 'A release');
  const message = await expectStopped(pushing, `v-${key}`);
  const commands = await followAdvice(pushing, message, { OLD: `v-${key}`, NEW: 'v1' });
  expect((await push('v1')).exitCode).toBe(0);
  await expectCleanRemote(pushing);
  return commands;
});

mends('the name of a file in the last commit', async (pushing) => {
  const { key } = pushing;
  await pushing.repo.commit(`keys/${key}.txt`, 'nothing\n');
  return mend(pushing, [], { OLD: `keys/${key}.txt`, NEW: 'keys/mail.txt' });
});

mends('the name of a file in an older commit', async (pushing) => {
  const { key } = pushing;
  await pushing.repo.commit(`keys/my-${key}.txt`, 'nothing\n');
  await pushing.repo.commit('other.txt', 'more\n');
  return mend(pushing, [], { OLD: `keys/my-${key}.txt`, NEW: 'keys/mail.txt' });
});

test('secrets in several commits are told with their commits, and one rebase takes all fixups', () =>
  withRemote(async (pushing) => {
    await leak(pushing, 'a.ts');
    await pushing.repo.commit('other.txt', 'more\n');
    await leak(pushing, 'b.ts');
    const { stderr } = await pushing.push();

    const [first, second] = (
      await pushing.repo.git('log', '--reverse', '--format=%h', '--abbrev=10', 'origin/main..', '--', 'a.ts', 'b.ts')
    ).split('\n');
    expect(stderr).toContain(`in ${first?.slice(0, 7)}`);
    expect(stderr).toContain(`in ${second?.slice(0, 7)}`);
    expect(stderr).toContain(`git add a.ts   and   git commit -m "fixup! ${first}"`);
    expect(stderr).toContain(`git add b.ts   and   git commit -m "fixup! ${second}"`);
    expect(stderr).toContain(`git -c sequence.editor=: rebase -i --autosquash ${first}~1`);
  }));

test('in a sub-folder, the commands name files as git takes them there: one, several, in a commit and in a push', () =>
  withRemote(async (pushing) => {
    const { repo, key } = pushing;
    await repo.commit('deep/er/own.txt', 'nothing\n');
    const inFolder = { cwd: join(repo.dir, 'deep/er') };
    const told = async (...words: readonly string[]): Promise<string> => (await repo.tryGit(words, inFolder)).stderr;
    const added = async (message: string): Promise<string | undefined> => {
      const [command = ''] = /git add .*?(?= {3}and|$)/m.exec(message) ?? [];
      const { exitCode } = await repo.exec('sh', ['-c', command], inFolder);
      return exitCode === 0 ? command : undefined;
    };

    await repo.stage('src/mail.ts', `send('${key}');\n`);
    expect(await added(await told('commit', '-m', 'Send'))).toBe('git add ../../src/mail.ts');
    await repo.git('commit', '-qnm', 'Send');
    expect(await added(await told('push', 'origin', 'HEAD'))).toBe('git add ../../src/mail.ts');
    await repo.commit('deep/er/own.txt', `${key}\n`);
    await repo.git('reset', '-q', '--soft', 'HEAD~2');
    await repo.git('commit', '-qnm', 'Both');
    expect(await added(await told('push', 'origin', 'HEAD'))).toBe('git add own.txt ../../src/mail.ts');
  }));

test('what another remote has already is out: rotate first', () =>
  withRemote(async (pushing) => {
    const { repo } = pushing;
    await leak(pushing);
    await repo.git('push', '-q', '--no-verify', 'origin', 'HEAD');
    await repo.git('init', '-q', '--bare', `${repo.home}/second.git`);
    await repo.git('remote', 'add', 'second', `${repo.home}/second.git`);

    const { stderr } = await repo.tryGit(['push', '-q', 'second', 'HEAD']);

    expect(stderr).toContain('push stopped, 1 secret found. A remote has it already.');
    expect(stderr).toContain('1 Rotate');
  }));
