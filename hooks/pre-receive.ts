import { historyChanges } from '../src/changes/history.js';
import { findRulesCommit, parseReceivedLines, toReceivedHistory } from '../src/changes/received.js';
import { watchRuleVersions } from '../src/changes/rule-versions.js';
import { parseArguments } from '../src/commands/arguments.js';
import type { CommandContext } from '../src/commands/command-context.js';
import type { HookOutput } from '../src/commands/hook-output.js';
import type { ExitCode } from '../src/exit-code.js';
import { isRuleFile } from '../src/filter/rule-file.js';
import { haltAfter, toSeconds } from '../src/time-budget.js';
import { runHook } from './run-hook.js';

/** On a server: all that a push would bring, before any ref leads to it. The rules are those that come with the push. */
export async function preReceive(
  args: readonly string[],
  context: CommandContext,
  output?: HookOutput,
): Promise<ExitCode> {
  const words = parseArguments('hook pre-receive', args, { seconds: { type: 'string' } });
  const seconds = toSeconds(words.value('seconds'));
  const refs = parseReceivedLines(await context.stdin());
  const rules = watchRuleVersions(isRuleFile);
  return runHook(
    context,
    {
      stage: 'push',
      exposure: 'local',
      source: (git, limits) => ({
        changes: historyChanges(git, { ...toReceivedHistory(refs), onEntry: rules.onEntry }, limits),
        paths: async () => null,
        ruleVersions: rules.versions,
        rulesFrom: () => findRulesCommit(git, refs),
        explain: async (findings) => {
          const { explainReceived } = await import('../src/explain-push.js');
          return explainReceived(git, refs, findings);
        },
      }),
    },
    { arm: haltAfter(seconds), timeoutMs: seconds * 1000, output },
  );
}
