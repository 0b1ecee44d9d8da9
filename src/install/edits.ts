import { randomBytes } from 'node:crypto';
import { chmodSync, copyFileSync, lstatSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
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
 * Carries the edits out. New content is written aside first and then renamed, so that no hook is ever half-written. What
 * is overwritten or removed is kept aside until all is done: when an edit fails, those before it are taken back.
 */
function applyEdits(edits: readonly Edit[]): void {
  const asides: string[] = [];
  const undo: (() => void)[] = [];
  const toAside = (path: string): string => {
    const aside = `${path}.${randomBytes(4).toString('hex')}.tmp`;
    asides.push(aside);
    return aside;
  };
  try {
    const written = new Map(edits.map((edit) => [edit, edit.kind === 'write' ? writeNew(edit, toAside) : '']));
    for (const edit of edits) undo.unshift(applyEdit(edit, written.get(edit) ?? '', toAside));
  } catch (error) {
    const left = undo.filter((step) => !succeeds(step)).length;
    const cause = error instanceof Error ? error.message : String(error);
    const how = left === 0 ? 'and stay as they were' : `and ${left} of ${edits.length} steps could not be taken back`;
    throw new UserError(`The hooks could not be changed, ${how}.`, 'Mend what is named here, and run this again.', {
      cause,
    });
  } finally {
    for (const aside of asides) rmSync(aside, { force: true });
  }
}

function writeNew(edit: Edit & { kind: 'write' }, toAside: (path: string) => string): string {
  mkdirSync(dirname(edit.path), { recursive: true });
  const aside = toAside(edit.path);
  writeFileSync(aside, edit.content, { flag: 'wx', mode: edit.mode });
  chmodSync(aside, edit.mode); // whatever the umask is
  return aside;
}

/** Gives what takes the edit back. */
function applyEdit(edit: Edit, written: string, toAside: (path: string) => string): () => void {
  const { path } = edit;
  if (edit.kind === 'move') {
    renameSync(path, edit.to);
    return () => renameSync(edit.to, path);
  }
  if (edit.kind === 'remove') {
    const kept = toAside(path);
    renameSync(path, kept);
    return () => renameSync(kept, path);
  }
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) {
    renameSync(written, path);
    return () => rmSync(path);
  }
  // A copy, not a rename: at no moment is the hook missing.
  const kept = toAside(path);
  copyFileSync(path, kept);
  renameSync(written, path);
  return () => renameSync(kept, path);
}

function succeeds(step: () => void): boolean {
  try {
    step();
    return true;
  } catch {
    return false;
  }
}
