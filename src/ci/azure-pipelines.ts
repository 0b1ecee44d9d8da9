import type { CiSystem } from './build.js';
import { setValue, toBranch, toIds, toTag } from './values.js';

/** Azure Pipelines. Variables: learn.microsoft.com/azure/devops/pipelines/build/variables. */
export const azurePipelines: CiSystem = {
  id: 'azure',
  name: 'Azure Pipelines',
  change: 'pull request',
  // learn.microsoft.com/azure/devops/pipelines/yaml-schema/steps-checkout: new pipelines fetch one commit only.
  deepen: 'Give the job a step "checkout: self" with "fetchDepth: 0", and run again.',
  targetVariable: 'SYSTEM_PULLREQUEST_TARGETBRANCHNAME',
  isHere: (env) => env['TF_BUILD']?.toLowerCase() === 'true',
  toBuild: (env) => {
    const ref = env['BUILD_SOURCEBRANCH'];
    const tips = toIds({ BUILD_SOURCEVERSION: env['BUILD_SOURCEVERSION'] });
    if (env['BUILD_REASON'] === 'PullRequest') {
      const target = setValue(env['SYSTEM_PULLREQUEST_TARGETBRANCH']);
      return {
        kind: 'change', // BUILD_SOURCEVERSION is the merge into the target branch
        tips: [...tips, ...toIds({ SYSTEM_PULLREQUEST_SOURCECOMMITID: env['SYSTEM_PULLREQUEST_SOURCECOMMITID'] })],
        bases: [],
        target: toBranch(target) ?? target,
        branch: toBranch(env['SYSTEM_PULLREQUEST_SOURCEBRANCH']) ?? setValue(env['SYSTEM_PULLREQUEST_SOURCEBRANCH']),
      };
    }
    const tag = toTag(ref);
    const isPush = ['IndividualCI', 'BatchedCI'].includes(env['BUILD_REASON'] ?? '');
    // The commit before a push is not told.
    return { kind: tag !== undefined ? 'tag' : isPush ? 'push' : 'run', tips, bases: [], branch: toBranch(ref), tag };
  },
};
