import { coversFormat, detectorNameProblem } from './detector-name.js';
import type { Suspect } from './rules.js';

/** What the comments at a match say: nothing, that it may pass, or something that has no effect. */
export type CommentVerdict =
  | { readonly kind: 'none' }
  | { readonly kind: 'allows'; readonly reason: string; readonly line: number }
  | { readonly kind: 'no-effect'; readonly why: string; readonly line: number };

const MARKER = 'leak-guard:allow';
const FORM = `${MARKER} <detector> <reason>`;
/** What ends a comment; what follows it is code again, and may hold the secret. */
const COMMENT_END = /\*\/|--%?>|%>|#\}|\*\)|-\}|"""|'''|"\s*[,}\]]?\s*$/;
/** Not a RegExp: node reads the Unicode tables for one when it loads the program, and few runs see a comment. */
const LETTER = '[\\p{L}\\p{N}]';
const MIN_REASON_LETTERS = 3;
const MAX_REASON = 300;

/** Looks for a comment on the lines of the match, then for one that stands alone on the line above. */
export function findAllowComment(suspect: Suspect, requireReason: boolean): CommentVerdict {
  const above = suspect.lineAbove;
  const ownLines = suspect.lines.map((text, index) => ({ text, line: suspect.startLine + index }));
  const places =
    above !== null && isAloneOnLine(above) ? [...ownLines, { text: above, line: suspect.startLine - 1 }] : ownLines;
  let verdict: CommentVerdict = { kind: 'none' };
  for (const { text, line } of places) {
    const comment = toComment(text);
    if (comment === null) continue;
    const why = whyNoEffect(comment, suspect, requireReason);
    if (why === null) return { kind: 'allows', reason: comment.reason || 'no reason given', line };
    verdict = { kind: 'no-effect', why, line };
  }
  return verdict;
}

interface Comment {
  readonly detector: string;
  readonly reason: string;
}

/** Alone on its line: nothing before it but the signs and words that begin a comment. */
function isAloneOnLine(text: string): boolean {
  const start = text.indexOf(MARKER);
  if (start < 0 || start >= MAX_REASON) return false;
  return new RegExp(`^\\s*(?:@?rem\\s|dnl\\s)?${LETTER.replace('[', '[^')}*$`, 'iu').test(text.slice(0, start));
}

function toComment(text: string): Comment | null {
  const start = text.indexOf(MARKER);
  if (start < 0) return null;
  const rest = text.slice(start + MARKER.length, start + MARKER.length + MAX_REASON);
  const inside = rest.split(COMMENT_END, 1)[0] ?? '';
  const [, detector = '', reason = ''] = /^[ \t]+(\S+)(.*)$/s.exec(inside.trimEnd()) ?? [];
  return { detector, reason: reason.trim() };
}

function whyNoEffect(comment: Comment, suspect: Suspect, requireReason: boolean): string | null {
  if (detectorNameProblem(comment.detector) !== null) return `it names no detector: write "${FORM}"`;
  const format = { id: suspect.detector, formerIds: suspect.formerIds };
  if (!coversFormat(comment.detector, format)) return `it names another detector than ${suspect.detector}`;
  // A reason that holds the secret would print it wherever allowed findings are listed.
  if (suspect.secretPasses((secret) => comment.reason.includes(secret))) return 'its reason holds the secret';
  const letters = comment.reason.match(new RegExp(LETTER, 'gu'))?.length ?? 0;
  if (requireReason && letters < MIN_REASON_LETTERS) return `it gives no reason: write "${FORM}"`;
  return null;
}
