import type { CiSystem } from './build.js';
import { setValue, toIds } from './values.js';

/**
 * Jenkins. CHANGE_*, BRANCH_* and TAG_NAME come from a multibranch project (`/env-vars.html` of any Jenkins lists them),
 * GIT_* from the git plugin: plugins.jenkins.io/git, "Environment variables". GIT_COMMIT is not asked for: it may be that of
 * another checkout, such as a shared library.
 */
export const jenkins: CiSystem = {
  id: 'jenkins',
  name: 'Jenkins',
  change: 'pull request',
  // jenkins.io/doc/pipeline/steps/params/scmgit, "cloneOption".
  deepen:
    'Check out with cloneOption(shallow: false, noTags: false, honorRefspec: false, reference: ""), as docs/ci/Jenkinsfile does, and run again.',
  targetVariable: 'CHANGE_TARGET',
  isHere: (env) => setValue(env['JENKINS_URL']) !== undefined,
  toBuild: (env) => {
    const tag = setValue(env['TAG_NAME']);
    const branch = setValue(env['BRANCH_NAME']) ?? setValue(env['GIT_BRANCH']?.replace(/^origin\//, ''));
    if (setValue(env['CHANGE_ID']) !== undefined) {
      return {
        kind: 'change',
        tips: [],
        bases: [],
        target: setValue(env['CHANGE_TARGET']),
        branch: setValue(env['CHANGE_BRANCH']),
      };
    }
    if (tag !== undefined) return { kind: 'tag', tips: [], bases: [], tag };
    return {
      kind: 'push',
      tips: [],
      // Not GIT_PREVIOUS_COMMIT: what a build found that failed or was cancelled is looked at again.
      bases: toIds({ GIT_PREVIOUS_SUCCESSFUL_COMMIT: env['GIT_PREVIOUS_SUCCESSFUL_COMMIT'] }),
      branch,
      defaultBranch: env['BRANCH_IS_PRIMARY'] === 'true' ? branch : undefined,
    };
  },
};
