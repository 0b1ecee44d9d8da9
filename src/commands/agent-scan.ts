import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import type { Call, Piece } from '../agents/agent.js';
import type { Found } from '../agents/stop-text.js';
import { append } from '../append.js';
import type { Change } from '../changes/change.js';
import { openGit } from '../changes/git.js';
import { readCommittedFile } from '../changes/index-files.js';
import { decode } from '../changes/text.js';
import { findTop } from '../changes/work-tree.js';
import { type Detect, toDetect } from '../detect/detect.js';
import { loadRules } from '../filter/load-rules.js';
import { readRulesBelow } from '../filter/rule-file-on-disk.js';
import type { Rules } from '../filter/rules.js';
import { settingsFilesFor } from '../filter/settings-files.js';
import type { Finding } from '../finding.js';
import { hasPlaybook } from '../finding-kind.js';
import { guard } from '../guard.js';
import { toNames } from '../names.js';
import { loadTable, tableFile } from '../table/read.js';
import type { CommandContext } from './command-context.js';

/** Files above this size are not what an agent reads or edits as a text. */
const MOST_FILE_BYTES = 20_000_000;

/** The credentials in what an agent is about to do, by the rules of the repository that it works in. */
export async function scanCall(call: Call, context: CommandContext): Promise<readonly Found[]> {
  const texts = call.pieces.flatMap((piece) => toText(piece, call, context));
  if (texts.length === 0) return [];
  const folder = resolve(folderOf(call, context));
  const root = findTop(folder) ?? folder;
  const changes = texts.map((text) => ({ text, change: toChange(text, root, context) }));
  const paths = changes.map(({ change }) => change.path);
  const rules = await loadRules({
    read: readRulesBelow(root),
    settingsFiles: settingsFilesFor(paths),
    now: new Date(),
  });
  const table = loadTable(tableFile(context.cliPath));
  const known = new Map(changes.map(({ text, change }) => [change.bytes, text.known]));
  const found: Found[] = [];
  const detect = toDetect(table, rules.customDetectors);
  for (const { text, change } of changes) {
    const { findings } = await guard(only(change), {
      detect: withoutKnown(detect, known),
      rules: forAgents(rules, text.piece),
      exposure: 'unknown',
    });
    const blocking = findings.filter(({ severity, file }) => rules.blocks(severity, file));
    append(
      found,
      blocking.map((finding) => toFound(finding, text.piece, detect)),
    );
  }
  return found;
}

function toFound(finding: Finding, piece: Piece, detect: Detect): Found {
  const { title, env, provider, startLine: line, file } = finding;
  const name = piece.fields?.findLast(({ startLine }) => startLine <= line)?.name ?? '';
  const field = name === '' ? null : (toNames(detect).look(name)?.masked ?? name);
  return { piece, title, env, provider: hasPlaybook(finding) ? provider : null, line, file, field };
}

/** The folder that the agent works in, which need not be the one that its hook was started in. */
export function folderOf({ cwd }: Call, context: CommandContext): string {
  return cwd !== undefined && isFolder(cwd) ? cwd : context.cwd;
}

interface Text {
  readonly piece: Piece;
  readonly bytes: Buffer;
  /** The file's absolute path, where the text is one's. */
  readonly file: string | null;
  /** Bytes, as Latin-1, in which a value may stand already. */
  readonly known: readonly string[];
}

function toText(piece: Piece, call: Call, context: CommandContext): readonly Text[] {
  const { kind, name, text, known } = piece;
  if (kind === 'delete') return [];
  const file = kind === 'write' || kind === 'read' ? resolve(folderOf(call, context), name) : null;
  if (kind === 'read') {
    const bytes = text === null ? readIfFile(file ?? '') : Buffer.from(text);
    return bytes === undefined ? [] : [{ piece, bytes, file, known: [] }];
  }
  const old = [
    ...known.map((part) => Buffer.from(part)),
    ...(file === null ? [] : [readIfFile(file) ?? Buffer.alloc(0)]),
  ];
  return [{ piece, bytes: Buffer.from(text ?? ''), file, known: old.map((part) => part.toString('latin1')) }];
}

function readIfFile(path: string): Buffer | undefined {
  const stats = existsSync(path) ? statSync(path) : undefined;
  if (stats?.isFile() !== true || stats.size > MOST_FILE_BYTES) return undefined;
  try {
    accessSync(path, constants.R_OK);
  } catch {
    return undefined; // the agent runs as the same user, and cannot read it either
  }
  return decode(readFileSync(path));
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

function toChange({ piece, bytes, file }: Text, root: string, context: CommandContext): Change {
  if (file === null) return { path: piece.name, kind: 'message', bytes, commit: null, before: async () => [] };
  const way = relative(root, file).replaceAll('\\', '/');
  const path = way.startsWith('../') || isAbsolute(way) ? file.replaceAll('\\', '/') : way;
  const before = async (): Promise<readonly Buffer[]> =>
    piece.kind === 'read' ? readCommitted(root, path, context) : [];
  return { path, kind: 'file', bytes, commit: null, before };
}

/** What the last commit holds at this path. Asked for after a match only. */
async function readCommitted(root: string, path: string, { env }: CommandContext): Promise<readonly Buffer[]> {
  if (!existsSync(join(root, '.git'))) return [];
  const git = openGit({ cwd: root, env });
  try {
    const file = await readCommittedFile(git, path);
    return file?.kind === 'file' ? [decode(file.bytes)] : [];
  } finally {
    git.close();
  }
}

/** A value that the file has already, or that an edit takes out at the same time, is not written anew. */
function withoutKnown(detect: Detect, known: ReadonlyMap<Buffer, readonly string[]>): Detect {
  const find: (...args: Parameters<Detect>) => ReturnType<Detect> = (text, leaveOut) => {
    const old = known.get(text.bytes) ?? [];
    return detect(text, leaveOut).filter(({ start, end }) => {
      const value = text.bytes.toString('latin1', start, end);
      return old.every((part) => !part.includes(value));
    });
  };
  return Object.assign(find, { hasKeyword: detect.hasKeyword });
}

/** An allow comment is for people who read it later: in a command or a call of a tool, nobody does. */
function forAgents(rules: Rules, { kind }: Piece): Rules {
  if (kind !== 'command' && kind !== 'input') return rules;
  return {
    ...rules,
    allows: (suspect) => {
      const allowed = rules.allows(suspect);
      return allowed?.how === 'comment' ? null : allowed;
    },
  };
}

async function* only(change: Change): AsyncGenerator<Change> {
  yield change;
}
