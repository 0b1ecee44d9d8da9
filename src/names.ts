import type { Detect } from './detect/detect.js';
import type { Match } from './detect/match.js';
import type { Finding } from './finding.js';
import { masked } from './mask.js';

/** A path that holds a secret itself. */
export interface SecretName {
  readonly bytes: Buffer;
  readonly matches: readonly Match[];
  /** The path with every secret in it masked. */
  readonly masked: string;
}

/** Looks at names of files, branches and tags. */
export interface Names {
  /** What is secret in a path, or null. */
  look(path: string): SecretName | null;
  /** A text with all the secret names that were met so far masked in it. */
  hide(text: string): string;
}

/**
 * Looks for secrets in names. Only formats that are told by their shape count: a name is no assignment, so a plain value
 * in it, such as a hash beside a provider's name, says nothing.
 */
export function toNames(detect: Detect): Names {
  const found = new Map<string, string>();
  // The changes of a file come in a row, its slices too.
  let last = '';
  let answer: SecretName | null = null;
  return {
    look: (path) => {
      if (path === last) return answer;
      last = path;
      answer = findSecrets(Buffer.from(path), detect);
      if (answer !== null) found.set(path, answer.masked);
      return answer;
    },
    hide: (text) => [...found].reduce((shown, [path, masked]) => shown.replaceAll(path, masked), text),
  };
}

/** Findings whose repair does not print the name of a branch, tag or file that is secret itself. */
export function withoutSecretNames(findings: readonly Finding[], detect: Detect): readonly Finding[] {
  const names = toNames(detect);
  return findings.map((finding) => {
    const { repair, holder } = finding;
    if (holder !== undefined && names.look(holder.ref) !== null) return withoutHolder(finding);
    if (repair === undefined) return finding;
    const branch = names.look(repair.branch) === null ? repair.branch : 'BRANCH';
    const tags = repair.tags?.map((tag) => (names.look(tag.name) === null ? tag : { ...tag, name: 'TAG' }));
    const path = repair.path === undefined ? undefined : (names.look(repair.path)?.masked ?? repair.path);
    const ref = repair.ref === undefined || names.look(repair.ref) === null ? repair.ref : 'REF';
    const hidden = { ...(tags && { tags }), ...(path !== undefined && { path }), ...(ref !== undefined && { ref }) };
    return { ...finding, repair: { ...repair, branch, ...hidden } };
  });
}

function withoutHolder({ holder: _, ...finding }: Finding): Finding {
  return finding;
}

/** What is secret in a name, or in a header as short as one; null for nothing. */
export function findSecrets(bytes: Buffer, detect: Detect): SecretName | null {
  if (!detect.hasKeyword(bytes)) return null;
  for (const part of parts(bytes)) {
    const matches = detect({ path: '', bytes: part }).filter(({ format }) => format.isDistinctive);
    const wholes = matches.map(({ whole }) => whole);
    if (matches.length > 0) return { bytes, matches, masked: masked(bytes, wholes) };
  }
  return null;
}

/**
 * The whole name; and where something in it looks drawn by lot, the name without its first words, its last words, or
 * both: `topic-` and `.txt` are made of characters that a secret may hold as well, and would hide where it begins and
 * ends. What is left out is blank, so that offsets stay.
 */
function* parts(bytes: Buffer): Generator<Buffer> {
  yield bytes;
  if (bytes.length > longestName || !drawnByLot.test(bytes.toString('latin1'))) return;
  const cuts = [...bytes.keys()].filter((index) => separators.includes(bytes[index] ?? 0));
  const starts = [0, ...cuts.slice(0, mostCuts).map((index) => index + 1)];
  const ends = [bytes.length, ...cuts.slice(-mostCuts).reverse()];
  for (const start of starts) {
    for (const end of ends) {
      if (end > start) yield Buffer.from(bytes).fill(0x20, 0, start).fill(0x20, end);
    }
  }
}

const drawnByLot = /(?=[a-z]*\d)[a-z\d]{12}|[a-z]{16}/i;
const separators = Buffer.from('-_./ =+~@,');
/** What is longer is no name of a file; it is looked at as it is. */
const longestName = 4_096;
/** A name with more words than that is looked at from both ends only. */
const mostCuts = 12;
