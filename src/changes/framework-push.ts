import { openGit } from './git.js';

/** A push, as a pre-push hook is told of it. */
export interface Push {
  readonly remoteName: string;
  readonly remoteUrl: string;
  /** What git writes to the hook's standard input. */
  readonly lines: Buffer;
  /** True where what the remote has at the refs is not told. */
  readonly isRemoteUnknown?: boolean;
}

/**
 * The push that the pre-commit framework runs a check for, which gets neither arguments nor input but the first ref in
 * the environment. Undefined when it is not the framework that calls.
 */
export async function readFrameworkPush(options: {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
}): Promise<Push | undefined> {
  const { PRE_COMMIT_REMOTE_NAME: remoteName, PRE_COMMIT_REMOTE_URL: url, PRE_COMMIT_LOCAL_BRANCH: from } = options.env;
  const { PRE_COMMIT_REMOTE_BRANCH: to, PRE_COMMIT_TO_REF: tip } = options.env;
  if (remoteName === undefined || from === undefined) return undefined;
  const { stdout } = await openGit(options).run(['rev-parse', '--verify', '--end-of-options', tip ?? from]);
  const oid = stdout.toString().trim();
  // What the remote has is read from its tracking refs: the framework names it for some pushes only.
  const line = `${from} ${oid} ${to ?? from} ${'0'.repeat(oid.length)}\n`;
  return { remoteName, remoteUrl: url ?? remoteName, lines: Buffer.from(line), isRemoteUnknown: true };
}
