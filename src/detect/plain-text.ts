/** Ways to write a character in an address, in HTML and in a word processor, as far as they stand around values. */
const written =
  /%(?:2[0267C]|3[AD]|5[BD]|7[BD])|&(?:quot|apos|amp|lt|gt|#3[49]|#x2[27]);|\xe2\x80[\x98-\x9f]|\xc2\xa0/gi;

const entities: Readonly<Record<string, string>> = { quot: '"', amp: '&', lt: '<', gt: '>' };

/**
 * A stretch of a text with the characters for which it has another spelling: `%3D`, `&quot;`, typographic quotes. The
 * text holds a byte in each of its characters.
 */
export function toPlainText(text: string): string {
  return /[%&\xc2\xe2]/.test(text) ? text.replace(written, toCharacter) : text;
}

function toCharacter(spelling: string): string {
  if (spelling.startsWith('%')) return String.fromCharCode(Number.parseInt(spelling.slice(1), 16));
  if (spelling.startsWith('&')) return entities[spelling.slice(1, -1).toLowerCase()] ?? "'";
  return spelling === '\xc2\xa0' ? ' ' : '"';
}
