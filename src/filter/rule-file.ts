import { UserError } from '../user-error.js';
import type { StoredFile } from './rules.js';

/** The allowlist, at the root of the repository and nowhere else. */
export const ALLOWLIST_FILE = '.leak-guard-allow.json';
/** The settings, in any folder. */
export const SETTINGS_FILE = '.leak-guard.json';
export const PACKAGE_FILE = 'package.json';
/** Rule files above this size are refused: nobody writes them by hand, and a hostile one must not hang the hook. */
export const MAX_RULE_FILE_BYTES = 1_000_000;

/** Whether a change to these paths can change a rule. */
export function touchesRules(paths: readonly string[]): boolean {
  return paths.some(isRuleFile);
}

/** Whether rules can stand at this path. */
export function isRuleFile(path: string): boolean {
  return path === ALLOWLIST_FILE || /(?:^|\/)(?:\.leak-guard|package)\.json$/.test(path);
}

/** The text of a rule file. Refuses links, which could lead out of the repository, and large files. */
export function toRuleText(path: string, stored: StoredFile): string {
  if (stored.kind === 'link') {
    throw new UserError(
      `${path} is a symbolic link, and links are not followed.`,
      `Replace ${path} with a regular file.`,
    );
  }
  if (stored.kind === 'too-large' || stored.bytes.length > MAX_RULE_FILE_BYTES) {
    throw new UserError(
      `${path} is larger than 1 MB.`,
      'Take out entries that are no longer needed: "leak-guard audit" lists them.',
    );
  }
  return decode(path, stored.bytes);
}

/** PowerShell writes UTF-16 with a byte order mark, other tools UTF-8 with or without one. */
function decode(path: string, bytes: Buffer): string {
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new UserError(`${path} is not valid UTF-8 or UTF-16 text.`, `Save ${path} as UTF-8.`, { cause });
  }
}

function encodingOf(bytes: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' {
  const [first, second] = bytes;
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0)) return 'utf-16be';
  return 'utf-8';
}
