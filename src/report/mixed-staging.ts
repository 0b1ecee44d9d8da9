import type { Finding, Repair } from '../finding.js';
import { isContent } from '../finding-kind.js';
import { toPrintable } from './escape.js';
import { toFix } from './fix-line.js';
import { toFileArgument } from './path-argument.js';
import { IGNORE, MOVE } from './repair-commands.js';

/** A finding in a commit that can be mended. */
export interface Mendable {
  readonly finding: Finding;
  readonly commit: string;
  readonly repair: Repair;
  /** See `Report.folder`. */
  readonly folder: string;
}

/** What fits on a line behind `git add`. */
const ARGUMENT_COLUMNS = 55;

export const ALL_CHANGED = 'git add -u';

/** Puts the edit into the index, the files by the names that they have where it is made. */
export function toStaging(those: readonly Mendable[], toName: (one: Mendable) => string): string[] {
  const moves = those.some(isStandingName) ? [MOVE] : [];
  const contents = those.filter(isStanding);
  const keys = toFiles(contents.filter(isKey), toName);
  const folder = those[0]?.folder ?? '';
  const files = toFiles(
    contents.filter((one) => !isKey(one)),
    toName,
  );
  return [
    ...moves,
    ...toCommand('git add', { files, folder }),
    ...toCommand('git rm --cached', { files: keys, folder }),
    ...(keys.length === 0 ? [] : [IGNORE]),
  ];
}

export function toCommand(
  command: string,
  { files, folder }: { readonly files: readonly string[]; readonly folder: string },
): string[] {
  if (files.length === 0) return [];
  const written = files.map((file) => toFileArgument(file, folder));
  const words = written.join(' ');
  if (written.includes(null) || words.length > ARGUMENT_COLUMNS) {
    return [command === 'git add' ? ALL_CHANGED : `${command} KEYS`];
  }
  return [`${command} ${words}`];
}

export function toFiles(those: readonly Mendable[], toName: (one: Mendable) => string): string[] {
  return [...new Set(those.map(toName))];
}

/** As the commit calls it. */
export function toFile({ finding }: Mendable): string {
  return finding.file;
}

/** As it is called at the end of the branch. */
export function toFileInEnd({ finding, repair }: Mendable): string {
  return repair.path ?? finding.file;
}

/** True for a file that has no place in git at all. */
export function isKey({ finding }: Mendable): boolean {
  return isContent(finding) && toFix(finding.file, toPrintable(finding.env)).isUntracked;
}

/** True for a value that no later commit takes out again. */
export function isStanding({ finding }: Mendable): boolean {
  return isContent(finding) && finding.removedIn === undefined;
}

/** The same for the name of a file: it is neither deleted nor called otherwise later on. */
export function isStandingName({ finding, repair }: Mendable): boolean {
  return finding.kind === 'name' && finding.removedIn === undefined && repair.path === undefined;
}
