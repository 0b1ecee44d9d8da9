import { inspect } from 'node:util';

const REDACTED = '********';

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
    return REDACTED;
  }

  toJSON(): string {
    return REDACTED;
  }

  [Symbol.toPrimitive](): string {
    return REDACTED;
  }

  [inspect.custom](): string {
    return REDACTED;
  }
}
