import { toColumns } from './escape.js';

/** Breaks text at blanks into lines of so many columns. A word that is longer (a URL) stays whole on its own line. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && toColumns(longer) > columns) {
      lines.push(line.trimEnd());
      line = word;
    } else {
      line = longer;
    }
  }
  lines.push(line.trimEnd());
  return lines;
}

/** Wraps text behind a label, the further lines indented as far: `  Fix      use … instead`. */
export function hang(label: string, text: string, columns: number): string[] {
  const indent = toColumns(label);
  return wrap(text, columns - indent).map((line, index) => (index === 0 ? label : ' '.repeat(indent)) + line);
}
