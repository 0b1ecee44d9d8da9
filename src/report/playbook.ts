import type { Credential, PlaybookEntry } from '../detect/detector.js';
import { toSafeJson } from './json.js';
import { toDocument } from './playbook-document.js';
import { renderDocumentHtml } from './playbook-html.js';
import { renderDocumentMarkdown } from './playbook-markdown.js';
import { renderSummary } from './playbook-summary.js';
import { renderDocumentText } from './playbook-text.js';

/** The ways in which a playbook can be written. */
export type PlaybookStyle = 'text' | 'md' | 'html' | 'json';

export interface PlaybookOptions {
  readonly format: PlaybookStyle;
  /** Only this one of the entry's credentials. */
  readonly credential?: Credential;
  /** Text only: everything instead of one screen. */
  readonly isFull: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  readonly now: Date;
}

/** Renders the rotation steps of one provider. Text is one screen unless all is asked for; the others are whole. */
export function renderPlaybook(entry: PlaybookEntry, options: PlaybookOptions): string {
  const { format, credential, now, width: columns } = options;
  const { credentials } = entry.rotate;
  const chosen = credential === undefined ? credentials : [credential];
  if (format === 'json') return toSafeJson({ version: 1, ...entry, rotate: { ...entry.rotate, credentials: chosen } });
  const first = chosen.find(({ isSecret }) => isSecret) ?? chosen[0];
  if (format === 'text' && !options.isFull && first !== undefined)
    return renderSummary(entry, { credential: first, now, columns });
  const document = toDocument(entry, { credentials: chosen, now, columns });
  if (format === 'md') return renderDocumentMarkdown(document);
  return format === 'html' ? renderDocumentHtml(document) : renderDocumentText(document, columns);
}
