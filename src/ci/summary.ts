import type { Finding, Scanned } from '../finding.js';
import { hasPlaybook, isContent } from '../finding-kind.js';
import { toPrintable } from '../report/escape.js';
import type { Told } from './annotations.js';
import { type PastCommit, toShortName } from './past-hook.js';

/** What a summary tells. */
export interface Outcome {
  /** Which build this was, and which commits: `GitHub Actions, push: 3 commits`. */
  readonly title: string;
  readonly told: readonly Told[];
  readonly past: readonly PastCommit[];
  readonly scanned: Scanned;
  /** What has to be known besides, one sentence each. */
  readonly warnings: readonly string[];
}

/** A summary has to stay below a megabyte, and below what anybody reads. */
const SHOWN = 100;

/** Renders the summary of a build as Markdown. Nothing in it is taken for markup but what stands here. */
export function renderSummary(outcome: Outcome): string {
  const { title, told, past, scanned, warnings } = outcome;
  const count = new Set(told.map(({ finding }) => finding.fingerprint)).size;
  const found = count === 0 ? 'nothing found' : `${count} ${count === 1 ? 'secret' : 'secrets'} found`;
  const size = `${scanned.blobs} blobs, ${scanned.bytes} bytes, ${scanned.skipped.length} skipped`;
  return `${[
    `## leak-guard: ${found}`,
    `${escapeMarkdown(title)}. Scanned: ${size}.`,
    ...warnings.map(escapeMarkdown),
    ...(told.length > 0 ? toFindings(told) : []),
    ...(past.length > 0 ? toPast(past) : []),
    ...(scanned.skipped.length > 0 ? [toSkipped(scanned.skipped)] : []),
  ].join('\n\n')}\n`;
}

function toFindings(told: readonly Told[]): string[] {
  const rows = told.slice(0, SHOWN).map(({ finding }) => toRow(finding));
  const more = told.length - rows.length;
  return [
    'The host of this repository has these values already: rotate them first. Taking the line out does not undo it.',
    ['| where | what | commit | rotate |', '| --- | --- | --- | --- |', ...rows].join('\n'),
    ...(more > 0 ? [`And ${more} more in the log.`] : []),
    'Not a secret? `leak-guard allow ID --reason "..."` lets it pass.',
  ];
}

function toRow(finding: Finding): string {
  const { file, startLine, startColumn, title, id, commit, authorDate } = finding;
  const place = isContent(finding) ? `${file}:${startLine}:${startColumn}` : file;
  const when = commit === null ? '' : toShortName({ commit, date: authorDate });
  const cells = [place, `${title}, id ${id}`, when].map(escapeMarkdown);
  return `| ${[...cells, toRotate(finding)].join(' | ')} |`;
}

function toRotate(finding: Finding): string {
  const { provider, url } = finding;
  const text = hasPlaybook(finding) ? `leak-guard rotate ${escapeMarkdown(provider)}` : 'where it was made';
  return url === '' ? text : `[${text}](<${encodeURI(url).replace(/[()<>|]/g, encodeURIComponent)}>)`;
}

function toPast(past: readonly PastCommit[]): string[] {
  const more = past.length - SHOWN;
  return [
    '### Came past the hook',
    past
      .slice(0, SHOWN)
      .map((commit) => `- ${escapeMarkdown(toShortName(commit))}`)
      .join('\n') + (more > 0 ? `\n- and ${more} more` : ''),
    'That happens: a clone without the hook, a hook that was skipped, an edit on the web. In the clone that a commit came from, `leak-guard doctor` tells whether the hooks run, and `leak-guard install` puts them in.',
  ];
}

function toSkipped(skipped: Scanned['skipped']): string {
  const lines = skipped.slice(0, SHOWN).map(({ file, why }) => `- ${escapeMarkdown(`${file}: ${why}`)}`);
  return ['### Not scanned', '', ...lines].join('\n') + (skipped.length > SHOWN ? '\n- and more' : '');
}

/** Any sign of ASCII may be escaped, and then means itself: spec.commonmark.org, "Backslash escapes". */
function escapeMarkdown(text: string): string {
  return toPrintable(text).replace(/[!-/:-@[-`{-~]/g, '\\$&');
}
