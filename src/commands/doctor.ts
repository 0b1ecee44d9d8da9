import { relative } from 'node:path';
import { ExitCode } from '../exit-code.js';
import { type Examination, examine } from '../install/doctor/examine.js';
import type { HookHealth } from '../install/doctor/problem.js';
import { isInside } from '../install/site.js';
import { toPrintable } from '../report/escape.js';
import { toSafeJson } from '../report/json.js';
import { oneOf, parseOptions } from './arguments.js';
import type { CommandContext } from './command-context.js';
import { captured } from './deliver.js';
import { toList } from './describe-plan.js';

export interface DoctorOptions {
  readonly format: 'text' | 'json';
  readonly quiet: boolean;
}

/** `leak-guard doctor …`, from its words. */
export function doctor(args: readonly string[], context: CommandContext): Promise<ExitCode> {
  const words = parseOptions('doctor', args);
  const options = { format: oneOf('--format', words.value('format'), ['text', 'json']), quiet: words.has('quiet') };
  return captured(words, context, (inner) => doctorCommand(options, inner));
}

/** `leak-guard doctor`: proves that git runs the hooks here and that they stop a secret, or says what is in the way. */
export async function doctorCommand(options: DoctorOptions, context: CommandContext): Promise<ExitCode> {
  const found = await examine(context);
  context.stdout(options.format === 'json' ? toJson(found) : toText(found, options.quiet));
  return toExitCode(found);
}

// "Could not tell" outranks "something is wrong": what was not seen may be worse.
function toExitCode({ hooks }: Examination): ExitCode {
  const problems = hooks.flatMap((hook) => hook.problems);
  if (problems.some(({ isUnsure }) => isUnsure === true)) return ExitCode.CouldNotScan;
  return problems.length > 0 ? ExitCode.Findings : ExitCode.Clean;
}

function toJson({ hooks, notes }: Examination): string {
  const shown = hooks.map(({ hook, ok, path, problems }) => ({
    hook,
    ok,
    path,
    problems: problems.map(({ id, text, mend }) => ({ id, text, mend })),
  }));
  return toSafeJson({ version: 1, hooks: shown, notes });
}

function toText({ hooks, notes, isTried, folder }: Examination, quiet: boolean): string {
  const isFine = hooks.every(({ ok }) => ok);
  if (isFine && quiet) return '';
  const width = Math.max(...hooks.map(({ hook }) => hook.length));
  const lines = [
    verdict(hooks),
    ...hooks.filter(({ ok }) => !ok || !quiet).flatMap((health) => describe(health, { folder, width })),
    ...(quiet ? [] : notes.map((note) => `  note     ${note}`)),
    ...(quiet || !isTried
      ? []
      : ['  Only the part of leak-guard was tried: other commands in the hooks were not run.']),
  ];
  return lines.map((line) => `${toPrintable(line)}\n`).join('');
}

function verdict(hooks: readonly HookHealth[]): string {
  const bad = hooks.filter(({ ok }) => !ok);
  const names = toList((bad.length > 0 ? bad : hooks).map(({ hook }) => hook));
  const isSure = bad.flatMap(({ problems }) => problems).some(({ isUnsure }) => isUnsure !== true);
  if (bad.length > 0 && !isSure) return `leak-guard: could not tell whether ${names} will run here.`;
  if (bad.length > 0) return `leak-guard: ${names} will not guard this repository as it is.`;
  return `leak-guard: ${names} ${hooks.length > 1 ? 'run here, and each' : 'runs here, and'} stopped a grown secret.`;
}

function describe(
  { hook, ok, path, problems }: HookHealth,
  show: { readonly folder: string; readonly width: number },
): readonly string[] {
  const state = ok ? 'ok     ' : problems.every(({ isUnsure }) => isUnsure === true) ? 'unsure ' : 'problem';
  const shown = isInside(show.folder, path) ? relative(show.folder, path) : path;
  return [
    `  ${state}  ${hook.padEnd(show.width)}  ${shown}`,
    ...problems.flatMap(({ text, mend }) => [`           ${text}`, `           Mend: ${mend}`]),
  ];
}
