import { toPrintable } from './escape.js';
import type { Block, Document } from './playbook-document.js';
import { hang, wrap } from './wrap.js';

/** Renders a whole playbook for a terminal. Commands and addresses may run over the width, to stay whole. */
export function renderDocumentText(document: Document, columns: number): string {
  const lines = [
    document.title,
    '',
    ...document.summary.flatMap((block) => toLines(block, columns)),
    ...document.sections.flatMap(({ id, title, blocks }) => [
      '',
      id.startsWith('page-') ? title : `${title} (--credential ${id})`,
      ...indent(
        '  ',
        blocks.flatMap((block) => toLines(block, columns - 2)),
      ),
    ]),
  ];
  return lines.map((line) => `${toPrintable(line)}\n`).join('');
}

function toLines(block: Block, columns: number): string[] {
  switch (block.kind) {
    case 'text':
      return wrap(block.text, columns);
    case 'facts':
      return block.facts.flatMap(([label, value]) => hang(label.padEnd(11), value, columns));
    case 'list':
      return block.items.flatMap((item) => hang('- ', item, columns));
    case 'code':
      return indent('  ', block.lines);
    case 'links':
      return block.links.map(({ title, url }) => `${title}: ${url}`);
    case 'steps':
      return block.steps.flatMap(({ title, blocks }, index) => [
        ...hang(`${index + 1}. `.padEnd(4), title, columns),
        ...indent(
          '    ',
          blocks.flatMap((inner) => toLines(inner, columns - 4)),
        ),
      ]);
  }
}

function indent(by: string, lines: readonly string[]): string[] {
  return lines.map((line) => (line === '' ? line : by + line));
}
