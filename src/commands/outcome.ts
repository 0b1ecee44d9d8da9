import type { AgentName } from '../agents/agent.js';
import type { Plan } from '../install/edits.js';
import type { HookName } from '../install/hook-script.js';
import { toSafeJson } from '../report/json.js';

/** What install or uninstall did, or in a dry run would do. */
export interface Outcome {
  readonly plan: Plan;
  /** git's hooks that are in place with it. */
  readonly hooks: readonly HookName[];
  /** The coding agents that ask leak-guard with it. */
  readonly agents: readonly AgentName[];
  /** What the hooks go through: `husky hooks`. Null where there are none. */
  readonly how: string | null;
  /** The same for people, in whole lines. */
  readonly text: string;
}

/** How an outcome is told. */
export interface Telling {
  readonly format: 'text' | 'json';
  readonly isDryRun: boolean;
  /** Nothing for people; JSON is written all the same. */
  readonly quiet: boolean;
}

/** Several outcomes of one command as what it prints. In JSON, paths are absolute and as the system writes them. */
export function renderOutcomes(outcomes: readonly Outcome[], { format, isDryRun, quiet }: Telling): string {
  if (format === 'text') return quiet ? '' : outcomes.map(({ text }) => text).join('');
  const plans = outcomes.map(({ plan }) => plan);
  return toSafeJson({
    version: 1,
    isDryRun,
    hooks: outcomes.flatMap(({ hooks }) => hooks),
    agents: outcomes.flatMap(({ agents }) => agents),
    how: outcomes.find(({ how }) => how !== null)?.how ?? null,
    isPending: plans.some((plan) => plan.isPending === true),
    edits: plans
      .flatMap(({ edits }) => edits)
      .map((edit) => ({
        kind: edit.kind,
        path: edit.path,
        ...(edit.kind === 'move' && { to: edit.to }),
        ...(edit.why !== undefined && { why: edit.why }),
      })),
    notes: plans.flatMap(({ notes }) => notes),
  });
}
