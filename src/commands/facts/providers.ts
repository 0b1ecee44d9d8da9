import { LANGUAGES, STORES } from '../../report/snippets/snippet.js';
import type { CommandFacts, Option, Positional } from './facts.js';
import { doneOrNot } from './program.js';

const provider: Positional = { name: 'PROVIDER', completes: 'providers' };

const credential: Option = {
  name: 'credential',
  value: { name: 'ID', completes: 'credentials' },
  text: 'one kind of credential, such as channel-secret, or its number',
};

export const rotate: CommandFacts = {
  name: 'rotate',
  summary: "print the steps to rotate a provider's credentials",
  usage: ['[PROVIDER] [--credential ID] [--full] [--open]'],
  about: [
    'Prints the steps to rotate a credential at its provider, from the offline copy. Without a name, lists the providers.',
  ],
  options: [
    credential,
    { name: 'full', text: 'everything: risks, audit, practices, links' },
    { name: 'open', text: "open the provider's page in the browser" },
    {
      name: 'format',
      value: { name: 'FORMAT', choices: ['text', 'md', 'html', 'json'] },
      text: 'how the steps are written',
    },
  ],
  positionals: [provider],
  examples: [
    { line: 'leak-guard rotate line --credential channel-secret', text: 'the steps for one kind of credential' },
    { line: 'leak-guard rotate stripe --full --format md', text: 'everything, to paste into a ticket' },
  ],
  exitCodes: doneOrNot,
};

export const prevent: CommandFacts = {
  name: 'prevent',
  summary: 'print the code that reads a credential from a store',
  usage: ['[PROVIDER] --store env|aws|vault|conjur --lang ts|python|go|java|ruby|csharp [--credential ID]'],
  about: ["Prints the code that reads a provider's credential from a store."],
  options: [
    { name: 'store', value: { name: 'STORE', choices: STORES }, text: 'where the credential will be kept' },
    { name: 'lang', value: { name: 'LANGUAGE', choices: LANGUAGES }, text: 'the language of the code' },
    credential,
  ],
  positionals: [provider],
  examples: [
    { line: 'leak-guard prevent stripe --store vault --lang go', text: 'read a Stripe key from Vault, in Go' },
  ],
  exitCodes: doneOrNot,
};

export const detectors: CommandFacts = {
  name: 'detectors',
  summary: 'list the credentials that are found',
  usage: ['[--format text|json]'],
  about: ['Lists the credentials that are found, by provider.'],
  options: [],
  positionals: [],
  examples: [{ line: 'leak-guard detectors --format json', text: 'let a program read the list' }],
  exitCodes: doneOrNot,
};
