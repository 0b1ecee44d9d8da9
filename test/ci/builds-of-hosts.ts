import type { Ids, Variables } from '../support/ci.js';
import { ALL_OF_MAIN, type Build, branch, FORCED, merged, TAGGED, tag, unmerged, ZEROS } from './build.js';

const github = (name: string, ref: string): Variables => ({
  GITHUB_ACTIONS: 'true',
  GITHUB_EVENT_NAME: name,
  GITHUB_REF: ref,
});
const repository = { default_branch: 'main' };
const pullRequest = ({ fork, old }: Ids): unknown => ({
  pull_request: { head: { sha: fork, ref: 'fork' }, base: { sha: old, ref: 'main' } },
  repository,
});

export const githubBuilds: readonly Build[] = [
  {
    build: 'pull request from a fork, at its merge',
    env: ({ merge }) => ({
      ...github('pull_request', 'refs/pull/1/merge'),
      GITHUB_SHA: merge,
      GITHUB_BASE_REF: 'main',
    }),
    event: pullRequest,
    checkout: merged,
    finds: ['fork'],
  },
  {
    build: 'pull request, nothing fetched but its merge',
    env: ({ merge }) => ({ ...github('pull_request', 'refs/pull/1/merge'), GITHUB_SHA: merge }),
    event: pullRequest,
    checkout: { ...merged, isSingle: true },
    finds: ['fork'],
  },
  {
    build: 'merge queue',
    env: ({ merge }) => ({ ...github('merge_group', 'refs/heads/gh-readonly-queue/main/pr-1'), GITHUB_SHA: merge }),
    event: ({ merge, main }) => ({
      merge_group: { head_sha: merge, base_sha: main, base_ref: 'refs/heads/main' },
      repository,
    }),
    checkout: merged,
    finds: ['fork'],
  },
  {
    build: 'push',
    env: ({ second }) => ({ ...github('push', 'refs/heads/topic'), GITHUB_SHA: second }),
    event: ({ first, second }) => ({ before: first, after: second, repository }),
    checkout: branch('topic'),
    finds: ['second'],
  },
  {
    build: 'first push',
    env: ({ second }) => ({ ...github('push', 'refs/heads/topic'), GITHUB_SHA: second }),
    event: ({ second }) => ({ before: ZEROS, after: second, created: true, repository }),
    checkout: branch('topic'),
    finds: ['first', 'second'],
    says: 'all that the default branch does not have',
  },
  {
    build: 'tag',
    env: ({ tagged }) => ({ ...github('push', 'refs/tags/v1'), GITHUB_SHA: tagged }),
    event: ({ tagged }) => ({ before: ZEROS, after: tagged, repository }),
    checkout: tag,
    finds: TAGGED,
  },
  {
    build: 'forced push',
    env: ({ rewritten }) => ({ ...github('push', 'refs/heads/rewritten'), GITHUB_SHA: rewritten }),
    event: ({ replaced, rewritten }) => ({ before: replaced, after: rewritten, forced: true, repository }),
    checkout: branch('rewritten'),
    finds: ['rewritten'],
    says: FORCED,
  },
  {
    build: 'schedule',
    env: ({ main }) => ({ ...github('schedule', 'refs/heads/main'), GITHUB_SHA: main }),
    event: () => ({ schedule: '0 3 * * *', repository }),
    checkout: branch('main'),
    finds: ALL_OF_MAIN,
    says: 'scheduled or manual run: 2 commits, all of its history',
  },
];

const gitlab = { GITLAB_CI: 'true', CI_DEFAULT_BRANCH: 'main' };
const mergeRequest = {
  ...gitlab,
  CI_PIPELINE_SOURCE: 'merge_request_event',
  CI_MERGE_REQUEST_IID: '1',
  CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main',
  CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: 'fork',
  CI_COMMIT_BEFORE_SHA: ZEROS,
};

export const gitlabBuilds: readonly Build[] = [
  {
    build: 'merge request',
    env: ({ fork, old }) => ({
      ...mergeRequest,
      CI_MERGE_REQUEST_EVENT_TYPE: 'detached',
      CI_COMMIT_SHA: fork,
      CI_MERGE_REQUEST_DIFF_BASE_SHA: old,
      CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: '',
      CI_MERGE_REQUEST_TARGET_BRANCH_SHA: '',
    }),
    checkout: unmerged,
    finds: ['fork'],
  },
  {
    build: 'merged results pipeline',
    env: ({ fork, merge, main, old }) => ({
      ...mergeRequest,
      CI_MERGE_REQUEST_EVENT_TYPE: 'merged_result',
      CI_COMMIT_SHA: merge,
      CI_MERGE_REQUEST_DIFF_BASE_SHA: old,
      CI_MERGE_REQUEST_SOURCE_BRANCH_SHA: fork,
      CI_MERGE_REQUEST_TARGET_BRANCH_SHA: main,
    }),
    checkout: { ...merged, isSingle: true },
    finds: ['fork'],
  },
  {
    build: 'external pull request',
    env: ({ fork, main }) => ({
      ...gitlab,
      CI_PIPELINE_SOURCE: 'external_pull_request_event',
      CI_COMMIT_SHA: fork,
      CI_EXTERNAL_PULL_REQUEST_IID: '1',
      CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_SHA: fork,
      CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_SHA: main,
      CI_EXTERNAL_PULL_REQUEST_TARGET_BRANCH_NAME: 'main',
    }),
    checkout: unmerged,
    finds: ['fork'],
  },
  {
    build: 'push',
    env: ({ first, second }) => ({
      ...gitlab,
      CI_PIPELINE_SOURCE: 'push',
      CI_COMMIT_BRANCH: 'topic',
      CI_COMMIT_SHA: second,
      CI_COMMIT_BEFORE_SHA: first,
    }),
    checkout: branch('topic'),
    finds: ['second'],
  },
  {
    build: 'first push',
    env: ({ second }) => ({
      ...gitlab,
      CI_PIPELINE_SOURCE: 'push',
      CI_COMMIT_BRANCH: 'topic',
      CI_COMMIT_SHA: second,
      CI_COMMIT_BEFORE_SHA: ZEROS,
    }),
    checkout: branch('topic'),
    finds: ['first', 'second'],
  },
  {
    build: 'tag',
    env: ({ tagged }) => ({
      ...gitlab,
      CI_PIPELINE_SOURCE: 'push',
      CI_COMMIT_TAG: 'v1',
      CI_COMMIT_SHA: tagged,
      CI_COMMIT_BEFORE_SHA: ZEROS,
    }),
    checkout: tag,
    finds: TAGGED,
  },
  {
    build: 'forced push',
    env: ({ replaced, rewritten }) => ({
      ...gitlab,
      CI_PIPELINE_SOURCE: 'push',
      CI_COMMIT_BRANCH: 'rewritten',
      CI_COMMIT_SHA: rewritten,
      CI_COMMIT_BEFORE_SHA: replaced,
    }),
    checkout: branch('rewritten'),
    finds: ['rewritten'],
    says: FORCED,
  },
  {
    build: 'schedule',
    env: ({ main }) => ({
      ...gitlab,
      CI_PIPELINE_SOURCE: 'schedule',
      CI_COMMIT_BRANCH: 'main',
      CI_COMMIT_SHA: main,
      CI_COMMIT_BEFORE_SHA: ZEROS,
    }),
    checkout: branch('main'),
    finds: ALL_OF_MAIN,
  },
];
