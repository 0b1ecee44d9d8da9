// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the shell writes its variables like that, too
import { BLOCK_END, BLOCK_START } from './block.js';

/** The hooks that leak-guard answers to. */
export const HOOK_NAMES = ['pre-commit', 'pre-push', 'commit-msg', 'pre-merge-commit', 'pre-receive'] as const;
export type HookName = (typeof HOOK_NAMES)[number];

/** What an earlier hook is renamed to: its own name and this. */
export const ASIDE = '.leak-guard-orig';

/** Where the package's program lies inside a folder that has it installed. */
export const PACKAGE_CLI = 'node_modules/leak-guard/dist/bin/leak-guard.cjs';

// For the scan alone; the earlier hook keeps both. NODE_OPTIONS can load code that switches the scan off. And whoever has
// node trust a company's certificates waits at each start until node 20 has read them all: no scan needs one.
const UNSET = 'unset NODE_OPTIONS NODE_EXTRA_CA_CERTS';

/** The programs that a hook on this machine calls. All paths are in the form that `toShellPath` gives. */
export interface Programs {
  readonly nodePath: string;
  readonly cliPath: string;
  /** Where else the program may lie, from the top of the work tree, best first. */
  readonly otherCliPaths: readonly string[];
  /** True where yarn's Plug'n'Play has to tell node where the program's packages are. */
  readonly isPlugged?: boolean;
}

/** How a hook runs what it took the place of: by a path, worked out by shell lines that set `lg_old`; or it took no place. */
export type Chain = 'aside' | 'repository' | 'none';

/** How a hook is to run, apart from what it calls. */
export interface HookOptions {
  readonly chain?: Chain;
  /** How long `pre-receive` may take, where that is not the usual time. */
  readonly seconds?: number | undefined;
}

/** The block for a hook that only this machine sees: absolute paths, and every other place where node may be. */
export function toPrivateBlock(hook: HookName, programs: Programs, options: HookOptions = {}): string {
  const { chain = 'aside', seconds } = options;
  const loader = programs.isPlugged === true ? '--require ./.pnp.cjs ' : ''; // from the top, where a hook runs
  const budget = hook === 'pre-receive' && seconds !== undefined ? ` --seconds ${seconds}` : '';
  // What git gives is no option of ours, whatever a remote is called: hence the `--`.
  const scan = `(${UNSET}; exec "$lg_node" ${loader}"$lg_cli" hook ${hook}${budget} -- "$@") || exit $?`;
  return frame([...findPrograms(hook, programs), ...inOrder(hook, scan, chainLines(hook, chain))]);
}

/**
 * The block for a hook that stands in the repository and is shared: no path of this machine.
 * `command` is a path from the top of the work tree, or null for Yarn's Plug'n'Play, which has no folder of programs.
 */
export function toSharedBlock(hook: HookName, command: string | null, isChained: boolean): string {
  const find = command === null ? [] : findCommand(hook, command);
  const call = command === null ? 'yarn leak-guard' : '"$lg_cli"';
  const scan = `(${UNSET}; PATH=\${PATH#node_modules/.bin:}; exec ${call} hook ${hook} -- "$@") || exit $?`;
  return frame([...find, ...inOrder(hook, scan, isChained ? chainLines(hook, 'aside') : [])]);
}

/** The `--seconds` that a hook of ours has. */
export function findSeconds(text: string): number | undefined {
  const [, seconds] = / hook pre-receive --seconds ([\d.]+) /.exec(text) ?? [];
  return seconds === undefined ? undefined : Number(seconds);
}

/** A whole hook file around a block. */
export function toHookFile(block: string): string {
  return `#!/bin/sh\n${block}\n`;
}

/** A hook for the global folder that only hands on to the repository's own hook of that name. */
export function toHandOnBlock(hook: string): string {
  return frame([...findRepositoryHook(hook), 'if [ -x "$lg_old" ]; then exec "$lg_old" "$@"; fi']);
}

/** A path as a POSIX shell takes it on this system: Git for Windows wants `C:/…`. */
export function toShellPath(path: string, separator: string): string {
  return separator === '\\' ? path.replaceAll('\\', '/') : path;
}

/** A text as one word of a shell command, whatever is in it. */
export function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** The same, without quotes where nothing in it means anything to a shell: settings are read by people. */
export function quoteIfOdd(text: string): string {
  return /^[\w./@-]+$/.test(text) ? text : quote(text);
}

function frame(lines: readonly string[]): string {
  return [BLOCK_START, ...lines, BLOCK_END].join('\n');
}

// husky puts node_modules/.bin first in PATH, where a dependency may bring a program called node: it is taken out again.
function inOrder(hook: HookName, scan: string, chain: readonly string[]): readonly string[] {
  if (hook === 'pre-push' || hook === 'pre-receive') return withInput(scan, chain);
  return [...chain, scan]; // the earlier hook first: it may format files and stage them again
}

// Several programs read git's list of refs, so it is kept and handed to each from its beginning, and to what follows.
// The scan comes first here: Git LFS, for one, uploads from its pre-push hook, and nothing may leave before the scan.
function withInput(scan: string, chain: readonly string[]): readonly string[] {
  return [
    'lg_in=$(cat) || exit 1',
    'lg_rewind() {',
    '  if [ -z "$lg_in" ]; then',
    '  exec <<LG_INPUT', // not from a device: that is what a hook gets to which nothing was handed on
    'LG_INPUT',
    '  return; fi',
    '  exec <<LG_INPUT',
    '$lg_in',
    'LG_INPUT',
    '}',
    'lg_rewind',
    scan,
    'lg_rewind',
    ...(chain.length > 0 ? [...chain, 'lg_rewind'] : []),
  ];
}

function chainLines(hook: string, chain: Chain): readonly string[] {
  if (chain === 'none') return [];
  const find = chain === 'aside' ? findAside(hook) : findRepositoryHook(hook);
  return [...find, 'if [ -x "$lg_old" ]; then "$lg_old" "$@" || exit $?; fi'];
}

// The folder comes from $0, so that a repository can be moved; the name does not, because managers rename hooks.
function findAside(hook: string): readonly string[] {
  return ['case $0 in *[/\\\\]*) lg_old=${0%[/\\\\]*} ;; *) lg_old=. ;; esac', `lg_old=$lg_old/${hook}${ASIDE}`];
}

// A global folder hides the repository's own. The usual repository needs no git to find it, which saves 3 ms a hook.
function findRepositoryHook(hook: string): readonly string[] {
  return [
    'if [ -z "${GIT_DIR-}" ] && [ -d .git ]; then lg_old=.git; else lg_old=$(git rev-parse --git-common-dir) || exit 1; fi',
    `lg_old=$lg_old/hooks/${hook}`,
  ];
}

function findCommand(hook: HookName, command: string): readonly string[] {
  return [
    `lg_cli=${quote(command)}`,
    '[ -f "$lg_cli" ] || lg_cli=$(command -v leak-guard) || lg_cli=',
    'if [ -z "$lg_cli" ]; then',
    ...stop(hook, 'leak-guard is not installed here', 'Run "npm install", then try again.'),
    'fi',
  ];
}

function findPrograms(hook: HookName, programs: Programs): readonly string[] {
  const others = [...programs.otherCliPaths, PACKAGE_CLI].map(quote).join(' ');
  return [
    `lg_node=${quote(programs.nodePath)}`,
    `lg_cli=${quote(programs.cliPath)}`,
    `for lg_try in ${others}; do`,
    '  if [ ! -f "$lg_cli" ] && [ -f "$lg_try" ]; then lg_cli=$lg_try; fi',
    'done',
    'if [ ! -f "$lg_cli" ]; then',
    ...stop(hook, 'leak-guard is gone from where it was', 'Run "npm install" or "npx leak-guard install".'),
    'fi',
    ...NODE_FINDER,
    '[ -x "$lg_node" ] || lg_node=$(lg_find_node) || lg_node=',
    'if [ -z "$lg_node" ]; then',
    ...stop(hook, 'no Node.js 20 or newer was found', 'Install Node.js, then run "npx leak-guard install".'),
    'fi',
  ];
}

function stop(hook: HookName, why: string, next: string): readonly string[] {
  const what = hook === 'pre-push' || hook === 'pre-receive' ? 'push' : 'commit';
  return [
    `  printf '%s\\n' 'leak-guard: this ${what} could not be scanned and was stopped: ${why}.' '  Next: ${next}' >&2`,
    '  exit 1',
  ];
}

// Only used when the recorded node is gone. Runs in a subshell, so that no setting of it reaches the rest of the hook.
// Relative entries of PATH and those in node_modules are left out: a dependency may bring a program called node.
const NODE_FINDER: readonly string[] = [
  'lg_is_node() {',
  '  case $1 in */node_modules/*) return 1 ;; /* | [A-Za-z]:*) ;; *) return 1 ;; esac',
  '  [ -x "$1" ] && "$1" -e "process.exitCode = parseInt(process.versions.node) < 20 ? 1 : 0" </dev/null 2>/dev/null',
  '}',
  'lg_find_node() (',
  '  unset NODE_OPTIONS',
  '  set +e -f',
  '  IFS=:',
  '  for lg_try in $PATH; do',
  '    if lg_is_node "$lg_try/node"; then printf %s "$lg_try/node"; exit 0; fi',
  '  done',
  '  set +f',
  '  for lg_try in "${NVM_BIN-}/node" "${VOLTA_HOME:-${HOME-}/.volta}/bin/node" \\',
  '    "${NVM_DIR:-${HOME-}/.nvm}"/versions/node/*/bin/node \\',
  '    "${FNM_DIR:-${HOME-}/.local/share/fnm}"/node-versions/*/installation/bin/node \\',
  '    "${HOME-}/Library/Application Support/fnm"/node-versions/*/installation/bin/node \\',
  '    "${ASDF_DATA_DIR:-${HOME-}/.asdf}"/installs/nodejs/*/bin/node \\',
  '    "${MISE_DATA_DIR:-${HOME-}/.local/share/mise}"/installs/node/*/bin/node \\',
  '    "${HOME-}"/.nodenv/versions/*/bin/node "${HOME-}"/n/bin/node \\',
  '    /opt/homebrew/bin/node /home/linuxbrew/.linuxbrew/bin/node /usr/local/bin/node /usr/bin/node /snap/bin/node \\',
  '    "${NVM_SYMLINK-}/node.exe" "${PROGRAMFILES-}/nodejs/node.exe"; do',
  '    if lg_is_node "$lg_try"; then printf %s "$lg_try"; exit 0; fi',
  '  done',
  '  exit 1',
  ')',
];
