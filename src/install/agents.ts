import { lstatSync, readdirSync, rmdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { findNodeAtLocation, type Node } from 'jsonc-parser';
import { AGENT_TITLES, type AgentName } from '../agents/agent.js';
import type { CommandContext } from '../commands/command-context.js';
import { UserError } from '../user-error.js';
import { type AgentCommand, toProjectCommand, toUserCommand } from './agent-commands.js';
import { AGENT_EVENTS, type AgentPlace, findOwnPlaces, leadsOut, projectPlace, userPlace } from './agent-places.js';
import { toBytesText } from './block.js';
import { type Edit, type Plan, toWrite } from './edits.js';
import { readHookFile } from './hook-file.js';
import { addToList, parseSettings, takeOut } from './json-list.js';
import type { Site } from './site.js';

/** Puts our command into the agents' settings. */
export function planAgentInstall(agents: readonly AgentName[], where: Site | CommandContext): Plan {
  const plans = agents.map((agent) => {
    if (!('top' in where)) return planOne(userPlace(agent, where.env), toUserCommand(agent, where));
    if (where.top === null) {
      throw new UserError('A bare repository has no settings of coding agents.', 'Run this in a work tree.');
    }
    return planOne(projectPlace(agent, where.top), toProjectCommand(agent, where));
  });
  const edits = plans.flat();
  const isCodex = agents.includes('codex') && edits.length > 0;
  return {
    edits,
    notes: isCodex ? ['Codex runs a new hook only after you have trusted it: open "/hooks" in Codex.'] : [],
  };
}

/** Takes our commands out of the settings of every agent. A file that install made goes, too. */
export function planAgentUninstall(where: Site | CommandContext): Plan {
  const edits = findOwnPlaces(where).flatMap(planRemoval);
  const emptied = edits.filter(({ kind }) => kind === 'remove').map(({ path }) => dirname(path));
  return { edits, notes: [], after: async () => emptied.filter(isEmpty).forEach((folder) => void rmdirSync(folder)) };
}

/** The handlers of ours in an agent's settings, by event. */
export function findHandlers(root: Node, agent: AgentName): readonly { readonly event: string; readonly node: Node }[] {
  const call = new RegExp(`leak-guard(?:\\.cjs)?["']? hook agent ${agent}(?![\\w-])`);
  const isOurs = (node: Node): boolean => call.test(String(findNodeAtLocation(node, ['command'])?.value ?? ''));
  return (findNodeAtLocation(root, ['hooks'])?.children ?? []).flatMap((property) => {
    const event = String(property.children?.[0]?.value ?? '');
    const entries = property.children?.[1]?.children ?? [];
    const handlers = entries.flatMap((entry) => [entry, ...(findNodeAtLocation(entry, ['hooks'])?.children ?? [])]);
    return handlers.filter(isOurs).map((node) => ({ event, node }));
  });
}

function planOne(place: AgentPlace, command: AgentCommand): readonly Edit[] {
  const { agent, path } = place;
  const file = readSettings(place);
  if (file === undefined) return [toWrite(path, toBytesText(toNewFile(agent, command)), { mode: 0o644 })];
  let { text } = file;
  for (const event of AGENT_EVENTS[agent]) {
    const ours = findHandlers(parseSettings(text, path), agent).find((handler) => handler.event === event);
    text = ours === undefined ? addEvent(text, { place, event, command }) : refresh(text, ours.node, command);
  }
  return text === file.text ? [] : [toWrite(path, text, { mode: file.mode, why: 'your own settings stay' })];
}

interface Added {
  readonly place: AgentPlace;
  readonly event: string;
  readonly command: AgentCommand;
}

function addEvent(text: string, { place: { agent, path }, event, command }: Added): string {
  const value = toEntry(agent, command);
  const added = addToList(text, parseSettings(text, path), { way: ['hooks', event], value });
  if (added !== undefined) return added;
  throw new UserError(
    'Could not add hooks to the settings of a coding agent: what stands there is no list.',
    `Make "hooks" an object, and "${event}" in it a list, then run this again.`,
    { cause: path },
  );
}

/** Brings the command of a handler up to date, and leaves all else in it as it is. */
function refresh(text: string, handler: Node, command: AgentCommand): string {
  const changes = Object.entries(command).flatMap(([name, value]) => {
    const node = findNodeAtLocation(handler, [name]);
    return node === undefined || node.value === toBytesText(value) ? [] : [{ node, value }];
  });
  return changes
    .sort((a, b) => b.node.offset - a.node.offset)
    .reduce((rest, { node: { offset, length }, value }) => {
      return rest.slice(0, offset) + JSON.stringify(toBytesText(value)) + rest.slice(offset + length);
    }, text);
}

function toEntry(agent: AgentName, command: AgentCommand): unknown {
  const bytes = Object.fromEntries(Object.entries(command).map(([name, value]) => [name, toBytesText(value)]));
  if (agent === 'cursor') return { ...bytes, failClosed: true };
  return { hooks: [{ type: 'command', ...bytes }] };
}

// "version" comes last where install makes the file, so that uninstall knows it from one that was there.
function toNewFile(agent: AgentName, command: AgentCommand): string {
  const hooks = Object.fromEntries(AGENT_EVENTS[agent].map((event) => [event, [toEntry(agent, command)]]));
  return `${JSON.stringify(agent === 'cursor' ? { hooks, version: 1 } : { hooks }, null, 2)}\n`;
}

function planRemoval(place: AgentPlace): readonly Edit[] {
  const { agent, path } = place;
  const file = readHookFile(path);
  if (file.kind !== 'file') return [];
  let { text } = file;
  for (;;) {
    const root = parseSettings(text, path);
    const ours = findHandlers(root, agent).at(-1);
    if (ours === undefined) break;
    const rest = takeOut(text, ours.node);
    if (rest === null || isMadeByUs(root, rest)) return [{ kind: 'remove', path }];
    text = rest;
  }
  return text === file.text ? [] : [toWrite(path, text, { mode: file.mode, why: 'your own settings stay' })];
}

function isMadeByUs(root: Node, rest: string): boolean {
  const names = (root.children ?? []).map((property) => property.children?.[0]?.value);
  return names.join() === 'hooks,version' && rest === '{\n  "version": 1\n}\n';
}

function readSettings(place: AgentPlace): { readonly text: string; readonly mode: number } | undefined {
  const { path } = place;
  const file = leadsOut(place) ? ({ kind: 'other' } as const) : readHookFile(path);
  if (file.kind === 'none') return undefined;
  if (file.kind === 'file') return file;
  throw new UserError(
    `The settings of ${AGENT_TITLES[place.agent]} are a link or no file, which leak-guard does not follow.`,
    'Put a file in its place, and run this again, or add the hook by hand as docs/agents.md shows.',
    { cause: path },
  );
}

function isEmpty(folder: string): boolean {
  return lstatSync(folder).isDirectory() && readdirSync(folder).length === 0;
}
