import { toPrintable } from '../report/escape.js';
import { AGENT_TITLES, type AgentName, type Call, type Piece } from './agent.js';

/** A credential in what the agent is about to do. */
export interface Found {
  readonly piece: Piece;
  readonly title: string;
  /** What follows `leak-guard rotate`, or null where there is no playbook. */
  readonly provider: string | null;
  /** The variable that the code should read it from. */
  readonly env: string;
  readonly line: number;
  /** The piece's name, or its path from the top, without secrets. */
  readonly file: string;
  /** The part of a tool's input, without secrets; null where there is none. */
  readonly field: string | null;
}

/** Why the agent is stopped. */
export interface Stop {
  readonly found: readonly Found[];
  /** What would keep the hooks from running. */
  readonly skips: readonly string[];
}

const MOST = 5;

/** What the agent, its model and the person read: what was found, what has not happened, and what to do. No value is in it. */
export function toStopText(agent: AgentName, call: Call, { found, skips }: Stop): string {
  const kind = found[0]?.piece.kind;
  const lines = [
    ...(kind === undefined ? [] : [`leak-guard stopped ${SUBJECTS[kind]}`, ...toPlaces(found)]),
    ...(skips.length === 0 ? [] : toSkipLines(skips)),
    ...(kind === undefined
      ? ['Nothing was run or written.']
      : [toState(agent, call, kind), '', ...toSteps(found, kind)]),
    ...(skips.length === 0 ? [] : SKIP_STEPS),
    'Leave this check on. If it is mistaken, ask the person you work for before you go on.',
  ];
  return `${lines.join('\n')}\n`;
}

const SUBJECTS: Readonly<Record<Piece['kind'], string>> = {
  prompt: 'this prompt: it carries a credential.',
  command: 'this command: it carries a credential.',
  input: 'this call of a tool: it carries a credential.',
  write: 'this edit: it would write a credential into a file.',
  read: 'this: the file holds a credential that is not in the last commit.',
  delete: 'this.',
};

function toPlaces(found: readonly Found[]): readonly string[] {
  const shown = found.slice(0, MOST).map((one) => `  ${toPrintable(one.title)}, in ${toPlace(one)}`);
  return found.length > MOST ? [...shown, `  and ${found.length - MOST} more`] : shown;
}

function toPlace({ piece: { kind, text, known }, line, file, field }: Found): string {
  if (field !== null) return `${cut(file)}, field ${cut(field)}`;
  if (kind === 'write' && known.length > 0) return `${cut(file)}, line ${line} of the new text`;
  const hasLines = kind === 'write' || kind === 'read' || (text ?? '').includes('\n');
  return hasLines ? `${cut(file)}, line ${line}` : cut(file);
}

// What each agent documents of the moment in which it asks its hooks; see the pages in payload.ts.
const PROMPT_STATES: Readonly<Record<AgentName, string>> = {
  'claude-code':
    'It has not reached the model. Claude Code may keep its text in the transcript and the prompt history on this machine.',
  cursor:
    'It has not been sent: Cursor asks its hooks before it asks its server. It may keep the text on this machine.',
  codex: 'It has not been sent to the model. Codex may keep its text on this machine.',
};

function toState(agent: AgentName, { deed }: Call, kind: Piece['kind']): string {
  if (deed === 'prompt') return PROMPT_STATES[agent];
  if (kind === 'read') return `${AGENT_TITLES[agent]} has not read it, so its values have not been sent to the model.`;
  return 'Nothing was run or written. The value came from the model: unless it is made up, it has left this machine before.';
}

function toSteps(found: readonly Found[], kind: Piece['kind']): readonly string[] {
  const [first] = found;
  const env = first === undefined || first.env === '' ? '' : ` (${toPrintable(first.env)})`;
  const providers = [...new Set(found.flatMap(({ provider }) => (provider === null ? [] : [provider])))].slice(0, 3);
  const rotate = providers.map((provider) => `npx leak-guard rotate ${toPrintable(provider)}`).join('; ');
  const prevent = providers.map(
    (provider) => `npx leak-guard prevent ${toPrintable(provider)} --store env --lang LANGUAGE`,
  );
  return [
    kind === 'read'
      ? 'Go on without its values: use the names of the variables, and ask for what else you need to know of the file.'
      : `Take the value out, and read it from the environment${env} or a secret store${prevent.length === 0 ? '.' : `: ${prevent.join('; ')}`}`,
    `Rotate it if a model or anyone else has seen it${rotate === '' ? '.' : `: ${rotate}`}`,
    'Do not write the value in pieces or in another form: it would leak all the same.',
  ];
}

function toSkipLines(skips: readonly string[]): readonly string[] {
  return [
    'leak-guard stopped this: it would keep the hooks from looking for credentials.',
    ...skips.slice(0, MOST).map((skip) => `  ${cut(skip)}`),
  ];
}

const SKIP_STEPS = [
  'Run it without that. When a hook stops a commit or push, mend what it names. When a hook does not work, run: npx leak-guard doctor',
];

function cut(text: string): string {
  const shown = toPrintable(text);
  return shown.length > 200 ? `${shown.slice(0, 200)}...` : shown;
}
