import { escapeHtml } from './escape-html.js';
import type { Block, Document } from './playbook-document.js';

const CSS = `body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 system-ui,sans-serif}
pre{overflow-x:auto;padding:.7rem;background:#8881;border:1px solid #8884}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem}dt{font-weight:600}dd{margin:0}
:root{color-scheme:light dark}`;

/** Renders a whole playbook as one page that works from a disk: no script, and nothing is requested from anywhere. */
export function renderDocumentHtml(document: Document): string {
  const { title, summary, sections } = document;
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
    '<meta name="viewport" content="width=device-width">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escapeHtml(title)}</title>`,
    `<style>${CSS}</style>`,
    '</head>',
    '<body>',
    `<h1>${escapeHtml(title)}</h1>`,
    ...summary.map(toHtml),
    `<nav><ul>${sections.map((part) => `<li><a href="#${escapeHtml(part.id)}">${escapeHtml(part.title)}</a></li>`).join('')}</ul></nav>`,
    ...sections.map(
      (part) =>
        `<section id="${escapeHtml(part.id)}">\n<h2>${escapeHtml(part.title)}</h2>\n${part.blocks.map(toHtml).join('\n')}\n</section>`,
    ),
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

function toHtml(block: Block): string {
  switch (block.kind) {
    case 'text':
      return `<p>${escapeHtml(block.text)}</p>`;
    case 'facts':
      return `<dl>${block.facts.map(([label, value]) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>`;
    case 'list':
      return `<ul>${block.items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</ul>`;
    case 'code':
      return `<pre><code>${escapeHtml(block.lines.join('\n'))}</code></pre>`;
    case 'links':
      return `<ul>${block.links.map((link) => `<li>${toAnchor(link)}</li>`).join('')}</ul>`;
    case 'steps':
      return `<ol>\n${block.steps.map(({ title, blocks }) => `<li><strong>${escapeHtml(title)}</strong>\n${blocks.map(toHtml).join('\n')}</li>`).join('\n')}\n</ol>`;
  }
}

/** Only https becomes a link: an address of another scheme could do something when clicked. */
function toAnchor({ title, url }: { readonly title: string; readonly url: string }): string {
  if (!url.startsWith('https://')) return `${escapeHtml(title)}: ${escapeHtml(url)}`;
  return `<a href="${escapeHtml(url)}" rel="noreferrer">${escapeHtml(title)}</a>`;
}
