import { accessSync, constants, existsSync, lstatSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { hasBlock } from '../block.js';
import { globalFolderIfAny } from '../global-folder.js';
import { type HookName, quote } from '../hook-script.js';
import { chooseManager } from '../manager.js';
import { isFolder, realPath, type Site } from '../site.js';
import { INSTALL_AGAIN, type Problem } from './problem.js';

/** Why git does not start the file of a hook, or starts another one than the one we installed. Empty when it does. */
export async function checkPath(site: Site, hook: HookName, path: string): Promise<readonly Problem[]> {
  const stats = isFolder(site.hooksDir) ? lstatSync(path, { throwIfNoEntry: false }) : undefined;
  if (stats === undefined) return [await whyMissing(site, hook)];
  const target = statSync(path, { throwIfNoEntry: false });
  if (target === undefined) {
    return [
      {
        id: 'dangling-link',
        text: 'It is a link to nothing, so git runs no hook and says nothing.',
        mend: INSTALL_AGAIN,
      },
    ];
  }
  if (!target.isFile()) {
    return [
      {
        id: 'not-a-file',
        text: 'A folder stands in its place.',
        mend: `Move it away, then run "npx leak-guard install".`,
      },
    ];
  }
  return [...(isExecutable(path) ? [] : [notExecutable(path)]), ...checkShebang(readFileSync(path, 'latin1'))];
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK); // on Windows always true: git looks at the shebang there
    return true;
  } catch {
    return false;
  }
}

function notExecutable(path: string): Problem {
  return {
    id: 'not-executable',
    text: 'It is not executable, so git passes over it.',
    mend: `Run: chmod +x ${quote(path)}`,
  };
}

function checkShebang(text: string): readonly Problem[] {
  const [first = ''] = text.split('\n', 1);
  if (first.endsWith('\r')) {
    const mend = 'Run "npx leak-guard install"; if the file is tracked, set "eol=lf" for it in .gitattributes.';
    return [{ id: 'crlf', text: 'Its lines end with CR LF, so its interpreter is not found.', mend }];
  }
  const interpreter = /^#! *(\S+)/.exec(first)?.[1];
  if (interpreter === undefined) {
    return [
      { id: 'no-shebang', text: 'Its first line names no interpreter.', mend: 'Add "#!/bin/sh" as its first line.' },
    ];
  }
  if (process.platform === 'win32' || existsSync(interpreter)) return [];
  return [
    {
      id: 'no-interpreter',
      text: `Its interpreter ${interpreter} is not there.`,
      mend: `Install ${interpreter}, or change the first line.`,
    },
  ];
}

async function whyMissing(site: Site, hook: HookName): Promise<Problem> {
  const { hooksPath } = site;
  if (hooksPath !== null && !isFolder(site.hooksDir)) return await whyNoFolder(site, hooksPath);
  return whyShadowed(site, hook) ?? whyNotSetUp(site);
}

async function whyNoFolder(site: Site, { scope, value }: NonNullable<Site['hooksPath']>): Promise<Problem> {
  const { gitDir } = await site.git.facts();
  if (realPath(gitDir) !== site.commonDir && /(?:^|[\\/])_$/.test(value)) {
    const text =
      'This work tree has no hooks of its own yet: husky has not run in it, so git runs none and says nothing.';
    return { id: 'worktree-without-hooks', text, mend: 'Run "npm ci", or "npx husky", in this work tree.' };
  }
  if (/(?:^|[\\/])_$/.test(value)) {
    const text = 'husky has not run in this clone, so git runs none of its hooks.';
    return { id: 'hooks-folder-missing', text, mend: 'Run "npm install", or "npx husky".' };
  }
  const create = existsSync(site.hooksDir) ? 'R' : `Create ${site.hooksDir}, or r`; // /dev/null is no folder
  const text = `Git is told to take its hooks from a folder that does not exist (core.hooksPath, ${scope} setting), so it runs none.`;
  return {
    id: 'hooks-folder-missing',
    text,
    mend: `${create}un ${unset(scope)}, then "npx leak-guard install".`,
  };
}

/** Our hook lies in a folder that git does not look at, because `core.hooksPath` names another. */
export function whyShadowed(site: Site, hook: HookName): Problem | undefined {
  const { hooksPath } = site;
  if (hooksPath === null) return undefined;
  const own = join(site.commonDir, 'hooks');
  if (own !== site.hooksDir && isOurs(join(own, hook))) {
    const text = `The hook of leak-guard in ${own} is not run: core.hooksPath (${hooksPath.scope} setting) leads git to another folder.`;
    return { id: 'shadowed', text, mend: `Run ${installHere(site)}, or ${unset(hooksPath.scope)}.` };
  }
  const folder = globalFolderIfAny(site.context.env);
  const all = folder === undefined ? undefined : realPath(folder);
  if (all === undefined || all === site.hooksDir || !isOurs(join(all, hook))) return undefined;
  const text = `The hooks for all repositories are not run here: core.hooksPath (${hooksPath.scope} setting) leads git to another folder.`;
  return { id: 'shadowed', text, mend: 'Run "npx leak-guard install" here, too.' };
}

function whyNotSetUp(site: Site): Problem {
  const manager = chooseManager(site, 'auto').name;
  const commands: Readonly<Record<string, string>> = {
    lefthook: 'npx lefthook install',
    'simple-git-hooks': 'npx simple-git-hooks',
    husky: 'npx husky',
  };
  const command = commands[manager];
  if (command === undefined)
    return { id: 'missing', text: 'There is no such hook.', mend: `Run ${installHere(site)}.` };
  const text = `There is no such hook: ${manager} has not put it there.`;
  return { id: 'not-applied', text, mend: `Run "npx leak-guard install", then "${command}".` };
}

/** Install asks for --force where the folder of hooks is not this repository's alone. */
function installHere({ hooksPath, place }: Site): string {
  const isShared = hooksPath !== null && (place === 'outside' || !['local', 'worktree'].includes(hooksPath.scope));
  return isShared ? '"npx leak-guard install --force", which adds it there' : '"npx leak-guard install"';
}

function unset(scope: string): string {
  return ['local', 'global', 'system', 'worktree'].includes(scope)
    ? `"git config --${scope} --unset core.hooksPath"`
    : 'git without that setting';
}

function isOurs(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true && hasBlock(readFileSync(path, 'latin1'));
}
