import type { Piece } from './agent.js';

/**
 * Reads the patches of Codex' `apply_patch`: what each file gets, and what stood there before. The lines are told by
 * their first character; a line that fits nothing counts as new, so that nothing of it goes unseen.
 * https://github.com/openai/codex/blob/main/codex-rs/apply-patch/apply_patch_tool_instructions.md
 */
export function parsePatch(text: string): readonly Piece[] {
  const files: Section[] = [];
  let file: Section = { kind: 'write', name: 'the patch', added: [''], known: [''] };
  for (const line of text.split(/\r\n|\n|\r/)) {
    const [, deed, name] = /^\*\*\* (Add|Update|Delete) File: (.*)$/.exec(line) ?? [];
    const [, moved] = /^\*\*\* Move to: (.*)$/.exec(line) ?? [];
    if (name !== undefined) {
      file = { kind: deed === 'Delete' ? 'delete' : 'write', name: name.trim(), added: [], known: [] };
      files.push(file);
    } else if (moved !== undefined) file.name = moved.trim();
    else if (/^\*\*\* (?:Begin Patch|End Patch|End of File)\s*$/.test(line)) continue;
    else if (line.startsWith('-')) file.known.push(line.slice(1));
    else if (line.startsWith(' ') || line.startsWith('@@')) keep(file, line.replace(/^(?: |@@ ?)/, ''));
    else file.added.push(line.replace(/^\+/, ''));
    if (files.length === 0 && file.added.length > 1) files.push(file);
  }
  return files.map(({ kind, name, added, known }) => ({
    kind,
    name,
    text: added.join('\n'),
    known: [known.join('\n')],
  }));
}

interface Section {
  readonly kind: 'write' | 'delete';
  name: string;
  readonly added: string[];
  readonly known: string[];
}

/** A line that stays: it stands before and after. */
function keep(file: Section, line: string): void {
  file.added.push(line);
  file.known.push(line);
}
