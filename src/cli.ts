import type { CommandContext } from './commands/command-context.js';
import { ExitCode } from './exit-code.js';
import { isTerminal, readAll, writeAll } from './streams.js';
import { UserError } from './user-error.js';

/** A command: its words without its own name, and what it may use. */
export type Command = (args: readonly string[], context: CommandContext) => Promise<ExitCode>;

/** Every command, loaded when it is called: a hook reads no line of the others. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  hook: async () => (await import('./commands/hook.js')).hook,
  scan: async () => (await import('./commands/scan.js')).scan,
  install: async () => (await import('./commands/install-cli.js')).install,
  uninstall: async () => (await import('./commands/install-cli.js')).uninstall,
  doctor: async () => (await import('./commands/doctor.js')).doctor,
  ci: async () => (await import('./commands/ci.js')).ci,
  rotate: async () => (await import('./commands/playbook-cli.js')).rotate,
  prevent: async () => (await import('./commands/playbook-cli.js')).prevent,
  detectors: async () => (await import('./commands/playbook-cli.js')).detectors,
  allow: async () => (await import('./commands/allow-cli.js')).allow,
  baseline: async () => (await import('./commands/allow-cli.js')).baseline,
  audit: async () => (await import('./commands/allow-cli.js')).audit,
  completions: async () => (await import('./commands/completions.js')).completions,
};

/** What the program file knows of itself. */
export interface Program {
  /** Its absolute path. */
  readonly file: string;
  readonly version: string;
}

/** Runs the command that the words name. The only reader of the environment; all else is handed what it needs. */
export async function main(program: Program): Promise<void> {
  process.exitCode = ExitCode.CouldNotScan; // until the end is reached: work that just stops must not pass for "clean"
  // At once: what still runs, such as a worker in the middle of its batch after a Ctrl-C, is not waited for. All output
  // is written by now.
  process.exit(await run(process.argv.slice(2), toContext(program)));
}

async function run(words: readonly string[], context: CommandContext): Promise<ExitCode> {
  try {
    return await Promise.race([failureOutside(), runCommand(words, context)]);
  } catch (error) {
    return fail(await describe(error, context), context);
  }
}

/**
 * Fails as soon as anything is thrown that nobody waits for. Node alone would end with 1 then, which says that something
 * was found; and a scan that goes on all the same must not say "clean" in the end.
 */
function failureOutside(): Promise<never> {
  return new Promise((_, fail) => process.on('uncaughtException', fail));
}

async function runCommand(words: readonly string[], context: CommandContext): Promise<ExitCode> {
  const [name = 'help', ...args] = words;
  const load = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (load !== undefined && !isHelp(name, args)) return (await load())(args, context);
  const { help } = await import('./commands/help.js');
  return help(words, context);
}

/** What describes errors is a part of the package that is loaded only now, and may itself be what is missing. */
async function describe(error: unknown, context: CommandContext): Promise<string> {
  try {
    const { renderError } = await import('./report/error.js');
    if (!isMissingPart(error)) return renderError(error, context.version);
  } catch {
    // said below
  }
  return `leak-guard: a part of the package is missing or broken, so nothing was scanned.
  Next: Run "npm ci" (or "npm install"), and try again.
`;
}

function isMissingPart(error: unknown): boolean {
  return error instanceof Error && /^ENOENT: .*[\\/]\w+\.cjs'$/.test(error.message);
}

/** Reports a failure, and is content when even that cannot be written: the exit code still says it. */
function fail(text: string, context: CommandContext): ExitCode {
  try {
    context.stderr(text);
  } catch {
    return ExitCode.CouldNotScan;
  }
  return ExitCode.CouldNotScan;
}

/** A remote may be called `-h`: what looks like an option among the words of git's hooks must not end in help, and pass. */
function isHelp(name: string, args: readonly string[]): boolean {
  if (name === 'hook' && args[0] !== 'agent' && args.length > 2) return false;
  const end = args.indexOf('--');
  return (end === -1 ? args : args.slice(0, end)).some((word) => word === '--help' || word === '-h');
}

function toContext({ file, version }: Program): CommandContext {
  return {
    get cwd() {
      return currentFolder();
    },
    env: process.env,
    // By number: opening `process.stdout` costs a hook two milliseconds, and hides that a disk is full.
    stdout: (text) => writeAll(1, text),
    stderr: (text) => writeAll(2, text),
    stdin: async () => readAll(0),
    isTerminal: { stdin: isTerminal(0), stdout: isTerminal(1), stderr: isTerminal(2) },
    onInterrupt: (listener) => {
      process.once('SIGINT', listener);
      return () => process.off('SIGINT', listener);
    },
    cliPath: file,
    nodePath: process.execPath,
    version,
  };
}

/** Asked for when a command needs it, so that a folder that is gone is reported like any other failure. */
function currentFolder(): string {
  try {
    return process.cwd();
  } catch (cause) {
    throw new UserError('Could not start: the current folder is gone.', 'Change to a folder that exists.', { cause });
  }
}
