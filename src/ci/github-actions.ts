import { readFileSync } from 'node:fs';
import { codeOf } from '../error-code.js';
import { UserError } from '../user-error.js';
import type { Build, CiSystem } from './build.js';
import { setValue, toBranch, toIds, toTag } from './values.js';

/**
 * GitHub Actions. Variables: docs.github.com/en/actions/reference/workflows-and-actions/variables; what the event file
 * holds: docs.github.com/en/webhooks/webhook-events-and-payloads (push, pull_request, merge_group).
 */
export const githubActions: CiSystem = {
  id: 'github',
  name: 'GitHub Actions',
  change: 'pull request',
  // github.com/actions/checkout, README: "Only a single commit is fetched by default … Set fetch-depth: 0".
  deepen: 'Give the step actions/checkout "with: fetch-depth: 0", and run again.',
  targetVariable: 'GITHUB_BASE_REF',
  isHere: (env) => env['GITHUB_ACTIONS'] === 'true',
  toBuild: (env) => {
    const event = readEvent(env['GITHUB_EVENT_PATH']);
    return toChange(event) ?? toMergeGroup(event) ?? toPush(event, env);
  },
};

/** What is checked out is the merge of head into base (`refs/pull/N/merge`); for pull_request_target it is the base. */
function toChange(event: unknown): Build | undefined {
  if (pick(event, 'pull_request') === undefined) return undefined;
  const text = (...path: readonly string[]) => toText(pick(event, 'pull_request', ...path));
  return {
    kind: 'change',
    tips: toIds({ 'pull_request.head.sha': text('head', 'sha') }),
    bases: toIds({ 'pull_request.base.sha': text('base', 'sha') }),
    target: text('base', 'ref'),
    branch: text('head', 'ref'),
  };
}

function toMergeGroup(event: unknown): Build | undefined {
  if (pick(event, 'merge_group') === undefined) return undefined;
  const text = (name: string) => toText(pick(event, 'merge_group', name));
  return {
    kind: 'change',
    tips: toIds({ 'merge_group.head_sha': text('head_sha') }),
    bases: toIds({ 'merge_group.base_sha': text('base_sha') }),
    target: toBranch(text('base_ref')),
  };
}

function toPush(event: unknown, env: NodeJS.ProcessEnv): Build {
  const ref = env['GITHUB_REF'];
  const tag = toTag(ref);
  const isPush = env['GITHUB_EVENT_NAME'] === 'push';
  return {
    kind: tag !== undefined ? 'tag' : isPush ? 'push' : 'run',
    tips: toIds(isPush ? { after: toText(pick(event, 'after')) } : { GITHUB_SHA: env['GITHUB_SHA'] }),
    bases: isPush && tag === undefined ? toIds({ before: toText(pick(event, 'before')) }) : [],
    branch: toBranch(ref),
    tag,
    defaultBranch: toText(pick(event, 'repository', 'default_branch')),
  };
}

/** The webhook's payload. Without it the range would be a guess. */
function readEvent(path: string | undefined): unknown {
  try {
    return JSON.parse(readFileSync(path ?? '', 'utf8'));
  } catch (cause) {
    throw new UserError(
      'Could not read the event of this workflow: GITHUB_EVENT_PATH names no file of JSON.',
      'Run this step on the runner itself, or in a container that is given the file; or name the commits: leak-guard ci --range A..B',
      { cause: codeOf(cause) },
    );
  }
}

function pick(value: unknown, ...path: readonly string[]): unknown {
  let found = value;
  for (const name of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name)) return undefined;
    found = Object.entries(found).find(([key]) => key === name)?.[1];
  }
  return found ?? undefined;
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' ? setValue(value) : undefined;
}
