import type { Audit, Credential, PlaybookEntry, Step } from '../detect/detector.js';
import { isQuoteSensitive, renderCurl } from './curl.js';
import { ASKS, HOST_GATE, QUOTES, toAnswers, toReviewed, toRevokedBy, toStepTitle } from './playbook-words.js';

/** A piece of a page, before it is text, Markdown or HTML. */
export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'facts'; readonly facts: readonly (readonly [label: string, value: string])[] }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'code'; readonly lines: readonly string[] }
  | { readonly kind: 'links'; readonly links: readonly { readonly title: string; readonly url: string }[] }
  | {
      readonly kind: 'steps';
      readonly steps: readonly { readonly title: string; readonly blocks: readonly Block[] }[];
    };

/** A part of the page under one heading. `id` is its anchor: the credential's id, or `page-…` for the rest. */
interface Section {
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** A whole playbook. */
export interface Document {
  readonly title: string;
  readonly summary: readonly Block[];
  readonly sections: readonly Section[];
}

/** Everything that the playbook says, for these of its credentials. */
export function toDocument(
  entry: PlaybookEntry,
  {
    credentials,
    now,
    columns,
  }: { readonly credentials: readonly Credential[]; readonly now: Date; readonly columns: number },
): Document {
  const { rotate } = entry;
  return {
    title: `Rotate ${entry.provider} credentials`,
    summary: [
      text(`${capitalize(toReviewed(rotate.reviewed, now))}. Offline copy.`),
      text(entry.about),
      text(HOST_GATE),
      links([{ title: 'Official page', url: rotate.url }]),
    ],
    sections: [
      ...credentials.map((credential) => toCredentialSection(credential, { entry, columns })),
      { id: 'page-check', title: 'Check for misuse', blocks: rotate.audit.flatMap(toAuditBlocks) },
      section('breaks', 'What stops working', rotate.breaks),
      section('used-in', 'Where it is used', rotate.usedIn),
      section('risks', 'What a thief can do', rotate.risks),
      section('practices', 'Hold it better from now on', rotate.practices),
      section(
        'auto-revocation',
        'What the provider does by itself',
        rotate.autoRevocation === undefined ? [] : [rotate.autoRevocation],
      ),
      section('gotchas', 'Traps', rotate.gotchas ?? []),
      {
        id: 'page-links',
        title: 'Official pages',
        blocks: [links([{ title: `${entry.provider}: credentials`, url: entry.docs }, ...rotate.links])],
      },
    ].filter(({ blocks }) => blocks.length > 0),
  };
}

interface Surroundings {
  readonly entry: PlaybookEntry;
  readonly columns: number;
}

function toCredentialSection(credential: Credential, surroundings: Surroundings): Section {
  const { steps, verify } = credential;
  const calls = [...steps.map((step) => step.call), verify?.call].filter((call) => call !== undefined);
  return {
    id: credential.id,
    title: credential.name,
    blocks: [
      { kind: 'facts', facts: toFacts(credential) },
      ...(calls.length > 0 ? [text(calls.some(isQuoteSensitive) ? `${ASKS} ${QUOTES}` : ASKS)] : []),
      ...(steps.length > 0
        ? [
            {
              kind: 'steps',
              steps: steps.map((step) => ({
                title: `${step.phase}: ${toStepTitle(step)}`,
                blocks: toStepBlocks(step, surroundings),
              })),
            } as const,
          ]
        : []),
      ...(verify === undefined
        ? []
        : [
            text(
              `Is it live? ${verify.live} says yes, ${verify.dead} says no.${verify.sideEffects === undefined ? '' : ` ${verify.sideEffects}`}`,
            ),
            { kind: 'code', lines: renderCurl(verify.call, surroundings.columns) } as const,
          ]),
      ...(credential.url === undefined ? [] : [links([{ title: credential.name, url: credential.url }])]),
    ],
  };
}

function toFacts(credential: Credential): [string, string][] {
  if (!credential.isSecret)
    return [
      ['Secret', 'no: it needs no rotation'],
      ['Opens', credential.grants],
    ];
  return [
    ['Opens', credential.grants],
    ['Lives', credential.lifetime],
    ...(credential.maxActive === undefined ? [] : [['At once', credential.maxActive] satisfies [string, string]]),
    ['Overlap', credential.overlap],
    ['Revocable', toRevokedBy(credential)],
    ['Variable', credential.env],
  ];
}

function toStepBlocks(step: Step, { entry, columns }: Surroundings): Block[] {
  const page = entry.rotate.links.find(({ id }) => id === step.docs);
  return [
    ...(step.console === undefined ? [] : [text(`Console: ${step.console}`)]),
    ...(step.run === undefined ? [] : [{ kind: 'code', lines: step.run.split('\n') } as const]),
    ...(step.call === undefined
      ? []
      : [
          { kind: 'code', lines: renderCurl(step.call, columns) } as const,
          text(`${capitalize(toAnswers(step.call))}.`),
        ]),
    ...(step.note === undefined ? [] : [text(step.note)]),
    ...(page === undefined ? [] : [links([page])]),
  ];
}

function toAuditBlocks(audit: Audit): Block[] {
  const facts: [string, string | undefined][] = [
    ['Where', audit.where],
    ['Needs', audit.needs],
    ['Kept', audit.retention],
  ];
  const known = facts.flatMap(([label, value]) => (value === undefined ? [] : [[label, value] as const]));
  return [
    text(`${audit.title}.`),
    ...(known.length > 0 ? [{ kind: 'facts', facts: known } as const] : []),
    ...(audit.lookFor.length > 0 ? [{ kind: 'list', items: audit.lookFor } as const] : []),
  ];
}

function section(id: string, title: string, items: readonly string[]): Section {
  return { id: `page-${id}`, title, blocks: items.length > 0 ? [{ kind: 'list', items }] : [] };
}

function text(words: string): Block {
  return { kind: 'text', text: words };
}

function links(all: readonly { readonly title: string; readonly url: string }[]): Block {
  return { kind: 'links', links: all };
}

function capitalize(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
