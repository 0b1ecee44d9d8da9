import type { Build } from './build.js';
import { githubBuilds, gitlabBuilds } from './builds-of-hosts.js';
import {
  azureBuilds,
  bitbucketBuilds,
  buildkiteBuilds,
  circleBuilds,
  jenkinsBuilds,
  travisBuilds,
} from './builds-of-services.js';

export interface RecordedBuild extends Build {
  readonly system: string;
}

/** Builds as the systems' documentation describes them: where each variable is told stands beside what reads it, in src/ci. */
function named(system: string, builds: readonly Build[]): RecordedBuild[] {
  return builds.map((build) => ({ system, ...build }));
}

export const builds: readonly RecordedBuild[] = [
  ...named('GitHub Actions', githubBuilds),
  ...named('GitLab CI', gitlabBuilds),
  ...named('Bitbucket Pipelines', bitbucketBuilds),
  ...named('CircleCI', circleBuilds),
  ...named('Travis CI', travisBuilds),
  ...named('Jenkins', jenkinsBuilds),
  ...named('Azure Pipelines', azureBuilds),
  ...named('Buildkite', buildkiteBuilds),
];
