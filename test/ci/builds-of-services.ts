import type { Ids, Variables } from '../support/ci.js';
import { ALL_OF_MAIN, type Build, branch, cloned, FORCED, merged, TAGGED, tag, unmerged } from './build.js';

const bitbucket = { BITBUCKET_BUILD_NUMBER: '7' };

export const bitbucketBuilds: readonly Build[] = [
  {
    build: 'pull request, with the destination merged in',
    env: ({ fork, main }) => ({
      ...bitbucket,
      BITBUCKET_PR_ID: '1',
      BITBUCKET_COMMIT: fork,
      BITBUCKET_BRANCH: 'fork',
      BITBUCKET_PR_DESTINATION_BRANCH: 'main',
      BITBUCKET_PR_DESTINATION_COMMIT: main,
    }),
    checkout: cloned({ ...unmerged, mergeWith: 'origin/main' }),
    finds: ['fork'],
  },
  {
    build: 'push',
    env: ({ second }) => ({ ...bitbucket, BITBUCKET_COMMIT: second, BITBUCKET_BRANCH: 'topic' }),
    checkout: cloned(branch('topic')),
    finds: ['first', 'second'],
    says: 'all that the default branch does not have',
  },
  {
    build: 'push to the default branch',
    env: ({ main }) => ({ ...bitbucket, BITBUCKET_COMMIT: main, BITBUCKET_BRANCH: 'main' }),
    checkout: cloned(branch('main')),
    finds: ALL_OF_MAIN,
    says: 'all of its history',
  },
  {
    build: 'tag',
    env: ({ tagged }) => ({ ...bitbucket, BITBUCKET_COMMIT: tagged, BITBUCKET_TAG: 'v1' }),
    checkout: cloned(tag),
    finds: TAGGED,
  },
  {
    build: 'forced push',
    env: ({ rewritten }) => ({ ...bitbucket, BITBUCKET_COMMIT: rewritten, BITBUCKET_BRANCH: 'rewritten' }),
    checkout: cloned(branch('rewritten')),
    finds: ['rewritten'],
  },
];

const circle = { CIRCLECI: 'true' };
const compare = (from: string, to: string): Variables => ({
  CIRCLE_COMPARE_URL: `https://github.com/o/r/compare/${from}..${to}`,
});

export const circleBuilds: readonly Build[] = [
  {
    build: 'pull request from a fork',
    env: ({ fork }) => ({ ...circle, CIRCLE_SHA1: fork, CIRCLE_BRANCH: 'pull/1', CIRCLE_PR_NUMBER: '1' }),
    checkout: cloned(unmerged),
    finds: ['fork'],
  },
  {
    build: 'push',
    env: ({ first, second }) => ({ ...circle, CIRCLE_SHA1: second, CIRCLE_BRANCH: 'topic', ...compare(first, second) }),
    checkout: cloned(branch('topic')),
    finds: ['second'],
  },
  {
    build: 'first push, where there is no base revision',
    env: ({ second }) => ({ ...circle, CIRCLE_SHA1: second, CIRCLE_BRANCH: 'topic', ...compare('', second) }),
    checkout: cloned(branch('topic')),
    finds: ['first', 'second'],
  },
  {
    build: 'tag',
    env: ({ tagged }) => ({ ...circle, CIRCLE_SHA1: tagged, CIRCLE_TAG: 'v1' }),
    checkout: cloned(tag),
    finds: TAGGED,
  },
  {
    build: 'forced push',
    env: ({ replaced, rewritten }) => ({
      ...circle,
      CIRCLE_SHA1: rewritten,
      CIRCLE_BRANCH: 'rewritten',
      ...compare(replaced, rewritten),
    }),
    checkout: cloned(branch('rewritten')),
    finds: ['rewritten'],
    says: FORCED,
  },
];

const travis = { TRAVIS: 'true', TRAVIS_PULL_REQUEST: 'false', TRAVIS_PULL_REQUEST_SHA: '', TRAVIS_TAG: '' };
const short = (id: string): string => id.slice(0, 12);

export const travisBuilds: readonly Build[] = [
  {
    build: 'pull request from a fork, at its merge',
    env: ({ fork, merge, main }) => ({
      ...travis,
      TRAVIS_EVENT_TYPE: 'pull_request',
      TRAVIS_PULL_REQUEST: '1',
      TRAVIS_PULL_REQUEST_SHA: fork,
      TRAVIS_PULL_REQUEST_BRANCH: 'fork',
      TRAVIS_BRANCH: 'main',
      TRAVIS_COMMIT: merge,
      TRAVIS_COMMIT_RANGE: `${main}...${fork}`,
    }),
    checkout: cloned(merged),
    finds: ['fork'],
  },
  {
    build: 'push, with shortened ids',
    env: ({ first, second }) => ({
      ...travis,
      TRAVIS_EVENT_TYPE: 'push',
      TRAVIS_BRANCH: 'topic',
      TRAVIS_COMMIT: second,
      TRAVIS_COMMIT_RANGE: `${short(first)}...${short(second)}`,
    }),
    checkout: cloned(branch('topic')),
    finds: ['second'],
  },
  {
    build: 'first push',
    env: ({ second }) => ({
      ...travis,
      TRAVIS_EVENT_TYPE: 'push',
      TRAVIS_BRANCH: 'topic',
      TRAVIS_COMMIT: second,
      TRAVIS_COMMIT_RANGE: '',
    }),
    checkout: cloned(branch('topic')),
    finds: ['first', 'second'],
  },
  {
    build: 'tag',
    env: ({ tagged }) => ({
      ...travis,
      TRAVIS_EVENT_TYPE: 'push',
      TRAVIS_BRANCH: 'v1',
      TRAVIS_TAG: 'v1',
      TRAVIS_COMMIT: tagged,
    }),
    checkout: cloned(tag),
    finds: TAGGED,
  },
  {
    build: 'forced push',
    env: ({ replaced, rewritten }) => ({
      ...travis,
      TRAVIS_EVENT_TYPE: 'push',
      TRAVIS_BRANCH: 'rewritten',
      TRAVIS_COMMIT: rewritten,
      TRAVIS_COMMIT_RANGE: `${short(replaced)}...${short(rewritten)}`,
    }),
    checkout: cloned(branch('rewritten')),
    finds: ['rewritten'],
    says: FORCED,
  },
  {
    build: 'cron',
    env: ({ main }) => ({ ...travis, TRAVIS_EVENT_TYPE: 'cron', TRAVIS_BRANCH: 'main', TRAVIS_COMMIT: main }),
    checkout: cloned(branch('main')),
    finds: ALL_OF_MAIN,
  },
];

const jenkins = { JENKINS_URL: 'https://jenkins.example.com/' };

export const jenkinsBuilds: readonly Build[] = [
  {
    build: 'pull request from a fork, merged with its target',
    env: ({ fork }) => ({
      ...jenkins,
      CHANGE_ID: '1',
      CHANGE_TARGET: 'main',
      CHANGE_BRANCH: 'fork',
      CHANGE_FORK: 'bob',
      BRANCH_NAME: 'PR-1',
      GIT_COMMIT: fork,
    }),
    checkout: { ...unmerged, mergeWith: 'origin/main' },
    finds: ['fork'],
  },
  {
    build: 'push',
    env: ({ first, second }) => ({
      ...jenkins,
      BRANCH_NAME: 'topic',
      GIT_COMMIT: second,
      GIT_PREVIOUS_COMMIT: second,
      GIT_PREVIOUS_SUCCESSFUL_COMMIT: first,
    }),
    checkout: branch('topic'),
    finds: ['second'],
  },
  {
    build: 'first push, with the default branch told',
    env: ({ second }) => ({ ...jenkins, BRANCH_NAME: 'topic', GIT_COMMIT: second }),
    checkout: branch('topic'),
    finds: ['first', 'second'],
    args: ['--default-branch', 'main'],
  },
  {
    build: 'first push, with no default branch known',
    env: ({ second }) => ({ ...jenkins, BRANCH_NAME: 'topic', GIT_COMMIT: second }),
    checkout: branch('topic'),
    finds: ['first', 'second'],
    says: 'all that no other branch of the remote has',
  },
  {
    build: 'first build of a job that is not multibranch',
    env: ({ main }) => ({ ...jenkins, GIT_BRANCH: 'origin/main', GIT_COMMIT: main }),
    checkout: branch('main'),
    finds: ALL_OF_MAIN,
    args: ['--default-branch', 'main'],
  },
  {
    build: 'tag',
    env: ({ tagged }) => ({ ...jenkins, BRANCH_NAME: 'v1', TAG_NAME: 'v1', GIT_COMMIT: tagged }),
    checkout: tag,
    finds: TAGGED,
  },
  {
    build: 'forced push',
    env: ({ replaced, rewritten }) => ({
      ...jenkins,
      BRANCH_NAME: 'rewritten',
      GIT_COMMIT: rewritten,
      GIT_PREVIOUS_SUCCESSFUL_COMMIT: replaced,
    }),
    checkout: branch('rewritten'),
    finds: ['rewritten'],
    says: FORCED,
    args: ['--default-branch', 'main'],
  },
];

const azure = { TF_BUILD: 'True' };

export const azureBuilds: readonly Build[] = [
  ...['refs/heads/main', 'main'].map((target) => ({
    build: `pull request from a fork, to ${target}`,
    env: ({ fork, merge }: Ids) => ({
      ...azure,
      BUILD_REASON: 'PullRequest',
      BUILD_SOURCEBRANCH: 'refs/pull/1/merge',
      BUILD_SOURCEVERSION: merge,
      SYSTEM_PULLREQUEST_TARGETBRANCH: target,
      SYSTEM_PULLREQUEST_SOURCEBRANCH: 'refs/heads/fork',
      SYSTEM_PULLREQUEST_SOURCECOMMITID: fork,
      SYSTEM_PULLREQUEST_ISFORK: 'True',
    }),
    checkout: merged,
    finds: ['fork'],
  })),
  {
    build: 'push',
    env: ({ second }) => ({
      ...azure,
      BUILD_REASON: 'IndividualCI',
      BUILD_SOURCEBRANCH: 'refs/heads/topic',
      BUILD_SOURCEVERSION: second,
    }),
    checkout: branch('topic'),
    finds: ['first', 'second'],
    args: ['--default-branch', 'main'],
  },
  {
    build: 'tag',
    env: ({ tagged }) => ({
      ...azure,
      BUILD_REASON: 'IndividualCI',
      BUILD_SOURCEBRANCH: 'refs/tags/v1',
      BUILD_SOURCEVERSION: tagged,
    }),
    checkout: tag,
    finds: TAGGED,
    args: ['--default-branch', 'main'],
  },
  {
    build: 'forced push',
    env: ({ rewritten }) => ({
      ...azure,
      BUILD_REASON: 'BatchedCI',
      BUILD_SOURCEBRANCH: 'refs/heads/rewritten',
      BUILD_SOURCEVERSION: rewritten,
    }),
    checkout: branch('rewritten'),
    finds: ['rewritten'],
  },
  {
    build: 'schedule',
    env: ({ main }) => ({
      ...azure,
      BUILD_REASON: 'Schedule',
      BUILD_SOURCEBRANCH: 'refs/heads/main',
      BUILD_SOURCEVERSION: main,
    }),
    checkout: branch('main'),
    finds: ALL_OF_MAIN,
    args: ['--default-branch', 'main'],
  },
];

const kite = {
  BUILDKITE: 'true',
  BUILDKITE_SOURCE: 'webhook',
  BUILDKITE_PULL_REQUEST: 'false',
  BUILDKITE_PULL_REQUEST_BASE_BRANCH: '',
  BUILDKITE_PIPELINE_DEFAULT_BRANCH: 'main',
  BUILDKITE_TAG: '',
};

export const buildkiteBuilds: readonly Build[] = [
  {
    build: 'pull request from a fork',
    env: ({ fork }) => ({
      ...kite,
      BUILDKITE_PULL_REQUEST: '1',
      BUILDKITE_PULL_REQUEST_BASE_BRANCH: 'main',
      BUILDKITE_BRANCH: 'bob:fork',
      BUILDKITE_COMMIT: fork,
    }),
    checkout: cloned(unmerged),
    finds: ['fork'],
  },
  {
    build: 'merge queue',
    env: ({ merge, main }) => ({
      ...kite,
      BUILDKITE_MERGE_QUEUE_BASE_BRANCH: 'main',
      BUILDKITE_MERGE_QUEUE_BASE_COMMIT: main,
      BUILDKITE_BRANCH: 'gh-readonly-queue/main/pr-1',
      BUILDKITE_COMMIT: merge,
    }),
    checkout: cloned(merged),
    finds: ['fork'],
  },
  {
    build: 'push',
    env: ({ second }) => ({ ...kite, BUILDKITE_BRANCH: 'topic', BUILDKITE_COMMIT: second }),
    checkout: cloned(branch('topic')),
    finds: ['first', 'second'],
  },
  {
    build: 'tag',
    env: ({ tagged }) => ({ ...kite, BUILDKITE_BRANCH: 'v1', BUILDKITE_TAG: 'v1', BUILDKITE_COMMIT: tagged }),
    checkout: cloned(tag),
    finds: TAGGED,
  },
  {
    build: 'forced push',
    env: ({ rewritten }) => ({ ...kite, BUILDKITE_BRANCH: 'rewritten', BUILDKITE_COMMIT: rewritten }),
    checkout: cloned(branch('rewritten')),
    finds: ['rewritten'],
  },
  {
    build: 'schedule of HEAD',
    env: () => ({ ...kite, BUILDKITE_SOURCE: 'schedule', BUILDKITE_BRANCH: 'main', BUILDKITE_COMMIT: 'HEAD' }),
    checkout: cloned(branch('main')),
    finds: ALL_OF_MAIN,
  },
];
