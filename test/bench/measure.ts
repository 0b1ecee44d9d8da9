import { spawnSync } from 'node:child_process';

/** A line of the table: what was measured, the two sides, and their ratio. */
export interface Row {
  readonly what: string;
  readonly ours: string;
  readonly against: string;
  readonly ratio: string;
  readonly budget: string;
}

export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export function ms(value: number): string {
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`;
}

/** A row that also tells the difference of both sides. */
export function toRow(what: string, [ours, base]: [number, number], budget: string): Row {
  const difference = `${ours >= base ? '+' : '-'} ${ms(Math.abs(ours - base))}`;
  return { what, ours: ms(ours), against: ms(base), ratio: `${(ours / base).toFixed(2)} (${difference})`, budget };
}

/** Wall time of one run, in milliseconds. */
export function timeOnce(run: () => unknown): number {
  const started = process.hrtime.bigint();
  run();
  return Number(process.hrtime.bigint() - started) / 1e6;
}

/** Medians of two things, taken in turn: what else the machine is doing hits both alike. */
export function inTurn(rounds: number, ours: () => unknown, theirs: () => unknown): [number, number] {
  const times: [number[], number[]] = [[], []];
  ours();
  theirs();
  for (let round = 0; round < rounds; round += 1) {
    times[0].push(timeOnce(ours));
    times[1].push(timeOnce(theirs));
  }
  return [median(times[0]), median(times[1])];
}

/** The environment of a scan in a native hook or husky's: the shell takes these away, which node reads at its start. */
const { NODE_OPTIONS: _, NODE_EXTRA_CA_CERTS: __, ...env } = process.env;

/** The peak memory of a node process, as the kernel counts it (Linux only). */
export function peakMb(args: readonly string[], { cwd, input }: { cwd: string; input: string }): number {
  // The shell watches the process: its own report of the peak would count the children of this one. What runs in the
  // background has no input of its own, so it is handed on.
  const watch = `exec 3<&0; "$0" "$@" <&3 >/dev/null 2>&1 & pid=$!; peak=0
while kill -0 $pid 2>/dev/null; do
  now=$(awk '/VmHWM/ { print $2 }' /proc/$pid/status 2>/dev/null); [ "\${now:-0}" -gt $peak ] && peak=$now; sleep 0.02
done; echo "peak $peak"`;
  const ran = spawnSync('sh', ['-c', watch, process.execPath, ...args], { cwd, env, input });
  return Number(/peak (\d+)/.exec(ran.stdout.toString())?.[1] ?? 0) / 1000;
}

/** Runs a program to its end without output. Throws when its exit code is not one of these. */
export function runQuietly(
  file: string,
  args: readonly string[],
  options: { cwd: string; ok?: readonly number[]; input?: string },
): void {
  const { cwd, ok = [0], input } = options;
  const ran = spawnSync(file, args, {
    cwd,
    env,
    input,
    stdio: [input === undefined ? 'ignore' : 'pipe', 'ignore', 'pipe'],
    maxBuffer: 1e9,
  });
  if (!ok.includes(ran.status ?? -1))
    throw new Error(`${file} ${args.slice(0, 3).join(' ')} ended with ${ran.status}: ${ran.stderr}`);
}

/** Node that does nothing: what every hook takes at least. */
export function bareNode(folder: string): void {
  runQuietly(process.execPath, ['-e', '0'], { cwd: folder });
}
