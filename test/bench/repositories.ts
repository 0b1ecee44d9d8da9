import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runQuietly } from './measure.js';

const folders: string[] = [];
process.once('exit', () => folders.forEach((folder) => void rmSync(folder, { recursive: true, force: true })));

/** Makes a repository for a benchmark; all of them are gone when the process ends. */
export function makeRepository(): string {
  const folder = mkdtempSync(join(tmpdir(), 'leak-guard-bench-'));
  folders.push(folder);
  runQuietly('git', ['init', '-q'], { cwd: folder });
  runQuietly('git', ['config', 'user.name', 'Ana'], { cwd: folder });
  runQuietly('git', ['config', 'user.email', 'ana@example.com'], { cwd: folder });
  // As in most repositories that use leak-guard: the hook has to look whether this file holds settings.
  writeFileSync(join(folder, 'package.json'), '{ "name": "app", "devDependencies": { "leak-guard": "^0.1.0" } }\n');
  runQuietly('git', ['add', 'package.json'], { cwd: folder });
  runQuietly('git', ['commit', '-q', '-m', 'Begin'], { cwd: folder });
  return folder;
}

/** One small file staged. */
export function stageOne(folder: string): void {
  writeFileSync(join(folder, 'mail.ts'), 'export const sender = process.env.MAIL_SENDER;\n'.repeat(20));
  runQuietly('git', ['add', 'mail.ts'], { cwd: folder });
}

/** An allowlist of entries by fingerprint, as the commands write it. */
export function commitAllowlist(folder: string, count: number): void {
  const entries = Array.from(
    { length: count },
    (_, index) => `    { "finding": "${index.toString(16).padStart(32, '0')}", "reason": "Grown at test time" },\n`,
  );
  writeFileSync(
    join(folder, '.leak-guard-allow.json'),
    `{\n  "version": 1,\n  "allow": [\n${entries.join('')}  ]\n}\n`,
  );
  runQuietly('git', ['add', '.leak-guard-allow.json'], { cwd: folder });
  runQuietly('git', ['commit', '-q', '-m', 'Allow'], { cwd: folder });
}

/** Many files of a few lines, staged. */
export function stageMany(folder: string, count: number): void {
  for (let index = 0; index < count; index += 1) {
    mkdirSync(join(folder, `src/part-${index % 40}`), { recursive: true });
    writeFileSync(join(folder, `src/part-${index % 40}/file-${index}.ts`), sourceLike(index));
  }
  runQuietly('git', ['add', 'src'], { cwd: folder });
}

/** A commit of many files, without writing them to the disk. */
export function commitMany(folder: string, count: number): void {
  const files = Array.from({ length: count }, (_, index) => `M 100644 :1 src/part-${index % 500}/file-${index}.ts`);
  const blob = 'export {};\n';
  const stream = `blob\nmark :1\ndata ${blob.length}\n${blob}\ncommit refs/heads/many\ncommitter Ana <ana@example.com> 1700000000 +0000\ndata 4\nMany\n${files.join('\n')}\n`;
  runQuietly('git', ['fast-import', '--quiet'], { cwd: folder, input: stream });
  runQuietly('git', ['symbolic-ref', 'HEAD', 'refs/heads/many'], { cwd: folder });
  runQuietly('git', ['read-tree', 'HEAD'], { cwd: folder });
}

/** A stretch of this project's own history: always the same, so that figures can be compared. */
const ownTip = 'dc21048a67873aa99c519656ef8e8c5295f2b99f';
const ownBase = '5aa66d9e55b24da31f268fea87d55359255438bb';

/** Some commits of another repository. */
export interface Commits {
  /** The commit before them. */
  readonly base: string;
  readonly tip: string;
  readonly count: number;
}

/**
 * Commits of this project, each object in a file of its own as git leaves it when somebody commits; what lies before them
 * is packed, as it comes with a clone. Null where this clone does not have them.
 */
export function takeOwnCommits(folder: string): Commits | null {
  const source = resolve('.');
  const listed = spawnSync('git', ['rev-list', '--count', `${ownBase}..${ownTip}`], { cwd: source });
  if (listed.status !== 0) return null;
  runQuietly('git', ['fetch', '-q', source, ownBase], { cwd: folder });
  runQuietly('git', ['-c', 'fetch.unpackLimit=1000000', 'fetch', '-q', source, `${ownTip}:refs/heads/own`], {
    cwd: folder,
  });
  runQuietly('git', ['read-tree', 'own'], { cwd: folder });
  return { base: ownBase, tip: ownTip, count: Number(listed.stdout) };
}

/**
 * Commits on main as people make them: files of source code of 10 to 20 kB, of which each commit edits some lines of three,
 * or of `perCommit`, and now and then a new one.
 */
export function importCommits(folder: string, count: number, perCommit = 3): void {
  const files: string[][] = Array.from({ length: 60 }, (_, index) => sourceLines(index, 300));
  const path = join(folder, '.git/stream');
  const file = openSync(path, 'w');
  for (let commit = 0; commit < count; commit += 1) {
    if (commit % 40 === 39) files.push(sourceLines(files.length, 200));
    const steps = Array.from({ length: perCommit }, (_, step) => step * 31);
    const touched = commit === 0 ? [...files.keys()] : steps.map((step) => (commit * 7 + step) % files.length);
    writeSync(
      file,
      `commit refs/heads/main\ncommitter Ana <ana@example.com> ${1_700_000_000 + commit} +0000\n${data(`Change ${commit}`)}`,
    );
    for (const index of new Set(touched)) {
      const lines = files[index] ?? [];
      for (let hunk = 0; hunk < 6; hunk += 1) {
        const at = (commit * 13 + hunk * 47) % lines.length;
        lines.splice(at, 4, ...[0, 1, 2, 3].map((line) => edited(commit, hunk * 4 + line)));
      }
      writeSync(file, `M 100644 inline src/part-${index % 12}/file-${index}.ts\n${data(lines.join(''))}`);
    }
  }
  closeSync(file);
  const input = openSync(path, 'r');
  spawnSync('git', ['fast-import', '--quiet'], { cwd: folder, stdio: [input, 'ignore', 'inherit'] });
  closeSync(input);
  runQuietly('git', ['symbolic-ref', 'HEAD', 'refs/heads/main'], { cwd: folder });
  runQuietly('git', ['read-tree', 'HEAD'], { cwd: folder });
}

function sourceLines(index: number, count: number): string[] {
  return Array.from({ length: count }, (_, line) => `export const value${line} = compute(${index}, 'part ${line}');\n`);
}

function edited(commit: number, line: number): string {
  return `  const result${commit} = await api.get(\`/users/\${id}/token\`, { retries: ${line}, label: 'change ${commit}' });\n`;
}

function data(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

/** A file of one gigabyte, staged. */
export function stageHuge(folder: string): void {
  const file = join(folder, 'huge.bin');
  writeFileSync(file, '');
  truncateSync(file, 1024 ** 3);
  runQuietly('git', ['-c', 'core.compression=0', 'add', 'huge.bin'], { cwd: folder });
}

function sourceLike(index: number): string {
  return Array.from(
    { length: 30 },
    (_, line) => `export const value${line} = compute(${index}, 'part ${line}');\n`,
  ).join('');
}
