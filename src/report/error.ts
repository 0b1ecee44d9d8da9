import { UserError } from '../user-error.js';
import { toPrintable } from './escape.js';

/** Renders a failure: the problem, the evidence, the next step. What is no UserError is our bug, and says so with its stack. */
export function renderError(error: unknown, version: string): string {
  if (UserError.is(error)) {
    const evidence = evidenceOf(error.cause).map((line) => `  ${line}`);
    return toLines([`leak-guard: ${toPrintable(error.message)}`, ...evidence, `  Next: ${toPrintable(error.hint)}`]);
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : 'an unknown value was thrown';
  return toLines([
    `leak-guard: a bug in leak-guard ${version} stopped it, so nothing was scanned.`,
    ...stack.split('\n').map((line) => `  ${toPrintable(line)}`),
    '  Next: report these lines at the issue tracker of leak-guard; they hold no secret.',
  ]);
}

function evidenceOf(cause: unknown): string[] {
  if (cause === undefined || cause === null) return [];
  const text = cause instanceof Error ? cause.message : String(cause);
  return text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .slice(0, 8)
    .map(toPrintable);
}

function toLines(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}
