import { isOurConfigHook } from '../config-hook.js';
import type { Site } from '../site.js';
import { findCommand } from './part.js';
import type { Problem } from './problem.js';

/** A hook that stands in git's settings (git 2.54 and newer). */
export interface ConfigHook {
  readonly name: string;
  readonly scope: string;
  readonly event: string;
  readonly command: string;
  /** Our command line in it, if it is ours. */
  readonly ours: string | undefined;
  /** True when this git runs it, unless it is switched off. */
  readonly isRun: boolean;
  /** The setting that switches it off: its own, or the one for all hooks of that event. */
  readonly switchedOffBy: string | undefined;
}

/** The hooks in git's settings, from every scope. */
export async function readConfigHooks(site: Site): Promise<readonly ConfigHook[]> {
  const args = ['config', '--show-scope', '-z', '--get-regexp', '^hook\\..*\\.(event|command|enabled)$'];
  const { stdout } = await site.git.run(args, { okCodes: [0, 1] }); // 1: there are none
  const words = stdout.toString().split('\0');
  const entries = words.flatMap((scope, index) => {
    const [key = '', value = 'true'] = words[index + 1]?.split(/\n(.*)/s) ?? [];
    const [, name = '', what = ''] = /^hook\.(.*)\.(event|command|enabled)$/s.exec(key) ?? [];
    return index % 2 === 0 && what !== '' ? [{ scope, name, what, value }] : [];
  });
  const last = (name: string, what: string): string | undefined =>
    entries.findLast((entry) => entry.what === what && entry.name === name)?.value;
  return entries
    .filter(({ what }) => what === 'event')
    .map(({ scope, name, value: event }) => {
      const command = last(name, 'command') ?? '';
      const off = [name, event].find((each) => /^(?:false|no|off|0+|)$/i.test(last(each, 'enabled') ?? 'true'));
      return {
        ...{ name, scope, event, command },
        ours: isOurConfigHook({ name, event, command }) ? `${command} "$@"` : findCommand(command, event),
        isRun: site.runsConfigHooks,
        switchedOffBy: off === undefined ? undefined : `hook.${off}.enabled`,
      };
    });
}

/** What keeps git from running a hook that is in its settings. */
export function checkConfigHook({ name, scope, switchedOffBy }: ConfigHook): readonly Problem[] {
  if (switchedOffBy === undefined) return [];
  const text = `git is told not to run hook.${name} of its settings (${scope}, ${switchedOffBy}).`;
  return [{ id: 'switched-off', text, mend: `Run: git config --unset-all ${switchedOffBy}` }];
}
