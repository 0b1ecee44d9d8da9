/** What tokens are made of. */
export const wordCharacter = /[A-Za-z0-9+/=_.~-]/;

/** Shorter words hold no token that is looked for word by word. */
export const wordLength = 16;

/** By byte: 1 where it can stand in a token. */
export const isInWord = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 128 && wordCharacter.test(String.fromCharCode(byte)) ? 1 : 0,
);

/** The long words of a text, in its order: start and end of each, the end exclusive. */
export type Words = Int32Array;

/**
 * The words of a text in which a plain token can stand. Found once for all formats: trying each of a hundred patterns at
 * each character of a text would take longer than all the rest.
 */
export function longWords(bytes: Uint8Array): Words {
  const words: number[] = [];
  let start = 0;
  for (let index = 0; index <= bytes.length; index += 1) {
    if (isInWord[bytes[index] ?? 0] === 1) continue;
    if (index - start >= wordLength) words.push(start, index);
    start = index + 1;
  }
  return Int32Array.from(words);
}
