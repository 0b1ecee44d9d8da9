/**
 * Path globs, matched by micromatch: `*` and `?` inside one name, `**` for any number of folders, `{a,b}` for a choice,
 * and `folder/` for all that is in it. All other characters stand for themselves, so that `app/[slug]/(auth)/page.tsx`
 * is just a path.
 *
 * micromatch makes a RegExp of a glob, and the globs come from the repository: `*a*a*a*a*b*` against a long name would
 * backtrack for hours. So a glob may have few wildcards, and is tried on paths of ordinary length only.
 */
export type PathTest = (path: string) => boolean;

const MAX_LENGTH = 200;
const MAX_CHOICES = 64;
/** Of globs with two wildcards that multiply, which take up to 4 ms each on a path that is made for it. */
const MAX_COSTLY_CHOICES = 4;
/** Windows ends at 260, and other systems' repositories do too. A longer path matches no glob, so it is scanned. */
const MAX_PATH_LENGTH = 500;
/** Paths that no glob with a name in it matches. */
const UNLIKELY_PATHS = ['qz7', '.qz7', 'kx9/qz7.w3', '.kx9/qz7', '.kx9/.qz7', 'kx9/vb2/hj4/qz7.w3f', 'kx9/vb2/.qz7.w3'];
/** What micromatch would read as more than itself, and brackets that a path may well have. */
const SPECIAL = /[()[\]|+@!^$"'`]/g;

/** Whether a path has wildcards or choices in it. */
export function isGlob(text: string): boolean {
  return /[*?{]/.test(text);
}

/** What is wrong with a glob, in words that follow "this glob", or null. */
export async function globProblem(glob: string): Promise<string | null> {
  const problem = findMisspelling(glob);
  if (problem !== null || !isGlob(glob)) return problem;
  const choices = await expand(glob);
  const tooCostly = choices.map(findCost).find((found) => found !== null);
  if (tooCostly !== undefined) return tooCostly;
  if (choices.length > MAX_COSTLY_CHOICES && choices.some(isCostly)) {
    return `stands for more than ${MAX_COSTLY_CHOICES} globs, with two ** or with two * in a name`;
  }
  return UNLIKELY_PATHS.some(await toPathTest(glob)) ? 'matches any file: name a folder or a kind of file' : null;
}

/** The test for a glob without problems. */
export async function toPathTest(glob: string): Promise<PathTest> {
  if (!isGlob(glob)) return glob.endsWith('/') ? (path) => path.startsWith(glob) : (path) => path === glob;
  const micromatch = await loadMicromatch();
  const options = {
    dot: true,
    nobrace: true, // choices are written out by now, so that their number is known
    noextglob: true,
    nonegate: true,
    windows: false, // git parts folders by / everywhere
  };
  // With the flag s, because a name may have a line break in it.
  const patterns = (await expand(glob)).map((choice) => new RegExp(micromatch.makeRe(choice, options).source, 's'));
  return (path) => path.length <= MAX_PATH_LENGTH && patterns.some((pattern) => pattern.test(path));
}

function findMisspelling(glob: string): string | null {
  if (glob.length > MAX_LENGTH) return `is longer than ${MAX_LENGTH} characters`;
  if (glob.includes('\\')) return 'has a backslash: folders are parted by /';
  if (glob.startsWith('!')) return 'begins with "!": name what passes, not what does not';
  if (/^(?:\/|[A-Za-z]:)/.test(glob)) return 'is absolute: paths begin at the folder of this file';
  if (glob.split('/').some((name) => name === '..' || name === '.')) return 'has "." or ".." in it';
  if (glob.includes('//')) return 'has an empty name in it';
  if (!/^(?:[^{}]|\{[^{}]*\})*$/.test(glob)) return 'has braces that do not pair up';
  if (!/^(?:[^{}]|\{[^{},]*,[^{}]*\})*$/.test(glob)) return 'has braces without a choice: write {a,b}';
  if (/\{[^{}]*\.\.[^{}]*\}/.test(glob)) return 'has ".." in braces: write the choices out';
  if (countChoices(glob) > MAX_CHOICES) return `stands for more than ${MAX_CHOICES} globs`;
  return null;
}

/**
 * Bounds what backtracking can do. Two `*` in a name can divide it in as many ways as it has characters, and `**`
 * can end at any folder. These multiply, except that a name behind a `**` is part of what the `**` had left over.
 */
function findCost(glob: string): string | null {
  const stars = countStars(glob);
  if (stars.some((count) => count > 2)) return 'has more than two * in one name';
  if (stars.filter((count) => count === 2).length > 1) return 'has two * in more than one name';
  const folders = countFolders(glob);
  if (folders > 2) return 'has more than two **, where a / at the end counts as one';
  const isDivisibleFirst = stars.includes(2) && stars.indexOf(2) < glob.split('/').indexOf('**');
  return folders === 2 && isDivisibleFirst ? 'has two * in a name, and two ** behind it' : null;
}

function isCostly(glob: string): boolean {
  return countFolders(glob) > 1 || countStars(glob).includes(2);
}

/** How many `*` each name has; `**` stands for folders, and has none. */
function countStars(glob: string): readonly number[] {
  return glob.split('/').map((name) => (name === '**' ? 0 : name.split('*').length - 1));
}

function countFolders(glob: string): number {
  return glob.split('/').filter((name) => name === '**').length;
}

/** The globs that a glob stands for, without braces, as micromatch is to have them. */
async function expand(glob: string): Promise<readonly string[]> {
  const escaped = glob.replace(SPECIAL, '\\$&');
  const choices = escaped.includes('{')
    ? (await loadMicromatch()).braces(escaped, { expand: true, keepEscaping: true })
    : [escaped];
  // `a/**` and `a/` mean what is in the folder, so at least one name has to follow.
  return choices
    .filter((choice) => choice !== '')
    .map((choice) => choice.replace(/\/$/, '/**').replace(/(^|\/)\*\*$/, '$1**/*'));
}

/** Loaded for the first glob, because few repositories have one. */
async function loadMicromatch() {
  return (await import('micromatch')).default;
}

function countChoices(glob: string): number {
  return [...glob.matchAll(/\{([^{}]*)\}/g)].reduce((count, [, inner]) => count * (inner ?? '').split(',').length, 1);
}
