// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the shell writes its variables like that, too
import type { Value } from '../facts/facts.js';
import { type Completed, flagsOf, PROGRAM_OPTIONS, valueFlagsOf } from './completed.js';

/** The completion for bash, from 3.2 on, which macOS still has. It needs no other script. */
export function toBash(commands: readonly Completed[]): string {
  return `${[
    ...OWN_FUNCTIONS,
    '_leak_guard() {',
    ...readWords(valueFlagsOf(commands)),
    '  if [[ $COMP_CWORD -eq 1 ]]; then',
    '    if [[ $cur == -* ]]; then',
    `      _leak_guard_offer ${PROGRAM_OPTIONS.map(({ name }) => `--${name}`).join(' ')}`,
    '    else',
    `      _leak_guard_offer ${commands.map(({ name }) => name).join(' ')}`,
    '    fi',
    '  elif [[ -n $option ]]; then',
    ...toCase('$command $option', toValueCases(commands)),
    '  elif [[ -z $ended && $cur == -* ]]; then',
    ...toCase('$command', commands.map(toFlagsCase)),
    '  else',
    ...toCase('$command $count', commands.flatMap(toPositionalCases)),
    '  fi',
    '}',
    '',
    'complete -o default -F _leak_guard leak-guard',
  ].join('\n')}\n`;
}

const OWN_FUNCTIONS = [
  '# Completion of leak-guard for bash, written by "leak-guard completions bash".',
  '',
  '# Offers the words that begin with what is typed.',
  '_leak_guard_offer() {',
  '  local word',
  '  for word in "$@"; do',
  '    if [[ $word == "$cur"* ]]; then COMPREPLY+=("$word"); fi',
  '  done',
  '}',
  '',
  '# The same for names that come in one on a line, each behind the words $1. bash types',
  '# a name as it stands, so one with a character that means something to it is left out.',
  '_leak_guard_offer_lines() {',
  '  local name text',
  "  while IFS=$'\\t' read -r name text; do",
  '    case $name in',
  "      '' | -* | '#'* | *[![:alnum:]._/@+#%-]*) ;;",
  '      *) _leak_guard_offer "$1$name" ;;',
  '    esac',
  '  done',
  '}',
  '',
  '_leak_guard_refs() {',
  "  command git for-each-ref --format='%(refname:strip=2)' refs/heads refs/remotes refs/tags 2>/dev/null",
  '}',
  '',
];

function readWords(valueFlags: readonly string[]): readonly string[] {
  return [
    '  local cur=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]}',
    "  local option='' ended='' first='' count=0 index word",
    '  COMPREPLY=()',
    '  compopt +o default 2>/dev/null # from bash 4 on: no files where none belong',
    '  for ((index = 2; index < COMP_CWORD; index++)); do',
    '    word=${COMP_WORDS[index]}',
    '    if [[ -n $option ]]; then',
    '      [[ $word == = ]] || option= # bash takes --option=value apart',
    '      continue',
    '    fi',
    '    case $ended$word in # behind "--", every word is a positional',
    '      --) ended=yes ;;',
    `      ${valueFlags.join(' | ')}) option=$word ;;`,
    '      -*) ;;',
    '      *) count=$((count + 1)) first=${first:-$word} ;;',
    '    esac',
    '  done',
    '  if [[ $cur == = ]]; then cur=; fi',
  ];
}

/** A pattern of a shell's `case`, and the lines that run when it fits. */
interface Case {
  readonly pattern: string;
  readonly action: string;
}

/** Cases with the same action become one. Those without an action are left out: nothing is to be offered there. */
function toCase(word: string, cases: readonly Case[]): readonly string[] {
  const patterns = new Map<string, string[]>();
  for (const { pattern, action } of cases) patterns.set(action, [...(patterns.get(action) ?? []), pattern]);
  const told = [...patterns].filter(([action]) => action !== '');
  return [
    `    case "${word}" in`,
    ...told.map(([action, fitting]) => `      ${fitting.join(' | ')}) ${action} ;;`),
    '    esac',
  ];
}

function toFlagsCase({ name, options }: Completed): Case {
  const flags = options.map((option) => `--${option.name}`).join(' ');
  return { pattern: name, action: flags === '' ? '' : `_leak_guard_offer ${flags}` };
}

/** What most commands take for a flag is one case, behind those of the commands that take something else. */
function toValueCases(commands: readonly Completed[]): readonly Case[] {
  const all = commands.flatMap(({ name, options }) =>
    options.flatMap((option) => {
      const { value } = option;
      return value === undefined ? [] : flagsOf(option).map((flag) => ({ name, flag, action: toAction(value) }));
    }),
  );
  const usual = new Map([...new Set(all.map(({ flag }) => flag))].map((flag) => [flag, usualAction(flag, all)]));
  return [
    ...all
      .filter(({ flag, action }) => action !== usual.get(flag))
      .map(({ name, flag, action }) => ({ pattern: `'${name} ${flag}'`, action: action || ':' })),
    ...[...usual].map(([flag, action]) => ({ pattern: `*' ${flag}'`, action })),
  ];
}

function usualAction(flag: string, all: readonly { readonly flag: string; readonly action: string }[]): string {
  const actions = all.filter((one) => one.flag === flag).map(({ action }) => action);
  const countOf = (action: string): number => actions.filter((other) => other === action).length;
  return actions.toSorted((one, other) => countOf(other) - countOf(one))[0] ?? '';
}

function toPositionalCases({ name, positionals }: Completed): readonly Case[] {
  return positionals.map((positional, index) => ({
    pattern: positional.isRepeatable === true ? `'${name} '*` : `'${name} ${index}'`,
    action: toAction(positional),
  }));
}

function toAction({ choices, completes }: Value): string {
  if (choices !== undefined) return `_leak_guard_offer ${choices.join(' ')}`;
  switch (completes) {
    case 'files':
      return 'compopt -o default 2>/dev/null';
    case 'refs':
      return '_leak_guard_offer_lines "" < <(_leak_guard_refs)';
    case 'range':
      return 'compopt -o nospace 2>/dev/null; _leak_guard_offer_lines "${cur%"${cur##*..}"}" < <(echo HEAD; _leak_guard_refs)';
    case 'providers':
      return '_leak_guard_offer_lines "" < <(command leak-guard completions providers 2>/dev/null)';
    case 'credentials':
      return '_leak_guard_offer_lines "" < <(command leak-guard completions credentials -- "$first" 2>/dev/null)';
    default:
      return '';
  }
}
