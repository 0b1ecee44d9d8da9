import { lstatSync, readFileSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import { AGENT_NAMES, type AgentName } from '../agents/agent.js';
import type { CommandContext } from '../commands/command-context.js';
import { UserError } from '../user-error.js';
import { isInside, realPath, type Site } from './site.js';

/** The events that leak-guard answers for an agent, in the order of its settings. */
export const AGENT_EVENTS: Readonly<Record<AgentName, readonly string[]>> = {
  'claude-code': ['UserPromptSubmit', 'PreToolUse'],
  // preToolUse came later than the others, and asks for edits; with it, commands and MCP calls are asked about twice.
  cursor: ['beforeSubmitPrompt', 'beforeShellExecution', 'beforeMCPExecution', 'beforeReadFile', 'preToolUse'],
  codex: ['UserPromptSubmit', 'PreToolUse'],
};

const FOLDERS: Readonly<Record<AgentName, string>> = { 'claude-code': '.claude', cursor: '.cursor', codex: '.codex' };

/** Where an agent's hooks stand: in the repository or, with `--global`, in the settings of this user. */
export interface AgentPlace {
  readonly agent: AgentName;
  readonly path: string;
  /** The folder that the path may not lead out of; null for the user's own. */
  readonly top: string | null;
}

/** The settings of an agent in a work tree. */
export function projectPlace(agent: AgentName, top: string): AgentPlace {
  return { agent, path: join(top, FOLDERS[agent], fileOf(agent)), top };
}

/** The settings of this user. Claude Code and Codex can be told another folder for them. */
export function userPlace(agent: AgentName, env: NodeJS.ProcessEnv): AgentPlace {
  const { CLAUDE_CONFIG_DIR: claude, CODEX_HOME: codex, HOME: home, USERPROFILE: profile } = env;
  const told = { 'claude-code': claude, cursor: undefined, codex }[agent];
  const own = home ?? profile;
  const folder = told !== undefined && isAbsolute(told) ? told : own && join(own, FOLDERS[agent]);
  if (folder !== undefined && folder !== '') return { agent, path: join(folder, fileOf(agent)), top: null };
  throw new UserError('There is no home folder with the settings of coding agents.', 'Set HOME, and run this again.');
}

/** The settings of every agent that name a hook of ours. Read without a parser: where there are none, none is loaded. */
export function findOwnPlaces(where: Site | CommandContext): readonly AgentPlace[] {
  const places = AGENT_NAMES.flatMap((agent) => {
    if (!('top' in where)) return [userPlace(agent, where.env)];
    return where.top === null ? [] : [projectPlace(agent, where.top)];
  });
  return places.filter((place) => !leadsOut(place) && namesUs(place));
}

/** True where a link on the way leads out of the work tree. */
export function leadsOut({ path, top }: AgentPlace): boolean {
  return top !== null && !isInside(realPath(top), realPath(dirname(path)));
}

function namesUs({ agent, path }: AgentPlace): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats?.isFile() === true && readFileSync(path, 'latin1').includes(`hook agent ${agent}`);
}

function fileOf(agent: AgentName): string {
  return agent === 'claude-code' ? 'settings.json' : 'hooks.json';
}
