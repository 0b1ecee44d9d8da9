import type { Git } from './changes/git.js';
import { type FileVersions, readVersion } from './changes/rule-versions.js';
import { mayHoldSettings } from './filter/load-rules.js';
import { describeRuleChanges } from './filter/rule-changes.js';
import { ALLOWLIST_FILE } from './filter/rule-file.js';
import type { ReadRuleFile } from './filter/rules.js';

/** Says of each file of rules that pushed commits change what is new in it. */
export async function describePushedRules(
  git: Git,
  files: ReadonlyMap<string, FileVersions>,
): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const [path, { before, after }] of files) {
    const toRead =
      (version: FileVersions['before'][number]): ReadRuleFile =>
      async (asked) => {
        const stored = asked === path ? await readVersion(git, version) : null;
        return stored !== null && (path === ALLOWLIST_FILE || mayHoldSettings(path, stored)) ? stored : null;
      };
    const settingsFiles = path === ALLOWLIST_FILE ? [] : [{ path, dir: '' }];
    lines.push(...(await describeRuleChanges({ before: before.map(toRead), after: after.map(toRead), settingsFiles })));
  }
  return lines;
}
