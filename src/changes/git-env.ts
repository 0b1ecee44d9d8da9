import { readFileSync, statSync } from 'node:fs';
import { delimiter, isAbsolute, join, resolve } from 'node:path';
import { UserError } from '../user-error.js';

// What git or the user says about which repository, index and objects are meant, and which settings are read.
// Everything else that starts with GIT_ is dropped: it changes what git prints, or starts other programs.
const KEPT =
  /^GIT_(DIR|WORK_TREE|COMMON_DIR|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|QUARANTINE_PATH|SHALLOW_FILE|NAMESPACE|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|EXEC_PATH|CONFIG_.*|SSH|SSH_COMMAND|SSH_VARIANT|ASKPASS|TERMINAL_PROMPT)$/i;

const SET = {
  GIT_NO_REPLACE_OBJECTS: '1', // as the flag: also for a git that git starts
  GIT_GRAFT_FILE: '/dev/null', // grafts hide commits; git understands this name on Windows too
  GIT_OPTIONAL_LOCKS: '0', // never write the index, the user's git may be about to
  GIT_LITERAL_PATHSPECS: '1', // a file may be called ":(exclude)x" or "*"
  LC_ALL: 'C', // we read git's messages
} as const;

/** The environment that git is given: the hook's own, without what changes git's output. */
export function gitEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept: NodeJS.ProcessEnv = {};
  for (const [name, value] of Object.entries(env)) {
    if (!/^GIT_/i.test(name) || KEPT.test(name)) kept[name] = value;
  }
  return { ...kept, ...SET };
}

/** The same, with the grafts that the user's own git goes by. */
export function graftedEnv(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { GIT_GRAFT_FILE: named } = env;
  const { GIT_GRAFT_FILE: _, ...rest } = gitEnv(env);
  return named === undefined ? rest : { ...rest, GIT_GRAFT_FILE: named };
}

/** Whether there is a file of grafts. Work trees that are linked share that of their repository. */
export function hasGrafts(
  { GIT_GRAFT_FILE: named, GIT_COMMON_DIR: common }: NodeJS.ProcessEnv,
  gitDir: string,
): boolean {
  if (named !== undefined) return true;
  const link = join(gitDir, 'commondir');
  const commonDir = common ?? (isFile(link) ? resolve(gitDir, readFileSync(link, 'utf8').trim()) : gitDir);
  return isFile(join(commonDir, 'info', 'grafts'));
}

/**
 * The git to run, as an absolute path. A bare name would be looked up in the current folder (Windows) and in relative
 * PATH entries such as `node_modules/.bin`, where any dependency can put a program called git.
 */
export function findGit(env: NodeJS.ProcessEnv): string {
  const name = process.platform === 'win32' ? 'git.exe' : 'git';
  for (const folder of gitFolders(env)) {
    const file = join(folder, name);
    if (isFile(file)) return file;
  }
  throw new UserError(
    'Could not find git: no absolute folder in PATH holds it.',
    'Install git, or add its folder to PATH, and try again.',
  );
}

/**
 * The folder of this work tree's index and HEAD, where it can be told without git: it is named in the environment, or
 * lies here, which is what git itself would find first. Undefined in a sub-directory or where `.git` is a file.
 */
export function findGitDir({
  cwd,
  env,
}: {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}): string | undefined {
  const { GIT_DIR: named } = env;
  if (named) return resolve(cwd, named);
  const here = join(cwd, '.git');
  return isFile(join(here, 'HEAD')) ? here : undefined;
}

function* gitFolders(env: NodeJS.ProcessEnv): Generator<string> {
  // git sets it for its hooks, and its own program lies there.
  const { GIT_EXEC_PATH: execPath } = env;
  if (execPath !== undefined && isAbsolute(execPath)) yield execPath;
  for (const entry of pathOf(env).split(delimiter)) {
    const folder = entry.replace(/^"(.*)"$/, '$1');
    if (isAbsolute(folder) && !/(^|[\\/])node_modules([\\/]|$)/i.test(folder)) yield folder;
  }
}

function pathOf(env: NodeJS.ProcessEnv): string {
  const { PATH: path } = env;
  if (process.platform !== 'win32') return path ?? '';
  const name = Object.keys(env).find((key) => key.toUpperCase() === 'PATH'); // Windows says `Path`
  return name === undefined ? '' : (env[name] ?? '');
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
