import { type Alignment, alignments, charactersBefore } from './scan-table.js';

/** Shorter pieces would stand in any base64. */
const leastPiece = 4;

/** Longer ones tell no more. */
const mostPiece = 12;

/**
 * What a text looks like in base64 wherever it stands: the characters that do not depend on what stands before and behind
 * it, for each way in which it can lie in the groups of three bytes. `ghp_` is `Z2hwX`, `docF` or `naHBf`.
 */
export function encodedKeywords(text: string): ReadonlyMap<string, Alignment> {
  const pieces = new Map<string, Alignment>();
  for (const alignment of alignments) {
    const encoded = Buffer.from('\0'.repeat(alignment) + text, 'latin1').toString('base64');
    const known = Math.floor(((alignment + text.length) * 8) / 6);
    const piece = encoded.slice(charactersBefore[alignment], Math.min(known, charactersBefore[alignment] + mostPiece));
    if (piece.length >= leastPiece) pieces.set(piece, alignment);
  }
  return pieces;
}
