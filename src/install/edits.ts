import { randomBytes } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../user-error.js';

/** One change to the disk. `why` says in a few words what it is for. */
export type Edit =
  | {
      readonly kind: 'write';
      readonly path: string;
      readonly content: Buffer;
      readonly mode: number;
      readonly why?: string;
    }
  | { readonly kind: 'move'; readonly path: string; readonly to: string; readonly why?: string }
  | { readonly kind: 'remove'; readonly path: string; readonly why?: string };

/** What a manager would do, in order. Made first and carried out later, so that a dry run tells the truth. */
export interface Plan {
  readonly edits: readonly Edit[];
  /** What the user should know or do, one sentence each. */
  readonly notes: readonly string[];
  /** True when git runs the hooks only after the user has done what a note says. */
  readonly isPending?: boolean;
  /** What git has to do before or after the edits: only git writes its settings. */
  readonly before?: () => Promise<void>;
  readonly after?: () => Promise<void>;
}

/** Carries a plan out. */
export async function applyPlan(plan: Plan): Promise<void> {
  await plan.before?.();
  applyEdits(plan.edits);
  await plan.after?.();
}

/** Several plans as one: first what git has to do before each, then all edits, then what git has to do after each. */
export function joinPlans(plans: readonly Plan[]): Plan {
  const join = (when: 'before' | 'after'): Pick<Plan, 'before' | 'after'> => {
    const steps = plans.flatMap((plan) => plan[when] ?? []);
    if (steps.length === 0) return {};
    return {
      [when]: async () => {
        for (const step of steps) await step();
      },
    };
  };
  const edits = plans.flatMap((plan) => plan.edits);
  const notes = plans.flatMap((plan) => plan.notes);
  return { edits, notes, ...join('before'), ...join('after') };
}

/** An edit that writes a text of bytes (see block.ts). */
export function toWrite(path: string, text: string, how: { readonly mode: number; readonly why?: string }): Edit {
  return { kind: 'write', path, content: Buffer.from(text, 'latin1'), ...how };
}

/**
 * Carries the edits out. New content is written aside first and then renamed, so that no hook is ever half-written.
 * When one fails, moves and new files are taken back.
 */
function applyEdits(edits: readonly Edit[]): void {
  const asides = new Map<Edit, string>();
  const undo: (() => void)[] = [];
  try {
    for (const edit of edits) if (edit.kind === 'write') asides.set(edit, writeAside(edit));
    for (const edit of edits) undo.unshift(applyEdit(edit, asides.get(edit) ?? ''));
  } catch (error) {
    for (const step of undo) step();
    throw new UserError(
      'The hooks could not be changed, and stay as they were.',
      'Mend what is named here, and run this again.',
      {
        cause: error instanceof Error ? error.message : String(error),
      },
    );
  } finally {
    for (const aside of asides.values()) rmSync(aside, { force: true });
  }
}

function writeAside(edit: Edit & { kind: 'write' }): string {
  mkdirSync(dirname(edit.path), { recursive: true });
  const aside = `${edit.path}.${randomBytes(4).toString('hex')}.tmp`;
  writeFileSync(aside, edit.content, { flag: 'wx', mode: edit.mode });
  chmodSync(aside, edit.mode); // whatever the umask is
  return aside;
}

function applyEdit(edit: Edit, aside: string): () => void {
  const { path } = edit;
  if (edit.kind === 'remove') {
    rmSync(path);
    return () => {};
  }
  if (edit.kind === 'move') {
    renameSync(path, edit.to);
    return () => renameSync(edit.to, path);
  }
  const isNew = lstatSync(path, { throwIfNoEntry: false }) === undefined;
  renameSync(aside, path);
  return () => {
    if (isNew) rmSync(path, { force: true });
  };
}
