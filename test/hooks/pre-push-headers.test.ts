import { expect, test } from '@jest/globals';
import { sample } from '../support/detectors.js';
import { expectCleanRemote, expectStopped, followAdvice, type Pushing, withRemote } from '../support/remote.js';
import type { Repo } from '../support/repo.js';

/** The push is stopped with the place named, the advice followed, and the next push goes through with nothing in it. */
function mends(
  name: string,
  place: string,
  act: {
    readonly arrange: (pushing: Pushing) => Promise<unknown>;
    readonly refs?: readonly string[];
    readonly names?: Parameters<typeof followAdvice>[2];
    readonly isEmpty?: boolean;
  },
): void {
  test(`blocks ${name}, and the advice mends it`, () =>
    withRemote(
      async (pushing) => {
        const { repo } = pushing;
        await act.arrange(pushing);
        const refs = act.refs ?? [];
        const message = await expectStopped(pushing, ...refs);
        expect(message).toContain(`\n  ${place}   SendGrid API key`);
        const mend = (): Promise<unknown> => repo.tryGit(['config', '--unset-all', 'user.name']);
        expect(await followAdvice(pushing, message, { mend, ...act.names })).not.toEqual([]);
        const again = await pushing.push(...refs);
        expect(again.stderr).toMatch(/^scanned \d+ blobs?, /m);
        expect(again.exitCode).toBe(0);
        await expectCleanRemote(pushing);
      },
      { isEmpty: act.isEmpty === true },
    ));
}

async function setName({ repo, key }: Pushing): Promise<void> {
  await repo.git('config', 'user.name', `Ana ${key}`);
}

/** A commit whose header git would not write by itself; the branch leads to it. */
async function commitRaw(repo: Repo, change: (object: string) => string): Promise<void> {
  const object = change(`${await repo.git('cat-file', 'commit', 'HEAD')}\n`);
  const { stdout } = await repo.tryGit(['hash-object', '-t', 'commit', '-w', '--stdin'], { input: object });
  await repo.git('reset', '-q', '--soft', stdout.trim());
}

const withHeader = (header: string) => (object: string) => object.replace('\n\n', `\n${header}\n\n`);

mends('the author of the last commit', 'commit author', {
  arrange: async (pushing) => {
    await setName(pushing);
    await pushing.repo.commit('a.txt', 'one\n');
  },
});

mends('the author of several commits, once', 'commit author', {
  arrange: async (pushing) => {
    await pushing.repo.commit('first.txt', 'one\n');
    await setName(pushing);
    for (const text of ['one', 'two', 'three']) await pushing.repo.commit('a.txt', text);
  },
});

mends('the author of the very first commits', 'commit author', {
  isEmpty: true,
  arrange: async (pushing) => {
    await setName(pushing);
    for (const text of ['one', 'two']) await pushing.repo.commit('a.txt', text);
  },
});

mends('the author of a commit with a merge behind it', 'commit author', {
  arrange: async (pushing) => {
    const { repo } = pushing;
    await repo.git('checkout', '-qb', 'side');
    await repo.commit('side.txt', 'side\n');
    await repo.git('checkout', '-q', 'main');
    await setName(pushing);
    await repo.commit('a.txt', 'one\n');
    await repo.git('merge', '-q', '--no-ff', '--no-verify', '-m', 'Merge side', 'side');
  },
});

for (const isLast of [true, false]) {
  mends(`the committer of ${isLast ? 'the last' : 'an older'} commit`, 'commit committer', {
    arrange: async (pushing) => {
      const { repo, key } = pushing;
      await repo.stage('a.txt', 'one\n');
      await repo.tryGit(['commit', '-qm', 'One'], { env: { GIT_COMMITTER_EMAIL: `${key}@example.com` } });
      if (!isLast) await repo.commit('b.txt', 'two\n');
    },
  });

  mends(`a header that git does not know, of ${isLast ? 'the last' : 'an older'} commit`, 'commit header', {
    arrange: async ({ repo, key }) => {
      await repo.commit('a.txt', 'one\n');
      await commitRaw(repo, withHeader(`note one\n with ${key}\n two`));
      if (!isLast) await repo.commit('b.txt', 'two\n');
    },
  });

  mends(`the tag that ${isLast ? 'the last' : 'an older'} merge was made of`, 'commit mergetag:3:6', {
    arrange: async ({ repo, key }) => {
      await repo.git('checkout', '-qb', 'side');
      await repo.commit('side.txt', 'side\n');
      await repo.git('checkout', '-q', 'main');
      await repo.git('merge', '-q', '--no-ff', '--no-verify', '-m', 'Merge side', 'side');
      const side = await repo.git('rev-parse', 'side');
      const tag = `object ${side}\n type commit\n tag v1\n tagger Ana <ana@example.com> 1700000000 +0000\n \n one\n \n with ${key}`;
      await commitRaw(repo, withHeader(`mergetag ${tag}`));
      if (!isLast) await repo.commit('b.txt', 'two\n');
    },
  });
}

mends('the encoding of a commit', 'commit header', {
  arrange: async ({ repo, key }) => {
    await repo.stage('a.txt', 'one\n');
    await repo.git('-c', `i18n.commitEncoding=${key}`, 'commit', '-q', '--no-verify', '-m', 'One');
  },
});

mends('the comment of a signature', 'commit header', {
  arrange: async ({ repo, key }) => {
    await repo.commit('a.txt', 'one\n');
    await commitRaw(
      repo,
      withHeader(
        `gpgsig -----BEGIN PGP SIGNATURE-----\n Comment: ${key}\n \n iQEzBAABCAAdFiEE\n =abcd\n -----END PGP SIGNATURE-----`,
      ),
    );
  },
});

mends('the tagger of a tag', 'tag v1 tagger', {
  refs: ['v1'],
  arrange: async (pushing) => {
    await setName(pushing);
    await pushing.repo.git('tag', '-a', 'v1', '-m', 'Release');
  },
});

test('blocks the name that a tag has in itself, also when it is pushed by another', () =>
  withRemote(async (pushing) => {
    const { repo, key } = pushing;
    await repo.git('tag', '-a', `v-${key}`, '-m', 'Release');

    const message = await expectStopped(pushing, `v-${key}:refs/tags/v1`);
    await followAdvice(pushing, message, { OLD: `v-${key}`, NEW: 'v1' });

    expect(message).toContain('\n  tag v1 (the name in it)   SendGrid API key');
    expect((await pushing.push('v1')).exitCode).toBe(0);
    await expectCleanRemote(pushing);
  }));

test('a secret in the name of a tag is told once, not again for the same name inside', () =>
  withRemote(async (pushing) => {
    const { repo, key } = pushing;
    await repo.git('tag', '-a', `v-${key}`, '-m', 'Release');

    expect(await expectStopped(pushing, `v-${key}`)).toContain('push stopped, 1 secret found');
  }));

test('signatures, digits and words in headers make no noise', () =>
  withRemote(async ({ repo, push }) => {
    await repo.git('config', 'user.name', `github token ${'0123456789abcdef'.repeat(3)}`);
    const armour = Array.from(
      { length: 12 },
      () => ` ${Buffer.from(sample('github-fine-grained-token')).toString('base64').slice(0, 64)}`,
    );
    for (const kind of ['PGP', 'SSH']) {
      await repo.commit('a.txt', `${kind}\n`);
      const lines = [`-----BEGIN ${kind} SIGNATURE-----`, ' ', ...armour, ` -----END ${kind} SIGNATURE-----`];
      await commitRaw(repo, withHeader(`gpgsig ${lines.join('\n')}\nchange-id ${'kmnopqrs'.repeat(4)}`));
    }

    expect(await push()).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('scanned 4 blobs') });
  }));

test('names that a commit is made by are told with their place in JSON, and never shown', () =>
  withRemote(
    async (pushing) => {
      const { repo, key } = pushing;
      await setName(pushing);
      await repo.commit('a.txt', 'one\n');
      await repo.commit('b.txt', 'two\n');

      const { stdout } = await repo.run('scan', '--history', '--format', 'json');
      const { findings } = JSON.parse(stdout);

      expect(stdout).not.toContain(key);
      expect(findings).toMatchObject([
        { file: 'commit author', kind: 'header', commit: await repo.git('rev-parse', 'HEAD~1'), startColumn: 5 },
      ]);
      expect((await repo.run('scan', '--history')).stdout).toContain('commit author   SendGrid API key');
    },
    { hasHooks: false },
  ));

test('what stands in an author or a tag can be allowed by the id that the message names', () =>
  withRemote(async (pushing) => {
    const { repo, push } = pushing;
    await setName(pushing);
    await repo.commit('a.txt', 'one\n');
    await repo.git('tag', '-a', 'v1', '-m', sample('sendgrid-api-key'));
    for (const ref of ['HEAD', 'v1']) {
      const [, id = ''] = /id ([0-9a-f]{8})$/m.exec(await expectStopped(pushing, ref)) ?? [];
      expect(await repo.run('allow', id, '--reason', 'grown at test time')).toMatchObject({ exitCode: 0, stderr: '' });

      expect(await push(ref)).toMatchObject({ exitCode: 0, stderr: expect.stringContaining(' allowed in ') });
    }
  }));
