import type { Detect } from './detect/detect.js';
import type { Match } from './detect/match.js';
import { toText } from './detect/position.js';

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

const MASK = '********';

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
      answer = toSecretName(path, detect);
      if (answer !== null) found.set(path, answer.masked);
      return answer;
    },
    hide: (text) => [...found].reduce((shown, [path, masked]) => shown.replaceAll(path, masked), text),
  };
}

function toSecretName(path: string, detect: Detect): SecretName | null {
  const bytes = Buffer.from(path);
  const matches = detect({ path: '', bytes }).filter(({ format }) => format.isDistinctive);
  return matches.length === 0 ? null : { bytes, matches, masked: masked(bytes, matches) };
}

function masked(bytes: Buffer, matches: readonly Match[]): string {
  let text = '';
  let at = 0;
  for (const { whole } of [...matches].sort((a, b) => a.whole.start - b.whole.start)) {
    if (whole.end <= at) continue;
    text += toText(bytes.subarray(at, Math.max(at, whole.start))) + MASK;
    at = whole.end;
  }
  return text + toText(bytes.subarray(at));
}
