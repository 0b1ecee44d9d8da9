/*
 * Words that people put where a secret will stand. A random value must not be taken for a stand-in because of the words
 * that it holds by chance: the shorter a word, the more has to come with it, so that hardly one is lost
 * (test/detect/placeholder.test.ts draws some). They are matched in the part of a secret that varies.
 */

/** Long enough to be no chance in whatever people draw. */
const words =
  /example|sample|placeholder|changeme|change_me|replace|redact|insert|invalid|notreal|not_real|censored|foobar|deadbeef|s3cr3t|supersecret|fakefake|testtest|x{6}/i;

/** Five characters: the longer a random value is, the likelier one of these stands in it, so longer ones are not searched. */
const shorterWords = /dummy|your[_-]|fake_|_fake/i;

const separator = String.raw`[_.\-:/]`;

/** Four letters and more, between separators or ends. */
const separateWords = between('test|fake|mock|todo|none|null|undefined|here|secret|token|x{4,}');

/** Between separators or ends, and two of them: `my` alone stands so in one of some thousand base64url tokens. */
const smallWords = between('my|the|key|abc|foo|bar|xxx');
const leastSmallWords = 2;

function between(choices: string): RegExp {
  return new RegExp(`(?<=^|${separator})(?:${choices})(?=$|${separator})`, 'gi');
}

/** Rows of the keyboard and of the alphabet, both ways round; a stretch of eight along one is no chance. */
const walks = [
  '01234567890123456789',
  'abcdefghijklmnopqrstuvwxyzabcdef',
  'qwertyuiopasdfghjklzxcvbnm',
  'azertyuiopqsdfghjklmwxcvbn',
  'qwertzuiopasdfghjklyxcvbnm',
  '1q2w3e4r5t6y7u8i9o0p',
  '0123456789abcdef0123456789abcdef',
  'a1b2c3d4e5f6g7h8i9j0k1l2m3n4o5p6',
].flatMap((walk) => [walk, [...walk].reverse().join('')]);

const walkLength = 8;

/** Every stretch of eight along a walk: one look tells whether a piece is one. */
const stretches = new Set(
  walks.flatMap((walk) =>
    Array.from({ length: walk.length - walkLength + 1 }, (_, start) => walk.slice(start, start + walkLength)),
  ),
);

/** Longer values (keys, tokens of a kilobyte) are measured, not read: in so much random text any word turns up. */
const readUpTo = 300;
const readForShorterUpTo = 70;

/**
 * Whether a value is a stand-in and no secret: `xxxx…`, `EXAMPLE`, `${VAR}`, `<token>`, a run of one character, a walk
 * over the keyboard, a short piece repeated. `secret` is the part that varies; fixed prefixes are taken off first.
 */
export function isPlaceholder(secret: string): boolean {
  return (
    hasWord(secret) || isReference(secret) || hasRun(secret) || hasWalk(secret.toLowerCase()) || isRepetition(secret)
  );
}

function hasWord(secret: string): boolean {
  if (secret.length > readUpTo) return false;
  return (
    words.test(secret) ||
    (secret.length <= readForShorterUpTo && shorterWords.test(secret)) ||
    secret.search(separateWords) >= 0 ||
    (secret.match(smallWords) ?? []).length >= leastSmallWords
  );
}

/** `${VAR}`, `{{ var }}`, `<token>`, `$(cmd)`, `%VAR%`, `process.env.X`: the value stands elsewhere. */
function isReference(secret: string): boolean {
  return /\$\{|\{\{|\$\(|^<.*>$|^%\w+%$|^\$\w+$|^(?:process\.env|os\.environ|env|secrets|var|vars|config)[.[]/.test(
    secret,
  );
}

/**
 * One character over and over: a sixth of the value and at least six in a row, of hexadecimal digits seven. Key material
 * of a kilobyte has such runs by chance.
 */
function hasRun(secret: string): boolean {
  const leastAtAll = /^[0-9a-f-]*$/i.test(secret) ? 7 : 6;
  const least = Math.max(leastAtAll, Math.min(40, Math.ceil(secret.length / 6)));
  let run = 1;
  for (let index = 1; index < secret.length; index += 1) {
    run = secret[index] === secret[index - 1] ? run + 1 : 1;
    if (run >= least) return true;
  }
  return false;
}

function hasWalk(secret: string): boolean {
  if (secret.length > readUpTo) return false;
  for (let index = 0; index + walkLength <= secret.length; index += 1) {
    if (stretches.has(secret.slice(index, index + walkLength))) return true;
  }
  return false;
}

/** A piece of up to eight characters repeated to the end: `abc123abc123abc1`. */
function isRepetition(secret: string): boolean {
  if (secret.length < 12) return false;
  for (let period = 1; period <= 8; period += 1) {
    if (secret.slice(period) === secret.slice(0, -period)) return true;
  }
  return false;
}
