import { addToAllowlist } from '../filter/allowlist-file.js';
import { ALLOWLIST_FILE } from '../filter/rule-file.js';
import { type AllowableFinding, type AllowDeps, type AllowOptions, toEntry, untilOf } from './allow.js';

/** As for `allow`, but all findings at once. */
export interface BaselineDeps extends Omit<AllowDeps, 'searches' | 'toPrintable'> {
  /** The findings that block now. */
  readonly findFindings: () => Promise<readonly AllowableFinding[]>;
}

/** Accepts every finding there is, with one reason for all of them. What comes later blocks. */
export async function baselineCommand(options: Omit<AllowOptions, 'id'>, deps: BaselineDeps): Promise<void> {
  const entry = toEntry(options, deps);
  const findings = await deps.findFindings();
  const fingerprints = [...new Set(findings.map(({ fingerprint }) => fingerprint))];
  if (fingerprints.length === 0) {
    deps.stdout('Nothing is blocked: there is nothing to accept.\n');
    return;
  }
  await addToAllowlist(
    deps.allowlistPath,
    fingerprints.map((finding) => ({ finding, ...entry })),
  );
  await deps.stage();
  const places = `${fingerprints.length} ${fingerprints.length === 1 ? 'secret' : 'secrets'} in ${findings.length} ${findings.length === 1 ? 'place' : 'places'}`;
  deps.stdout(
    `Accepted ${places}${untilOf(options)}. ${ALLOWLIST_FILE} is staged.\nRotate them all the same: whoever can read the repository can use them.\n`,
  );
}
