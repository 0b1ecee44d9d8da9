import type { Build, CiSystem } from './build.js';
import { setValue, toIds } from './values.js';

/** Travis CI. Variables: docs.travis-ci.com/user/environment-variables. */
export const travis: CiSystem = {
  id: 'travis',
  name: 'Travis CI',
  change: 'pull request',
  // docs.travis-ci.com/user/customizing-the-build, "Git Clone Depth": 50 when nothing is said.
  deepen: 'Set "git: depth: false" in .travis.yml, and run again.',
  targetVariable: 'TRAVIS_BRANCH',
  isHere: (env) => env['TRAVIS'] === 'true',
  toBuild: (env) => {
    // `12345…...67890…`, empty for the first push of a branch.
    const [before] = (env['TRAVIS_COMMIT_RANGE'] ?? '').split('...');
    const isPush = env['TRAVIS_EVENT_TYPE'] === 'push';
    const tag = setValue(env['TRAVIS_TAG']);
    const bases = toIds({ TRAVIS_COMMIT_RANGE: before });
    const tips = toIds({ TRAVIS_COMMIT: env['TRAVIS_COMMIT'] });
    if (env['TRAVIS_EVENT_TYPE'] === 'pull_request') return { ...toChange(env), bases };
    if (tag !== undefined) return { kind: 'tag', tips, bases: [], tag };
    return { kind: isPush ? 'push' : 'run', tips, bases: isPush ? bases : [], branch: setValue(env['TRAVIS_BRANCH']) };
  },
};

/** What is checked out is the merge into the target branch. TRAVIS_COMMIT may be of an older merge, and is not asked for. */
function toChange(env: NodeJS.ProcessEnv): Omit<Build, 'bases'> {
  return {
    kind: 'change',
    tips: toIds({ TRAVIS_PULL_REQUEST_SHA: env['TRAVIS_PULL_REQUEST_SHA'] }),
    target: setValue(env['TRAVIS_BRANCH']),
    branch: setValue(env['TRAVIS_PULL_REQUEST_BRANCH']),
  };
}
