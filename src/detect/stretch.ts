import type { Span } from './match.js';

/** A stretch of a text that is another way to write something. */
export interface Stretch extends Span {
  /** What it stands for. */
  readonly bytes: Buffer;
  readonly kind: 'escape' | 'base64' | 'gzip';
  /** It stands for all of its bytes at once. Else it is base64, of which each four digits stand for three bytes. */
  readonly isWhole: boolean;
}
