import { append } from './append.js';
import type { Change, ChangeOrSkip, Skipped } from './changes/change.js';
import type { Detect } from './detect/detect.js';
import type { LeaveOut } from './detect/gzip.js';
import type { Match } from './detect/match.js';
import type { Rules } from './filter/rules.js';
import type { Exposure, Finding, Scanned } from './finding.js';
import { findSecrets, type SecretName, toNames } from './names.js';

/** Why a file was left out by the user's own decision. */
export const settingsExclude = 'excluded by the settings';

/** What a run found, and the proof that it looked. */
export interface Outcome {
  readonly findings: readonly Finding[];
  readonly scanned: Scanned;
  /** Takes secret names of files out of a text. */
  readonly hideNames: (text: string) => string;
}

/** What the flow needs besides the texts. */
export interface Guard {
  readonly detect: Detect;
  readonly rules: Rules;
  /** Where the texts have got to. */
  readonly exposure: Exposure;
  /** Is shown every text, with all that was matched in it. */
  readonly watch?: ((change: Change, matches: readonly Match[]) => void) | undefined;
}

/** The whole flow: texts in, findings out. Whatever was not scanned is named. */
export async function guard(changes: AsyncIterable<ChangeOrSkip>, the: Guard): Promise<Outcome> {
  const names = toNames(the.detect);
  const findings: Finding[] = [];
  const skipped: Skipped[] = [];
  let blobs = 0;
  let bytes = 0;
  for await (const change of changes) {
    const path = 'skipped' in change ? change.skipped.file : change.path;
    const name = names.look(path);
    const file = name?.masked ?? path;
    if ('skipped' in change) {
      skipped.push({ ...change.skipped, file });
    } else if (the.rules.excludes(path)) {
      skipped.push({ file, why: settingsExclude });
    } else {
      blobs += change.slice?.isLast === false || isShort(change) ? 0 : 1;
      bytes += sizeOf(change);
      if (name !== null) append(findings, await findingsInName(change, name, the));
      if (change.kind === 'header') append(findings, await findingsInHeader(change, file, the));
      const matches = matchesIn(change, the, (why) => skipped.push({ file, why }));
      // Awaited only where there are any: most texts have none, and thousands of empty waits take time.
      if (matches.length > 0) append(findings, await findingsIn(change, { file, matches }, the));
    }
  }
  return { findings: withoutRepeats(findings), scanned: { blobs, bytes, skipped }, hideNames: names.hide };
}

/** What a later commit adds to the same file once more is told with the first. */
function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  const first = new Map<string, string | null>();
  return findings.filter((finding) => {
    const { fingerprint, file, commit, startLine, startColumn, kind } = finding;
    const place = [fingerprint, kind, file, commit, startLine, startColumn].join('\0');
    if (seen.has(place)) return false;
    seen.add(place);
    if (kind === 'message') return true; // each message is mended by itself
    const secret = [fingerprint, kind, file].join('\0');
    const commitOfFirst = first.get(secret);
    if (commitOfFirst === undefined) first.set(secret, commit);
    return commitOfFirst === undefined || commitOfFirst === commit;
  });
}

/** What was matched in a text of its own. */
function matchesIn(change: Change, { detect, watch }: Guard, leaveOut: LeaveOut): readonly Match[] {
  if (isShort(change)) return [];
  const matches = change.clearedBytes === undefined ? detect(change, leaveOut) : [];
  watch?.(change, matches);
  return matches;
}

interface Matched {
  /** The path as it may be told. */
  readonly file: string;
  readonly matches: readonly Match[];
}

async function findingsIn(change: Change, { file, matches }: Matched, { rules, exposure }: Guard): Promise<Finding[]> {
  // Loaded on the first match only: they bring in cryptography, and most hooks find nothing.
  const { addedLines } = await import('./changes/added-lines.js');
  const { toSuspect, toFindings } = await import('./to-finding.js');
  const added = await addedLines(change);
  const reported = matches
    .filter((match) => isOwn(match, change) && isReported(match, change, rules))
    .filter((match) => added.touches(match.whole.start, match.whole.end))
    .filter((match) => rules.allows(toSuspect(change, match)) === null);
  return toFindings({ ...change, path: file }, reported, { matches, exposure });
}

/** Secrets in the name itself, where the name is new. */
async function findingsInName(change: Change, name: SecretName, { rules, exposure }: Guard): Promise<Finding[]> {
  const hasName = change.kind !== 'message' && change.kind !== 'header';
  const isNew = hasName && change.hasOldPath !== true && (change.slice?.countsFrom ?? 0) === 0;
  if (!isNew) return [];
  const { path, commit, before } = change;
  const text: Change = { path, commit, before, bytes: name.bytes, kind: change.kind === 'ref' ? 'ref' : 'name' };
  return findingsInShort(text, { file: name.masked, matches: name.matches }, { rules, exposure });
}

/** Secrets in a short text such as an author's name: like a name, it says nothing of a value without a shape of its own. */
async function findingsInHeader(change: Change, file: string, the: Guard): Promise<Finding[]> {
  const found = findSecrets(change.bytes, the.detect);
  return found === null ? [] : findingsInShort(change, { file, matches: found.matches }, the);
}

async function findingsInShort(
  text: Change,
  { file, matches }: Matched,
  { rules, exposure }: Pick<Guard, 'rules' | 'exposure'>,
): Promise<Finding[]> {
  const { toSuspect, toFindings } = await import('./to-finding.js');
  const reported = matches.filter(
    (match) => isReported(match, text, rules) && rules.allows(toSuspect(text, match)) === null,
  );
  return toFindings({ ...text, path: file }, reported, { matches, exposure });
}

/** How many bytes it is, of a slice without what the one before had already. */
export function sizeOf({ bytes, clearedBytes, slice }: Change): number {
  return clearedBytes ?? (slice === undefined ? bytes.length : slice.countsTo - slice.countsFrom);
}

/** What is no content of its own: it does not count as one. */
function isShort({ kind }: Change): boolean {
  return kind === 'name' || kind === 'ref' || kind === 'header';
}

/** In a slice of a large file: not what may be cut off here, and is looked at whole in the slice before or behind. */
function isOwn({ start }: Match, { slice }: Change): boolean {
  return slice === undefined || (start >= slice.countsFrom && start < slice.countsTo);
}

function isReported(match: Match, change: Change, rules: Rules): boolean {
  return rules.isEnabled({ id: match.format.id, formerIds: match.format.formerIds }, change.path);
}
