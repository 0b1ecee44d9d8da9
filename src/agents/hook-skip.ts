import { findGitSkip } from './git-skip.js';
import { findInvocations, type Invocation } from './invocation.js';
import type { Dialect } from './shell-quotes.js';
import type { Assignment } from './shell-words.js';

/** A part of a command that would keep the hooks from running. */
export interface HookSkip {
  /** In the words of the command: `git commit --no-verify`. */
  readonly what: string;
  /**
   * The file or folder that it touches: it is a skip only if hooks of leak-guard are in it. From the folder that the
   * command runs in.
   */
  readonly target?: string;
}

/** All that in a shell text would keep the hooks from running. */
export function findHookSkips(text: string, dialect: Dialect = 'posix'): readonly HookSkip[] {
  const skips: HookSkip[] = [];
  const invocations = findInvocations(text, dialect);
  const usesGit = invocations.some(({ program, args }) => program === 'git' && startsHooks(args));
  let folder = '';
  for (const one of invocations) {
    skips.push(
      ...judge(one, usesGit),
      ...targetsOf(one).map((skip) => ({ ...skip, target: inFolder(folder, skip.target) })),
    );
    if (/^(?:cd|chdir|pushd|set-location|sl)$/.test(one.program)) folder = inFolder(folder, plainArgs(one)[0] ?? '');
  }
  return skips;
}

function judge(one: Invocation, usesGit: boolean): readonly HookSkip[] {
  const { program, args } = one;
  const skips: HookSkip[] = [];
  const isSetForLater = /^(?:export|declare|typeset|set|setx|setenv)$/.test(program);
  const variables = [...one.assignments, ...(isSetForLater ? args.map(toAssignment) : []), ...fromPowerShell(one)];
  const counts = program === 'git' || isSetForLater || (program === '' && usesGit) || program.startsWith('$env:');
  for (const variable of counts ? variables : []) {
    const what = judgeVariable(variable);
    if (what !== undefined) skips.push({ what });
  }
  const git = program === 'git' ? findGitSkip(args) : undefined;
  if (git !== undefined) skips.push({ what: git });
  if (isUninstall(program, plainArgs(one))) skips.push({ what: `${program} ${plainArgs(one)[0] ?? ''}` });
  return skips;
}

function startsHooks(args: readonly string[]): boolean {
  return args.some((arg) => /^(?:commit|push|merge|pull)$/.test(arg));
}

// What each hook manager documents as its switch: typicode.github.io/husky, lefthook.dev, pre-commit.com,
// github.com/toplenboren/simple-git-hooks; and git's own, git(1) and git-config(1).
function judgeVariable({ name, value }: Assignment): string | undefined {
  const isNaming = value.split(',').some((id) => /^leak-guard/.test(id.trim()));
  const isSkip =
    (/^HUSKY$/i.test(name) && value === '0') ||
    (/^HUSKY_SKIP_HOOKS$/i.test(name) && !/^(?:0|false)?$/i.test(value)) ||
    (/^LEFTHOOK$/i.test(name) && /^(?:0|false)$/i.test(value)) ||
    (/^LEFTHOOK_EXCLUDE$/i.test(name) && isNaming) ||
    (/^SKIP$/i.test(name) && isNaming) ||
    (/^SKIP_SIMPLE_GIT_HOOKS$/i.test(name) && value === '1') ||
    (/^GIT_CONFIG_(?:PARAMETERS|KEY_\d+)$/i.test(name) && /core\.hookspath/i.test(value));
  if (!isSkip) return undefined;
  if (/^GIT_/i.test(name)) return `${name} with core.hooksPath`;
  return `${name}=${isNaming ? 'leak-guard' : value.slice(0, 20)}`;
}

// `$env:HUSKY = '0'`, also without blanks.
function fromPowerShell({ program, args }: Invocation): readonly Assignment[] {
  const [, name, joined] = /^\$env:(\w+)(?:=(.*))?$/i.exec(program) ?? [];
  if (name === undefined) return [];
  return [
    {
      name: name.toUpperCase(),
      value:
        joined ??
        args
          .filter((arg) => arg !== '=')
          .join(' ')
          .replace(/^=/, ''),
    },
  ];
}

function toAssignment(word: string): Assignment {
  const at = word.indexOf('=');
  return at < 0 ? { name: '', value: '' } : { name: word.slice(0, at), value: word.slice(at + 1).trim() };
}

function isUninstall(program: string, [first = '', second = '']: readonly string[]): boolean {
  if (program === 'leak-guard' || program === 'lefthook' || program === 'pre-commit') return first === 'uninstall';
  const isRemoval = /^(?:uninstall|remove|rm|r|un|unlink)$/.test(first) && /^(?:npm|pnpm|yarn|bun)$/.test(program);
  return isRemoval && second === 'leak-guard';
}

interface Targeted {
  readonly what: string;
  readonly target: string;
}

const REMOVERS =
  /^(?:rm|unlink|rmdir|shred|trash|del|erase|rd|remove-item|ri|mv|move|move-item|mi|ren|rename-item|truncate)$/;
const WRITERS = /^(?:cp|copy|copy-item|install|ln)$/;

/** The files that a command deletes, moves, writes over or takes the executable bit from. */
function targetsOf(one: Invocation): readonly Targeted[] {
  const { program, args } = one;
  const plain = plainArgs(one);
  const to = (targets: readonly string[]): readonly Targeted[] =>
    targets.map((target) => ({ what: `${program === '' ? '>' : program} ${target}`, target }));
  const written = to(one.overwrites);
  if (REMOVERS.test(program)) return [...written, ...to(plain)];
  if (WRITERS.test(program)) return [...written, ...to(plain.slice(-1))];
  if (program === 'tee' && !args.includes('-a')) return [...written, ...to(plain)];
  if (program === 'find' && args.includes('-delete')) return [...written, ...to(plain.slice(0, 1))];
  if (program === 'git' && /^(?:rm|mv)$/.test(plain[0] ?? '')) return [...written, ...to(plain.slice(1))];
  if (program === 'sed' && args.some((arg) => /^(?:-[a-z]*i|--in-place)/.test(arg))) {
    return [...written, ...(args.some((arg) => arg.includes('leak-guard')) ? to(plain.slice(1)) : [])];
  }
  if (program !== 'chmod' || !takesBitAway(args)) return written;
  return [...written, ...to(plain.filter((arg) => !isMode(arg)))];
}

function takesBitAway(args: readonly string[]): boolean {
  return args.some((arg) => /^[ugoa]*-[rwst]*x/.test(arg) || /^[0-7]?[0246][0-7]{2}$/.test(arg));
}

function isMode(arg: string): boolean {
  return /^[ugoa]*[-+=][rwxst]*$|^[0-7]{3,4}$/.test(arg);
}

function plainArgs({ args }: Invocation): readonly string[] {
  const end = args.indexOf('--');
  const before = end < 0 ? args : args.slice(0, end);
  return [...before.filter((arg) => !arg.startsWith('-')), ...(end < 0 ? [] : args.slice(end + 1))];
}

function inFolder(folder: string, path: string): string {
  const way = path.replaceAll('\\', '/');
  return folder === '' || /^(?:\/|[A-Za-z]:|~)/.test(way) ? way : `${folder}/${way}`;
}
