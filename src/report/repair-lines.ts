import type { FindingKind, Holder, Repair } from '../finding.js';
import { toHeaderSteps, toHeaderUse } from './header-steps.js';
import { toHolderSteps } from './holder-steps.js';
import { toPathArgument } from './path-argument.js';
import {
  AMEND,
  AMEND_EMPTY,
  AT_CONFLICT,
  IDENTITY,
  IGNORE,
  MOVE,
  type RepairSteps,
  shorten,
  toAutosquash,
  toCheckout,
  toFixup,
  toOneCommit,
  toRebaseOnto,
  withRefsAgain,
} from './repair-commands.js';

/** What a repair is about. */
export interface ToRepair {
  readonly kind: FindingKind;
  /** As findings tell it: the path, `commit message`, `tag v1`; null for several. */
  readonly file: string | null;
  /** How the file is added again: `git add src/mail.ts`. */
  readonly stageAgain: string;
  /** The same by the name that it has in the end. */
  readonly stageInEnd: string;
  /** Whether the file has no place in git at all, and is to stay on disk. */
  readonly isKey: boolean;
  /** The commit that records it, or null where none does: a tag's message, a name of a branch. */
  readonly commit: string | null;
  readonly repair: Repair | null;
  /** The ref that names it without any commit. */
  readonly holder?: Holder | undefined;
  /** The later commit that takes the value out again. */
  readonly removedIn: string | null;
}

/** The exact commands that take a secret out of commits that no remote has yet; null where nothing is known of them. */
export function toRepairSteps(what: ToRepair): RepairSteps | null {
  const { kind, file, commit, repair, holder } = what;
  if (holder !== undefined) return toHolderSteps(holder);
  if (kind === 'ref') return toNewRef(file ?? '');
  if (file?.startsWith('tag ') === true && (kind === 'message' || kind === 'header')) return toNewTag(file, kind);
  if (commit === null || repair === null) return null;
  return withRefsAgain(toCommitSteps(what, shorten(commit), repair), [repair]);
}

/** The same without what named the old commit and is to be made again. */
export function toCommitSteps(what: ToRepair, at: string, repair: Repair): RepairSteps {
  const { kind, file, removedIn } = what;
  if (isOneBetter(what, repair)) return toOne(what, repair);
  if (kind === 'header' || file === 'commit mergetag') return toHeaderSteps(file ?? '', at, repair);
  if (kind === 'message') return toReword(at, repair);
  if (removedIn !== null) return withWarning(toTakeBack(what, { at, repair, removedIn }), repair);
  return { ...toUse(what), ...withWarning(toEdit(what, at, repair), repair) };
}

/** Where a rebase might lose something without a word, or take a file from the disk that is to stay there. */
function isOneBetter(what: ToRepair, repair: Repair): boolean {
  const { kind, isKey, removedIn } = what;
  if (repair.isLast) return false;
  if (repair.hasOddMergeAfter || (kind === 'name' && isGone(what, repair))) return true;
  if (removedIn === null) return isKey && repair.isTouched === true;
  return repair.path !== undefined || (repair.isFileGone === true && (repair.isOnDisk ?? isKey));
}

/** True where there is nothing left to be edited at the end of the branch. */
function isGone({ kind, removedIn }: ToRepair, { path }: Repair): boolean {
  return removedIn !== null || (kind === 'name' && path !== undefined);
}

function toOne(what: ToRepair, repair: Repair): RepairSteps {
  const { kind, file, isKey, stageInEnd } = what;
  if (isGone(what, repair) || kind === 'message') return { use: 'write a new message', ...toOneCommit(repair, []) };
  if (kind === 'header') return { use: toHeaderUse(file ?? ''), ...toOneCommit(repair, []) };
  // Forced, since the index differs from both the file and the new HEAD where the file has been edited.
  const stage = isKey ? stageInEnd.replace('--cached', '--cached -f') : stageInEnd;
  const staging = kind === 'name' ? [MOVE] : [stage, ...(isKey ? [IGNORE] : [])];
  return { ...toUse(what), ...toOneCommit(repair, staging) };
}

function toUse({ kind }: ToRepair): { readonly use?: string } {
  return kind === 'name' ? { use: 'give the file a name without it' } : {};
}

function toEdit({ kind, stageAgain, stageInEnd, isKey }: ToRepair, at: string, repair: Repair): RepairSteps {
  const staging = kind === 'name' ? [MOVE] : [stageAgain, ...(isKey ? [IGNORE] : [])];
  const amended = [...staging, isKey ? AMEND_EMPTY : AMEND];
  if (repair.isLast) return { first: toCheckout(repair), commands: amended };
  // A merge cannot be the target of a fixup: it is mended where it stands, and what follows goes on top of it. Nor can
  // a file that is to stay on disk: the rebase would bring it back there, and take it away with the fixup.
  if (repair.isMerge || isKey) {
    return { first: [`git checkout ${at}`], commands: [...amended, toRebaseOnto(at, repair)] };
  }
  const stage = kind === 'name' ? MOVE : stageInEnd;
  return { first: toCheckout(repair), commands: [stage, toFixup(at), toAutosquash(at, repair)] };
}

function withWarning(steps: RepairSteps, { isLast, isTouched }: Repair): RepairSteps {
  return isLast || isTouched !== true ? steps : { ...steps, rest: [AT_CONFLICT] };
}

function toReword(at: string, repair: Repair): RepairSteps {
  const use = 'take it out of the message';
  if (repair.isLast) return { first: toCheckout(repair), use, commands: ['git commit --amend'] };
  return { first: [], use, commands: [`git checkout ${at}`, 'git commit --amend', toRebaseOnto(at, repair)] };
}

/** The value is gone already, so the commit that brought it can have what came later. */
function toTakeBack(
  { stageAgain }: ToRepair,
  { at, repair, removedIn }: { readonly at: string; readonly repair: Repair; readonly removedIn: string },
): RepairSteps {
  const later = shorten(removedIn);
  const path = stageAgain.replace(/^git (?:add|rm --cached) /, '');
  const take = repair.isFileGone === true ? `git rm ${path}` : `git checkout ${later} -- ${path}`;
  return {
    first: [],
    use: `let ${at.slice(0, 7)} have the file as ${later.slice(0, 7)} left it`,
    // It may have nothing left to record, and still it is what the others stand on.
    commands: [`git checkout ${at}`, take, AMEND_EMPTY, toRebaseOnto(at, repair)],
  };
}

function toNewTag(file: string, kind: FindingKind): RepairSteps {
  if (file.endsWith(OWN_NAME)) return toNewRef(file);
  const name = file.split(' ')[1] ?? '';
  const tag = toPathArgument(name) === name ? name : 'NAME';
  return {
    first: [],
    use: kind === 'message' ? 'take it out of the message' : IDENTITY,
    commands: [`git tag -f -a ${tag} "${tag}^{}"`],
  };
}

function toNewRef(file: string): RepairSteps {
  if (file.startsWith('tag ')) {
    const commands = ['git tag NEW "OLD^{}"', 'git tag -d OLD'];
    return { first: [], use: 'give the tag a name without it', commands };
  }
  return { first: [], use: 'give the branch a name without it', commands: ['git branch -m OLD NEW'] };
}

const OWN_NAME = '(the name in it)';
