import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { type Git, openGit } from '../../changes/git.js';
import type { Site } from '../site.js';

/** A grown secret, staged and committed where nobody sees it: in an index and objects of their own. */
export interface Probe {
  /** Holds everything that the dry run writes. */
  readonly folder: string;
  /** The environment in which git shows the secret as staged. */
  readonly env: NodeJS.ProcessEnv;
  /** A commit without parents that adds the secret. */
  readonly commit: string;
  /** A commit message with the secret in it. */
  readonly messageFile: string;
  readonly secret: string;
}

/** Stages a grown secret aside, calls `use`, and takes everything away again. The repository is read, never written. */
export async function withProbe<T>(site: Site, use: (probe: Probe) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'leak-guard-doctor-'));
  try {
    return await use(await growProbe(site, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function growProbe(site: Site, folder: string): Promise<Probe> {
  const secret = `SG.${randomBytes(16).toString('base64url')}.${randomBytes(32).toString('base64url')}`;
  const messageFile = join(folder, 'message');
  writeFileSync(messageFile, `Try the hook\n\n${secret}\n`);
  const env = await toEnv(site, folder);
  const git = openGit({ cwd: site.git.cwd, env });
  const blob = await ask(git, ['hash-object', '-w', '--stdin'], `sendgrid_key = "${secret}"\n`);
  const name = `leak-guard-doctor-${randomBytes(4).toString('hex')}.txt`;
  if (site.top !== null) await stage(git, { folder, entry: `100644,${blob},${name}` });
  const tree = await ask(git, ['mktree'], `100644 blob ${blob}\t${name}\n`);
  const who = 'leak-guard doctor <doctor@localhost> 0 +0000';
  const commit = `tree ${tree}\nauthor ${who}\ncommitter ${who}\n\nTry the hook\n`;
  return {
    folder,
    env,
    messageFile,
    secret,
    commit: await ask(git, ['hash-object', '-t', 'commit', '-w', '--stdin'], commit),
  };
}

// As git sets it for a hook, and with an index and an object folder that are thrown away.
async function toEnv(site: Site, folder: string): Promise<NodeJS.ProcessEnv> {
  const { git, context } = site;
  const { GIT_ALTERNATE_OBJECT_DIRECTORIES: alternates, PATH: path = '' } = context.env;
  const own = resolve(git.cwd, await ask(git, ['rev-parse', '--git-path', 'objects']));
  const execPath = await ask(git, ['--exec-path']);
  const { gitDir } = await git.facts();
  mkdirSync(join(folder, 'objects'));
  return {
    ...context.env,
    ...(resolve(gitDir) === site.commonDir ? {} : { GIT_DIR: resolve(gitDir) }), // git names it in a linked work tree
    GIT_EXEC_PATH: execPath,
    PATH: `${execPath}${delimiter}${path}`,
    GIT_INDEX_FILE: join(folder, 'index'),
    GIT_OBJECT_DIRECTORY: join(folder, 'objects'),
    GIT_ALTERNATE_OBJECT_DIRECTORIES: [quoteIfOdd(own), ...(alternates === undefined ? [] : [alternates])].join(
      delimiter,
    ),
    npm_config_offline: 'true', // a hook that goes through npx must not reach out from a dry run
  };
}

// The last commit's files stay unchanged in the index, so that only the probe is new, and the settings there count.
async function stage(git: Git, { folder, entry }: { readonly folder: string; readonly entry: string }): Promise<void> {
  const quietly = [
    '-c',
    `core.hooksPath=${join(folder, 'none')}`, // writing an index starts the hook post-index-change
    '-c',
    'core.splitIndex=false', // would write half of the index into the repository
  ];
  const head = await git.run(['rev-parse', '-q', '--verify', 'HEAD^{commit}'], { okCodes: [0, 1] }); // 1: no commit yet
  if (head.code === 0) await git.run([...quietly, 'read-tree', head.stdout.toString().trim()]);
  await git.run([...quietly, 'update-index', '--add', '--cacheinfo', entry]);
}

async function ask(git: Git, args: readonly string[], input?: string): Promise<string> {
  const { stdout } = await git.run(args, input === undefined ? {} : { input });
  return stdout.toString().trim();
}

// git takes a list of paths apart at the delimiter, save inside double quotes.
function quoteIfOdd(path: string): string {
  return path.includes(delimiter) || path.startsWith('"') ? JSON.stringify(path) : path;
}
