import { readNumber, readObject, readOneOf, readSomeList, readText } from './json-value.js';
import { type JsonValue, problemWith } from './jsonc.js';
import { countPattern } from './pattern-cost.js';
import type { CustomDetector } from './rules.js';
import { SEVERITIES } from './severities.js';

const KEYS = ['id', 'name', 'pattern', 'keywords', 'near', 'names', 'minEntropy', 'severity', 'url'];

/** So that no setting can stand in for a detector that comes with leak-guard. */
const ID = /^custom(?:-[a-z0-9]+)+$/;
/** A pattern is tried at each keyword in all that is scanned; patterns of real tokens have a few hundred ways. */
const MAX_WAYS = 10_000;
/** A match shorter than this says nothing, and would be found all over the place. */
const MIN_LENGTH = 8;

/** Reads a detector that a project defines for its own secrets. */
export function readCustomDetector(value: JsonValue): CustomDetector {
  const fields = readObject(value, KEYS);
  const [keywords, near, names] = ['keywords', 'near', 'names'].map((key) => {
    const list = fields.get(key);
    return list && readSomeList(list, readWord);
  });
  if (!keywords && !near) {
    throw problemWith(
      value,
      'this detector has neither "keywords" nor "near"',
      'Add a text that stands in the secret.',
    );
  }
  const minEntropy = fields.get('minEntropy');
  const url = fields.get('url');
  const severity = fields.get('severity');
  return {
    id: readId(fields.need('id')),
    name: readText(fields.need('name'), 100),
    pattern: readPattern(fields.need('pattern')),
    severity: severity ? readOneOf(severity, SEVERITIES) : 'high',
    ...(keywords && { keywords }),
    ...(near && { near }),
    ...(names && { names }),
    ...(minEntropy && { minEntropy: readNumber(minEntropy, 0, 5) }),
    ...(url && { url: readUrl(url) }),
  };
}

function readId(value: JsonValue): string {
  const id = readText(value, 100);
  if (ID.test(id)) return id;
  throw problemWith(value, 'the id of an own detector looks like "custom-acme-token"', 'Begin the id with "custom-".');
}

/** Two characters at least: one would make every text worth a closer look. */
function readWord(value: JsonValue): string {
  const word = readText(value, 100);
  if (word.trim().length < 2) throw problemWith(value, 'this word is shorter than two characters');
  if (isAscii(word)) return word;
  throw problemWith(
    value,
    'this word has a character that is not ASCII',
    'Write another, or a part of it that is ASCII.',
  );
}

function readPattern(value: JsonValue): RegExp {
  const source = readText(value);
  const cost = countPattern(source, Number.POSITIVE_INFINITY);
  if ('problem' in cost) throw problemWith(value, `this pattern has ${cost.problem}`);
  if (!isAscii(toWritten(source))) {
    throw problemWith(
      value,
      'this pattern has a character that is not ASCII',
      'Write .{1,4} where such a character stands.',
    );
  }
  if (cost.hasAnchor) throw problemWith(value, 'this pattern has ^ or $', 'Describe the secret alone.');
  if (cost.isUnbounded) {
    throw problemWith(value, 'this pattern has *, + or {m,}', 'Give each repetition an upper bound, such as {20,60}.');
  }
  if (cost.ways > MAX_WAYS) {
    throw problemWith(value, 'this pattern could take too long', 'Give the repetitions narrower bounds.');
  }
  if (cost.minLength < MIN_LENGTH) {
    throw problemWith(value, `this pattern can match less than ${MIN_LENGTH} characters`, 'Describe the whole secret.');
  }
  return new RegExp(source);
}

/** Texts are looked through byte by byte, and only such a character is one byte in each encoding. */
function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}

/** The pattern with what `\xe9` and `\u00e9` stand for; a backslash before another character takes that along. */
function toWritten(source: string): string {
  return source.replace(/\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|.)/g, (all, short?: string, long?: string) => {
    const digits = short ?? long;
    return digits === undefined ? all : String.fromCharCode(Number.parseInt(digits, 16));
  });
}

function readUrl(value: JsonValue): string {
  const text = readText(value, 300);
  if (/^https:\/\/[\w.-]+(?::\d+)?(?:\/[\w./?#&=%~+:@-]*)?$/.test(text)) return text;
  throw problemWith(value, 'this is not an https address', 'Write it out: "https://wiki.example.com/rotate".');
}
