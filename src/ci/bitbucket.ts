import type { Build, CiSystem } from './build.js';
import { setValue, toIds } from './values.js';

/** Bitbucket Pipelines. Variables: support.atlassian.com/bitbucket-cloud/docs/variables-and-secrets. */
export const bitbucket: CiSystem = {
  id: 'bitbucket',
  name: 'Bitbucket Pipelines',
  change: 'pull request',
  // support.atlassian.com/bitbucket-cloud/docs/git-clone-behavior: the depth is 50 when nothing is said.
  deepen: 'Set "clone: depth: full" in bitbucket-pipelines.yml, for all or for this step, and run again.',
  targetVariable: 'BITBUCKET_PR_DESTINATION_BRANCH',
  isHere: (env) => setValue(env['BITBUCKET_BUILD_NUMBER']) !== undefined,
  toBuild: (env) => {
    const tag = setValue(env['BITBUCKET_TAG']);
    const common = {
      tips: toIds({ BITBUCKET_COMMIT: env['BITBUCKET_COMMIT'] }),
      branch: setValue(env['BITBUCKET_BRANCH']),
    };
    if (setValue(env['BITBUCKET_PR_ID']) !== undefined) return { ...common, ...toTarget(env) };
    // The commit before a push is not told.
    return { ...common, kind: tag === undefined ? 'push' : 'tag', bases: [], tag };
  },
};

/** The destination branch has been merged into what is checked out (…/kb/clone-depth-not-applying-for-pull-request-pipelines). */
function toTarget(env: NodeJS.ProcessEnv): Pick<Build, 'kind' | 'bases' | 'target'> {
  return {
    kind: 'change',
    bases: toIds({ BITBUCKET_PR_DESTINATION_COMMIT: env['BITBUCKET_PR_DESTINATION_COMMIT'] }),
    target: setValue(env['BITBUCKET_PR_DESTINATION_BRANCH']),
  };
}
