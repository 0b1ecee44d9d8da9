import { findNodeAtLocation, getNodeValue, type Node } from 'jsonc-parser';
import { findJsonError, parseJson, putJson, takeJson } from './json-edit.js';
import { isOurRun, isRecord, type LefthookCommand, type LefthookEditor, NAME } from './lefthook-editor.js';

/** lefthook's JSON, comments and all. */
export const jsonEditor: LefthookEditor = { findError: findJsonError, add, take };

function add(text: string, hook: string, command: LefthookCommand): string | undefined {
  const root = parseJson(text);
  if (root?.type !== 'object') return undefined;
  const jobs = findNodeAtLocation(root, [hook, 'jobs']);
  const hasJobs = jobs !== undefined && jobs.children?.length !== 0;
  const isNamed = findNodeAtLocation(root, [hook, 'commands']) !== undefined;
  if (hasJobs && !isNamed) return putJson(text, [hook, 'jobs', 0], { name: NAME, ...command });
  const way = [hook, 'commands', NAME];
  return findNodeAtLocation(root, way) === undefined ? putJson(text, way, command) : undefined;
}

function take(text: string): string {
  const root = parseJson(text);
  const hooks = root?.type === 'object' ? (root.children ?? []).map((node) => String(node.children?.[0]?.value)) : [];
  return hooks.reduce(takeHook, text);
}

function takeHook(text: string, hook: string): string {
  const root = parseJson(text);
  if (root === undefined) return text;
  const job = findJob(findNodeAtLocation(root, [hook, 'jobs']));
  if (job >= 0) return takeJson(text, [hook, 'jobs', job]);
  const way = [hook, 'commands', NAME];
  return isOurRun(findNodeAtLocation(root, [...way, 'run'])?.value) ? takeJson(text, way) : text;
}

function findJob(jobs: Node | undefined): number {
  if (jobs?.type !== 'array') return -1;
  return (jobs.children ?? []).findIndex((child) => {
    const value: unknown = getNodeValue(child);
    return isRecord(value) && value['name'] === NAME && isOurRun(value['run']);
  });
}
