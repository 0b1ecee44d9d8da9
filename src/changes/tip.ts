import type { ObjectType } from './cat-file-answer.js';
import type { Change } from './change.js';
import type { Git } from './git.js';
import { missingObject } from './git-failure.js';
import { decode } from './text.js';

/** Where a part of the history ends, and where a push puts it. */
export interface Tip {
  /** A commit, a tag, or whatever else a ref can name. */
  readonly oid: string;
  /** What people call it: `v1.2`. */
  readonly name: string;
  /** The name as it is scanned, `branch topic` or `tag v1.2`, where it is new to the other side. */
  readonly refName?: string;
}

export interface PeeledTip {
  /** The messages of the tags on the way. */
  readonly messages: readonly Change[];
  /** What is named in the end. */
  readonly oid: string;
  readonly type: Exclude<ObjectType, 'tag'>;
}

/** `refs/tags/v1` → `v1`. */
export function shortName(ref: string): string {
  return ref.replace(/^refs\/(heads|tags)\//, '');
}

/** `refs/tags/v1` → `tag v1`, the name of a ref as findings tell it. */
export function toRefName(ref: string): string {
  return ref.replace(/^refs\/heads\//, 'branch ').replace(/^refs\/tags\//, 'tag ');
}

/** Follows a tag, and tags of tags, to what it names in the end. */
export async function peelTip(git: Git, tip: Tip, tipType: ObjectType | undefined): Promise<PeeledTip> {
  const messages: Change[] = [];
  let oid = tip.oid;
  let type = tipType;
  while (type === 'tag') {
    const tag = await git.catFile().read(oid);
    if (tag === null) throw missingObject(oid);
    messages.push(...messagesOf(tag.bytes, { path: `tag ${tip.name}`, commit: oid }));
    const [, target, targetType] = /^object ([0-9a-f]+)\ntype (\w+)\n/.exec(tag.bytes.toString('latin1', 0, 200)) ?? [];
    oid = target ?? '';
    type = toType(targetType);
  }
  if (type === undefined) throw missingObject(oid);
  return { messages, oid, type };
}

/**
 * The message of a commit or tag: what stands behind the first empty line. A merge of a signed tag keeps that tag's
 * message in its header, and it is recorded just so.
 */
export function messagesOf(object: Buffer, source: Pick<Change, 'path' | 'commit'>): Change[] {
  const end = object.indexOf('\n\n');
  const message = end < 0 ? Buffer.alloc(0) : object.subarray(end + 2);
  const header = object.toString('latin1', 0, end < 0 ? object.length : end);
  const embedded = [...header.matchAll(/^mergetag .*(?:\n .*)*/gm)].map(([tag]) => Buffer.from(tag, 'latin1'));
  return [message, ...embedded].map((bytes) => ({
    ...source,
    kind: 'message',
    bytes: decode(bytes),
    before: async () => [],
  }));
}

function toType(word: string | undefined): ObjectType | undefined {
  return word === 'commit' || word === 'tree' || word === 'blob' || word === 'tag' ? word : undefined;
}
