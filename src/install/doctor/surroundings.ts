import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { type GitVersion, isBefore } from '../git-version.js';
import type { Site } from '../site.js';
import type { Problem } from './problem.js';

/** The oldest git that leak-guard's own calls work with: `config --show-scope` is from 2.26. */
const OLDEST_GIT = [2, 26] as const;
/** True when it is too old to ask it anything else. */
export function isTooOld(version: GitVersion): boolean {
  return isBefore(version, OLDEST_GIT);
}

/** What a hook manager is told, outside of its own files, that keeps it from running any hook. */
export function checkSwitches(site: Site, fileText: string): readonly Problem[] {
  const { env } = site.context;
  const { HUSKY: husky, LEFTHOOK: lefthook, LEFTHOOK_EXCLUDE: excluded = '', SKIP_SIMPLE_GIT_HOOKS: simple } = env;
  if (existsSync(join(site.hooksDir, 'h')) && fileText.includes('/h"')) {
    const init = huskyInit(env);
    if (/^\s*(?:export\s+)?HUSKY=(["']?)0\1\s*(?:[;#].*)?$/m.test(init?.text ?? '')) {
      return [switchedOff('husky', `HUSKY=0 in ${init?.path}`, 'Take that line out of the file.')];
    }
    return husky === '0' ? [switchedOff('husky', 'HUSKY=0', 'Run "unset HUSKY".')] : [];
  }
  if (fileText.includes('call_lefthook') && lefthook === '0') {
    return [switchedOff('lefthook', 'LEFTHOOK=0', 'Run "unset LEFTHOOK".')];
  }
  if (fileText.includes('call_lefthook') && excluded.split(',').includes('leak-guard')) {
    return [switchedOff('lefthook', `LEFTHOOK_EXCLUDE=${excluded}`, 'Run "unset LEFTHOOK_EXCLUDE".')];
  }
  if (fileText.includes('SKIP_SIMPLE_GIT_HOOKS') && simple === '1') {
    return [switchedOff('simple-git-hooks', 'SKIP_SIMPLE_GIT_HOOKS=1', 'Run "unset SKIP_SIMPLE_GIT_HOOKS".')];
  }
  return [];
}

/** Where npm is told to run no scripts, although a script is what puts the hooks in after a clone. */
export function findIgnoredScripts(site: Site): string | undefined {
  if (site.top === null || !hasInstallScript(join(site.top, 'package.json'))) return undefined;
  const { npm_config_ignore_scripts: setting, HOME: home, USERPROFILE: profile } = site.context.env;
  if (setting === 'true') return 'npm_config_ignore_scripts=true in the environment';
  const own = home ?? profile;
  return [site.top, ...(own === undefined ? [] : [own])]
    .map((folder) => join(folder, '.npmrc'))
    .find((path) => /^\s*ignore-scripts\s*=\s*["']?true/m.test(readIfThere(path)));
}

function switchedOff(manager: string, how: string, mend: string): Problem {
  return { id: 'switched-off', text: `${manager} is switched off (${how}), so it runs no hook.`, mend };
}

function huskyInit(env: NodeJS.ProcessEnv): { readonly path: string; readonly text: string } | undefined {
  const { XDG_CONFIG_HOME: xdg, HOME: home = '' } = env;
  const path = join(xdg !== undefined && isAbsolute(xdg) ? xdg : join(home, '.config'), 'husky', 'init.sh');
  return existsSync(path) ? { path, text: readIfThere(path) } : undefined;
}

function hasInstallScript(path: string): boolean {
  return /"(?:prepare|postinstall)"\s*:\s*"[^"\n]*(?:husky|lefthook|simple-git-hooks|leak-guard)/.test(
    readIfThere(path),
  );
}

function readIfThere(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
