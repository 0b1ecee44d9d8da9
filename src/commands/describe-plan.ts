import { relative } from 'node:path';
import type { Edit, Plan } from '../install/edits.js';
import { isInside } from '../install/site.js';
import { toPrintable } from '../report/escape.js';

/** What a plan does, as lines for people. Paths inside `folder` are shown from there. */
export function describePlan(plan: Plan, folder: string | null): readonly string[] {
  const show = (path: string): string =>
    toPrintable(folder !== null && isInside(folder, path) ? relative(folder, path) : path);
  return [
    ...plan.edits.map((edit) => `  ${describeEdit(edit, show)}${edit.why === undefined ? '' : ` (${edit.why})`}`),
    ...plan.notes.map((note) => `  ${note}`),
  ];
}

/** Words joined as people write a list: `a, b and c`. */
export function toList(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

function describeEdit(edit: Edit, show: (path: string) => string): string {
  if (edit.kind === 'move') return `rename  ${show(edit.path)} -> ${show(edit.to)}`;
  return edit.kind === 'write' ? `write   ${show(edit.path)}` : `delete  ${show(edit.path)}`;
}
