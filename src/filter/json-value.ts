import type { IsoDate } from '../detect/detector.js';
import type { UserError } from '../user-error.js';
import { type JsonValue, problemWith } from './jsonc.js';

/** The fields of an object whose keys have been checked. */
export interface Fields {
  readonly get: (key: string) => JsonValue | undefined;
  /** Throws when the key is missing. */
  readonly need: (key: string) => JsonValue;
}

/** Only words are shown: anything else could be a secret in the wrong place. */
const SHOWABLE_KEY = /^[A-Za-z$][A-Za-z_-]{0,23}$/;

/** Texts of the settings are printed: none may move the cursor, colour the screen or turn the line round. */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;

/** Reads an object that has only these keys, each once. */
export function readObject(value: JsonValue, keys: readonly string[]): Fields {
  const found = readMembers(value);
  for (const [key, at] of found) {
    if (keys.includes(key)) continue;
    const shown = SHOWABLE_KEY.test(key) ? `"${key}" is not a key` : 'this is not a key';
    throw problemWith(at, `${shown} that leak-guard knows`, `Use one of these keys: ${keys.join(', ')}.`);
  }
  return {
    get: (key) => found.get(key),
    need: (key) => {
      const member = found.get(key);
      if (member === undefined) throw missing(value, key);
      return member;
    },
  };
}

/** One member of an object whose other keys are none of our business. */
export function readMember(value: JsonValue, key: string): JsonValue | undefined {
  return readMembers(value).get(key);
}

export function readText(value: JsonValue, maxLength = 500): string {
  const text = value.node.value;
  if (typeof text !== 'string') throw wrongType(value, 'a text in double quotes');
  if (UNPRINTABLE.test(text)) throw problemWith(value, 'this text has a control or direction character in it');
  if (text.trim() === '') throw problemWith(value, 'this text is empty');
  if (text.length > maxLength) throw problemWith(value, `this text is longer than ${maxLength} characters`);
  return text;
}

export function readBoolean(value: JsonValue): boolean {
  const flag = value.node.value;
  if (typeof flag !== 'boolean') throw wrongType(value, 'true or false');
  return flag;
}

export function readNumber(value: JsonValue, min: number, max: number): number {
  const number = value.node.value;
  if (typeof number !== 'number') throw wrongType(value, 'a number');
  if (number < min || number > max) throw problemWith(value, `this number must lie between ${min} and ${max}`);
  return number;
}

export function readOneOf<T extends string>(value: JsonValue, options: readonly T[]): T {
  const text = readText(value);
  const option = options.find((one) => one === text);
  if (option !== undefined) return option;
  throw problemWith(value, `this must be one of: ${options.join(', ')}`);
}

/** Reads each element of a list. */
export function readList<T>(value: JsonValue, read: (element: JsonValue) => T): readonly T[] {
  if (value.node.type !== 'array') throw wrongType(value, 'a list in [ ]');
  return value.node.elements.map((node) => read({ file: value.file, node }));
}

/** As `readList`, for lists that must name something. */
export function readSomeList<T>(value: JsonValue, read: (element: JsonValue) => T): readonly T[] {
  const list = readList(value, read);
  if (list.length === 0) throw problemWith(value, 'this list is empty');
  return list;
}

export function readDate(value: JsonValue): IsoDate {
  const text = readText(value);
  if (!isIsoDate(text)) throw problemWith(value, 'this is not a day like 2027-06-30');
  return text;
}

/** True for days that exist, written `2027-06-30`. */
export function isIsoDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function readMembers(value: JsonValue): Map<string, JsonValue> {
  if (value.node.type !== 'object') throw wrongType(value, 'an object in { }');
  const found = new Map<string, JsonValue>();
  for (const { key, offset, value: node } of value.node.members) {
    if (found.has(key)) {
      const keyNode = { ...node, offset };
      throw problemWith({ file: value.file, node: keyNode }, 'this key stands here twice', 'Keep one of the two.');
    }
    found.set(key, { file: value.file, node });
  }
  return found;
}

function wrongType(value: JsonValue, wanted: string): UserError {
  return problemWith(value, `this must be ${wanted}`);
}

function missing(value: JsonValue, key: string): UserError {
  return problemWith(value, `"${key}" is missing`, `Add "${key}" to what begins here.`);
}
