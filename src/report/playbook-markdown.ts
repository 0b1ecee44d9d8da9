import type { Block, Document } from './playbook-document.js';

/** Renders a whole playbook as Markdown that reads the same on every host: no HTML, nothing loaded. */
export function renderDocumentMarkdown(document: Document): string {
  const blocks = [
    `# ${escapeMarkdown(document.title)}`,
    ...document.summary.map(toMarkdown),
    ...document.sections.flatMap(({ title, blocks }) => [`## ${escapeMarkdown(title)}`, ...blocks.map(toMarkdown)]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function toMarkdown(block: Block): string {
  switch (block.kind) {
    case 'text':
      return escapeMarkdown(block.text);
    case 'facts':
      return block.facts.map(([label, value]) => `- **${escapeMarkdown(label)}**: ${escapeMarkdown(value)}`).join('\n');
    case 'list':
      return block.items.map((item) => `- ${escapeMarkdown(item)}`).join('\n');
    case 'code':
      return ['```sh', ...block.lines, '```'].join('\n');
    case 'links':
      return block.links
        .map(({ title, url }) => `- [${escapeMarkdown(title)}](<${url.replace(/[<>\s]/g, encodeURIComponent)}>)`)
        .join('\n');
    case 'steps':
      return block.steps
        .map(({ title, blocks }, index) => toItem(`${index + 1}.`, [escapeMarkdown(title), ...blocks.map(toMarkdown)]))
        .join('\n\n');
  }
}

function toItem(marker: string, blocks: readonly string[]): string {
  const indent = ' '.repeat(4);
  const body = blocks
    .join('\n\n')
    .split('\n')
    .map((line) => (line === '' ? line : indent + line));
  return marker.padEnd(4) + body.join('\n').trimStart();
}

/** What Markdown would read as markup: `<ID>` must stay text. */
function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_[\]<>#|~]/g, '\\$&');
}
