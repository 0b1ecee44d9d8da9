import { findInvocations } from './invocation.js';

/** Says how a git command keeps git from running our hooks, in the words of the command, or gives undefined. */
export function findGitSkip(args: readonly string[]): string | undefined {
  const { settings, rest } = readGlobalOptions(args);
  for (const [key, value] of settings) {
    const what = judgeSetting(key, value);
    if (what !== undefined) return `git -c ${what}`;
  }
  const [command = '', ...words] = rest;
  if (command === 'config') return judgeConfig(words);
  const spec = COMMANDS.get(command);
  return spec !== undefined && skipsHooks(words, spec) ? `git ${command} --no-verify` : undefined;
}

/** The commands whose `--no-verify` skips a hook of ours, with the options that have a value as a word of their own. */
interface Spec {
  /** Short options with a value: the rest of the word, or the next one. */
  readonly short: string;
  /** Short options whose value, if any, stands in the same word. */
  readonly attached: string;
  readonly long: readonly string[];
  /** `-n` is short for `--no-verify`. For push it is a dry run, for merge and pull it means no summary. */
  readonly hasN: boolean;
}

// git-commit(1), git-push(1), git-merge(1), git-pull(1)
const COMMANDS: ReadonlyMap<string, Spec> = new Map([
  [
    'commit',
    {
      short: 'mFCct',
      attached: 'Su',
      long: [
        ...['message', 'file', 'reuse-message', 'reedit-message', 'template', 'author', 'date', 'fixup', 'squash'],
        ...['cleanup', 'trailer', 'pathspec-from-file'],
      ],
      hasN: true,
    },
  ],
  ['push', { short: 'o', attached: '', long: ['push-option', 'repo', 'receive-pack', 'exec'], hasN: false }],
  ['merge', { short: 'mFsX', attached: 'S', long: ['message', 'file', 'strategy', 'strategy-option'], hasN: false }],
  ['pull', { short: 'sXjo', attached: 'S', long: ['strategy', 'strategy-option', 'upload-pack'], hasN: false }],
]);

function skipsHooks(words: readonly string[], spec: Spec): boolean {
  let isSkipped = false;
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    if (word === '--') break;
    if (word === '--verify')
      isSkipped = false; // the last one counts
    // git takes any beginning of an option that fits no other: `--no-veri` is enough beside `--no-verbose`.
    else if (word.length >= '--no-veri'.length && '--no-verify'.startsWith(word)) isSkipped = true;
    else if (word.startsWith('--')) at += spec.long.includes(word.slice(2)) ? 1 : 0;
    else if (word.startsWith('-')) {
      const read = readShort(word, spec);
      if (read.hasN) isSkipped = true;
      if (read.takesNext) at += 1;
    }
  }
  return isSkipped;
}

/** A word of short options, such as `-anm`. */
function readShort(word: string, spec: Spec): { readonly hasN: boolean; readonly takesNext: boolean } {
  let hasN = false;
  for (let at = 1; at < word.length; at += 1) {
    const letter = word.charAt(at);
    if (spec.short.includes(letter)) return { hasN, takesNext: at === word.length - 1 };
    if (spec.attached.includes(letter)) break;
    if (letter === 'n') hasN = spec.hasN;
  }
  return { hasN, takesNext: false };
}

interface GlobalOptions {
  readonly settings: readonly (readonly [string, string])[];
  readonly rest: readonly string[];
}

// git(1): the options before the command.
function readGlobalOptions(args: readonly string[]): GlobalOptions {
  const settings: (readonly [string, string])[] = [];
  let at = 0;
  for (; at < args.length && args[at]?.startsWith('-') === true; at += 1) {
    const option = args[at] ?? '';
    const [, name, joined] = /^(-c|--config-env)(?:=(.*))?$/s.exec(option) ?? [];
    if (name !== undefined && joined === undefined) at += 1;
    if (name !== undefined) settings.push(splitSetting(joined ?? args[at] ?? ''));
    else if (/^-c./s.test(option)) settings.push(splitSetting(option.slice(2)));
    else if (/^(?:-C|--git-dir|--work-tree|--namespace|--super-prefix|--attr-source)$/.test(option)) at += 1;
  }
  return { settings, rest: args.slice(at) };
}

function splitSetting(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** A setting that leads git away from our hooks, or an alias that does. */
function judgeSetting(key: string, value: string): string | undefined {
  const name = key.toLowerCase();
  if (name === 'core.hookspath') return 'core.hooksPath';
  // git 2.54 and newer run hooks from settings, and can be told not to, by name or by event.
  if (/^hook\.(?:leak-guard|(?:pre-commit|pre-push|commit-msg|pre-merge-commit)\.enabled$)/.test(name)) {
    return name.split('.').slice(0, 2).join('.');
  }
  if (!name.startsWith('alias.')) return undefined;
  const text = value.startsWith('!') ? value.slice(1) : `git ${value}`;
  for (const { program, args } of findInvocations(text)) {
    if (program === 'git' && findGitSkip(args) !== undefined) return 'alias with --no-verify';
  }
  return undefined;
}

// git-config(1): in the older form what is asked for is told by an option, or by the number of words.
function judgeConfig(words: readonly string[]): string | undefined {
  const options = words.filter((word) => word.startsWith('-'));
  const plain = withoutValues(words);
  const [first = ''] = plain;
  if (/^(?:get|list)$/.test(first) || options.some((word) => /^(?:--get|--list|-l$)/.test(word))) return undefined;
  const isNamed = /^(?:set|unset|remove-section|rename-section)$/.test(first);
  const [key = '', value = ''] = isNamed ? plain.slice(1) : plain;
  const isSection = options.some((word) => /^--(?:remove|rename)-section$/.test(word)) || first.endsWith('-section');
  if (isSection) return key.toLowerCase() === 'core' || /^hook\.leak/i.test(key) ? `git config ${key}` : undefined;
  const isWritten =
    isNamed || value !== '' || plain.length > 1 || options.some((word) => /^--(?:unset|add|rep)/.test(word));
  const what = isWritten ? judgeSetting(key, value) : undefined;
  return what === undefined ? undefined : `git config ${what}`;
}

function withoutValues(words: readonly string[]): readonly string[] {
  return words.filter(
    (word, at) =>
      !word.startsWith('-') && !/^(?:-f|--file|--blob|--type|--default|--comment|--value)$/.test(words[at - 1] ?? ''),
  );
}
