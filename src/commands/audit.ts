import { ExitCode } from '../exit-code.js';
import { coversFormat } from '../filter/detector-name.js';
import { ALLOWLIST_FILE } from '../filter/rule-file.js';
import type { AllowEntry, Rules } from '../filter/rules.js';

export interface AuditDeps {
  readonly stdout: (text: string) => void;
  /** Scans all that the allowlist is for, and gives the rules that were asked. */
  readonly scanAll: () => Promise<Rules>;
  /** The formats there are, to find entries that name none of them. */
  readonly formats: readonly { readonly id: string; readonly formerIds?: readonly string[] }[];
  /** Makes text from the repository safe to print. */
  readonly toPrintable: (text: string) => string;
  readonly now: Date;
}

const SOON_DAYS = 30;
const DAY_MS = 24 * 60 * 60 * 1000;

interface Judged {
  readonly entry: AllowEntry;
  /** What is to be done about it. */
  readonly faults: readonly string[];
  /** What is good to know. */
  readonly hints: readonly string[];
}

/** Lists the allow entries that need a look. Exits with 1 where one has expired or matches nothing any more. */
export async function auditCommand(deps: AuditDeps): Promise<ExitCode> {
  const rules = await deps.scanAll();
  const used = new Set(rules.usedEntries());
  const judged = rules.entries.map((entry) => judge(entry, used.has(entry), { rules, deps }));
  const shown = judged.filter(({ faults, hints }) => faults.length + hints.length > 0);
  for (const { entry, faults, hints } of shown) {
    deps.stdout(
      `${ALLOWLIST_FILE}:${entry.line}  ${[...faults, ...hints].join('; ')}  (${deps.toPrintable(entry.reason)})\n`,
    );
  }
  const faulty = judged.filter(({ faults }) => faults.length > 0).length;
  deps.stdout(
    `Entries: ${rules.entries.length}. To take out or renew: ${faulty}. Findings allowed: ${rules.suppressed().length}.\n`,
  );
  return faulty === 0 ? ExitCode.Clean : ExitCode.Findings;
}

function judge(entry: AllowEntry, isUsed: boolean, { rules, deps }: { rules: Rules; deps: AuditDeps }): Judged {
  const days = daysLeft(entry, deps.now);
  const isExpired = days < 0;
  const formats = [...deps.formats, ...rules.customDetectors];
  const unknown = entry.detectors.filter((name) => !formats.some((format) => coversFormat(name, format)));
  return {
    entry,
    faults: [
      ...(isExpired ? [`expired on ${entry.expires}`] : []),
      ...(isUsed || isExpired ? [] : ['matches nothing any more']),
      ...unknown.map((name) => `names ${name}, which is no detector`),
    ],
    hints: [
      ...(!isExpired && days <= SOON_DAYS ? [`expires on ${entry.expires}`] : []),
      ...(entry.by === undefined ? ['does not say who allowed it'] : []),
    ],
  };
}

/** Whole days until the entry stops working: 0 on its last day, negative from then on. */
function daysLeft({ expires }: AllowEntry, now: Date): number {
  if (expires === undefined) return Number.POSITIVE_INFINITY;
  const today = Date.parse(now.toISOString().slice(0, 10));
  return Math.round((Date.parse(expires) - today) / DAY_MS);
}
