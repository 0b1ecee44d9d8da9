import type { Call, Credential, Step } from '../detect/detector.js';

/** After so long a playbook says its age instead of its day. */
const FRESH_DAYS = 180;
const DAYS_PER_MONTH = 30.44;

/** `reviewed 2026-10-20`, or `reviewed 14 months ago` when that is long past. */
export function toReviewed(reviewed: string, now: Date): string {
  const days = (now.getTime() - Date.parse(reviewed)) / 86_400_000;
  return days > FRESH_DAYS ? `reviewed ${Math.round(days / DAYS_PER_MONTH)} months ago` : `reviewed ${reviewed}`;
}

const REVOKED_BY: Readonly<Record<Credential['selfRevoke'], string>> = {
  'token-only': 'with the value alone',
  'token-and-client': 'with the value and the client credentials',
  'admin-api': 'by an admin, with the API',
  console: 'in the console only',
  impossible: 'no, it can only expire',
};

/** Who can kill the credential, in words. */
export function toRevokedBy(credential: Credential): string {
  return REVOKED_BY[credential.selfRevoke];
}

/** What to do, with its danger behind it: the one word that decides whether to do it now. */
export function toStepTitle(step: Step): string {
  if (step.danger === undefined) return step.do;
  return `${step.do} (${step.danger === 'irreversible' ? 'no way back' : 'breaks clients'})`;
}

/** What the answers mean: `expect 204; 404: unknown id`. */
export function toAnswers(call: Call): string {
  const proof = call.provesRevocation === false ? ' (that is no proof: see prove)' : '';
  return [`expect ${call.ok}${proof}`, ...(call.errors ?? [])].join('; ');
}

/** The one line that comes before any revocation. */
export const HOST_GATE = 'Could malware have taken it? Isolate this machine first, revoke elsewhere.';

/** Said once where commands with a secret follow. */
export const ASKS = 'Commands are for bash or zsh. They ask for the value; it does not show.';

/** Said once where a command puts the value between quotes. */
export const QUOTES = 'Where the value holds " or \\, type a \\ before each of them.';
