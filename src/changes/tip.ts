import type { ObjectType } from './cat-file-answer.js';
import type { Change } from './change.js';
import type { Git } from './git.js';
import { missingObject } from './git-failure.js';
import { type HeaderSource, headersOf } from './headers.js';
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

interface MessageSource extends HeaderSource {
  /** What findings call the message: `commit message`, `tag v1`. */
  readonly path: string;
}

export interface PeeledTip {
  /** The messages of the tags on the way, and what else they tell. */
  readonly messages: readonly Change[];
  /** What is named in the end. */
  readonly oid: string;
  readonly type: Exclude<ObjectType, 'tag'>;
}

/** An object id of any length that stands for "none". */
export function isZero(oid: string): boolean {
  return /^0+$/.test(oid);
}

/** The commit of HEAD, or null before the first one. */
export async function resolveHead(git: Git): Promise<string | null> {
  const { code, stdout } = await git.run(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], { okCodes: [0, 1] });
  return code === 0 ? stdout.toString().trim() : null;
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
    const what = `tag ${tip.name}`;
    messages.push(...messagesOf(tag.bytes, { path: what, what, oid, knownName: tip.name }));
    const [, target, targetType] = /^object ([0-9a-f]+)\ntype (\w+)\n/.exec(tag.bytes.toString('latin1', 0, 200)) ?? [];
    oid = target ?? '';
    type = toType(targetType);
  }
  if (type === undefined) throw missingObject(oid);
  return { messages, oid, type };
}

/** The message of a commit or tag, which stands behind the first empty line, and the texts in its header. */
export function messagesOf(object: Buffer, source: MessageSource, seen?: Set<string>): Change[] {
  const end = object.indexOf('\n\n');
  const message = end < 0 ? Buffer.alloc(0) : object.subarray(end + 2);
  const header = object.toString('latin1', 0, end < 0 ? object.length : end);
  const { path, oid } = source;
  return [
    { path, kind: 'message', bytes: decode(message), commit: oid, before: async () => [] },
    ...headersOf(header, source, seen),
  ];
}

function toType(word: string | undefined): ObjectType | undefined {
  return word === 'commit' || word === 'tree' || word === 'blob' || word === 'tag' ? word : undefined;
}
