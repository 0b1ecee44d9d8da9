import type { Span } from './match.js';

/** A stretch of a text that is another way to write something. */
export interface Stretch extends Span {
  /** What it stands for. */
  readonly bytes: Buffer;
  /** Of base64, three bytes stand in four characters; an escape stands for all of its bytes at once. */
  readonly kind: 'escape' | 'base64';
}
