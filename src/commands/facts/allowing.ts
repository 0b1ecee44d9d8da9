import type { CommandFacts, Option } from './facts.js';
import { doneOrNot } from './program.js';

const options: readonly Option[] = [
  { name: 'reason', value: { name: 'TEXT' }, text: 'why it may pass; it stands in the allowlist' },
  { name: 'expires', value: { name: 'DATE' }, text: 'the last day on which it passes (2027-06-30)' },
];

export const allow: CommandFacts = {
  name: 'allow',
  summary: 'let one finding pass, with a reason',
  usage: ['ID --reason TEXT [--expires DATE]'],
  about: [
    'Lets one finding pass: writes its fingerprint, never its value, to .leak-guard-allow.json and stages that file. ID is the short one from the message.',
  ],
  options,
  positionals: [{ name: 'ID' }],
  examples: [
    {
      line: 'leak-guard allow 7c1e93ab --reason "public docs key" --expires 2027-06-30',
      text: 'let it pass until the middle of 2027',
    },
  ],
  exitCodes: doneOrNot,
};

export const baseline: CommandFacts = {
  name: 'baseline',
  summary: 'let all present findings pass, with a reason',
  usage: ['--reason TEXT [--expires DATE]'],
  about: ['Lets everything pass that is found in the files of this repository today. What comes later blocks.'],
  options,
  positionals: [],
  examples: [
    { line: 'leak-guard baseline --reason "there before leak-guard"', text: 'begin in a repository that has a past' },
  ],
  exitCodes: doneOrNot,
};

export const audit: CommandFacts = {
  name: 'audit',
  summary: 'check the allowlist: expired, stale, unneeded entries',
  usage: [''],
  about: ['Lists the entries of the allowlist that are expired, soon to expire, or no longer needed.'],
  options: [],
  positionals: [],
  examples: [{ line: 'leak-guard audit', text: 'find the entries to take out or renew' }],
  exitCodes: { 0: 'all entries are in order', 1: 'one should be taken out or renewed', 2: 'could not do it' },
};
