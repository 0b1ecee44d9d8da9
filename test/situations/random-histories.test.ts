import { afterAll, expect, test } from '@jest/globals';
import { between, randomFrom, seed } from '../support/random.js';
import { growHistory, readBrought } from '../support/random-history.js';
import { cli, type Repo, withRepo } from '../support/repo.js';

/** A finding, as far as it is looked at here. */
interface Told {
  readonly fingerprint: string;
  readonly commit: string | null;
  readonly exposure: string;
}

async function findings(repo: Repo, args: readonly string[], input: string): Promise<readonly Told[]> {
  const ran = await repo.exec(process.execPath, [cli, ...args, '--format', 'json'], { input });
  const { findings: told }: { readonly findings: readonly Told[] } = JSON.parse(ran.stdout);
  expect([ran.stderr, ran.exitCode]).toEqual(['', told.length > 0 ? 1 : 0]);
  return told;
}

/** What each secret is called in a report. */
async function fingerprints(repo: Repo, secrets: Iterable<string>): Promise<ReadonlySet<string>> {
  const told = await findings(repo, ['scan', '--stdin'], [...secrets, ''].join('\n'));
  return new Set(told.map(({ fingerprint }) => fingerprint));
}

const histories = [
  ['SHA-1, packed, all attributes binary', { isPacked: true, attributes: '* binary -diff -text\n' }],
  ['SHA-256, packed', { isPacked: true, init: ['--object-format=sha256'] }],
  ['SHA-1, loose', {}],
  ['SHA-256, loose, all attributes binary', { attributes: '* -diff\n', init: ['--object-format=sha256'] }],
  ['SHA-1, packed', { isPacked: true }],
  ['SHA-1, loose, no merge drivers', { attributes: '* -merge -diff\n' }],
] as const satisfies readonly (readonly [string, Setting])[];

interface Setting {
  readonly init?: readonly string[];
  readonly isPacked?: boolean;
  readonly attributes?: string;
}

async function revList(repo: Repo, args: readonly string[]): Promise<readonly string[]> {
  return (await repo.git('rev-list', ...args)).split('\n').filter(Boolean);
}

/** Holds what was told of these commits against their trees. */
async function expectAllOf(repo: Repo, told: readonly Told[], commits: readonly string[]): Promise<void> {
  const { added, any } = await readBrought(repo, commits);
  const must = await fingerprints(repo, added);
  const may = await fingerprints(repo, any);
  const reported = new Set(told.map(({ fingerprint }) => fingerprint));
  expect([must.size, may.size]).toEqual([added.size, any.size]);
  expect([...must].filter((one) => !reported.has(one))).toEqual([]);
  expect([...reported].filter((one) => !may.has(one))).toEqual([]);
  expect(told.filter(({ commit }) => commit === null || !commits.includes(commit))).toEqual([]);
  scans.push({ commits: commits.length, secrets: added.size });
}

const scans: { readonly commits: number; readonly secrets: number }[] = [];

/** So many commits are read in another way than more of them. */
const fewCommits = 20;

afterAll(() => {
  const brought = (some: typeof scans): number => some.reduce((sum, { secrets }) => sum + secrets, 0);
  // Else the histories show nothing.
  expect(brought(scans.filter(({ commits }) => commits > fewCommits))).toBeGreaterThan(20);
  expect(brought(scans.filter(({ commits }) => commits <= fewCommits))).toBeGreaterThan(10);
});

/** Pushes these to a remote that has those, and holds what is told against git's trees. */
async function expectPushTold(repo: Repo, tips: readonly string[], known: readonly string[]): Promise<void> {
  for (const [at, oid] of tips.entries()) await repo.git('update-ref', `refs/heads/t${at}`, oid);
  for (const [at, oid] of known.entries()) await repo.git('update-ref', `refs/remotes/origin/k${at}`, oid);
  const none = '0'.repeat(tips[0]?.length ?? 0);
  const lines = tips.map((oid, at) => `refs/heads/t${at} ${oid} refs/heads/t${at} ${none}\n`);

  const told = await findings(repo, ['hook', 'pre-push', 'origin', 'x'], lines.join(''));

  await expectAllOf(repo, told, await revList(repo, [...tips, ...known.map((oid) => `^${oid}`)]));
}

// What must be found is told by git's trees, file by file, and by nothing of ours.
test.each(histories)('a push of a random history tells every secret that it brings: %s', async (name, setting) => {
  const { init = [], isPacked = false, attributes = '' }: Setting = setting;
  const random = randomFrom(seed + name.length);
  await withRepo(
    async (repo) => {
      const commits = await growHistory(repo, random, 80);
      const among = (from: number, to: number): string => commits[between(random, from, to)] ?? '';
      if (isPacked) await repo.git('repack', '-q', '-a', '-d', '--keep-unreachable');
      await repo.write('.git/info/attributes', attributes);
      const tips = commits.slice(70);

      await expectPushTold(repo, tips, [among(0, 10), among(0, 20)].slice(between(random, 0, 1)));
      await expectPushTold(repo, tips, commits.slice(0, 70));
    },
    { init },
  );
});

test.each([
  ['few commits', 60],
  ['so many commits that other cores help', 310],
])('scan --history and --range tell all of a random history, and how far it got: %s', async (_, count) => {
  const random = randomFrom(seed + count);
  await withRepo(async (repo) => {
    const commits = await growHistory(repo, random, count);
    const among = (from: number, to: number): string => commits[between(random, from, to)] ?? '';
    const [from, to] = [among(0, 9), among(count - 9, count - 1)];
    await repo.git('update-ref', 'refs/heads/main', to);
    await repo.git('update-ref', 'refs/stash', among(0, count - 1));
    await repo.git('update-ref', 'refs/notes/n', among(0, count - 1));
    await repo.git('update-ref', 'refs/remotes/a/b/c', among(count >> 1, count - 1));
    await repo.git('update-ref', 'refs/remotes/origin/x', among(0, count - 1));
    const remote = await revList(repo, ['--remotes']);

    const whole = await findings(repo, ['scan', '--history'], '');
    const part = await findings(repo, ['scan', '--range', `${from}..${to}`], '');

    await expectAllOf(repo, whole, await revList(repo, ['--all']));
    await expectAllOf(repo, part, await revList(repo, [`${from}..${to}`]));
    for (const { commit, exposure } of [...whole, ...part]) {
      expect(exposure).toBe(remote.includes(commit ?? '') ? 'remote' : 'local');
    }
  });
});
