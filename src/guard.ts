import { addedLines } from './changes/added-lines.js';
import type { Change, ChangeOrSkip, Skipped } from './changes/change.js';
import type { Detect } from './detect/detect.js';
import type { Match } from './detect/match.js';
import type { Rules } from './filter/rules.js';
import type { Exposure, Finding, Scanned } from './finding.js';

/** Why a file was left out by the user's own decision. */
export const settingsExclude = 'excluded by the settings';

/** What a run found, and the proof that it looked. */
export interface Outcome {
  readonly findings: readonly Finding[];
  readonly scanned: Scanned;
}

/** What the flow needs besides the texts. */
export interface Guard {
  readonly detect: Detect;
  readonly rules: Rules;
  /** Where the texts have got to. */
  readonly exposure: Exposure;
}

/** The whole flow: texts in, findings out. Whatever was not scanned is named. */
export async function guard(changes: AsyncIterable<ChangeOrSkip>, the: Guard): Promise<Outcome> {
  const findings: Finding[] = [];
  const skipped: Skipped[] = [];
  let blobs = 0;
  let bytes = 0;
  for await (const change of changes) {
    if ('skipped' in change) {
      skipped.push(change.skipped);
    } else if (the.rules.excludes(change.path)) {
      skipped.push({ file: change.path, why: settingsExclude });
    } else {
      blobs += change.slice?.isLast === false ? 0 : 1;
      bytes += change.bytes.length;
      findings.push(...(await findingsIn(change, the)));
    }
  }
  return { findings: withoutRepeats(findings), scanned: { blobs, bytes, skipped } };
}

/** Slices of a large file overlap, so that no secret falls between them; what lies in the overlap is found twice. */
function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  return findings.filter(({ fingerprint, file, commit, startLine, startColumn }) => {
    const place = [fingerprint, file, commit, startLine, startColumn].join('\0');
    return !seen.has(place) && seen.add(place);
  });
}

async function findingsIn(change: Change, { detect, rules, exposure }: Guard): Promise<Finding[]> {
  const matches = detect(change);
  if (matches.length === 0) return [];
  const added = await addedLines(change);
  // Loaded on the first match only: it brings in cryptography.
  const { toCandidate, toFinding } = await import('./to-finding.js');
  return matches
    .filter((match) => isReported(match, change, rules) && added.touches(match.whole.start, match.whole.end))
    .filter((match) => rules.allows(toCandidate(change, match)) === null)
    .map((match) => toFinding(change, match, { matches, exposure }));
}

function isReported(match: Match, change: Change, rules: Rules): boolean {
  return rules.isEnabled({ id: match.format.id, formerIds: match.format.formerIds }, change.path);
}
