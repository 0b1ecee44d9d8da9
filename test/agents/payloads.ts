/** What a hook is given, as JSON. */
export type Payload = Readonly<Record<string, unknown>>;

/** Makes an agent's payloads for a work tree. The fields are those of the page; values that could be secret are given. */
export interface Payloads {
  readonly name: 'claude-code' | 'cursor' | 'codex';
  prompt(text: string): Payload;
  command(text: string): Payload;
  write(path: string, content: string): Payload;
  edit(path: string, before: string, after: string): Payload;
  mcp(input: Readonly<Record<string, unknown>>): Payload;
}

/** https://code.claude.com/docs/en/hooks: "UserPromptSubmit input", "PreToolUse input". */
export function claudeCode(cwd: string): Payloads & { tool(name: string, input: object): Payload } {
  const common = {
    session_id: 'abc123',
    prompt_id: '550e8400-e29b-41d4-a716-446655440000',
    transcript_path: '/home/user/.claude/projects/.../transcript.jsonl',
    cwd,
    permission_mode: 'default',
  };
  const tool = (name: string, input: object): Payload => ({
    ...common,
    hook_event_name: 'PreToolUse',
    tool_name: name,
    tool_input: input,
    tool_use_id: 'toolu_01ABC123',
  });
  return {
    name: 'claude-code',
    tool,
    prompt: (prompt) => ({ ...common, hook_event_name: 'UserPromptSubmit', prompt }),
    command: (command) =>
      tool('Bash', { command, description: 'Run test suite', timeout: 120000, run_in_background: false }),
    write: (path, content) => tool('Write', { file_path: path, content }),
    edit: (path, before, after) =>
      tool('Edit', { file_path: path, old_string: before, new_string: after, replace_all: false }),
    mcp: (input) => tool('mcp__memory__create_entities', input),
  };
}

/** https://cursor.com/docs/hooks: "Common schema", "Hook events". */
export function cursor(
  root: string,
): Payloads & { tool(name: string, input: object): Payload; read(path: string, content: string): Payload } {
  const common = {
    conversation_id: 'c1',
    generation_id: 'g1',
    model: 'claude-opus-4-7-thinking-max',
    model_id: 'claude-opus-4-7',
    model_params: [{ id: 'effort', value: 'max' }],
    cursor_version: '3.21.16',
    workspace_roots: [root],
    user_email: null,
    transcript_path: null,
  };
  const tool = (name: string, input: object): Payload => ({
    ...common,
    hook_event_name: 'preToolUse',
    tool_name: name,
    tool_input: input,
    tool_use_id: 'abc123',
    cwd: root,
    agent_message: 'Installing dependencies...',
  });
  return {
    name: 'cursor',
    tool,
    prompt: (prompt) => ({ ...common, hook_event_name: 'beforeSubmitPrompt', prompt, attachments: [] }),
    command: (command) => ({ ...common, hook_event_name: 'beforeShellExecution', command, cwd: root, sandbox: false }),
    // The page names the tool and not its fields; these are Claude Code's, to which it maps them.
    write: (path, content) => tool('Write', { file_path: path, content }),
    edit: (path, before, after) => tool('Write', { file_path: path, old_string: before, new_string: after }),
    mcp: (input) => ({
      ...common,
      hook_event_name: 'beforeMCPExecution',
      tool_name: 'create_entities',
      tool_input: JSON.stringify(input),
      url: 'https://mcp.example.com',
    }),
    read: (path, content) => ({
      ...common,
      hook_event_name: 'beforeReadFile',
      file_path: path,
      content,
      attachments: [{ type: 'rule', file_path: `${root}/.cursor/rules/none.mdc` }],
    }),
  };
}

/** https://learn.chatgpt.com/docs/hooks: "Common input fields", "PreToolUse", "UserPromptSubmit". */
export function codex(cwd: string): Payloads & { tool(name: string, input: unknown): Payload } {
  const common = {
    session_id: 'thr_123',
    transcript_path: '/workspace/.codex/rollout.jsonl',
    cwd,
    model: 'gpt-5.5-codex',
    turn_id: 'turn-1',
    permission_mode: 'default',
  };
  const tool = (name: string, input: unknown): Payload => ({
    ...common,
    hook_event_name: 'PreToolUse',
    tool_name: name,
    tool_input: input,
    tool_use_id: 'call-1',
  });
  const patch = (lines: readonly string[]): Payload =>
    tool('apply_patch', { command: ['*** Begin Patch', ...lines, '*** End Patch', ''].join('\n') });
  const marked = (mark: string, text: string): readonly string[] => text.split('\n').map((line) => mark + line);
  return {
    name: 'codex',
    tool,
    prompt: (prompt) => ({ ...common, hook_event_name: 'UserPromptSubmit', prompt }),
    command: (command) => tool('Bash', { command }),
    write: (path, content) => patch([`*** Add File: ${path}`, ...marked('+', content)]),
    edit: (path, before, after) =>
      patch([`*** Update File: ${path}`, '@@', ...marked('-', before), ...marked('+', after)]),
    mcp: (input) => tool('mcp__memory__create_entities', input),
  };
}
