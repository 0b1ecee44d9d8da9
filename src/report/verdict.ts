import type { Exposure, Finding } from '../finding.js';
import type { Report, Stage } from './report.js';

/** What is stopped. A scan stops nothing, and what is built is there already. */
const SUBJECT: Readonly<Record<Exclude<Stage, 'scan' | 'build'>, string>> = {
  commit: 'commit',
  push: 'push',
  merge: 'merge',
  message: 'commit',
};

/** From the worst to the mildest: one of the first decides what the message advises. */
export const WORST_FIRST: readonly Exposure[] = ['remote', 'unknown', 'local', 'staged'];

/** The first line: what was stopped, what was found, and whether it has left the machine. */
export function toVerdict(report: Report): string {
  const { findings } = report;
  const count = countSecrets(findings);
  const isPossible = findings.every(({ isDummy }) => isDummy);
  const noun = `${isPossible ? 'possible secret' : 'secret'}${count === 1 ? '' : 's'}${isPossible ? '' : ' found'}`;
  return `leak-guard: ${toOutcome(report)}${count} ${noun}. ${toWhereabouts(findings, count)}`;
}

/** How far the worst of the findings has got. */
export function toWorstExposure(findings: readonly Finding[]): Exposure {
  return WORST_FIRST.find((exposure) => findings.some((finding) => finding.exposure === exposure)) ?? 'unknown';
}

/** The number of different secrets: one that stands in three places counts once. */
export function countSecrets(findings: readonly Finding[]): number {
  return new Set(findings.map((finding) => finding.fingerprint)).size;
}

function toOutcome({ stage, isStopped = true }: Report): string {
  if (stage === 'scan' || stage === 'build') return '';
  return `${SUBJECT[stage]} ${isStopped ? 'stopped' : 'not stopped'}, `;
}

function toWhereabouts(findings: readonly Finding[], count: number): string {
  const it = count === 1 ? 'it' : 'them';
  switch (toWorstExposure(findings)) {
    case 'staged':
      return 'Nothing has left this machine.';
    case 'local':
      return `No remote has ${it} yet.`;
    case 'unknown':
      return `${count === 1 ? 'It' : 'They'} may be out already.`;
    case 'remote': {
      const out = countSecrets(findings.filter((finding) => finding.exposure === 'remote'));
      return out === count ? `A remote has ${it} already.` : `A remote has ${out} of them.`;
    }
  }
}
