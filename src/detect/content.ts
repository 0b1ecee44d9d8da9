import { once } from './once.js';

/** A text to run patterns on: one byte, one character, so that offsets stay those of the bytes. Patterns are ASCII. */
export interface Content {
  readonly lengthBytes: number;
  /** All of it; made when it is first asked for, which for most texts is never. */
  readonly whole: () => string;
  /** A part of it. The end is exclusive. */
  readonly slice: (start: number, end: number) => string;
}

/** The text that these bytes are. */
export function toContent(bytes: Buffer): Content {
  return {
    lengthBytes: bytes.length,
    whole: once(() => bytes.toString('latin1')),
    slice: (start, end) => bytes.toString('latin1', start, end),
  };
}
