import type { Example, ExitCodes, Option } from './facts.js';

/** How the result can be written, where a command knows no more. */
const format: Option = {
  name: 'format',
  value: { name: 'FORMAT', choices: ['text', 'json'] },
  text: 'how the result is written',
};

/** For a command that tells people what it did, and nobody else. */
export const textOnly: Option = { ...format, value: { name: 'FORMAT', choices: ['text'] } };

/** The options that every command takes, as `arguments.ts` parses them. */
export const commonOptions: readonly Option[] = [
  format,
  {
    name: 'output',
    short: 'o',
    value: { name: 'FILE', completes: 'files' },
    text: 'write it to FILE, which only you can read',
  },
  { name: 'quiet', short: 'q', text: 'leave out what is only good to know' },
  { name: 'no-color', text: 'no colour; NO_COLOR does the same' },
  {
    name: 'config',
    value: { name: 'FILE', completes: 'files' },
    text: 'use these settings instead of .leak-guard.json',
  },
  { name: 'help', short: 'h', text: 'print the help of the command' },
];

/** What most commands end with. */
export const exitCodes: ExitCodes = { 0: 'nothing found', 1: 'findings', 2: 'could not do it' };

/** What a command ends with that looks for nothing. */
export const doneOrNot: ExitCodes = { 0: 'done', 2: 'could not do it' };

export const about =
  'leak-guard stops a commit or push that carries a credential, and tells you how to take it out and how to rotate it at its provider, offline.';

export const examples: readonly Example[] = [
  { line: 'leak-guard install', text: 'guard this repository' },
  { line: 'leak-guard scan --staged', text: 'look through what the next commit would record' },
  { line: 'leak-guard rotate stripe', text: 'read how to rotate a Stripe credential' },
];

/** A name, and what is to be known of it. */
export type Note = readonly [name: string, text: string];

export const environment: readonly Note[] = [
  ['NO_COLOR', 'When it is set, nothing is coloured.'],
  ['GIT_DIR, GIT_WORK_TREE, GIT_INDEX_FILE', 'Where git looks, as git sets them for a hook: leak-guard follows them.'],
];

export const files: readonly Note[] = [
  ['.leak-guard.json', 'The settings. They can stand in package.json too, as "leak-guard".'],
  [
    '.leak-guard-allow.json',
    'The allowlist, at the top of the repository: fingerprints of findings that may pass, each with a reason. It holds no secret.',
  ],
];

export const seeAlso: readonly string[] = ['git(1)', 'githooks(5)', 'git-commit(1)', 'git-push(1)'];
