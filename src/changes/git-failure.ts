import { existsSync } from 'node:fs';
import { MASK } from '../mask.js';
import { UserError } from '../user-error.js';

/** How a git ended. */
export interface GitEnd {
  /** The git command, such as `diff-index`. */
  readonly command: string;
  /** Where it was started. */
  readonly cwd: string;
  readonly code: number | null;
  readonly signal: string | null;
  readonly stderr: string;
  /** Set when it could not be started, or not be spoken to. */
  readonly error?: Error | undefined;
}

/** The exit code, if it is one of these. A git that ended in any other way is a UserError: it is no answer. */
export function endOf(end: GitEnd, okCodes: readonly number[]): number {
  if (end.code !== null && okCodes.includes(end.code)) return end.code;
  throw end.code === null && end.signal === null && end.error !== undefined
    ? spawnFailure(end.error, end.cwd)
    : gitFailure(end);
}

// What git says → what helps. The first that fits wins.
const HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /dubious ownership/,
    'If you trust this folder, run "git config --global --add safe.directory FOLDER" with the folder that git names, and try again.',
  ],
  [
    /not a git repository|must be run in a work tree/,
    'Run this inside a git repository, or scan files with "leak-guard scan PATH".',
  ],
  [
    /index file (corrupt|smaller|open failed)|bad index|bad signature|index entry|index uses|cannot read index/i,
    'Run "git status". If git cannot read the index either, move the index file away and run "git reset": your files stay as they are.',
  ],
  [
    /promisor|could not fetch|lazy fetch/i,
    'This clone fetches objects when they are needed. Check the connection to its remote, run "git fetch", and try again.',
  ],
  [
    /missing|bad object|bad tree|unable to read|could not read|invalid object|not a valid object/i,
    'Run "git fsck" to see which objects are missing, fetch them from a remote, and try again.',
  ],
];

const OTHER_HINT = 'Run "git status" here, mend what it reports, and try again.';

/** A git that ended with an exit code or a signal that is no answer. */
function gitFailure(end: GitEnd): UserError {
  const how = end.signal === null ? `exited with ${end.code}` : `was stopped by ${end.signal}`;
  const hint = HINTS.find(([pattern]) => pattern.test(end.stderr))?.[1] ?? OTHER_HINT;
  return new UserError(`Could not read the repository: git ${end.command} ${how}.`, hint, causeOf(end.stderr));
}

/** A git that could not be started at all. */
function spawnFailure(error: Error, cwd: string): UserError {
  if (!existsSync(cwd)) {
    return new UserError('Could not start git: the current folder is gone.', 'Change to a folder that exists.', {
      cause: error,
    });
  }
  return new UserError('Could not start git.', 'Run "git --version", mend what it reports, and try again.', {
    cause: escapeControls(error.message),
  });
}

/** An object that the repository names but does not have. */
export function missingObject(object: string): UserError {
  return new UserError(
    'Could not read the repository: an object is missing.',
    'Run "git fsck" to see which objects are missing, fetch them from a remote, and try again.',
    { cause: `git: missing object ${escapeControls(object)}` },
  );
}

/** Makes what git printed safe for a terminal: it quotes names that anyone can choose. Line ends stay. */
export function escapeControls(text: string): string {
  return text.replace(
    /[\0-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Shows a line that is not what was expected, without its long words: nobody knows what they are. */
export function toEvidence(line: string): string {
  return escapeControls(line.slice(0, 200).replace(/\S{12,}/g, MASK));
}

function causeOf(stderr: string): { cause?: string } {
  const lines = stderr.replaceAll('\r\n', '\n').trim().split('\n').slice(0, 10);
  const text = escapeControls(lines.join('\n')).slice(0, 1000);
  return text === '' ? {} : { cause: `git: ${text}` };
}
