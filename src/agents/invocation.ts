import type { Dialect } from './shell-quotes.js';
import { type Assignment, parseShell, type ShellCommand } from './shell-words.js';

/** A program that a shell text starts, with what stands around it taken away: `sudo env A=b sh -c '…'` is the `…`. */
export interface Invocation {
  /** The program's name alone, in lower case. */
  readonly program: string;
  readonly args: readonly string[];
  /** The variables that are set for it. */
  readonly assignments: readonly Assignment[];
  readonly overwrites: readonly string[];
}

const MOST_DEPTH = 10;

/** All programs that a shell text starts, as far as the text tells. A script in a file, or an alias, is not looked into. */
export function findInvocations(text: string, dialect: Dialect = 'posix', depth = 0): readonly Invocation[] {
  return parseShell(text, dialect).flatMap((command) => fromCommand(command, depth));
}

function fromCommand(command: ShellCommand, depth: number): readonly Invocation[] {
  const assignments = [...command.assignments];
  let words = command.words;
  for (;;) {
    const program = nameOf(words[0] ?? '');
    const args = words.slice(1);
    const script = depth < MOST_DEPTH ? toScript(program, args, command.input) : undefined;
    const ran = [{ program, args, assignments, overwrites: command.overwrites }];
    if (script !== undefined) {
      const inside = findInvocations(script.text, script.dialect, depth + 1);
      return [...ran, ...inside.map((one) => ({ ...one, assignments: [...assignments, ...one.assignments] }))];
    }
    const rest = RUNNERS.get(program)?.(args, assignments);
    if (rest === undefined || rest.length === 0) return ran;
    words = rest;
  }
}

function nameOf(word: string): string {
  return (word.split(/[\\/]/).at(-1) ?? '').toLowerCase().replace(/\.(?:exe|cmd|bat|ps1)$/, '');
}

interface Script {
  readonly text: string;
  readonly dialect: Dialect;
}

/** The shell text that a shell is given as an argument, or by a here-document. */
function toScript(program: string, args: readonly string[], input: string): Script | undefined {
  if (program === 'eval') return { text: args.join(' '), dialect: 'posix' };
  if (program === 'cmd') return after(args, /^\/[ck]$/i, 'powershell');
  if (program === 'powershell' || program === 'pwsh') return after(args, /^-c(?:ommand)?$/i, 'powershell');
  if (!/^(?:ba|z|da|k|fi|a)?sh$/.test(program)) return undefined;
  const flag = args.findIndex((arg) => /^-[a-z]*c$/i.test(arg));
  if (flag >= 0) return { text: args.slice(flag + 1).find((arg) => !/^[-+]/.test(arg)) ?? '', dialect: 'posix' };
  return args.every((arg) => arg.startsWith('-')) && input !== '' ? { text: input, dialect: 'posix' } : undefined;
}

function after(args: readonly string[], flag: RegExp, dialect: Dialect): Script | undefined {
  const at = args.findIndex((arg) => flag.test(arg));
  return at < 0 ? undefined : { text: args.slice(at + 1).join(' '), dialect };
}

/** Gives the words of the program that a runner starts; notes the variables that it sets. */
type Runner = (args: readonly string[], assignments: Assignment[]) => readonly string[];

const RUNNERS: ReadonlyMap<string, Runner> = new Map<string, Runner>([
  ...['command', 'builtin', 'exec', 'nohup', 'setsid', 'winpty', 'caffeinate', 'busybox'].map(plain('')),
  ...['npx', 'bunx'].map(plain('pc')),
  ...['pnpm', 'yarn', 'npm', 'bun'].map((name): [string, Runner] => [name, packageRunner]),
  ...['sudo', 'doas'].map(plain('ugCDhprtTU')),
  ['env', envRunner],
  ...['nice', 'ionice', 'stdbuf', 'chrt'].map(plain('ncpioe')),
  ['xargs', withValues('EIdsLnPa')],
  ['timeout', (args, assignments) => withValues('ks')(args, assignments).slice(1)],
  ['time', withValues('fo')],
]);

function plain(values: string): (name: string) => [string, Runner] {
  return (name) => [name, withValues(values)];
}

/** Skips options, those in `values` with the word after them, and the assignments that sudo takes as well. */
function withValues(values: string): Runner {
  return (args, assignments) => {
    let at = 0;
    while (at < args.length) {
      const arg = args[at] ?? '';
      if (arg === '--') return args.slice(at + 1);
      if (!arg.startsWith('-')) break;
      at += arg.length === 2 && values.includes(arg.charAt(1)) ? 2 : 1;
    }
    return takeAssignments(args.slice(at), assignments);
  };
}

function envRunner(args: readonly string[], assignments: Assignment[]): readonly string[] {
  const split = args.findIndex((arg) => /^(?:-S|--split-string)/.test(arg));
  if (split < 0) return withValues('uC')(args, assignments);
  const arg = args[split] ?? '';
  const joined = arg.replace(/^(?:-S|--split-string=?)/, '');
  const [first] = parseShell(joined === '' ? (args[split + 1] ?? '') : joined);
  assignments.push(...(first?.assignments ?? []));
  return [...(first?.words ?? []), ...args.slice(split + (joined === '' ? 2 : 1))];
}

// `pnpm exec X`, `yarn X`, `npm exec -- X`; other words of a package manager are its own.
function packageRunner(args: readonly string[], assignments: Assignment[]): readonly string[] {
  const rest = withValues('C')(args, assignments);
  if (/^(?:exec|x|dlx)$/.test(rest[0] ?? '')) return withValues('pc')(rest.slice(1), assignments);
  return rest[0] === 'leak-guard' ? rest : [];
}

function takeAssignments(words: readonly string[], assignments: Assignment[]): readonly string[] {
  const first = words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
  const count = first < 0 ? words.length : first;
  for (const word of words.slice(0, count)) {
    const at = word.indexOf('=');
    assignments.push({ name: word.slice(0, at), value: word.slice(at + 1) });
  }
  return words.slice(count);
}
