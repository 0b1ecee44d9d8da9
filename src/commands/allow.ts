import { append } from '../append.js';
import type { IsoDate } from '../detect/detector.js';
import { addToAllowlist, type NewEntry } from '../filter/allowlist-file.js';
import { isIsoDate } from '../filter/json-value.js';
import { ALLOWLIST_FILE } from '../filter/rule-file.js';
import { UserError } from '../user-error.js';

/** What a finding is to the commands that allow it. */
export interface AllowableFinding {
  readonly id: string;
  readonly fingerprint: string;
  readonly detector: string;
  readonly title: string;
  readonly file: string;
  readonly startLine: number;
}

export interface AllowOptions {
  /** The id from the report, or the whole fingerprint. */
  readonly id: string;
  readonly reason: string;
  readonly expires?: IsoDate | undefined;
}

export interface AllowDeps {
  readonly stdout: (text: string) => void;
  /**
   * Where findings may be, the nearest first: each is asked for what it holds when the ones before did not have the id.
   * Not asked for a whole fingerprint.
   */
  readonly searches: readonly (() => Promise<readonly AllowableFinding[]>)[];
  /** Where the allowlist is, or will be. */
  readonly allowlistPath: string;
  /** Adds the allowlist to the index, so that the next commit is judged by it. */
  readonly stage: () => Promise<void>;
  /** Makes text from the repository safe to print. */
  readonly toPrintable: (text: string) => string;
  /** Who allows it: git's user.email, or null where none is set. */
  readonly by: string | null;
  readonly now: Date;
}

const FINGERPRINT = /^[0-9a-f]{32}$/;
const ID = /^[0-9a-f]{4,32}$/;
const MAX_LISTED = 20;

/** Adds an entry for one finding to the allowlist and stages it. */
export async function allowCommand(options: AllowOptions, deps: AllowDeps): Promise<void> {
  const entry = toEntry(options, deps);
  const id = options.id.trim().toLowerCase();
  const found = FINGERPRINT.test(id) ? null : pickOne(id, await search(id, deps), deps.toPrintable);
  await addToAllowlist(deps.allowlistPath, [{ finding: found?.fingerprint ?? id, ...entry }]);
  await deps.stage();
  const what = found === null ? id : `${found.id} (${deps.toPrintable(found.title)})`;
  deps.stdout(`Allowed ${what}${untilOf(options)}. ${ALLOWLIST_FILE} is staged: commit it with your change.\n`);
}

/** The parts of an entry that do not depend on the finding, checked. */
export function toEntry(options: Omit<AllowOptions, 'id'>, deps: EntryDeps): Omit<NewEntry, 'finding'> {
  const reason = options.reason.trim().replace(/\s+/g, ' ');
  if (reason === '') {
    throw new UserError('An allow entry needs a reason.', 'Say why this may pass: --reason "AWS documentation key".');
  }
  const { expires } = options;
  if (expires !== undefined) checkExpiry(expires, deps.now);
  return { reason, ...(deps.by !== null && { by: deps.by }), ...(expires !== undefined && { expires }) };
}

/** What the parts of an entry are made of. */
export type EntryDeps = Pick<AllowDeps, 'by' | 'now'>;

/** ` until 2027-06-30`, or nothing. */
export function untilOf({ expires }: { readonly expires?: IsoDate | undefined }): string {
  return expires === undefined ? '' : ` until ${expires}`;
}

function checkExpiry(expires: string, now: Date): void {
  const hint = 'Write a day in the future, such as --expires 2027-06-30.';
  if (!isIsoDate(expires)) throw new UserError('The expiry date is not a day that exists.', hint);
  if (expires <= now.toISOString().slice(0, 10)) throw new UserError(`${expires} is not in the future.`, hint);
}

/** The findings of the first place that has the id; all of them where none has it. */
async function search(id: string, { searches }: AllowDeps): Promise<readonly AllowableFinding[]> {
  const all: AllowableFinding[] = [];
  for (const look of ID.test(id) ? searches : []) {
    const findings = await look();
    if (findings.some(({ fingerprint }) => fingerprint.startsWith(id))) return findings;
    append(all, findings);
  }
  return all;
}

/** A secret typed in place of an id must not come back in the message, so only hexadecimal digits are repeated. */
function pickOne(
  id: string,
  findings: readonly AllowableFinding[],
  toPrintable: AllowDeps['toPrintable'],
): AllowableFinding {
  if (!ID.test(id)) {
    throw new UserError('This is not the id of a finding.', 'Take the id from the report: 8 digits from 0-9 and a-f.');
  }
  const byFingerprint = new Map(findings.map((finding) => [finding.fingerprint, finding]));
  const fitting = [...byFingerprint.values()].filter(({ fingerprint }) => fingerprint.startsWith(id));
  const [found] = fitting;
  if (found !== undefined && fitting.length === 1) return found;
  if (found !== undefined) {
    throw new UserError(`${fitting.length} findings have an id that begins with ${id}.`, 'Use the whole fingerprint.', {
      cause: list(fitting, toPrintable, 'fingerprint'),
    });
  }
  if (findings.length === 0) {
    throw new UserError(
      `No finding has the id ${id}: nothing is blocked of what is staged, tracked, or in the history.`,
      'Stage the change ("git add"), and run this again.',
    );
  }
  throw new UserError(`No finding has the id ${id}.`, 'Use one of the ids above.', {
    cause: list([...byFingerprint.values()], toPrintable, 'id'),
  });
}

function list(
  findings: readonly AllowableFinding[],
  toPrintable: AllowDeps['toPrintable'],
  name: 'id' | 'fingerprint',
): string {
  const lines = findings
    .slice(0, MAX_LISTED)
    .map(
      (finding) => `${finding[name]}  ${toPrintable(finding.file)}:${finding.startLine}  ${toPrintable(finding.title)}`,
    );
  const more = findings.length - lines.length;
  return [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}
