import { existsSync } from 'node:fs';
import { chmod, cp, mkdir, symlink } from 'node:fs/promises';
import { delimiter, join, resolve } from 'node:path';
import { type Ran, type Repo, type RunOptions, usualPath, withRepo } from '../support/repo.js';

/** What the doctor says, as `--format json` gives it. */
export interface Diagnosis {
  readonly exitCode: number;
  readonly hooks: readonly {
    readonly hook: string;
    readonly ok: boolean;
    readonly path: string;
    readonly problems: readonly { readonly id: string; readonly text: string; readonly mend: string }[];
  }[];
  readonly notes: readonly string[];
  /** The ids of the problems of one hook. */
  ids(hook: string): readonly string[];
}

/** Runs a test in a repository that has the built package among its packages, as npm would put it there. */
export async function withPackage(test: (repo: Repo) => Promise<void>): Promise<void> {
  await withRepo(async (repo) => {
    await addPackage(repo.dir);
    await repo.commit('.gitignore', 'node_modules\n');
    await test(repo);
  });
}

/** Puts the built package into a folder's node_modules, and what it depends on. */
async function addPackage(folder: string): Promise<void> {
  const program = join(folder, 'node_modules/leak-guard/dist/bin');
  await mkdir(join(folder, 'node_modules/.bin'), { recursive: true });
  await cp(resolve('dist/bin'), program, { recursive: true });
  await chmod(join(program, 'leak-guard.cjs'), 0o755); // npm does so
  for (const name of ['jsonc-parser', 'micromatch', 'picocolors']) {
    await symlink(resolve('node_modules', name), join(folder, 'node_modules', name));
  }
  await symlink('../leak-guard/dist/bin/leak-guard.cjs', join(folder, 'node_modules/.bin/leak-guard'));
}

/** Asks the doctor. */
export async function examine(repo: Repo, options: RunOptions = {}): Promise<Diagnosis> {
  const program = join(repo.dir, 'node_modules/leak-guard/dist/bin/leak-guard.cjs');
  const cli = existsSync(program) ? program : resolve('dist/bin/leak-guard.cjs');
  const ran = await repo.exec(process.execPath, [cli, 'doctor', '--format', 'json'], options);
  return toDiagnosis(ran);
}

/** Runs husky as its `prepare` script does. */
export async function runHusky(repo: Repo, cwd = repo.dir): Promise<void> {
  const ran = await repo.exec(process.execPath, [resolve('node_modules/husky/bin.js')], { cwd });
  if (ran.exitCode !== 0 || ran.stdout !== '') throw new Error(`husky: ${ran.stdout}${ran.stderr}`);
}

/** A PATH with these folders before the usual ones. */
export function pathWith(...folders: readonly string[]): { readonly PATH: string } {
  return { PATH: [...folders, usualPath].join(delimiter) };
}

function toDiagnosis({ exitCode, stdout, stderr }: Ran): Diagnosis {
  if (stdout === '') throw new Error(`doctor ended with ${exitCode}: ${stderr}`);
  const { hooks, notes }: Pick<Diagnosis, 'hooks' | 'notes'> = JSON.parse(stdout);
  const ids = (hook: string): readonly string[] =>
    hooks.find((each) => each.hook === hook)?.problems.map(({ id }) => id) ?? [];
  return { exitCode, hooks, notes, ids };
}
