import type { AgentName, Deed } from './agent.js';

/** What an agent's hook prints, and how it ends. */
export interface Answer {
  readonly stdout: string;
  readonly stderr: string;
  /**
   * 0: no objection. 2: stop. All three agents document 2 as the code that blocks, and take 1 for a hook that failed,
   * which stops nothing: so a finding ends with 2 here, and not with 1 as elsewhere.
   */
  readonly exitCode: 0 | 2;
}

/**
 * No objection. Claude Code and Codex go on by their own rules when a hook says nothing, while "allow" would skip the
 * question to the user. Cursor takes silence for a failure where `failClosed` is set, and so gets its own word for it.
 */
export function toPass(agent: AgentName, deed: Deed): Answer {
  const said = deed === 'prompt' ? { continue: true } : { permission: 'allow' };
  return { stdout: agent === 'cursor' ? toLine(said) : '', stderr: '', exitCode: 0 };
}

/**
 * Stops what the agent is about to do, in two ways at once: by the exit code, and by the JSON that each of them
 * documents. The text goes both ways, too: Claude Code and Codex read standard error, Cursor the JSON.
 * `deed` is null where it is not known what the agent was about to do.
 */
export function toStop(agent: AgentName, deed: Deed | null, text: string): Answer {
  return { stdout: toLine(OBJECTIONS[agent](deed, text.trimEnd())), stderr: text, exitCode: 2 };
}

type Objection = (deed: Deed | null, text: string) => object;

const OBJECTIONS: Readonly<Record<AgentName, Objection>> = {
  // https://code.claude.com/docs/en/hooks, "PreToolUse decision control" and "What a blocked prompt leaves behind":
  // without suppressOriginalPrompt the prompt, secret and all, is shown and written to the transcript once more.
  'claude-code': (deed, reason) => {
    const event = { hookEventName: 'UserPromptSubmit', suppressOriginalPrompt: true };
    if (deed === 'prompt') return { decision: 'block', reason, hookSpecificOutput: event };
    return deed === null ? {} : toDenial(reason);
  },
  // https://learn.chatgpt.com/docs/hooks, "PreToolUse" and "UserPromptSubmit".
  codex: (deed, reason) => {
    if (deed === 'prompt') return { decision: 'block', reason };
    return deed === null ? {} : toDenial(reason);
  },
  // https://cursor.com/docs/hooks, "beforeSubmitPrompt" and the events that ask for a permission.
  cursor: (deed, message) => ({
    ...(deed === 'prompt' || deed === null ? { continue: false } : {}),
    ...(deed === 'prompt' ? {} : { permission: 'deny' }),
    user_message: message,
    ...(deed === 'prompt' ? {} : { agent_message: message }),
  }),
};

function toDenial(reason: string): object {
  return {
    hookSpecificOutput: {
      hookEventName: 'PreToolUse',
      permissionDecision: 'deny',
      permissionDecisionReason: reason,
    },
  };
}

function toLine(value: object): string {
  return `${JSON.stringify(value)}\n`;
}
