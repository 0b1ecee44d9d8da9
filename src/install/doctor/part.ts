import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BLOCK_START, hasBlock, isBroken, sliceBlock } from '../block.js';
import { ASIDE, type HookName } from '../hook-script.js';
import { findLefthookSettings } from '../lefthook.js';
import type { Site } from '../site.js';
import { INSTALL_AGAIN, type Problem } from './problem.js';

/** What of ours a hook runs: shell lines, bytes read as Latin-1. */
export interface Part {
  readonly text: string;
  /** True where the hook manager runs it with `sh -e`. */
  readonly isStrict: boolean;
}

/** Our part of a hook and what is wrong with it; no part when the hook does not call us. */
export interface Found {
  readonly part?: Part;
  readonly problems: readonly Problem[];
}

const LEFTHOOK_LOCAL = ['', '.', '.config/'].flatMap((start) =>
  ['yml', 'yaml', 'toml', 'json', 'jsonc'].map((ending) => `${start}lefthook-local.${ending}`),
);

/** Finds our part behind the file that git starts, through the hook manager that wrote that file. */
export function findPart(site: Site, hook: HookName, path: string): Found {
  const text = readFileSync(path, 'latin1');
  if (hasBlock(text)) return inFile(text, { hook, isStrict: false });
  if (isHuskyShim(site, text)) return behindHusky(site, hook);
  if (text.includes('pre-commit.com')) return behindFramework(site, hook, path);
  if (text.includes('lefthook')) return behindLefthook(site, hook);
  const command = findCommand(text, hook);
  if (command !== undefined) return { part: { text: command, isStrict: false }, problems: [] };
  return { problems: [notCalled(site, hook, text)] };
}

/** A single command line that runs us, as people and hook managers write it. */
export function findCommand(text: string, hook: string): string | undefined {
  const runner = '(?:NODE_OPTIONS= )?(?:npx (?:--no-install |--no |-- )?|yarn |pnpm (?:exec )?|bunx )?';
  const call = `(?:'[^'\\n]*leak-guard'|[\\w./@-]*leak-guard) hook ${hook}(?![\\w-])(?: --)?(?: "\\$[@\\d]")*`;
  return new RegExp(`^[ \\t]*(${runner}${call})`, 'm').exec(text)?.[1];
}

function inFile(text: string, { hook, isStrict }: { readonly hook: HookName; readonly isStrict: boolean }): Found {
  if (isBroken(text)) {
    const mend = 'Delete what is left of the block in that file, then run "npx leak-guard install".';
    return { problems: [{ id: 'broken-block', text: 'The block of leak-guard has lost its last line.', mend }] };
  }
  const block = sliceBlock(text);
  const problems: Problem[] = [];
  if (/\r$/m.test(block)) {
    const mend = 'Run "npx leak-guard install"; if the file is tracked, set "eol=lf" for it in .gitattributes.';
    problems.push({ id: 'crlf', text: 'Its lines end with CR LF, which a shell does not take.', mend });
  }
  if (!block.startsWith(`${BLOCK_START}\n`) && !block.startsWith(`${BLOCK_START}\r\n`)) {
    problems.push({ id: 'stale', text: 'It was written by another version of leak-guard.', mend: INSTALL_AGAIN });
  }
  if (/^(?:exit|exec)\b/m.test(text.slice(0, text.indexOf(block)))) {
    const mend = 'Move the block of leak-guard to the top of that file.';
    problems.push({ id: 'behind-exit', text: 'A line above the block of leak-guard ends the hook before it.', mend });
  }
  // The global folder has blocks that only hand on to the repository's own hook.
  if (!new RegExp(`hook ${hook}(?![\\w-])`).test(block)) {
    problems.push({
      id: 'not-called',
      text: 'It does not call leak-guard.',
      mend: `Run "npx leak-guard install --hook ${hook}".`,
    });
    return { problems };
  }
  return { part: { text: block, isStrict }, problems };
}

function isHuskyShim(site: Site, text: string): boolean {
  return existsSync(join(site.hooksDir, 'h')) && text.includes('/h"');
}

function behindHusky(site: Site, hook: HookName): Found {
  const path = join(dirname(site.hooksDir), hook);
  const text = readIfFile(path);
  if (text === undefined) {
    return { problems: [{ id: 'missing', text: `husky has no ${hook} hook to run.`, mend: INSTALL_AGAIN }] };
  }
  if (hasBlock(text)) return inFile(text, { hook, isStrict: true });
  const command = findCommand(text, hook);
  if (command !== undefined) return { part: { text: command, isStrict: true }, problems: [] };
  return { problems: [notCalled(site, hook, text)] };
}

function behindFramework(site: Site, hook: HookName, path: string): Found {
  const legacy = `${path}.legacy`;
  const text = readIfFile(legacy);
  if (text !== undefined && hasBlock(text)) {
    const found = inFile(text, { hook, isStrict: false });
    const isExecutable = process.platform === 'win32' || (statSync(legacy).mode & 0o111) !== 0;
    if (isExecutable) return found;
    const why = 'The pre-commit framework passes over it, because it is not executable.';
    return { ...found, problems: [...found.problems, { id: 'not-executable', text: why, mend: INSTALL_AGAIN }] };
  }
  const settings = site.top === null ? undefined : readIfFile(join(site.top, '.pre-commit-config.yaml'));
  if (settings !== undefined && /^\s*-\s*id:\s*['"]?leak-guard/m.test(settings)) {
    const why = 'The pre-commit framework runs it from its settings, which the doctor does not try.';
    const mend = 'Run "pre-commit run leak-guard" with a grown secret staged.';
    return { problems: [{ id: 'not-tried', text: why, mend, isUnsure: true }] };
  }
  return { problems: [notCalled(site, hook, '')] };
}

function behindLefthook(site: Site, hook: HookName): Found {
  const path = findLefthookSettings(site);
  const command = path === undefined ? undefined : findLefthookCommand(readIfFile(path) ?? '', hook);
  if (command === undefined) return { problems: [notCalled(site, hook, '')] };
  const part = { text: `NODE_OPTIONS= ${command}`, isStrict: false };
  const isChanged = LEFTHOOK_LOCAL.some((name) => /leak-guard/.test(readIfFile(join(site.top ?? '', name)) ?? ''));
  if (!isChanged) return { part, problems: [] };
  const text = 'Your own settings of lefthook (lefthook-local) change what it does with leak-guard.';
  const mend = 'Look there whether it is skipped.';
  return { part, problems: [{ id: 'not-tried', text, mend, isUnsure: true }] };
}

/** The command of a `run` in any of lefthook's formats, with the hook's arguments where its `{1}` stand. */
function findLefthookCommand(text: string, hook: string): string | undefined {
  const line = text
    .split(/\r?\n/)
    .find((each) => new RegExp(`^[^#]*\\brun\\b.*leak-guard'? hook ${hook}(?![\\w-])`).test(each));
  const value = /\brun["']?\s*[:=]\s*("(?:[^"\\]|\\.)*"|'[^']*'|[^"'\s].*)/.exec(line ?? '')?.[1];
  if (value === undefined) return undefined;
  const plain = /^".*"$/.test(value) ? String(JSON.parse(value)) : value.replace(/^'(.*)'$/, '$1');
  return findCommand(plain.replace(/\{(\d)\}/g, '"$$$1"'), hook);
}

function notCalled(site: Site, hook: HookName, text: string): Problem {
  if (existsSync(join(site.hooksDir, hook + ASIDE)) && text !== '') {
    const why = 'Something has written over the hook of leak-guard, and does not call it.';
    return { id: 'overwritten', text: why, mend: INSTALL_AGAIN };
  }
  return { id: 'not-called', text: 'It does not call leak-guard.', mend: INSTALL_AGAIN };
}

function readIfFile(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true ? readFileSync(path, 'latin1') : undefined;
}
