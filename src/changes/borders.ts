import { UserError } from '../user-error.js';
import type { History } from './commits.js';
import type { Git } from './git.js';

/**
 * Gives the number of commits in a range, and makes sure that all of them are here: a commit at the border of a shallow
 * checkout names parents that git leaves out. A range that ends there is cut off, and could look clean.
 */
export async function requireWholeHistory(git: Git, history: History, deepen: string): Promise<number> {
  const objects = await git.catFile().sizes([...history.tips.map(({ oid }) => oid), ...history.known]);
  const isCommit = (oid: string): boolean => ['commit', 'tag'].includes(objects.get(oid)?.type ?? '');
  const input = [
    ...history.tips.map(({ oid }) => oid).filter(isCommit),
    ...history.known.filter(isCommit).map((oid) => `^${oid}`),
    '',
  ].join('\n');
  const { stdout } = await git.run(['rev-list', '--parents', '--stdin'], { input });
  const commits = stdout.toString('latin1').split(/\r?\n/).filter(Boolean);
  const orphans = commits.filter((line) => !line.includes(' '));
  for await (const object of git.catFile().readAll(orphans)) {
    const [header = ''] = object?.bytes?.toString('latin1').split('\n\n', 1) ?? [];
    if (!/^parent /m.test(header)) continue;
    throw new UserError(
      'Could not scan all commits: this clone is shallow, and its history ends inside the range.',
      deepen,
    );
  }
  return commits.length;
}

/** Whether this clone was made without the oldest commits. */
export async function isShallow(git: Git): Promise<boolean> {
  const { stdout } = await git.run(['rev-parse', '--is-shallow-repository']);
  return stdout.toString().trim() === 'true';
}
