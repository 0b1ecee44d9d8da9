/** `line channel` → every way in which names join words: `linechannel`, `line_channel`, `line-channel`, … */
export function spellings(word: string): string[] {
  const parts = word.toLowerCase().split(' ');
  return parts.length === 1 ? parts : ['', '_', '-', '.', ' '].map((joint) => parts.join(joint));
}
