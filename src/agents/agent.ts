/** The coding agents whose hooks leak-guard answers, by the names that the command line takes. */
export const AGENT_NAMES = ['claude-code', 'cursor', 'codex'] as const;
export type AgentName = (typeof AGENT_NAMES)[number];

/** The products' own names. */
export const AGENT_TITLES: Readonly<Record<AgentName, string>> = {
  'claude-code': 'Claude Code',
  cursor: 'Cursor',
  codex: 'Codex',
};

/** What an agent is about to do: send a prompt, use a tool, or read a file. */
export type Deed = 'prompt' | 'tool' | 'read';

/** A text that an agent is about to give away or to write. */
export interface Piece {
  readonly kind: 'prompt' | 'command' | 'input' | 'write' | 'read' | 'delete';
  /** A file's path as the agent names it, else what the text is: `the prompt`. */
  readonly name: string;
  /** Null for a file that is about to be read: the text is what the file holds. */
  readonly text: string | null;
  /** What an edit takes out: a value in it is not new. */
  readonly known: readonly string[];
  /** Which line of the text begins which part of a tool's input. */
  readonly fields?: readonly Field[];
}

/** A named part of a tool's input. */
export interface Field {
  readonly name: string;
  readonly startLine: number;
}

/** What an agent's hook is asked about. */
export interface Call {
  readonly deed: Deed;
  /** The folder that the agent works in, where it says so. */
  readonly cwd: string | undefined;
  /** The tool, where it is one. */
  readonly tool: string | undefined;
  readonly pieces: readonly Piece[];
}
