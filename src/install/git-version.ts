import { openGit } from '../changes/git.js';
import type { CommandContext } from '../commands/command-context.js';

export type GitVersion = readonly [number, number];

/** The first git that runs hooks from its settings. */
const CONFIG_HOOKS_GIT: GitVersion = [2, 54];

/** The version of the git that is used here; undefined when it does not say. */
export async function readGitVersion(context: CommandContext): Promise<GitVersion | undefined> {
  const { stdout } = await openGit(context).run(['version']);
  const [, major, minor] = /(\d+)\.(\d+)/.exec(stdout.toString()) ?? [];
  return major === undefined || minor === undefined ? undefined : [Number(major), Number(minor)];
}

/** True when this git runs hooks from its settings. */
export async function runsConfigHooks(context: CommandContext): Promise<boolean> {
  const version = await readGitVersion(context);
  return version !== undefined && !isBefore(version, CONFIG_HOOKS_GIT);
}

export function isBefore([major, minor]: GitVersion, [otherMajor, otherMinor]: GitVersion): boolean {
  return major < otherMajor || (major === otherMajor && minor < otherMinor);
}
