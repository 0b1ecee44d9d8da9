import type { Build, CiSystem } from './build.js';
import { setValue, toIds } from './values.js';

/** Buildkite. Variables: buildkite.com/docs/pipelines/configure/environment-variables. */
export const buildkite: CiSystem = {
  id: 'buildkite',
  name: 'Buildkite',
  change: 'pull request',
  // buildkite.com/docs/pipelines/configure/git-checkout: a clone is whole unless these flags hold a depth.
  deepen: 'Take "--depth" out of BUILDKITE_GIT_CLONE_FLAGS and BUILDKITE_GIT_FETCH_FLAGS, and run again.',
  targetVariable: 'BUILDKITE_PULL_REQUEST_BASE_BRANCH',
  isHere: (env) => env['BUILDKITE'] === 'true',
  toBuild: (env) => {
    const told = env['BUILDKITE_COMMIT'];
    // A build that was started by hand may be of `HEAD`.
    const tips = told === 'HEAD' ? [] : toIds({ BUILDKITE_COMMIT: told });
    const tag = setValue(env['BUILDKITE_TAG']);
    const branch = setValue(env['BUILDKITE_BRANCH']);
    const change = toChange(env);
    if (change !== undefined) return { ...change, tips, branch };
    return {
      kind: tag !== undefined ? 'tag' : env['BUILDKITE_SOURCE'] === 'webhook' ? 'push' : 'run',
      tips,
      bases: [], // the commit before a push is not told
      branch: tag === undefined ? branch : undefined,
      tag,
      defaultBranch: setValue(env['BUILDKITE_PIPELINE_DEFAULT_BRANCH']),
    };
  },
};

function toChange(env: NodeJS.ProcessEnv): Pick<Build, 'kind' | 'bases' | 'target'> | undefined {
  const queue = setValue(env['BUILDKITE_MERGE_QUEUE_BASE_COMMIT']);
  if (queue !== undefined) {
    const bases = toIds({ BUILDKITE_MERGE_QUEUE_BASE_COMMIT: queue });
    return { kind: 'change', bases, target: setValue(env['BUILDKITE_MERGE_QUEUE_BASE_BRANCH']) };
  }
  if ((setValue(env['BUILDKITE_PULL_REQUEST']) ?? 'false') === 'false') return undefined;
  return { kind: 'change', bases: [], target: setValue(env['BUILDKITE_PULL_REQUEST_BASE_BRANCH']) };
}
