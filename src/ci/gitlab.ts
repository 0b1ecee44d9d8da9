import type { Build, CiSystem } from './build.js';
import { setValue, toIds } from './values.js';

/** GitLab CI. Variables: docs.gitlab.com/ci/variables/predefined_variables. */
export const gitlab: CiSystem = {
  id: 'gitlab',
  name: 'GitLab CI',
  change: 'merge request',
  // docs.gitlab.com/ci/runners/configure_runners, "Shallow cloning": 0 fetches all branches and tags.
  deepen: 'Set "GIT_DEPTH: 0" in the "variables:" of this job, and run again.',
  targetVariable: 'CI_MERGE_REQUEST_TARGET_BRANCH_NAME',
  isHere: (env) => env['GITLAB_CI'] === 'true',
  toBuild: (env) => toChange(env) ?? toPush(env),
};

/** In a merged results pipeline and a merge train, what is checked out is the merge with the target branch. */
function toChange(env: NodeJS.ProcessEnv): Build | undefined {
  const isChange = setValue(env['CI_MERGE_REQUEST_IID']) !== undefined;
  const isExternal = setValue(env['CI_EXTERNAL_PULL_REQUEST_IID']) !== undefined;
  if (!isChange && !isExternal) return undefined;
  const prefix = isChange ? 'CI_MERGE_REQUEST' : 'CI_EXTERNAL_PULL_REQUEST';
  const value = (name: string) => setValue(env[`${prefix}_${name}`]);
  return {
    kind: 'change',
    tips: toIds({
      CI_COMMIT_SHA: env['CI_COMMIT_SHA'],
      // Empty where no merge with the target was made.
      [`${prefix}_SOURCE_BRANCH_SHA`]: value('SOURCE_BRANCH_SHA'),
    }),
    bases: toIds({
      [`${prefix}_DIFF_BASE_SHA`]: value('DIFF_BASE_SHA'),
      [`${prefix}_TARGET_BRANCH_SHA`]: value('TARGET_BRANCH_SHA'),
    }),
    target: value('TARGET_BRANCH_NAME'),
    branch: value('SOURCE_BRANCH_NAME'),
  };
}

/** CI_COMMIT_BEFORE_SHA is zeros for a new branch, a tag, and a pipeline that was started by hand. */
function toPush(env: NodeJS.ProcessEnv): Build {
  const tag = setValue(env['CI_COMMIT_TAG']);
  // A child pipeline is about the same commits as its parent.
  const isPush = ['push', 'parent_pipeline'].includes(env['CI_PIPELINE_SOURCE'] ?? '');
  return {
    kind: tag !== undefined ? 'tag' : isPush ? 'push' : 'run',
    tips: toIds({ CI_COMMIT_SHA: env['CI_COMMIT_SHA'] }),
    bases: isPush && tag === undefined ? toIds({ CI_COMMIT_BEFORE_SHA: env['CI_COMMIT_BEFORE_SHA'] }) : [],
    branch: setValue(env['CI_COMMIT_BRANCH']),
    tag,
    defaultBranch: setValue(env['CI_DEFAULT_BRANCH']),
  };
}
