import type { CiSystem } from './build.js';
import { setValue, toIds } from './values.js';

/**
 * CircleCI. Variables: circleci.com/docs/reference/variables. It tells neither the target of a pull request nor the commit
 * before a push, but a configuration can set CIRCLE_COMPARE_URL from pipeline values, as that page shows:
 *
 *     https://github.com/o/r/compare/12345…..67890…
 */
export const circleci: CiSystem = {
  id: 'circleci',
  name: 'CircleCI',
  change: 'pull request',
  // circleci.com/docs/reference/configuration-reference, "checkout": method "full" or "blobless".
  deepen: 'Use "checkout: method: full", clone without a depth, and run again.',
  targetVariable: 'CIRCLE_BRANCH',
  isHere: (env) => env['CIRCLECI'] === 'true',
  toBuild: (env) => {
    const tag = setValue(env['CIRCLE_TAG']);
    const [, before] = /\/compare\/([0-9a-f]{7,64})\.{2,3}[0-9a-f]{7,64}$/.exec(env['CIRCLE_COMPARE_URL'] ?? '') ?? [];
    return {
      kind: tag === undefined ? 'push' : 'tag',
      tips: toIds({ CIRCLE_SHA1: env['CIRCLE_SHA1'] }),
      bases: tag === undefined ? toIds({ CIRCLE_COMPARE_URL: before }) : [],
      branch: setValue(env['CIRCLE_BRANCH']),
      tag,
    };
  },
};
