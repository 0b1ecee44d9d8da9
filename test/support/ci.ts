import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sample } from './detectors.js';
import { cli, type Ran, type Repo, type RunOptions, withRepo } from './repo.js';

/**
 * A remote as a CI system finds it. Every commit adds a file with a secret that is named like it, so that the files of the
 * findings tell which commits were scanned:
 *
 *     old ── main (main)
 *      ├──── first ── second (topic)
 *      ├──── fork (refs/pull/1/head), merged with main in refs/pull/1/merge
 *      ├──── rewritten (rewritten, before a forced push: replaced)
 *      └──── tagged (tag v1, whose message holds a secret too)
 */
export interface World {
  readonly repo: Repo;
  readonly remote: string;
  readonly ids: Ids;
}

export interface Ids {
  readonly old: string;
  readonly main: string;
  readonly first: string;
  readonly second: string;
  readonly fork: string;
  readonly merge: string;
  readonly rewritten: string;
  /** What a forced push has replaced: the remote does not give it any more. */
  readonly replaced: string;
  readonly tagged: string;
}

/** Makes such a remote, for all tests of a file. */
export async function openWorld(): Promise<{ readonly world: World; readonly close: () => Promise<void> }> {
  let release = (): void => {};
  const held = new Promise<void>((done) => {
    release = done;
  });
  let finished: Promise<void> = Promise.resolve();
  const world = await new Promise<World>((done, fail) => {
    finished = withRepo(async (repo) => {
      done(await makeWorld(repo));
      await held;
    });
    finished.catch(fail);
  });
  return {
    world,
    close: () => {
      release();
      return finished;
    },
  };
}

async function makeWorld(repo: Repo): Promise<World> {
  const remote = join(repo.home, 'remote.git');
  const add = async (name: string): Promise<string> => {
    await repo.commit(`${name}.txt`, `${sample('sendgrid-api-key')}\n`, `Add ${name}`);
    return repo.git('rev-parse', 'HEAD');
  };
  const start = (...args: readonly string[]): Promise<string> => repo.git('checkout', '-q', ...args);
  await repo.git('init', '-q', '--bare', remote);
  const old = await add('old');
  const main = await add('main');
  await start('-b', 'topic', old);
  const first = await add('first');
  const second = await add('second');
  await start('-b', 'fork', old);
  const fork = await add('fork');
  await start('--detach', main);
  await repo.git('merge', '-q', '--no-edit', 'fork');
  const merge = await repo.git('rev-parse', 'HEAD');
  await start('-b', 'rewritten', old);
  const replaced = await add('replaced');
  await start('-B', 'rewritten', old);
  const rewritten = await add('rewritten');
  await start('--detach', old);
  const tagged = await add('tagged');
  await repo.git('tag', '-a', 'v1', '-m', `Release with ${sample('sendgrid-api-key')}`);
  const refs = ['main', 'topic', 'rewritten', 'v1', 'fork:refs/pull/1/head', `${merge}:refs/pull/1/merge`];
  await repo.git('push', '-q', remote, ...refs);
  return { repo, remote, ids: { old, main, first, second, fork, merge, rewritten, replaced, tagged } };
}

/** How a CI system checks out. */
export interface Checkout {
  /** What is checked out: a ref of the remote. */
  readonly ref: string;
  /** So many commits only. */
  readonly depth?: number;
  /** A branch of the remote that is merged into what is checked out, or the other way round. */
  readonly mergeWith?: string;
  /** Whether the clone knows the remote's default branch, as `git clone` does and `git init` does not. */
  readonly hasDefault?: boolean;
  /** Only what is checked out is fetched. */
  readonly isSingle?: boolean;
  /** Where there is a depth, the main branch is fetched as well. */
  readonly isWithMain?: boolean;
}

let count = 0;

/** Checks out in a new folder, as the runner of a CI system does. Gives the folder. */
export async function checkOut({ repo, remote }: World, checkout: Checkout): Promise<string> {
  count += 1;
  const folder = join(repo.home, `build-${count}`);
  const git = async (...args: readonly string[]): Promise<void> => void (await repo.git('-C', folder, ...args));
  const { ref, depth, mergeWith, hasDefault } = checkout;
  await repo.git('init', '-q', folder);
  await git('remote', 'add', 'origin', pathToFileURL(remote).href);
  const own = ref.replace(/^refs\/(heads|pull)\//, 'refs/remotes/$1/').replace('remotes/heads', 'remotes/origin');
  const all = toRefspecs(checkout);
  const limits = depth === undefined ? [] : [`--depth=${depth}`];
  await git('fetch', '-q', '--no-tags', ...limits, 'origin', `+${ref}:${own}`, ...all);
  await git('checkout', '-q', '--detach', own);
  if (mergeWith !== undefined) await git('merge', '-q', '--no-edit', mergeWith);
  if (hasDefault === true && depth === undefined) {
    await git('symbolic-ref', 'refs/remotes/origin/HEAD', 'refs/remotes/origin/main');
  }
  return folder;
}

function toRefspecs({ depth, isSingle, isWithMain }: Checkout): string[] {
  if (isWithMain === true) return ['+refs/heads/main:refs/remotes/origin/main'];
  if (isSingle === true || depth !== undefined) return [];
  return ['+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*'];
}

/** What this machine's own CI says must not reach a test. */
const OWN_CI =
  /^(CI|GITHUB_|GITLAB_|BITBUCKET_|CIRCLE|TRAVIS|JENKINS_|TF_BUILD|BUILD_|BUILDKITE|SYSTEM_|AGENT_|CHANGE_|BRANCH_|TAG_NAME)/;

export type Variables = Readonly<Record<string, string | undefined>>;

/** Runs `leak-guard ci` as a step of that build. */
export function runCi(
  { repo }: Pick<World, 'repo'>,
  { cwd, env, args = [] }: { readonly cwd: string; readonly env: Variables; readonly args?: readonly string[] },
): Promise<Ran> {
  const cleared = Object.keys(process.env).filter((name) => OWN_CI.test(name));
  const options: RunOptions = {
    cwd,
    env: { ...Object.fromEntries(cleared.map((name) => [name, undefined])), CI: 'true', ...env },
  };
  return repo.exec(process.execPath, [cli, 'ci', ...args], options);
}

/** The files of the findings, by which commits are told apart. */
export function filesOf(ran: Ran): string[] {
  const report: { readonly findings: readonly { readonly file: string }[] } = JSON.parse(ran.stdout);
  return report.findings.map(({ file }) => file.replace(/\.txt$/, '')).sort();
}
