import type { Audit, Credential, Phase, PlaybookEntry, Step } from '../detect/detector.js';
import { renderCurl } from './curl.js';
import { cutEnd, toPrintable } from './escape.js';
import { toSecrets } from './find-playbook.js';
import { ASKS, HOST_GATE, toAnswers, toReviewed, toRevokedBy, toStepTitle } from './playbook-words.js';
import { hang, wrap } from './wrap.js';

const MAX_LINES = 30;
const LABEL = 13;

/** How much of each step is shown. */
interface Detail {
  readonly hasNotes: boolean;
  /** The phases whose commands are written out; the others name `--full`. */
  readonly commands: readonly Phase[];
  readonly hasConsole: boolean;
  /** Whether the lines below the steps may wrap. */
  readonly hasLongEnd: boolean;
}

const ALL: readonly Phase[] = ['contain', 'create', 'deploy', 'revoke', 'prove', 'check', 'clean'];
const ENDING: readonly Phase[] = ['contain', 'revoke', 'prove'];

/** From the most to the least: the first that fits on one screen is shown. What is left out is in `--full`. */
const DETAILS: readonly Detail[] = [
  { hasNotes: true, commands: ALL, hasConsole: true, hasLongEnd: true },
  { hasNotes: true, commands: ALL, hasConsole: true, hasLongEnd: false },
  { hasNotes: false, commands: ALL, hasConsole: true, hasLongEnd: false },
  { hasNotes: false, commands: ENDING, hasConsole: true, hasLongEnd: false },
  { hasNotes: false, commands: ['contain'], hasConsole: true, hasLongEnd: false },
  { hasNotes: false, commands: [], hasConsole: true, hasLongEnd: false },
  { hasNotes: false, commands: [], hasConsole: false, hasLongEnd: false },
];

/** One screen for one credential: at most 30 lines, the steps in order, and what to look at and think of afterwards. */
export function renderSummary(
  entry: PlaybookEntry,
  { credential, now, columns }: { readonly credential: Credential; readonly now: Date; readonly columns: number },
): string {
  const views = DETAILS.map((detail) => [
    ...toHead(entry, { now, columns }),
    '',
    ...toCredentialHead(entry, { credential, columns }),
    ...credential.steps.flatMap((step, index) => toStepLines(step, { number: index + 1, detail, columns })),
    '',
    ...toEnd(entry, { detail, columns }),
    `  ${credential.url ?? entry.rotate.url}`,
  ]);
  const lines = views.find((view) => view.length <= MAX_LINES) ?? shorten(views.at(-1) ?? []);
  return lines.map((line) => `${toPrintable(line)}\n`).join('');
}

function toHead(entry: PlaybookEntry, { now, columns }: { readonly now: Date; readonly columns: number }): string[] {
  const { provider, id, rotate } = entry;
  const head = `${provider}   ${toReviewed(rotate.reviewed, now)}   offline copy   more: leak-guard rotate ${id} --full`;
  const secrets = toSecrets(entry);
  if (secrets.length < 2) return wrap(head, columns);
  const choice = secrets.map(({ id: name }, index) => `${index + 1} ${name}`).join('  ');
  return [...wrap(head, columns), ...hang('Which one?  ', `${choice}  (--credential NUMBER or ID)`, columns)];
}

function toCredentialHead(
  { provider }: PlaybookEntry,
  { credential, columns }: { readonly credential: Credential; readonly columns: number },
): string[] {
  const name = credential.name.toLowerCase().includes(provider.toLowerCase())
    ? credential.name
    : `${provider} ${credential.name}`;
  if (!credential.isSecret) return [name, ...wrap(`Not a secret: it needs no rotation. ${credential.grants}`, columns)];
  return [
    ...wrap(`${name}   overlap: ${credential.overlap}   revocable: ${toRevokedBy(credential)}`, columns),
    HOST_GATE,
    ...(credential.steps.some(({ call }) => call !== undefined) ? [ASKS] : []),
  ];
}

function toStepLines(
  step: Step,
  { number, detail, columns }: { readonly number: number; readonly detail: Detail; readonly columns: number },
): string[] {
  const label = `${String(number).padStart(2)} ${step.phase}`.padEnd(LABEL);
  const indented = (text: string) => hang(' '.repeat(LABEL), text, columns);
  const isWritten = detail.commands.includes(step.phase);
  const hasCommand = step.call !== undefined || step.run !== undefined;
  return [
    ...hang(label, toStepTitle(step) + (hasCommand && !isWritten ? ' (command: --full)' : ''), columns),
    ...(step.console !== undefined && detail.hasConsole ? indented(step.console) : []),
    ...(isWritten ? toCommandLines(step, columns) : []),
    ...(step.note !== undefined && detail.hasNotes ? indented(step.note) : []),
  ];
}

function toCommandLines({ run, call }: Step, columns: number): string[] {
  const commands = [
    ...(run === undefined ? [] : run.split('\n')),
    ...(call === undefined ? [] : renderCurl(call, columns - LABEL)),
  ];
  const answers = call === undefined ? [] : hang(' '.repeat(LABEL), toAnswers(call), columns);
  return [...commands.map((line) => ' '.repeat(LABEL) + line), ...answers];
}

function toEnd(
  { rotate }: PlaybookEntry,
  { detail, columns }: { readonly detail: Detail; readonly columns: number },
): string[] {
  const line = (label: string, text: string) => {
    const start = `   ${label}`.padEnd(LABEL);
    return detail.hasLongEnd ? hang(start, text, columns) : [cutEnd(start + text, columns)];
  };
  return [
    ...toAudits(rotate.audit, detail).flatMap((audit) => line('look', toAuditWords(audit))),
    ...(rotate.breaks.length > 0 ? line('breaks', rotate.breaks.join(', ')) : []),
    ...(rotate.usedIn.length > 0 ? line('used in', rotate.usedIn.join(', ')) : []),
    ...(rotate.practices[0] === undefined ? [] : line('store', rotate.practices[0])),
  ];
}

/** Where there is room for one, a log that exists says more than the words that there is none. */
function toAudits(audits: readonly Audit[], { hasLongEnd }: Detail): readonly Audit[] {
  if (hasLongEnd) return audits.slice(0, 2);
  const first = audits.find(({ kind }) => kind !== 'none') ?? audits[0];
  return first === undefined ? [] : [first];
}

function toAuditWords({ title, where, lookFor }: Audit): string {
  return [title, ...(where === undefined ? [] : [where]), ...lookFor.slice(0, 1)].join('; ');
}

function shorten(lines: readonly string[]): string[] {
  if (lines.length <= MAX_LINES) return [...lines];
  return [...lines.slice(0, MAX_LINES - 2), '   ...       the rest: --full', lines.at(-1) ?? ''];
}
