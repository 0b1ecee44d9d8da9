/**
 * Path globs: `*` and `?` inside one name, `**` for any number of folders, `{a,b}` for a choice, and `folder/` for all
 * that is in it. All other characters stand for themselves, so that `app/[slug]/(auth)/page.tsx` is just a path.
 *
 * Our own matcher, because the globs come from the repository: one that becomes a RegExp can be made to backtrack for
 * hours (`*a*a*a*a*b*` against a long name), and this one takes at most length of glob × length of path.
 */
export type PathTest = (path: string) => boolean;

const MAX_LENGTH = 200;
const MAX_CHOICES = 64;
/** Paths that no glob with a name in it matches. */
const UNLIKELY_PATHS = ['qz7', '.qz7', 'kx9/qz7.w3', '.kx9/qz7', '.kx9/.qz7', 'kx9/vb2/hj4/qz7.w3f', 'kx9/vb2/.qz7.w3'];

/** What is wrong with a glob, in words that follow "this glob", or null. */
export function globProblem(glob: string): string | null {
  if (glob.length > MAX_LENGTH) return `is longer than ${MAX_LENGTH} characters`;
  if (glob.includes('\\')) return 'has a backslash: folders are parted by /';
  if (glob.startsWith('!')) return 'begins with "!": name what passes, not what does not';
  if (/^(?:\/|[A-Za-z]:)/.test(glob)) return 'is absolute: paths begin at the folder of this file';
  if (glob.split('/').some((name) => name === '..' || name === '.')) return 'has "." or ".." in it';
  if (glob.includes('//')) return 'has an empty name in it';
  if (!/^(?:[^{}]|\{[^{}]*\})*$/.test(glob)) return 'has braces that do not pair up';
  if (countChoices(glob) > MAX_CHOICES) return `stands for more than ${MAX_CHOICES} paths`;
  if (UNLIKELY_PATHS.some(toPathTest(glob))) return 'matches any file: name a folder or a kind of file';
  return null;
}

/** The test for a glob without problems. */
export function toPathTest(glob: string): PathTest {
  const tests = expandChoices(glob).map(toSingleTest);
  return (path) => tests.some((test) => test(path));
}

function toSingleTest(glob: string): PathTest {
  if (!/[*?]|\/$/.test(glob)) return (path) => path === glob;
  // `a/**` and `a/` mean what is in the folder, so at least one name has to follow.
  const names = glob
    .replace(/\/$/, '/**')
    .replace(/(^|\/)\*\*$/, '$1**/*')
    .split('/');
  return (path) => matches(names, path.split('/'), { isStar: (name) => name === '**', fits: nameFits });
}

function nameFits(glob: string, name: string): boolean {
  if (glob === '*') return true;
  if (!/[*?]/.test(glob)) return glob === name;
  return matches([...glob], [...name], {
    isStar: (char) => char === '*',
    fits: (char, other) => char === '?' || char === other,
  });
}

interface Wildcard {
  readonly isStar: (part: string) => boolean;
  readonly fits: (part: string, item: string) => boolean;
}

/** Matches parts against items; a star eats any number of them. Only the last star is ever tried again. */
function matches(parts: readonly string[], items: readonly string[], { isStar, fits }: Wildcard): boolean {
  let part = 0;
  let item = 0;
  let retryPart = -1;
  let retryItem = 0;
  while (item < items.length) {
    const wanted = parts[part];
    if (wanted !== undefined && isStar(wanted)) {
      part += 1;
      retryPart = part;
      retryItem = item;
    } else if (wanted !== undefined && fits(wanted, items[item] ?? '')) {
      part += 1;
      item += 1;
    } else if (retryPart >= 0) {
      retryItem += 1;
      part = retryPart;
      item = retryItem;
    } else {
      return false;
    }
  }
  return parts.slice(part).every(isStar);
}

function countChoices(glob: string): number {
  return [...glob.matchAll(/\{([^{}]*)\}/g)].reduce((count, [, inner]) => count * (inner ?? '').split(',').length, 1);
}

function expandChoices(glob: string): readonly string[] {
  const [whole, inner = ''] = /\{([^{}]*)\}/.exec(glob) ?? [];
  if (whole === undefined) return [glob];
  const start = glob.indexOf(whole);
  const rest = expandChoices(glob.slice(start + whole.length));
  return inner.split(',').flatMap((choice) => rest.map((end) => glob.slice(0, start) + choice + end));
}
