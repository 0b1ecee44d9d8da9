import type { Suspect } from '../../src/filter/rules.js';
import { fingerprint } from '../../src/fingerprint.js';
import { Secret } from '../../src/secret.js';

/** What the rules are asked about, with what the test says of it. */
export function toTestSuspect(
  said: Partial<Suspect> & { readonly secret?: string; readonly isGuessable?: boolean } = {},
): Suspect {
  const { secret = 'not a secret', isGuessable = false, ...rest } = said;
  return {
    detector: 'acme-token',
    formerIds: [],
    path: 'src/a.ts',
    startLine: 7,
    lines: [`const token = "${secret}";`],
    lineAbove: null,
    fingerprint: (formatId) => fingerprint(formatId, new Secret(secret), isGuessable),
    secretPasses: (test) => test(secret),
    ...rest,
  };
}
