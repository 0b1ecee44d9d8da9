import type { Category, PlaybookEntry } from '../detect/detector.js';
import { toPrintable } from './escape.js';
import { escapeHtml } from './escape-html.js';
import { toSafeJson } from './json.js';
import type { PlaybookStyle } from './playbook.js';
import { hang } from './wrap.js';

const LABEL = 19;

/** Renders which providers there are, by what they are. */
export function renderPlaybookList(
  entries: readonly PlaybookEntry[],
  { format, width }: { readonly format: PlaybookStyle; readonly width: number },
): string {
  const sorted = entries.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  if (format === 'json') {
    const providers = sorted.map(({ id, provider, aliases, category, rotate }) => ({
      id,
      provider,
      aliases,
      category,
      url: rotate.url,
    }));
    return toSafeJson({ version: 1, providers });
  }
  const byCategory = toCategories(sorted).map((category) => ({
    category,
    members: sorted.filter((entry) => entry.category === category),
  }));
  if (format === 'md') return byCategory.map(toMarkdown).join('\n');
  if (format === 'html') return toHtml(byCategory);
  const lines = byCategory.flatMap(({ category, members }) =>
    hang(`  ${category}`.padEnd(LABEL), members.map(({ id }) => id).join(' '), width),
  );
  return [`leak-guard rotate NAME, with NAME one of these ${sorted.length}:`, '', ...lines]
    .map((line) => `${toPrintable(line)}\n`)
    .join('');
}

interface Group {
  readonly category: Category;
  readonly members: readonly PlaybookEntry[];
}

/** In the order of the alphabet, what has no category of its own last. */
function toCategories(entries: readonly PlaybookEntry[]): Category[] {
  const all = [...new Set(entries.map(({ category }) => category))].sort();
  return [...all.filter((category) => category !== 'other'), ...all.filter((category) => category === 'other')];
}

function toMarkdown({ category, members }: Group): string {
  return [
    `## ${category}`,
    '',
    ...members.map(({ id, provider, rotate }) => `- \`${id}\` [${provider}](<${rotate.url}>)`),
    '',
  ].join('\n');
}

function toHtml(groups: readonly Group[]): string {
  const parts = groups.map(({ category, members }) => {
    const items = members.map(
      ({ id, provider, rotate }) =>
        `<li><a href="${escapeHtml(rotate.url)}" rel="noreferrer">${escapeHtml(provider)}</a> (${id})</li>`,
    );
    return `<h2>${category}</h2>\n<ul>\n${items.join('\n')}\n</ul>`;
  });
  return `<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>Providers</title>\n<h1>Providers</h1>\n${parts.join('\n')}\n</html>\n`;
}
