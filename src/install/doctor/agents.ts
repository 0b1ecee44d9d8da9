import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findNodeAtLocation, type Node } from 'jsonc-parser';
import type { AgentName } from '../../agents/agent.js';
import { UserError } from '../../user-error.js';
import { AGENT_EVENTS, type AgentPlace } from '../agent-places.js';
import { findHandlers } from '../agents.js';
import { parseSettings } from '../json-list.js';
import type { Site } from '../site.js';
import { findShell } from './dry-run.js';
import type { Probe } from './probe.js';
import type { HookHealth, Problem } from './problem.js';

const timeoutMs = 60_000;

/** The hooks of coding agents at these places, each tried on the grown secret. */
export function examineAgents(places: readonly AgentPlace[], site: Site, probe: Probe): readonly HookHealth[] {
  return places.map((place) => {
    const problems = examinePlace(place, site, probe);
    const hook = `agent ${place.agent}${place.top === null ? ' (yours)' : ''}`;
    return { hook, ok: problems.length === 0, path: place.path, problems };
  });
}

function examinePlace(place: AgentPlace, site: Site, probe: Probe): readonly Problem[] {
  const { agent, path } = place;
  let root: Node;
  try {
    root = parseSettings(readFileSync(path, 'latin1'), path);
  } catch (error) {
    if (!UserError.is(error)) throw error;
    const why = `Its settings are broken, so the agent may run no hook (${String(error.cause)}).`;
    return [{ id: 'broken-settings', text: why, mend: 'Mend the JSON of that file.' }];
  }
  const handlers = findHandlers(root, agent);
  const again = `Run "npx leak-guard install --agent ${agent}${place.top === null ? ' --global' : ''}".`;
  const missing = AGENT_EVENTS[agent].filter((event) => handlers.every((handler) => handler.event !== event));
  const problems: Problem[] = missing.map((event) => ({
    id: 'not-called',
    text: `The agent does not ask leak-guard at ${event}.`,
    mend: again,
  }));
  if (isSwitchedOff(place, root)) {
    const why = "The agent's hooks are switched off in its settings.";
    problems.push({ id: 'switched-off', text: why, mend: 'Take that setting out.' });
  }
  const [first] = handlers;
  const tried = first === undefined ? undefined : tryHandler({ agent, handler: first.node, again }, site, probe);
  return [...problems, ...(tried === undefined ? [] : [tried])];
}

// https://code.claude.com/docs/en/hooks "Disable or remove hooks"; https://learn.chatgpt.com/docs/hooks "Turn hooks off".
function isSwitchedOff({ agent, path }: AgentPlace, root: Node): boolean {
  if (agent === 'claude-code') return findNodeAtLocation(root, ['disableAllHooks'])?.value === true;
  const config = join(dirname(path), 'config.toml');
  if (agent !== 'codex' || !existsSync(config)) return false;
  return /^\s*(?:features\.)?(?:codex_)?hooks\s*=\s*false\b/m.test(readFileSync(config, 'utf8'));
}

interface Try {
  readonly agent: AgentName;
  readonly handler: Node;
  readonly again: string;
}

/** Runs the command as the agent would, with a prompt that carries the grown secret. */
function tryHandler({ agent, handler, again }: Try, site: Site, probe: Probe): Problem | undefined {
  const folder = site.top ?? site.commonDir;
  const name =
    process.platform === 'win32' && findNodeAtLocation(handler, ['commandWindows']) ? 'commandWindows' : 'command';
  const bytes = String(findNodeAtLocation(handler, [name])?.value ?? '');
  const command = Buffer.from(bytes, 'latin1').toString();
  const shell = agent === 'claude-code' ? findShell(probe.env) : undefined;
  const event = agent === 'cursor' ? 'beforeSubmitPrompt' : 'UserPromptSubmit';
  const ran = spawnSync(command, {
    shell: shell ?? true,
    cwd: folder,
    env: { ...site.context.env, CLAUDE_PROJECT_DIR: folder, CURSOR_PROJECT_DIR: folder },
    input: JSON.stringify({ hook_event_name: event, cwd: folder, workspace_roots: [folder], prompt: probe.secret }),
    timeout: timeoutMs,
    windowsHide: true,
  });
  const output = `${ran.stderr}\n${ran.stdout}`;
  if (output.includes(probe.secret)) {
    return { id: 'secret-shown', text: 'In a dry run it printed the grown secret.', mend: again };
  }
  if (ran.status === 2 && /SendGrid/.test(output)) return undefined;
  if (ran.status === 0) {
    const mend = `${again} Look for settings that leave out SendGrid, too.`;
    return { id: 'secret-passed', text: 'In a dry run it let a grown SendGrid key pass.', mend };
  }
  if (/Cannot find module|not installed here|not found/.test(output)) {
    const text = 'Its command does not find leak-guard or node, so nothing is checked, or everything is stopped.';
    return { id: 'package-gone', text, mend: `Run "npm install". If that does not help: ${again}` };
  }
  const said = output.split('\n').find((line) => line.trim() !== '') ?? 'it said nothing';
  return { id: 'cannot-scan', text: `In a dry run it could not scan: ${said.trim()}`, mend: again };
}
