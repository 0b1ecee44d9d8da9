import { UserError } from '../user-error.js';
import type { Call, Deed, Piece } from './agent.js';
import { parseObject, textOf, textsOf } from './json-fields.js';
import { toCommandPiece, toPieces } from './tool-pieces.js';

// Event names. Claude Code: https://code.claude.com/docs/en/hooks. Codex has the same and sends the same fields:
// https://learn.chatgpt.com/docs/hooks. Cursor: https://cursor.com/docs/hooks; it also runs the hooks that are set up
// for Claude Code (https://cursor.com/docs/reference/third-party-hooks), so each agent's command knows all names.
const EVENTS: ReadonlyMap<string, (payload: Payload) => Omit<Call, 'cwd'>> = new Map([
  ['UserPromptSubmit', ofPrompt],
  ['UserPromptExpansion', ofPrompt],
  ['beforeSubmitPrompt', ofPrompt],
  ['PreToolUse', ofTool],
  ['preToolUse', ofTool],
  ['beforeMCPExecution', ofTool],
  ['beforeShellExecution', ofCommand],
  ['beforeReadFile', ofRead],
  ['beforeTabFileRead', ofRead],
]);

type Payload = Readonly<Record<string, unknown>>;

/** Reads what an agent says on standard input. What is not understood is a UserError: it must not pass unseen. */
export function parsePayload(text: string): Call {
  const payload = parseObject(text.replace(/^\uFEFF/, ''));
  if (payload === undefined) {
    throw new UserError(
      'Could not check what the agent is about to do: its hook gave no JSON object on standard input.',
      'Call it from the hooks of a coding agent, as docs/agents.md shows.',
    );
  }
  const event = textOf(payload, 'hook_event_name') ?? '';
  const read = EVENTS.get(event);
  if (read === undefined) {
    throw new UserError(
      'Could not check what the agent is about to do: leak-guard does not know this event of its hooks.',
      `Take leak-guard out of that event. It knows ${[...EVENTS.keys()].join(', ')}.`,
      // Anything else is not repeated: it may be a text that went into the wrong field.
      { cause: `hook_event_name: ${/^[A-Za-z]{1,40}$/.test(event) ? event : 'none that could be one'}` },
    );
  }
  return { ...read(payload), cwd: textOf(payload, 'cwd') ?? textsOf(payload['workspace_roots'])[0] };
}

function ofPrompt(payload: Payload): Omit<Call, 'cwd'> {
  const text = needText(payload, 'prompt');
  const attached = Array.isArray(payload['attachments']) ? payload['attachments'] : [];
  return {
    deed: 'prompt',
    tool: undefined,
    pieces: [{ kind: 'prompt', name: 'the prompt', text, known: [] }, ...attached.flatMap(toAttachment)],
  };
}

// A file that is sent along. Older versions of Cursor write `filePath`.
function toAttachment(value: unknown): readonly Piece[] {
  const path = textOf(value, 'file_path') ?? textOf(value, 'filePath');
  return path === undefined ? [] : [{ kind: 'read', name: path, text: null, known: [] }];
}

function ofTool(payload: Payload): Omit<Call, 'cwd'> {
  // Some versions of Cursor leave the name out: the input tells enough.
  const tool = textOf(payload, 'tool_name') ?? 'a tool without a name';
  if (!('tool_input' in payload)) throw missing('tool_input');
  const { tool_input: input } = payload;
  // Cursor gives the input of MCP tools as JSON in a text.
  const pieces = toPieces(tool, typeof input === 'string' ? (parseObject(input) ?? input) : input);
  const isRead = pieces.length > 0 && pieces.every(({ kind }) => kind === 'read');
  return { deed: isRead ? 'read' : 'tool', tool, pieces };
}

function ofCommand(payload: Payload): Omit<Call, 'cwd'> {
  return { deed: 'tool', tool: 'Shell', pieces: [toCommandPiece(needText(payload, 'command'))] };
}

function ofRead(payload: Payload): Omit<Call, 'cwd'> {
  const deed: Deed = 'read';
  const name = needText(payload, 'file_path');
  const file: Piece = { kind: 'read', name, text: textOf(payload, 'content') ?? null, known: [] };
  const attached = Array.isArray(payload['attachments']) ? payload['attachments'] : [];
  return { deed, tool: undefined, pieces: [file, ...attached.flatMap(toAttachment)] };
}

function needText(payload: Payload, name: string): string {
  const text = textOf(payload, name);
  if (text !== undefined) return text;
  throw missing(name);
}

function missing(name: string): UserError {
  return new UserError(
    `Could not check what the agent is about to do: its hook says nothing in the field "${name}".`,
    'Update leak-guard: the agent may have changed what it sends.',
  );
}
