import type { Option, Value } from '../facts/facts.js';
import { type Completed, PROGRAM_OPTIONS, valueFlagsOf } from './completed.js';

/** The completion for fish, from 3.0 on. */
export function toFish(commands: readonly Completed[]): string {
  const none = "-n '__leak_guard_has_no_command'";
  return `${[
    ...WHERE,
    ...toPositionalsFunction(valueFlagsOf(commands)),
    ...NAMES,
    '# No files but where they belong.',
    'complete -c leak-guard -f',
    ...commands.map(({ name, summary }) => `complete -c leak-guard ${none} -a ${name} -d ${quoteForFish(summary)}`),
    ...PROGRAM_OPTIONS.map((option) => `complete -c leak-guard ${none} ${toOption(option)}`),
    ...commands.flatMap(toLines),
  ].join('\n')}\n`;
}

const WHERE = [
  '# Completion of leak-guard for fish, written by "leak-guard completions fish".',
  '',
  'function __leak_guard_has_no_command',
  '    test (count (commandline -opc)) -eq 1',
  'end',
  '',
  'function __leak_guard_is',
  '    set -l words (commandline -opc)',
  '    test (count $words) -ge 2; and test "$words[2]" = $argv[1]',
  'end',
  '',
];

function toPositionalsFunction(valueFlags: readonly string[]): readonly string[] {
  return [
    '# The words behind the command that are neither options nor their values.',
    'function __leak_guard_positionals',
    '    set -l words (commandline -opc)',
    '    set -l is_value no',
    '    set -l is_ended no',
    '    for word in $words[3..-1]',
    '        if test $is_value = yes',
    '            set is_value no',
    '        else if test $is_ended = no; and test "$word" = --',
    '            set is_ended yes',
    `        else if test $is_ended = no; and contains -- $word ${valueFlags.join(' ')}`,
    '            set is_value yes',
    "        else if test $is_ended = yes; or not string match -q -- '-*' $word",
    '            printf "%s\\n" $word',
    '        end',
    '    end',
    'end',
    '',
  ];
}

const NAMES = [
  'function __leak_guard_is_at',
  '    __leak_guard_is $argv[1]; and test (count (__leak_guard_positionals)) -eq $argv[2]',
  'end',
  '',
  '# Names with characters that mean something to a shell or a terminal are left out.',
  'function __leak_guard_refs',
  "    command git for-each-ref --format='%(refname:strip=2)' refs/heads refs/remotes refs/tags 2>/dev/null | string match -r '^[\\p{L}\\p{N}._/@+][\\p{L}\\p{N}._/@+#%-]*$'",
  'end',
  '',
  'function __leak_guard_range',
  "    set -l start (string replace -r '^--range=' '' -- (commandline -ct) | string match -r '^.*\\.\\.')",
  '    for ref in HEAD (__leak_guard_refs)',
  '        printf "%s\\n" "$start$ref"',
  '    end',
  'end',
  '',
  'function __leak_guard_names',
  '    command leak-guard completions $argv[1] -- $argv[2..-1] 2>/dev/null',
  'end',
  '',
];

function toLines({ name, options, positionals }: Completed): readonly string[] {
  const start = `complete -c leak-guard -n '__leak_guard_is ${name}'`;
  return [
    ...options.map((option) => `${start} ${toOption(option)}`),
    ...positionals.flatMap((positional, index) => {
      const action = toAction(positional);
      if (action === '') return [];
      const at = positional.isRepeatable === true ? start : start.replace(`is ${name}`, `is_at ${name} ${index}`);
      return [`${at} ${action}`];
    }),
  ];
}

function toOption({ name, short, value, text }: Option): string {
  const letter = short === undefined ? '' : ` -s ${short}`;
  // -x: a value and no files; -r: a value.
  const kind = value === undefined ? '' : value.completes === 'files' ? ' -r' : ' -x';
  const action = value === undefined ? '' : toAction(value);
  return `-l ${name}${letter}${kind}${action === '' ? '' : ` ${action}`} -d ${quoteForFish(text)}`;
}

function toAction({ choices, completes }: Value): string {
  if (choices !== undefined) return `-a '${choices.join(' ')}'`;
  switch (completes) {
    case 'files':
      return '-F';
    case 'refs':
      return "-a '(__leak_guard_refs)'";
    case 'range':
      return "-a '(__leak_guard_range)'";
    case 'providers':
      return "-a '(__leak_guard_names providers)'";
    case 'credentials':
      return "-a '(__leak_guard_names credentials (__leak_guard_positionals))'";
    default:
      return '';
  }
}

/** In the single quotes of fish, only these two mean something. */
function quoteForFish(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
