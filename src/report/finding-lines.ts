import type { Finding, FindingKind, Place } from '../finding.js';
import { isInTag } from '../finding-kind.js';
import { MASK } from '../mask.js';
import { toAdvice } from './advice.js';
import type { Colors } from './colors.js';
import { cutAround, cutEnd, cutMiddle, padColumns, toColumns, toPrintable } from './escape.js';
import { toFix } from './fix-line.js';
import type { Report, Stage } from './report.js';
import { toRotation } from './rotation.js';

const COLUMNS = 80;
const MAX_LINES = 12;

/** A cut path can't be clicked, so that only one that nobody has is cut. */
const PATH_COLUMNS = 240;

interface Line {
  readonly text: string;
  readonly isOptional: boolean;
}

/** The message for one finding, at most 12 lines: verdict, place, excerpt, fix, rotation, false positive, address. */
export function toFindingLines(
  { finding, report, verdict }: { readonly finding: Finding; readonly report: Report; readonly verdict: string },
  colors: Colors,
): string[] {
  const { stage, folder = '' } = report;
  const isOut = finding.exposure === 'remote';
  return shorten([
    must(verdict),
    ...(isOut ? [{ text: 'Treat it as leaked. Removing the line does not undo it.', isOptional: true }] : []),
    blank,
    ...toPlaceLines(finding, colors).map(must),
    ...toEvidence(finding, stage, colors),
    blank,
    ...toAdvice({
      stage,
      folder,
      exposure: finding.exposure,
      fix: toFix(finding.file, toPrintable(finding.env)),
      kind: finding.kind,
      path: finding.file,
      commit: finding.commit,
      repair: finding.repair ?? null,
      holder: finding.holder,
      removedIn: finding.removedIn ?? null,
      rotate: toRotation([finding]),
      isDummy: finding.isDummy,
    }),
    must(`  Not a secret?  leak-guard allow ${toPrintable(finding.id)} --reason "..."`),
    ...(finding.url === '' ? [] : [blank, must(`  ${colors.underline(toPrintable(finding.url))}`)]),
  ]);
}

/** Where a finding stands, as editors and terminals make it clickable: `src/bot.ts:14:18`. */
export function toLocation({
  file,
  startLine,
  startColumn,
  kind,
}: Omit<Place, 'endLine' | 'endColumn'> & { readonly kind?: FindingKind }): string {
  if (kind === 'name') return `${cutMiddle(toPrintable(file), PATH_COLUMNS)} (its name)`;
  if (kind === 'ref' || kind === 'header') return cutMiddle(toPrintable(file), PATH_COLUMNS);
  return `${cutMiddle(toPrintable(file), PATH_COLUMNS)}:${startLine}:${startColumn}`;
}

const blank: Line = { text: '', isOptional: true };

function must(text: string): Line {
  return { text, isOptional: false };
}

function toPlaceLines(finding: Finding, colors: Colors): string[] {
  const location = toLocation(finding);
  const id = `${finding.commit === null ? '' : `in ${toPrintable(finding.commit.slice(0, 7))}   `}id ${toPrintable(finding.id)}`;
  const title = toPrintable(finding.title);
  const room = COLUMNS - 2 - toColumns(location) - 3 - 3 - id.length;
  if (toColumns(title) <= room) return [`  ${location}   ${colors.bold(padColumns(title, room))}   ${id}`];
  const titleRoom = COLUMNS - 4 - 3 - id.length;
  return [`  ${location}`, `    ${colors.bold(padColumns(cutEnd(title, titleRoom), titleRoom))}   ${id}`];
}

function toEvidence(finding: Finding, stage: Stage, colors: Colors): Line[] {
  const lineCount = finding.endLine - finding.startLine + 1;
  const size = `${finding.length} characters${lineCount > 1 ? ` on ${lineCount} lines` : ''}, value hidden`;
  const room = COLUMNS - 4 - 3 - size.length;
  return [
    // The last that may go: what the commands are for stands in the lines above and below.
    {
      text: `    ${padColumns(toExcerpt(finding.excerpt, room), Math.min(room, 34))}   ${colors.dim(size)}`,
      isOptional: true,
    },
    ...toPast(finding, stage).map((past) => must(`    ${past}`)),
    ...toDoubt(finding).map((doubt) => ({ text: `    ${doubt}`, isOptional: true })),
    ...finding.related.slice(0, 1).map((related) => {
      const more = finding.related.length > 1 ? `, and ${finding.related.length - 1} more` : '';
      const location = cutMiddle(toLocation(related), COLUMNS - 10 - more.length);
      const title = cutEnd(toPrintable(related.title), Math.max(COLUMNS - 13 - toColumns(location) - more.length, 12));
      return { text: `    with ${title} at ${location}${more}`, isOptional: true };
    }),
  ];
}

/** The masked line without its indentation, cut so that the mask stays in view. */
function toExcerpt(excerpt: string, columns: number): string {
  const text = toPrintable(excerpt.trim().replaceAll('\t', ' '));
  const start = Math.max(text.indexOf(MASK), 0);
  return cutAround(text, columns, { start, end: start + 8 });
}

/** What became of the value, where that is known. When a commit was made is told by a scan, which looks back. */
export function toPast(finding: Finding, stage: Stage): string[] {
  const { removedIn, inHead, authorDate } = finding;
  if (removedIn !== undefined) return [`removed again in ${removedIn.slice(0, 7)}, but the push carries both`];
  if (stage !== 'scan') return [];
  const told = [
    ...(authorDate === undefined
      ? []
      : [`${isInTag(finding) ? 'tagged' : 'committed'} on ${toPrintable(authorDate.slice(0, 10))}`]),
    ...(inHead === undefined ? [] : [inHead ? 'still in HEAD' : 'not in HEAD any more']),
  ];
  return told.length === 0 ? [] : [told.join(', ').replace(', still', ', and still')];
}

function toDoubt(finding: Finding): string[] {
  if (finding.isDummy) return ['looks like a dummy: it fails the check that genuine ones pass'];
  return finding.confidence === 'possible'
    ? ['known by its name and place, not by its shape: look whether it is real']
    : [];
}

/** Leaves out blank lines, then the other optional ones, the last first, until the message fits. */
function shorten(lines: readonly Line[]): string[] {
  const kept = [...lines];
  for (const isDroppable of [(line: Line) => line.text === '', (line: Line) => line.isOptional]) {
    while (kept.length > MAX_LINES) {
      const index = kept.findLastIndex(isDroppable);
      if (index === -1) break;
      kept.splice(index, 1);
    }
  }
  return kept.map((line) => line.text);
}
