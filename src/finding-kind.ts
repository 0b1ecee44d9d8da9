import type { Finding } from './finding.js';

/** True for what stands in a file or a link, so that it has a line to mend. */
export function isContent({ kind }: Pick<Finding, 'kind'>): boolean {
  return kind === 'file' || kind === 'link';
}

/** True for the message and the header of a tag: no commit records them. */
export function isInTag({ kind, file }: Pick<Finding, 'kind' | 'file'>): boolean {
  return (kind === 'message' || kind === 'header') && file.startsWith('tag ');
}

/** True for the message and the header of a commit. */
export function isInCommit({ kind, file }: Pick<Finding, 'kind' | 'file'>): boolean {
  return (kind === 'message' || kind === 'header') && file.startsWith('commit ');
}

/** False for what a project's own detector found: only its settings know of it, and no command has the steps. */
export function hasPlaybook({ provider }: Pick<Finding, 'provider'>): boolean {
  return provider !== 'custom';
}
