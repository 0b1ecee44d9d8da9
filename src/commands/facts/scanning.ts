import { HOOK_NAMES } from '../../install/hook-script.js';
import type { CommandFacts } from './facts.js';

export const scan: CommandFacts = {
  name: 'scan',
  summary: 'look through files, what is staged, commits, or standard input',
  usage: [
    '[PATH…]',
    '--staged [FILE…] | --stdin | --message FILE',
    '--range A..B | --range COMMIT',
    '--history [--since DATE] [--branch NAME]',
  ],
  about: [
    'Looks for credentials in files and folders, in what is staged, in standard input, in a commit message as git would record it, or in commits: their files, messages, and names. A finding in commits says when it came, and whether HEAD still has it.',
  ],
  options: [
    { name: 'staged', text: 'what is staged, read from the index; of that, only the files that are named' },
    { name: 'stdin', text: 'what comes in on standard input' },
    { name: 'message', value: { name: 'FILE', completes: 'files' }, text: 'a commit message that stands in FILE' },
    {
      name: 'range',
      value: { name: 'A..B', completes: 'range' },
      text: 'the commits that B has and A has not; one commit: that one; of an annotated tag its message, too',
    },
    { name: 'history', text: 'all commits that a branch, tag or other ref leads to' },
    {
      name: 'since',
      value: { name: 'DATE' },
      text: 'with --history: only commits from the start of this day (2026-11-20) or this time (2026-11-20T08:00) on, in the time zone of this machine unless one is given (…T08:00Z)',
    },
    { name: 'branch', value: { name: 'NAME', completes: 'refs' }, text: 'with --history: only this branch or tag' },
  ],
  positionals: [{ name: 'PATH', completes: 'files', isRepeatable: true }],
  examples: [
    { line: 'leak-guard scan src', text: 'look through a folder' },
    { line: 'leak-guard scan --staged --format json', text: 'let a program read what is found' },
    { line: 'leak-guard scan --range origin/main..HEAD', text: 'look through the commits of a branch' },
    { line: 'leak-guard scan --history --since 2026-01-01', text: "look through this year's commits" },
    { line: 'git diff | leak-guard scan --stdin', text: 'look through what another program writes' },
  ],
};

export const ci: CommandFacts = {
  name: 'ci',
  summary: 'scan the commits that a CI system builds',
  usage: ['[--range A..B] [--since DATE] [--default-branch NAME] [--summary FILE] [--code-quality FILE]'],
  about: [
    'Scans the commits that a build is about, as scan --range does, and reads which those are from what the system tells: GitHub Actions, GitLab CI, Bitbucket Pipelines, CircleCI, Travis CI, Jenkins, Azure Pipelines, Buildkite.',
    'Where that cannot be told for sure, as in a shallow checkout, the exit code is 2, and the message says what to deepen.',
  ],
  options: [
    {
      name: 'range',
      value: { name: 'A..B', completes: 'range' },
      text: 'these commits, whatever the system tells',
    },
    {
      name: 'since',
      value: { name: 'DATE' },
      text: 'only commits from the start of this day on (2026-11-20), by the date that they tell and the time zone of this machine',
    },
    {
      name: 'default-branch',
      value: { name: 'NAME', completes: 'refs' },
      text: 'what a new branch is compared with, where the system does not tell it',
    },
    {
      name: 'summary',
      value: { name: 'FILE', completes: 'files' },
      text: 'write a summary as Markdown; on GitHub and Azure there is one anyway',
    },
    {
      name: 'code-quality',
      value: { name: 'FILE', completes: 'files' },
      text: 'write a report that GitLab shows in the merge request',
    },
  ],
  positionals: [],
  examples: [
    { line: 'leak-guard ci', text: 'in a build: scan what it is about' },
    { line: 'leak-guard ci --code-quality gl-code-quality-report.json', text: 'the same on GitLab' },
  ],
};

export const hook: CommandFacts = {
  name: 'hook',
  summary: 'run as a hook of git or of a coding agent; not for people',
  usage: [
    'pre-commit | pre-merge-commit',
    'commit-msg FILE',
    'pre-push REMOTE URL',
    'pre-receive [--seconds N]',
    'agent claude-code | cursor | codex',
  ],
  about: [
    "What git's hooks call. Its report goes to standard error; as JSON, to standard output.",
    'With agent: what the hooks of a coding agent call. It reads what the agent is about to do as JSON on standard input, and answers as that agent documents it: exit code 2 stops the agent, also for a finding.',
  ],
  options: [
    {
      name: 'seconds',
      value: { name: 'N' },
      text: 'how long a push may take to scan, 30 when not given; one that takes longer is stopped, with exit code 2',
    },
  ],
  positionals: [{ name: 'NAME', choices: [...HOOK_NAMES, 'agent'] }],
  examples: [
    { line: 'leak-guard hook pre-commit', text: 'the line of a hook that you write yourself' },
    { line: 'leak-guard hook pre-push -- "$@"', text: 'the same with what git gives; options stand before the --' },
  ],
  isInternal: true,
};
