import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { UserError } from '../user-error.js';
import type { Change } from './change.js';
import type { Git } from './git.js';
import { decode } from './text.js';

export interface MessageOptions {
  /** The file that git hands to `commit-msg`. */
  readonly file: string;
  /** The hook's environment: GIT_EDITOR tells whether an editor ran. */
  readonly env: NodeJS.ProcessEnv;
}

/** The settings that say what git does with the lines of a message. */
export interface Cleanup {
  /** The setting `commit.cleanup`. */
  readonly mode: string;
  /** What comment lines start with, or `auto`. */
  readonly comment: string;
  /** Whether somebody could edit the message. Only then does git write comments into it. */
  readonly isEdited: boolean;
}

/**
 * The commit message as git will record it. Lines that git leaves out are emptied, so that the others keep their
 * numbers. (`git commit --cleanup` is not told to hooks: what it lets through is seen when it is pushed.)
 */
export async function* messageChange(git: Git, options: MessageOptions): AsyncGenerator<Change> {
  const bytes = decode(await readMessage(resolve(git.cwd, options.file)));
  const cleanup = await readCleanup(git, options.env);
  yield {
    path: 'commit message',
    kind: 'message',
    bytes: cleanMessage(bytes, cleanup),
    commit: null,
    before: async () => [],
  };
}

/** Empties the lines of a message that git does not record. */
export function cleanMessage(bytes: Buffer, cleanup: Cleanup): Buffer {
  // Latin-1 keeps every byte as one character, whatever the message is written in.
  const lines = bytes.toString('latin1').split('\n');
  const { mode, isEdited } = cleanup;
  const comment = cleanup.comment === 'auto' ? undefined : Buffer.from(cleanup.comment).toString('latin1');
  const end = isEdited ? scissorsLine(lines, comment) : lines.length;
  // Without an editor a "#" is text, unless the setting says that it never is.
  const stripsComments = comment !== undefined && (mode === 'strip' || (isEdited && !KEEPS_COMMENTS.includes(mode)));
  const kept = lines.slice(0, end).map((line) => (stripsComments && line.startsWith(comment) ? '' : line));
  return Buffer.from(kept.join('\n'), 'latin1');
}

const KEEPS_COMMENTS = ['verbatim', 'whitespace', 'scissors'];
const SCISSORS = '------------------------ >8 ------------------------';

/**
 * The line below which git cuts a message off, as `git commit -v` writes it, with the whole diff behind it. git explains
 * it in a comment on the next line; without that it is text that somebody wrote. With `auto` git chooses the comment's
 * character, so any will do.
 */
function scissorsLine(lines: readonly string[], comment: string | undefined): number {
  const found = lines.findIndex((line, index) => {
    const start = line.endsWith(` ${SCISSORS}`) ? line.slice(0, -SCISSORS.length - 1) : '';
    const isComment = comment === undefined ? /^\S$/.test(start) : start === comment;
    return isComment && (lines[index + 1] ?? '').startsWith(`${start} `);
  });
  return found < 0 ? lines.length : found;
}

async function readMessage(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (cause) {
    throw new UserError(
      `Could not read the commit message: ${cause instanceof Error ? cause.message : String(cause)}.`,
      'Hand on the file name that git gives to the commit-msg hook.',
      { cause },
    );
  }
}

async function readCleanup(git: Git, env: NodeJS.ProcessEnv): Promise<Cleanup> {
  const pattern = '^(commit\\.cleanup|core\\.comment(char|string))$';
  // Exit code 1: none is set. Of several the last one counts.
  const { stdout } = await git.run(['config', '-z', '--get-regexp', pattern], { okCodes: [0, 1] });
  let mode = 'default';
  let comment = '#';
  for (const setting of stdout.toString().split('\0')) {
    const [name, value = ''] = setting.split('\n');
    if (name === 'commit.cleanup') mode = value;
    else if (name?.startsWith('core.comment') && value !== '') comment = value;
  }
  const { GIT_EDITOR: editor } = env; // git sets it to ":" when no editor runs
  return { mode, comment, isEdited: editor !== ':' };
}
