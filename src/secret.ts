import { inspect } from 'node:util';
import { MASK } from './mask.js';

/**
 * A value that must never be printed. Every way in which JavaScript turns a value into text gives `********`;
 * `reveal()` is the one door, and only what makes findings and fingerprints opens it: a test sees to that.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself. */
  reveal(): string {
    return this.#value;
  }

  /** Whether a content holds the value, as UTF-8 or byte by byte. */
  isIn(content: Buffer): boolean {
    return content.includes(this.#value, 0, 'utf8') || content.includes(this.#value, 0, 'latin1');
  }

  /** Length in UTF-16 units. */
  get length(): number {
    return this.#value.length;
  }

  toString(): string {
    return MASK;
  }

  toJSON(): string {
    return MASK;
  }

  [Symbol.toPrimitive](): string {
    return MASK;
  }

  [inspect.custom](): string {
    return MASK;
  }
}
