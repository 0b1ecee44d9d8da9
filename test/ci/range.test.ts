import { afterAll, expect, test } from '@jest/globals';
import { checkOut, filesOf, openWorld } from '../support/ci.js';
import { builds, type RecordedBuild } from './builds.js';
import { runBuild } from './run-build.js';

const { world, close } = await openWorld();
afterAll(close);

test.each(builds)('$system, $build: scans what is new, and nothing else', async (recorded) => {
  const cwd = await checkOut(world, recorded.checkout);

  const json = await runBuild(world, { recorded, cwd, args: ['--format', 'json'] });
  expect({ stderr: json.stderr, exitCode: json.exitCode }).toEqual({ stderr: '', exitCode: 1 });
  expect(filesOf(json)).toEqual([...recorded.finds].sort());

  if (recorded.says === undefined) return;
  const text = await runBuild(world, { recorded, cwd });
  expect(text.stdout.replaceAll('\n', ' ')).toContain(recorded.says);
});

/** What has to be deepened, in the words of that system. */
const DEEPEN: Readonly<Record<string, string>> = {
  'GitHub Actions': 'fetch-depth: 0',
  'GitLab CI': 'GIT_DEPTH: 0',
  'Bitbucket Pipelines': 'clone: depth: full',
  CircleCI: 'checkout: method: full',
  'Travis CI': 'git: depth: false',
  Jenkins: 'cloneOption(shallow: false',
  'Azure Pipelines': 'fetchDepth: 0',
  Buildkite: 'BUILDKITE_GIT_CLONE_FLAGS',
};

const plain = builds.filter(({ checkout }) => checkout.mergeWith === undefined);

test.each(plain)(
  '$system, $build: a checkout of one commit is no clean build, but what to deepen',
  async (recorded) => {
    await expectTooShallow(recorded, 1);
  },
);

test.each(plain.filter(({ finds }) => finds.includes('fork')))(
  '$system, $build: a history that ends inside the range is no clean build',
  async (recorded) => {
    // The target branch is here, and of the change only its last commit.
    const depth = recorded.checkout.ref.endsWith('merge') ? 2 : 1;

    const stderr = await expectTooShallow({ ...recorded, checkout: { ...recorded.checkout, isWithMain: true } }, depth);

    expect(stderr).toContain('its history ends inside the range');
  },
);

async function expectTooShallow(recorded: RecordedBuild, depth: number): Promise<string> {
  const cwd = await checkOut(world, { ...recorded.checkout, depth });

  const ran = await runBuild(world, { recorded, cwd });

  expect(ran.exitCode).toBe(2);
  expect(ran.stderr).toContain('Next: ');
  expect(ran.stderr).toContain(DEEPEN[recorded.system]);
  expect(ran.stdout + ran.stderr).not.toMatch(/^scanned /m);
  return ran.stderr;
}
