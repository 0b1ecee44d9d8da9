import { UserError } from '../user-error.js';
import { escapeControls } from './git-failure.js';

export type ObjectType = 'blob' | 'tree' | 'commit' | 'tag';

export interface GitObject {
  readonly oid: string;
  readonly type: ObjectType;
  readonly size: number;
  readonly bytes: Buffer;
}

/** An object larger than the limit: its bytes were not read. */
export type LargeObject = Omit<GitObject, 'bytes'> & { readonly bytes: null };

/** Null where there is no such object. */
export type Answer = GitObject | LargeObject | null;

export interface AnswerParser {
  /** Takes the next piece of output. `too-large`: an object was left unread, and the rest of the output is its bytes. */
  feed(chunk: Buffer): 'more' | 'too-large';
}

/** Who takes the answers. */
export interface Listener {
  /** The largest object that may be read into memory, for the answer that comes next. */
  maxBytes(): number;
  onAnswer(object: Answer): void;
  /** Memory for an object's bytes; new memory for each when not given. */
  readonly toMemory?: (lengthBytes: number) => Buffer;
}

interface Header {
  readonly oid: string;
  readonly type: ObjectType;
  readonly size: number;
}

const LINE_FEED = 0x0a;

/**
 * Parses what `git cat-file --batch` prints, in pieces of any size:
 *
 *     3b18e512dba79e4c8300dd08aeb37f8e728b8dad blob 12\n
 *     hello world\n\n
 *     :no-such-file missing\n
 */
export function answerParser(listener: Listener): AnswerParser {
  const toMemory = listener.toMemory ?? ((lengthBytes: number): Buffer => Buffer.allocUnsafe(lengthBytes));
  let line = '';
  let body: { readonly header: Header; readonly bytes: Buffer; filled: number } | undefined;

  const feed = (chunk: Buffer): 'more' | 'too-large' => {
    let at = 0;
    while (at < chunk.length) {
      if (body !== undefined) {
        at += fill(chunk, at);
        continue;
      }
      const end = chunk.indexOf(LINE_FEED, at);
      line += chunk.toString('latin1', at, end < 0 ? chunk.length : end);
      if (end < 0) return 'more';
      at = end + 1;
      const header = parseHeader(line);
      line = '';
      if (header === null) listener.onAnswer(null);
      else if (header.size > listener.maxBytes()) {
        listener.onAnswer({ ...header, bytes: null });
        return 'too-large';
      } else body = { header, bytes: toMemory(header.size + 1), filled: 0 }; // + 1: the line feed behind it
    }
    return 'more';
  };

  const fill = (chunk: Buffer, at: number): number => {
    if (body === undefined) return 0;
    const { header, bytes } = body;
    const taken = chunk.copy(bytes, body.filled, at);
    body.filled += taken;
    if (body.filled < bytes.length) return taken;
    body = undefined;
    listener.onAnswer({ ...header, bytes: bytes.subarray(0, header.size) });
    return taken;
  };

  return { feed };
}

function parseHeader(line: string): Header | null {
  const [, oid, type, size] = /^([0-9a-f]{40,64}) (blob|tree|commit|tag) (\d+)$/.exec(line) ?? [];
  if (oid !== undefined && (type === 'blob' || type === 'tree' || type === 'commit' || type === 'tag')) {
    return { oid, type, size: Number(size) };
  }
  if (line.endsWith(' missing')) return null;
  throw new UserError(
    'Could not read an object: git answered something that is no object.',
    'Run "git fsck" to see what is wrong, mend it, and try again.',
    { cause: `git: ${escapeControls(line.slice(0, 200))}` },
  );
}
