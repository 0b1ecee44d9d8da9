import type { Holder } from '../finding.js';
import { toPathArgument } from './path-argument.js';
import { type RepairSteps, toTag } from './repair-commands.js';

/** How a ref is mended that names a content or a tree by itself: no commit is to be rewritten. */
export function toHolderSteps({ ref, type, isAnnotated }: Holder): RepairSteps {
  const isTag = ref.startsWith('refs/tags/');
  const name = isTag ? ref.slice('refs/tags/'.length) : ref;
  const argument = toPathArgument(name) ?? (isTag ? 'TAG' : 'REF');
  if (type === 'tree') {
    const use = 'leave it out: no commit leads to it';
    const command = isTag ? `git tag -d ${argument}` : `git update-ref -d ${argument}`;
    return { first: [], use, commands: [command], rest: ['(make it anew of a commit or tree without it)'] };
  }
  const again = isTag ? toTag(name, isAnnotated) : `git update-ref ${argument}`;
  return { first: [`git cat-file blob ${argument} > FILE`], commands: [`${again} "$(git hash-object -w FILE)"`] };
}
