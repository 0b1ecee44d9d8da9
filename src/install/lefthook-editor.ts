import type { BrokenAt } from './broken-settings.js';

/** The settings of one command, as lefthook reads them. */
export interface LefthookCommand {
  readonly run: string;
  readonly env: Readonly<Record<string, string>>;
  readonly use_stdin?: true;
}

/** How our command is called in the settings. */
export const NAME = 'leak-guard';

/** One format of lefthook's settings. Texts are bytes read as Latin-1 (see block.ts), so that every byte stays. */
export interface LefthookEditor {
  /** The first place that the format's own parser cannot read. */
  findError(text: string): BrokenAt | undefined;
  /** Adds a command to a hook, before its jobs if it has some; undefined where we would have to guess. */
  add(text: string, hook: string, command: LefthookCommand): string | undefined;
  /** Takes out all that `add` has put in. */
  take(text: string): string;
}

/** The settings with our command in them, as values: what an edited file has to say, and nothing else. */
export function withCommand(settings: unknown, hook: string, command: LefthookCommand): unknown {
  const all = isRecord(settings) ? settings : {};
  const one = isRecord(all[hook]) ? all[hook] : {};
  if (Array.isArray(one['jobs']) && one['jobs'].length > 0 && !isRecord(one['commands'])) {
    return { ...all, [hook]: { ...one, jobs: [{ name: NAME, ...command }, ...one['jobs']] } };
  }
  const commands = isRecord(one['commands']) ? one['commands'] : {};
  return { ...all, [hook]: { ...one, commands: { ...commands, [NAME]: command } } };
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** True for the value of a `run` that calls us. */
export function isOurRun(run: unknown): boolean {
  return typeof run === 'string' && /leak-guard'? hook /.test(run);
}
