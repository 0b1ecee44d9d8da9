import type { FileContents } from './changes/rule-versions.js';
import { describeRuleChanges } from './filter/rule-changes.js';
import { ALLOWLIST_FILE } from './filter/rule-file.js';
import type { ReadRuleFile } from './filter/rules.js';

/** Says of each file of rules that pushed commits change what is new in it. */
export async function describePushedRules(files: ReadonlyMap<string, FileContents>): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const [path, { before, after }] of files) {
    const toRead =
      (file: FileContents['before'][number]): ReadRuleFile =>
      async (asked) =>
        asked === path ? file : null;
    const settingsFiles = path === ALLOWLIST_FILE ? [] : [{ path, dir: '' }];
    lines.push(...(await describeRuleChanges({ before: before.map(toRead), after: after.map(toRead), settingsFiles })));
  }
  return lines;
}
