import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { sample, table } from './detectors.js';
import { type Ran, type Repo, type RunOptions, withRepo } from './repo.js';

/** How git is called in a situation, and what is expected of the message. */
export interface Attempt {
  /** What git is told. A plain commit when not given. */
  readonly args?: readonly string[];
  readonly options?: RunOptions;
  /** Where the finding stands: `path:line`. Of several, each must be named. */
  readonly at?: string | readonly string[];
  /** What else must not be in the message. */
  readonly hidden?: readonly string[];
  /** What else must be in the message. */
  readonly says?: string | readonly string[];
}

/** Prepares a situation with a new secret; gives how to commit and where the finding stands. */
export type Arrange = (repo: Repo, key: string) => Promise<string | Attempt | undefined>;

export interface Setting {
  /** The format of the secret. */
  readonly format?: string;
  readonly init?: readonly string[];
  /** Whether the hooks are installed; they are when not given. */
  readonly isGuarded?: boolean;
}

const COMMIT = ['commit', '-m', 'Change something'];

/** A commit that must be stopped by a finding. */
export function blocks(name: string, arrange: Arrange, setting: Setting = {}): void {
  situation(name, setting, async (repo, key) => {
    const attempt = toAttempt(await arrange(repo, key));
    const { ran, isMoved } = await tryCommit(repo, attempt);

    expectBlock(ran, { ...attempt, format: setting.format, key });
    expect(isMoved).toBe(false);
  });
}

/** A commit that must go through, scanned. */
export function passes(name: string, arrange: Arrange, setting: Setting = {}): void {
  situation(name, setting, async (repo, key) => {
    const attempt = toAttempt(await arrange(repo, key));
    const { ran, isMoved } = await tryCommit(repo, attempt);

    expect(ran).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/^scanned \d+ blobs?, /m) });
    for (const text of [attempt.says ?? []].flat()) expect(ran.stderr).toContain(text);
    expect(isMoved).toBe(true);
  });
}

/** A test in a new repository that has the hooks. */
export function situation(name: string, setting: Setting, act: (repo: Repo, key: string) => Promise<void>): void {
  test(name, async () => {
    const hooks = setting.isGuarded === false ? [] : [`--template=${await loadTemplate()}`];
    const run = (repo: Repo): Promise<void> => act(repo, sample(setting.format ?? 'sendgrid-api-key'));
    await withRepo(run, { init: [...hooks, ...(setting.init ?? [])] });
  });
}

let template: Promise<string> | undefined;

afterAll(async () => {
  if (template !== undefined) await rm(await template, { recursive: true, force: true });
});

/** A template for `git init` with the hooks that leak-guard installs: once for all tests of a file, to save their time. */
function loadTemplate(): Promise<string> {
  template ??= makeTemplate();
  return template;
}

async function makeTemplate(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'leak-guard-hooks-'));
  await mkdir(join(folder, 'hooks'));
  await withRepo(async (repo) => {
    await install(repo);
    for (const name of ['pre-commit', 'pre-push']) {
      await copyFile(join(repo.dir, '.git/hooks', name), join(folder, 'hooks', name));
    }
  });
  return folder;
}

/** Installs the hooks, and fails the test when that fails. */
export async function install(repo: Repo, ...args: readonly string[]): Promise<void> {
  const ran = await repo.run('install', ...args);
  if (ran.exitCode !== 0) throw new Error(`leak-guard install exited with ${ran.exitCode}: ${ran.stderr}`);
}

/** Whether a message names the finding, its place and its provider's page, and keeps the secret to itself. */
export function expectBlock(
  ran: Ran,
  expected: Attempt & { readonly format?: string | undefined; readonly key: string },
): void {
  const { title, url } = factsOf(expected.format ?? 'sendgrid-api-key');
  expect(ran.stderr).toMatch(/^leak-guard: .*\d+ (possible )?secrets? ?/m);
  for (const place of [expected.at ?? []].flat()) expect(ran.stderr).toContain(`\n  ${place}:`);
  expect(ran.stderr).toContain(title);
  expect(ran.stderr).toContain(url);
  for (const text of [expected.says ?? []].flat()) expect(ran.stderr).toContain(text);
  for (const secret of [expected.key, ...(expected.hidden ?? [])]) {
    expect(ran.stdout + ran.stderr).not.toContain(secret);
  }
  expect(ran.exitCode).not.toBe(0);
}

/** Whether a run says that it could not do it, why, and what to do next: never that all is clean. */
export function expectStop(ran: Ran, evidence: string | RegExp): void {
  expect(ran.stderr).toMatch(evidence);
  expect(ran.stderr).toMatch(/leak-guard: [\s\S]*\n {2}Next: \S/);
  expect(ran.stderr).not.toContain('a bug in leak-guard');
  expect(ran.stdout + ran.stderr).not.toMatch(/^scanned /m);
  expect(ran.exitCode).not.toBe(0);
}

/** Tries to commit, and tells whether HEAD has moved. */
export async function tryCommit(repo: Repo, attempt: Attempt = {}): Promise<{ ran: Ran; isMoved: boolean }> {
  const before = await headOf(repo, attempt.options);
  const ran = await repo.tryGit(attempt.args ?? COMMIT, attempt.options);
  return { ran, isMoved: (await headOf(repo, attempt.options)) !== before };
}

/** Puts a content into the index that the file system need not be able to hold. */
export async function stageBlob(
  repo: Repo,
  file: { readonly path: string | Buffer; readonly mode?: string },
  content: string | Buffer,
): Promise<void> {
  const hashed = await repo.tryGit(['hash-object', '-w', '--stdin'], { input: content });
  const entry = `${file.mode ?? '100644'} ${hashed.stdout.trim()} 0\t`;
  const input = Buffer.concat([Buffer.from(entry), Buffer.from(file.path), Buffer.from('\0')]);
  const ran = await repo.tryGit(['update-index', '--add', '-z', '--index-info'], { input });
  if (ran.exitCode !== 0) throw new Error(`git update-index exited with ${ran.exitCode}: ${ran.stderr}`);
}

/** So many lines without anything in them, each different. */
export function fillerLines(count: number): string {
  return Array.from({ length: count }, (_, line) => `line ${line} of a plain text\n`).join('');
}

function toAttempt(arranged: string | Attempt | undefined): Attempt {
  return typeof arranged === 'string' ? { at: arranged } : (arranged ?? {});
}

async function headOf(repo: Repo, options: RunOptions | undefined): Promise<string> {
  return (await repo.tryGit(['rev-parse', '-q', '--verify', 'HEAD'], { ...options, input: '' })).stdout;
}

function factsOf(id: string): { readonly title: string; readonly url: string } {
  for (let number = 0; number < table.formatCount; number += 1) {
    if (table.format(number).id === id) return table.format(number);
  }
  throw new Error(`No format has the id ${id}.`);
}
