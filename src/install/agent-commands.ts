// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the shell writes its variables like that
import { sep } from 'node:path';
import type { AgentName } from '../agents/agent.js';
import type { CommandContext } from '../commands/command-context.js';
import { quote } from './hook-script.js';
import { findPrograms, findSharedCommand, loadSharedCommand } from './package-place.js';
import type { Site } from './site.js';

/** How an agent calls us: one command, and for Codex another one on Windows. */
export interface AgentCommand {
  readonly command: string;
  readonly commandWindows?: string;
}

// Finds the package from the folder it is run in, in any shell: nothing in it is special between double quotes in sh,
// cmd and PowerShell. Codex documents no shell for Windows, and takes cmd or PowerShell.
const ANYWHERE =
  `node -e "let f;try{f=require.resolve('leak-guard/package.json',{paths:[process.cwd()]})}catch{` +
  `console.error('leak-guard is not installed here. Run npm install.');process.exit(2)}` +
  `require(require('path').join(f,'../dist/bin/leak-guard.cjs'))" leak-guard`;

/** For settings that stand in the repository and are shared: no path of this machine. */
export function toProjectCommand(agent: AgentName, site: Site): AgentCommand {
  loadSharedCommand(site); // stops where there is no package that all who share the settings could have
  const bin = findSharedCommand(site);
  const call = `hook agent ${agent}`;
  if (bin === null) return toGuarded(agent, `yarn leak-guard ${call}`);
  if (bin === undefined) return toGuarded(agent, `leak-guard ${call}`);
  const cli = bin.replace(/\.bin\/leak-guard$/, 'leak-guard/dist/bin/leak-guard.cjs');
  // The folder that the agent runs its hooks in need not be the top, so each says where that is in its own way:
  // CLAUDE_PROJECT_DIR; Cursor runs project hooks at the top; Codex' page asks git. Pages: see src/agents/payload.ts.
  if (agent === 'cursor') return { command: `node ${/^[\w./@-]+$/.test(cli) ? cli : `"${cli}"`} ${call}` };
  if (agent === 'claude-code') return toGuarded(agent, `node "\${CLAUDE_PROJECT_DIR:-.}/${cli}" ${call}`);
  const { command } = toGuarded(agent, `node "$(git rev-parse --show-toplevel)/${cli}" ${call}`);
  return { command, commandWindows: `${ANYWHERE} ${call}` };
}

/** For the settings of this user: absolute paths. */
export function toUserCommand(agent: AgentName, context: CommandContext): AgentCommand {
  const { nodePath, cliPath } = findPrograms({ context, top: null });
  const call = `hook agent ${agent}`;
  if (sep === '/') return toGuarded(agent, `${quote(nodePath)} ${quote(cliPath)} ${call}`);
  // A quoted program is only a text to PowerShell, so node is taken from PATH there.
  const command = `node "${cliPath}" ${call}`;
  return { ...toGuarded(agent, command), ...(agent === 'codex' ? { commandWindows: command } : {}) };
}

/**
 * Claude Code and Codex stop for exit code 2 alone: a node or a package that is gone must end with it, too. For Cursor
 * `failClosed` does that, and its shell on Windows may not know `||`.
 */
function toGuarded(agent: AgentName, command: string): AgentCommand {
  return { command: agent === 'cursor' ? command : `${command} || exit 2` };
}
