import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runCi, type Variables } from './ci.js';
import { type Pushing, withRemote } from './remote.js';
import type { Ran } from './repo.js';

/** A repository with one commit on the remote; whatever is committed after that is the push that is built. */
export type Pushed = Pick<Pushing, 'repo' | 'key'> & { readonly before: string };

export type SystemName = 'github' | 'gitlab' | 'bitbucket' | 'travis' | 'azure' | 'buildkite';

/** How a build differs from a plain push to the branch topic. */
export interface PushedBuild {
  readonly system: SystemName | 'none';
  readonly env?: Variables;
  readonly branch?: string;
  /** The branch was not there before. */
  readonly isFirst?: boolean;
  /** On GitHub, the event file instead of the one that fits. */
  readonly event?: unknown;
}

export async function withPushed(test: (pushed: Pushed) => Promise<void>): Promise<void> {
  await withRemote(
    async ({ repo, key }) => {
      const before = await repo.git('rev-parse', 'HEAD');
      await test({ repo, key, before });
    },
    { hasHooks: false },
  );
}

let count = 0;

/** Runs `leak-guard ci` as that system would for a push of what was committed. */
export async function runPushed(
  pushed: Pushed,
  asked: SystemName | PushedBuild,
  ...args: readonly string[]
): Promise<Ran> {
  const build: PushedBuild = typeof asked === 'string' ? { system: asked } : asked;
  const { repo, before } = pushed;
  const after = await repo.git('rev-parse', 'HEAD');
  const { system, branch = 'topic', isFirst = false } = build;
  count += 1;
  const file = join(repo.home, `event-${count}.json`);
  const sent = { before: isFirst ? '0'.repeat(40) : before, after, repository: { default_branch: 'main' } };
  await writeFile(file, JSON.stringify(build.event ?? sent));
  const variables: Readonly<Record<SystemName | 'none', Variables>> = {
    none: {},
    github: {
      GITHUB_ACTIONS: 'true',
      GITHUB_EVENT_NAME: 'push',
      GITHUB_REF: `refs/heads/${branch}`,
      GITHUB_SHA: after,
      GITHUB_EVENT_PATH: file,
    },
    gitlab: {
      GITLAB_CI: 'true',
      CI_PIPELINE_SOURCE: 'push',
      CI_COMMIT_SHA: after,
      CI_COMMIT_BEFORE_SHA: before,
      CI_COMMIT_BRANCH: branch,
      CI_DEFAULT_BRANCH: 'main',
    },
    bitbucket: { BITBUCKET_BUILD_NUMBER: '7', BITBUCKET_COMMIT: after, BITBUCKET_BRANCH: branch },
    travis: {
      TRAVIS: 'true',
      TRAVIS_EVENT_TYPE: 'push',
      TRAVIS_BRANCH: branch,
      TRAVIS_COMMIT: after,
      TRAVIS_COMMIT_RANGE: `${before}...${after}`,
    },
    azure: {
      TF_BUILD: 'True',
      BUILD_REASON: 'IndividualCI',
      BUILD_SOURCEBRANCH: `refs/heads/${branch}`,
      BUILD_SOURCEVERSION: after,
    },
    buildkite: {
      BUILDKITE: 'true',
      BUILDKITE_SOURCE: 'webhook',
      BUILDKITE_PULL_REQUEST: 'false',
      BUILDKITE_BRANCH: branch,
      BUILDKITE_COMMIT: after,
      BUILDKITE_PIPELINE_DEFAULT_BRANCH: 'main',
    },
  };
  return runCi({ repo }, { cwd: repo.dir, env: { ...variables[system], ...build.env }, args });
}
