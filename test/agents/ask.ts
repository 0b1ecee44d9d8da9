import { cli, type Repo } from '../support/repo.js';
import { claudeCode, codex, cursor, type Payload, type Payloads } from './payloads.js';

/** All agents, with their payloads for a repository. */
export const agents: readonly ((cwd: string) => Payloads)[] = [claudeCode, cursor, codex];

/** What came of a call of the built command. */
export interface Asked {
  readonly exitCode: number;
  readonly stderr: string;
  readonly stdout: string;
  /** The JSON on standard output; undefined where there is none. */
  readonly json: unknown;
  /** The text that the agent's model reads. */
  readonly text: string;
}

/** Calls `leak-guard hook agent NAME` as the agent does. */
export async function ask(repo: Repo, agent: string, input: Payload | string): Promise<Asked> {
  const { exitCode, stdout, stderr } = await repo.exec(process.execPath, [cli, 'hook', 'agent', agent], {
    input: typeof input === 'string' ? input : JSON.stringify(input),
  });
  const json: unknown = stdout === '' ? undefined : JSON.parse(stdout);
  return { exitCode, stdout, stderr, json, text: textIn(json) };
}

function textIn(json: unknown): string {
  const found = JSON.stringify(json ?? '').match(
    /"(?:reason|permissionDecisionReason|user_message)":("(?:[^"\\]|\\.)*")/,
  )?.[1];
  return found === undefined ? '' : String(JSON.parse(found));
}
