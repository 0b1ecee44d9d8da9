import { applyEdits, type FormattingOptions, findNodeAtLocation, modify, type Node, parseTree } from 'jsonc-parser';

/** The settings of one command, as lefthook reads them. */
export interface LefthookCommand {
  readonly run: string;
  readonly env: Readonly<Record<string, string>>;
  readonly use_stdin?: true;
}

const NAME = 'leak-guard';

/**
 * Adds a command named leak-guard to a hook in lefthook's JSON and leaves the rest as it is, comments, too. Gives
 * undefined where the text is no object, or the hook has a list of jobs: we do not guess what is to run first.
 */
export function addToLefthookJson(text: string, hook: string, command: LefthookCommand): string | undefined {
  const root = parseTree(text);
  if (root?.type !== 'object') return undefined;
  const settings = findNodeAtLocation(root, [hook]);
  if (settings !== undefined && (settings.type !== 'object' || at(root, [hook, 'jobs']) !== undefined))
    return undefined;
  const before: unknown = at(root, [hook, 'commands', NAME, 'run'])?.value;
  const hasAll = before === command.run && at(root, [hook, 'commands', NAME, 'env']) !== undefined;
  return hasAll ? text : change(text, [hook, 'commands', NAME], command);
}

/** Takes our command out of a hook, and with it what would be left empty. */
export function takeFromLefthookJson(text: string, hook: string): string {
  const root = parseTree(text);
  const run: unknown = root === undefined ? undefined : at(root, [hook, 'commands', NAME, 'run'])?.value;
  if (root === undefined || typeof run !== 'string' || !run.includes(`leak-guard hook ${hook}`)) return text;
  const path = [hook, 'commands', NAME];
  while (path.length > 1 && at(root, path.slice(0, -1))?.children?.length === 1) path.pop();
  return change(text, path, undefined);
}

function at(root: Node, path: string[]): Node | undefined {
  return findNodeAtLocation(root, path);
}

function change(text: string, path: string[], value: unknown): string {
  const indent = /\n([ \t]+)"/.exec(text)?.[1] ?? '  ';
  const formattingOptions: FormattingOptions = {
    insertSpaces: !indent.includes('\t'),
    tabSize: indent.length,
    eol: text.includes('\r\n') ? '\r\n' : '\n',
  };
  return applyEdits(text, modify(text, path, value, { formattingOptions }));
}
