/** `line channel` → every way in which names join words: `linechannel`, `line_channel`, `line-channel`, … */
export function spellings(word: string): string[] {
  const parts = word.toLowerCase().split(' ');
  return parts.length === 1 ? parts : ['', '_', '-', '.', ' '].map((joint) => parts.join(joint));
}

/** What letters, `_` and `-` are written with in strings, Markdown, HTML and mails: where it stands, it may hide a keyword. */
export const escapeSigns = [
  ...['\\x', '\\u00', '\\u{', '\\u000000', '\\0', '\\1', '\\_', '\\-', '%u00', '&#'],
  'quoted-printable',
] as const;
