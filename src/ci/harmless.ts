import { UserError } from '../user-error.js';

/**
 * A text that no CI system takes for a command. Names in it are chosen by whoever pushed, and a line is obeyed that begins
 * with `::` (GitHub: docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands), holds `##vso[` or `##[`
 * anywhere (Azure: learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands; older GitHub runners), or begins
 * with three signs (Buildkite: buildkite.com/docs/pipelines/configure/managing-log-output).
 */
export function toHarmless(text: string): string {
  return text
    .replaceAll('##', '#\\x23')
    .replace(/^(\s*):(?=:)/gm, '$1\\x3a')
    .replace(/^(?=(?:---|\+\+\+|~~~|\^\^\^) )/gm, '\\x20');
}

/** The same for JSON, where only what stands in strings can be meant. */
export function toHarmlessJson(json: string): string {
  return json.replaceAll('##', '#\\u0023');
}

/** The same for a failure: it is printed as it is. */
export function toHarmlessError(error: unknown): unknown {
  if (!UserError.is(error)) return error;
  const cause = error.cause instanceof Error ? error.cause.message : error.cause;
  return new UserError(toHarmless(error.message), toHarmless(error.hint), {
    cause: typeof cause === 'string' ? toHarmless(cause) : cause,
  });
}
