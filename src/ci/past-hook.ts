import { isInTag } from '../finding-kind.js';
import { toPrintable } from '../report/escape.js';
import type { Told } from './annotations.js';

/** A commit that the hook would have stopped, had it run. */
export interface PastCommit {
  readonly commit: string;
  readonly date: string | undefined;
}

const SHOWN = 5;

/** The commits that hold what would have stopped them: the hook did not run for them, or was told not to. */
export function toPastCommits(told: readonly Told[]): PastCommit[] {
  const dates = new Map(told.filter(isStopping).map(({ finding }) => [finding.commit ?? '', finding.authorDate]));
  return [...dates].map(([commit, date]) => ({ commit, date }));
}

function isStopping({ finding, isBlocking }: Told): boolean {
  return isBlocking && finding.commit !== null && !isInTag(finding);
}

/** The same as lines for people. */
export function renderPastCommits(commits: readonly PastCommit[]): string {
  if (commits.length === 0) return '';
  const named = commits.slice(0, SHOWN).map(toShortName).join(', ');
  const more = commits.length > SHOWN ? ` and ${commits.length - SHOWN} more` : '';
  return `
${commits.length === 1 ? '1 commit' : `${commits.length} commits`} came past the hook: ${named}${more}.
  That happens: a clone without the hook, a hook that was skipped, an edit on the
  web. Where ${commits.length === 1 ? 'it' : 'they'} came from, "leak-guard doctor" tells whether the hooks run, and
  "leak-guard install" puts them in.
`;
}

/** `1a2b3c4 (2026-11-20)`. */
export function toShortName({ commit, date }: PastCommit): string {
  return `${commit.slice(0, 7)}${date === undefined ? '' : ` (${toPrintable(date.slice(0, 10))})`}`;
}
