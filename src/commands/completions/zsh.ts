// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the shell writes its variables like that, too
import type { Option, Positional, Value } from '../facts/facts.js';
import { type Completed, PROGRAM_OPTIONS, quoteForShell } from './completed.js';

/** The completion for zsh: a file `_leak-guard` in a folder of `fpath`, or read by `source` after `compinit`. */
export function toZsh(commands: readonly Completed[]): string {
  return `${[
    ...OWN_FUNCTIONS,
    '_leak-guard() {',
    '  local curcontext=$curcontext state state_descr line',
    '  typeset -A opt_args',
    '  if (( CURRENT == 2 )); then',
    '    local -a commands',
    '    commands=(',
    ...commands.map(({ name, summary }) => `      ${quoteForShell(`${name}:${summary}`)}`),
    '    )',
    `    _arguments ${PROGRAM_OPTIONS.flatMap(toOptionSpecs).join(' ')} '1: :{_describe -t commands command commands}'`,
    '    return',
    '  fi',
    '  shift words',
    '  (( CURRENT-- ))',
    '  case $words[1] in',
    ...commands.flatMap(toCommandCase),
    '  esac',
    '}',
    '',
    '# As a file in fpath it is called at once; read by source it has to be made known.',
    'if [[ $funcstack[1] == _leak-guard ]]; then',
    '  _leak-guard "$@"',
    'else',
    '  compdef _leak-guard leak-guard',
    'fi',
  ].join('\n')}\n`;
}

const OWN_FUNCTIONS = [
  '#compdef leak-guard',
  '# Completion of leak-guard for zsh, written by "leak-guard completions zsh".',
  '',
  '# Names with characters that mean something to a shell or a terminal are left out.',
  '_leak-guard_refs() {',
  '  local -a refs expl',
  '  refs=(${(f)"$(command git for-each-ref --format=\'%(refname:strip=2)\' refs/heads refs/remotes refs/tags 2>/dev/null)"})',
  '  refs=($@ ${${refs:#*[^[:alnum:]._/@+#%-]*}:#-*})',
  "  _wanted refs expl 'branch or tag' compadd -a refs",
  '}',
  '',
  '_leak-guard_range() {',
  "  compset -P '*..'",
  '  _leak-guard_refs HEAD',
  '}',
  '',
  '_leak-guard_names() {',
  '  local kind=$1',
  '  local -a names',
  '  shift',
  '  names=(${(f)"$(command leak-guard completions $kind -- "$@" 2>/dev/null)"})',
  "  names=(${names/$'\\t'/:})",
  '  _describe -t $kind $kind names',
  '}',
  '',
];

function toCommandCase({ name, options, positionals }: Completed): readonly string[] {
  const specs = [...options.flatMap(toOptionSpecs), ...positionals.map(toPositionalSpec)];
  return [
    `    ${name})`,
    '      _arguments -s -S \\',
    ...specs.map((spec, index) => `        ${spec}${index === specs.length - 1 ? '' : ' \\'}`),
    '      ;;',
  ];
}

function toOptionSpecs({ name, short, value, isRepeatable = false, text }: Option): readonly string[] {
  const flags = short === undefined ? [] : [`-${short}`];
  const others = isRepeatable ? '*' : short === undefined ? '' : `(-${short} --${name})`;
  const behind = `[${text.replace(/[\\[\]]/g, '\\$&')}]${value === undefined ? '' : `:${value.name}:${toAction(value)}`}`;
  return [
    ...flags.map((flag) => `${others}${flag}${value === undefined ? '' : '+'}${behind}`),
    `${others}--${name}${value === undefined ? '' : '='}${behind}`,
  ].map(quoteForShell);
}

function toPositionalSpec(positional: Positional): string {
  const start = positional.isRepeatable === true ? '*' : '';
  return quoteForShell(`${start}:${positional.name}:${toAction(positional)}`);
}

/** In braces, because a bare function is called with more words than its own. */
function toAction({ choices, completes }: Value): string {
  if (choices !== undefined) return `(${choices.join(' ')})`;
  switch (completes) {
    case 'files':
      return '_files';
    case 'refs':
      return '{_leak-guard_refs}';
    case 'range':
      return '{_leak-guard_range}';
    case 'providers':
      return '{_leak-guard_names providers}';
    case 'credentials':
      return '{_leak-guard_names credentials "$line[1]"}';
    default:
      return ' ';
  }
}
