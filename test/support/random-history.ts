import { between, type Random } from './random.js';
import type { Repo } from './repo.js';
import { grow } from './sample.js';

/** The lines of each file of a commit. */
type Files = Map<string, readonly string[]>;

interface Grown {
  readonly mark: number;
  readonly files: Files;
}

/** How the files of a folder are written: what git and editors write, and what most tools do not see. */
const encodings: Readonly<Record<string, (text: string) => Buffer>> = {
  plain: (text) => Buffer.from(text),
  latin: (text) => Buffer.from(`${text}caf\xe9`, 'latin1'),
  cr: (text) => Buffer.from(text.replaceAll('\n', '\r')),
  utf16: (text) => Buffer.from(text, 'utf16le'),
  bom: (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  binary: (text) => Buffer.concat([Buffer.from('\0\0\x01'), Buffer.from(text), Buffer.from('\0')]),
};

const places = [...Object.keys(encodings), 'plain'].flatMap((folder) => [`${folder}/a.env`, `${folder}/b c.txt`]);
const words = ['token', 'api', 'secret', 'ghp_', 'SG.', 'plain', '', 'sendgrid key', 'import x from "y";', '\u00e9'];

/**
 * Grows a history of so many commits: edits, renames, copies, new roots, and merges of several parents that take, mix and
 * add. Gives the ids, parents before their children. No ref leads to them.
 */
export async function growHistory(repo: Repo, random: Random, count: number): Promise<readonly string[]> {
  const commits: Grown[] = [];
  const input: Buffer[] = [];
  for (let mark = 1; mark <= count; mark += 1) {
    const parents = chooseParents(commits, random);
    const files = mergedFiles(parents, random);
    if (parents.length < 2 || between(random, 0, 2) === 0) edit(files, random);
    commits.push({ mark, files });
    input.push(...toImport({ mark, files }, parents, random));
  }
  const marks = '.git/grown-marks';
  const args = ['fast-import', '--quiet', `--export-marks=${marks}`];
  const ran = await repo.tryGit(args, { input: Buffer.concat(input) });
  if (ran.exitCode !== 0) throw new Error(ran.stderr);
  const refs = await repo.git('for-each-ref', '--format=%(refname)', 'refs/grown');
  const ids = new Map<string, string>();
  for (const ref of refs.split('\n')) {
    ids.set(ref, await repo.git('rev-parse', ref));
    await repo.git('update-ref', '-d', ref);
  }
  return commits.map(({ mark }) => ids.get(`refs/grown/${mark}`) ?? '');
}

function pick<T>(random: Random, items: readonly T[]): T | undefined {
  return items[between(random, 0, items.length - 1)];
}

/** Mostly the newest commit; now and then an older one, several, or none. */
function chooseParents(commits: readonly Grown[], random: Random): readonly Grown[] {
  const newest = between(random, 0, 3) === 0 ? pick(random, commits) : commits.at(-1);
  if (newest === undefined || between(random, 0, 24) === 0) return [];
  const others = between(random, 0, 4) === 0 ? [pick(random, commits), pick(random, commits)] : [];
  return [...new Set([newest, ...others.flatMap((other) => other ?? [])])];
}

/** The files of the first parent, some taken from the others, and some mixed of both. */
function mergedFiles([first, ...others]: readonly Grown[], random: Random): Files {
  const files = new Map(first?.files);
  for (const [path, lines] of others.flatMap((other) => [...other.files])) {
    const choice = between(random, 0, 3);
    if (choice === 0) files.set(path, lines);
    if (choice === 1) files.set(path, [...(files.get(path) ?? []).slice(0, 20), ...lines.slice(10)]);
  }
  return files;
}

function edit(files: Files, random: Random): void {
  for (let left = between(random, 1, 3); left > 0; left -= 1) {
    const choice = between(random, 0, 19);
    const path = pick(random, choice < 3 ? [...files.keys()] : places) ?? 'plain/a.env';
    const lines = files.get(path) ?? Array.from({ length: between(random, 1, 60) }, () => growLine(random));
    if (choice < 2) files.delete(path);
    files.set(choice === 1 || choice === 2 ? `${path}.${between(random, 0, 9)}` : path, lines);
    if (choice === 0) files.delete(path);
    if (choice >= 3) files.set(path, editLines(lines, random));
  }
}

function editLines(lines: readonly string[], random: Random): readonly string[] {
  const at = between(random, 0, lines.length);
  const added = Array.from({ length: between(random, 0, 4) }, () => growLine(random));
  const secret = between(random, 0, 3) === 0 ? [`key = "${growSecret(random)}"`] : [];
  return [...lines.slice(0, at), ...added, ...secret, ...lines.slice(at + between(random, 0, 4))];
}

function growLine(random: Random): string {
  return Array.from({ length: between(random, 1, 8) }, () => pick(random, words)).join(' ');
}

function growSecret(random: Random): string {
  return grow('SG.{{base64url:22}}.{{base64url:43}}', { random });
}

/** A commit as fast-import reads it, behind a ref of its own, so that nothing but `from` tells its parents. */
function toImport({ mark, files }: Grown, parents: readonly Grown[], random: Random): Buffer[] {
  const name = between(random, 0, 25) === 0 ? growSecret(random) : 'Ana';
  const message = between(random, 0, 12) === 0 ? `Try it\n\nwith ${growSecret(random)}\n` : 'Change it\n';
  const who = `${name} <ana@example.com> ${1_700_000_000 + mark} +0000`;
  const from = parents.map((parent, index) => `${index === 0 ? 'from' : 'merge'} :${parent.mark}\n`).join('');
  return [
    Buffer.from(`commit refs/grown/${mark}\nmark :${mark}\nauthor ${who}\ncommitter ${who}\n`),
    toData(Buffer.from(message)),
    Buffer.from(`${from}deleteall\n`),
    ...[...files].flatMap(([path, lines]) => [Buffer.from(`M 100644 inline "${path}"\n`), toData(encode(path, lines))]),
  ];
}

function encode(path: string, lines: readonly string[]): Buffer {
  const [folder = ''] = path.split('/');
  return encodings[folder]?.(`${lines.join('\n')}\n`) ?? Buffer.alloc(0);
}

function toData(content: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`data ${content.length}\n`), content, Buffer.from('\n')]);
}

/** What commits bring, told by git alone. */
export interface Brought {
  /** The secrets that stand in a commit and in no file of any of its parents. */
  readonly added: ReadonlySet<string>;
  /** Those that stand in any of the commits. */
  readonly any: ReadonlySet<string>;
}

/** Reads every file of every commit, one by one: no diff, no attribute and no setting has a part in it. */
export async function readBrought(repo: Repo, commits: readonly string[]): Promise<Brought> {
  const blobs = new Map<string, readonly string[]>();
  const secretsOf = async (commit: string): Promise<readonly string[]> => {
    const entries = (await repo.git('ls-tree', '-r', commit)).split('\n').flatMap((line) => line.split(/\s/)[2] ?? []);
    for (const oid of entries) {
      if (!blobs.has(oid)) blobs.set(oid, secretsIn((await repo.tryGit(['cat-file', 'blob', oid])).stdout));
    }
    return entries.flatMap((oid) => blobs.get(oid) ?? []);
  };
  const added = new Set<string>();
  const any = new Set<string>();
  for (const commit of commits) {
    const raw = await repo.git('cat-file', 'commit', commit);
    const parents = [...raw.matchAll(/^parent (\w+)$/gm)].map(([, oid]) => oid ?? '');
    const old = new Set((await Promise.all(parents.map(secretsOf))).flat());
    const own = await secretsOf(commit);
    for (const secret of [...secretsIn(raw), ...own.filter((one) => !old.has(one))]) added.add(secret);
    for (const secret of [...secretsIn(raw), ...own]) any.add(secret);
  }
  return { added, any };
}

function secretsIn(text: string): readonly string[] {
  return text.replaceAll('\0', '').match(/SG\.[\w-]{22}\.[\w-]{43}/g) ?? [];
}
