import { isAbsolute, join } from 'node:path';
import { UserError } from '../user-error.js';
import { realPath } from './site.js';

/** The folder that `install --global` fills: leak-guard's own, so that it can be taken back whole. */
export function findGlobalFolder(env: NodeJS.ProcessEnv): string {
  const folder = globalFolderIfAny(env);
  if (folder !== undefined) return folder;
  throw new UserError('There is no home folder to put the global hooks into.', 'Set HOME, and run this again.');
}

/** True when git takes its hooks from that folder. */
export function isGlobalFolder(path: string, env: NodeJS.ProcessEnv): boolean {
  const folder = globalFolderIfAny(env);
  return folder !== undefined && path === realPath(folder);
}

/** The same, or undefined without a home folder. */
export function globalFolderIfAny(env: NodeJS.ProcessEnv): string | undefined {
  const { HOME: home, USERPROFILE: profile, XDG_CONFIG_HOME: xdg } = env;
  if (xdg !== undefined && isAbsolute(xdg)) return join(xdg, 'leak-guard', 'hooks');
  const own = home ?? profile;
  return own === undefined ? undefined : join(own, '.config', 'leak-guard', 'hooks');
}
