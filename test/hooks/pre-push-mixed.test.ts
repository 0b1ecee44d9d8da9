import { expect, test } from '@jest/globals';
import { expectCleanRemote, expectStopped, followAdvice, type Pushing, withRemote } from '../support/remote.js';

interface Ways {
  readonly refs?: readonly string[];
  readonly names?: Parameters<typeof followAdvice>[2];
  /** How often a push is stopped until all is mended. */
  readonly rounds?: number;
  readonly isEmpty?: boolean;
}

/** Pushes, does what each message says, and pushes again, until it goes through with nothing in it. */
function mends(name: string, arrange: (pushing: Pushing) => Promise<unknown>, ways: Ways = {}): void {
  test(`the advice mends ${name}`, () =>
    withRemote(
      async (pushing) => {
        await arrange(pushing);
        const { refs = [], names, rounds = 1 } = ways;
        for (let round = 0; round < rounds; round += 1) {
          const message = await expectStopped(pushing, ...refs);
          expect(await followAdvice(pushing, message, names)).not.toEqual([]);
        }
        const again = await pushing.push(...refs);
        expect(again.stderr).toMatch(/^scanned \d+ blobs?, /m);
        expect(again.exitCode).toBe(0);
        await expectCleanRemote(pushing);
      },
      { isEmpty: ways.isEmpty === true },
    ));
}

async function leak({ repo, key }: Pushing, path: string, message = 'Send mails'): Promise<void> {
  await repo.commit(path, `// first\nsend('${key}');\n// last\n`, message);
}

async function more({ repo }: Pushing, text = 'more\n'): Promise<void> {
  await repo.commit('other.txt', text);
}

mends('a file and the message of the last commit', async (pushing) => {
  await leak(pushing, 'a.ts', `Send with ${pushing.key}`);
});

mends('two files and the message of an older commit', async (pushing) => {
  await pushing.repo.stage('b.ts', `send('${pushing.key}');\n`);
  await leak(pushing, 'a.ts', `Send with ${pushing.key}`);
  await more(pushing);
});

mends('files in two commits, by two fixups and one rebase', async (pushing) => {
  await leak(pushing, 'a.ts');
  await more(pushing);
  await leak(pushing, 'b.ts');
  await more(pushing, 'more\nand more\n');
});

mends('files in five commits, by one commit', async (pushing) => {
  for (const file of ['a.ts', 'b.ts', 'c.ts', 'd.ts', 'e.ts']) await leak(pushing, file);
});

mends('files in the first commits of all', (pushing) => fiveOf(pushing, 'first'), { isEmpty: true });

async function fiveOf(pushing: Pushing, folder: string): Promise<void> {
  for (const file of ['a.ts', 'b.ts', 'c.ts', 'd.ts', 'e.ts']) await leak(pushing, `${folder}/${file}`);
}

mends('messages of several commits', async (pushing) => {
  for (const text of ['one', 'two', 'three']) {
    await pushing.repo.commit('other.txt', text, `Send ${text} with ${pushing.key}`);
  }
});

mends(
  'a message, a file, and the name of a file, in commits of their own',
  async (pushing) => {
    await pushing.repo.commit(`keys/my-${pushing.key}.txt`, 'nothing\n', `Send with ${pushing.key}`);
    await leak(pushing, 'b.ts');
    await more(pushing);
  },
  {
    names: {
      OLD: 'keys/my-*.txt',
      NEW: 'keys/mail.txt',
    },
  },
);

mends('what one commit adds and another takes out, beside what stays', async (pushing) => {
  await leak(pushing, 'a.ts');
  await leak(pushing, 'b.ts');
  await pushing.repo.commit('a.ts', '// first\nsend(env.KEY);\n// last\n', 'Read it from the environment');
});

mends('two values in one file that a later commit deletes', async (pushing) => {
  const { repo, key } = pushing;
  await repo.commit('a.ts', `send('${key}');\n\nreceive('${key}');\n`);
  await repo.git('rm', '-q', 'a.ts');
  await repo.git('commit', '-qm', 'Delete it', '--no-verify');
  await more(pushing);
});

mends('a merge that adds a secret itself, and a commit before it', async (pushing) => {
  const { repo, key } = pushing;
  await leak(pushing, 'a.ts');
  await repo.git('checkout', '-qb', 'side', 'main~1');
  await repo.commit('side.txt', 'side\n');
  await repo.git('checkout', '-q', 'main');
  await repo.git('merge', '-q', '--no-ff', '--no-commit', 'side');
  await repo.stage('evil.ts', `send('${key}');\n`);
  await repo.git('commit', '-qm', 'Merge side', '--no-verify');
  await more(pushing);
});

mends(
  'two branches, one after the other',
  async (pushing) => {
    const { repo } = pushing;
    await repo.git('checkout', '-qb', 'topic');
    await leak(pushing, 'a.ts');
    await leak(pushing, 'b.ts', `Send with ${pushing.key}`);
    await repo.git('checkout', '-q', 'main');
    await leak(pushing, 'c.ts');
  },
  { refs: ['main', 'topic'], rounds: 2 },
);

mends(
  'a branch, and the message of a tag of what it had before',
  async (pushing) => {
    await pushing.repo.git('tag', '-a', 'v1', '-m', `Release with ${pushing.key}`);
    await leak(pushing, 'a.ts');
  },
  { refs: ['main', 'v1'], rounds: 2 },
);

mends(
  'a branch with a tag on its last commit',
  async (pushing) => {
    await leak(pushing, 'a.ts');
    await pushing.repo.git('tag', '-a', 'v1', '-m', 'Release');
    await pushing.repo.git('tag', 'v1-light');
  },
  { refs: ['main', 'v1', 'v1-light'] },
);

mends(
  'a tag of an older commit of a branch that is not pushed',
  async (pushing) => {
    await leak(pushing, 'a.ts');
    await leak(pushing, 'b.ts', `Send with ${pushing.key}`);
    await pushing.repo.git('tag', '-a', 'v1', '-m', 'Release');
    await more(pushing);
  },
  { refs: ['v1'] },
);

mends(
  'the message of a tag and the commit that it names, in two rounds',
  async (pushing) => {
    await leak(pushing, 'a.ts');
    await pushing.repo.git('tag', '-a', 'v1', '-m', `Release with ${pushing.key}`);
  },
  { refs: ['v1'], rounds: 1 },
);

mends(
  'a branch that is not checked out, with a message and files in several commits',
  async (pushing) => {
    await pushing.repo.git('checkout', '-qb', 'topic');
    await fiveOf(pushing, 'src');
    await leak(pushing, 'z.ts', `Send with ${pushing.key}`);
    await pushing.repo.git('checkout', '-q', 'main');
  },
  { refs: ['topic'] },
);

mends(
  'several commits without a branch',
  async (pushing) => {
    await pushing.repo.git('checkout', '-q', '--detach');
    await fiveOf(pushing, 'src');
  },
  { refs: ['HEAD:refs/heads/topic'] },
);

test('what is made one commit of is said, and the fix is that of the files alone', () =>
  withRemote(async (pushing) => {
    await leak(pushing, 'a.ts', `Send with ${pushing.key}`);
    for (const file of ['b.ts', 'c.ts', 'd.ts']) await leak(pushing, file);

    const message = await expectStopped(pushing);

    expect(message).toMatch(
      / {2}Fix {6}git reset --soft \w{10},\n {11}use process\.env\.SENDGRID_API_KEY instead; take it out/,
    );
    expect(message).toContain('\n           (one commit for all of them; git reflog keeps the old ones)\n');
  }));
