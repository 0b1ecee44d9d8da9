import type { FindingKind, Repair } from '../finding.js';
import { toHeaderSteps } from './header-steps.js';
import { toPathArgument } from './path-argument.js';
import {
  AMEND,
  IDENTITY,
  MOVE,
  type RepairSteps,
  shorten,
  toAutosquash,
  toCheckout,
  toFixup,
  toRebaseOnto,
  toTagsAgain,
} from './repair-commands.js';

/** What a repair is about. */
export interface ToRepair {
  readonly kind: FindingKind;
  /** As findings tell it: the path, `commit message`, `tag v1`; null for several. */
  readonly file: string | null;
  /** How the file is added again: `git add src/mail.ts`. */
  readonly stageAgain: string;
  /** The commit that records it, or null where none does: a tag's message, a name of a branch. */
  readonly commit: string | null;
  readonly repair: Repair | null;
  /** The later commit that takes the value out again. */
  readonly removedIn: string | null;
}

/** The exact commands that take a secret out of commits that no remote has yet; null where nothing is known of them. */
export function toRepairSteps(what: ToRepair): RepairSteps | null {
  const { kind, file, commit, repair } = what;
  if (kind === 'ref') return toNewRef(file ?? '');
  if (file?.startsWith('tag ') === true && (kind === 'message' || kind === 'header')) return toNewTag(file, kind);
  if (commit === null || repair === null) return null;
  const steps = toCommitSteps(what, shorten(commit), repair);
  return { ...steps, commands: [...steps.commands, ...toTagsAgain(repair)] };
}

function toCommitSteps(what: ToRepair, at: string, repair: Repair): RepairSteps {
  const { kind, file, removedIn } = what;
  if (kind === 'header' || file === 'commit mergetag') return toHeaderSteps(file ?? '', at, repair);
  if (kind === 'message') return toReword(at, repair);
  if (removedIn !== null) return toTakeBack(what, { at, repair, removedIn });
  const stage = kind === 'name' ? MOVE : what.stageAgain;
  const use = kind === 'name' ? { use: 'give the file a name without it' } : {};
  if (repair.isLast) return { ...use, first: toCheckout(repair), commands: [stage, AMEND] };
  // A merge cannot be the target of a fixup: it is mended where it stands, and what follows goes on top of it.
  if (repair.isMerge) {
    return { ...use, first: [`git checkout ${at}`], commands: [stage, AMEND, toRebaseOnto(at, repair)] };
  }
  const commands = [stage, toFixup(at), toAutosquash(at, repair)];
  return { ...use, first: toCheckout(repair), commands };
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
    commands: [`git checkout ${at}`, take, `${AMEND} --allow-empty`, toRebaseOnto(at, repair)],
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
