import { azurePipelines } from './azure-pipelines.js';
import { bitbucket } from './bitbucket.js';
import type { CiSystem } from './build.js';
import { buildkite } from './buildkite.js';
import { circleci } from './circleci.js';
import { githubActions } from './github-actions.js';
import { gitlab } from './gitlab.js';
import { jenkins } from './jenkins.js';
import { travis } from './travis.js';

/** Jenkins comes last: its variable is also set for what it starts on other systems. */
const systems: readonly CiSystem[] = [
  githubActions,
  gitlab,
  bitbucket,
  circleci,
  travis,
  azurePipelines,
  buildkite,
  jenkins,
];

/** The names of the systems that are known. */
export const systemNames = systems.map(({ name }) => name);

/** The system that runs this process. */
export function findSystem(env: NodeJS.ProcessEnv): CiSystem | undefined {
  return systems.find(({ isHere }) => isHere(env));
}
