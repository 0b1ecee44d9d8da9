import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandContext } from '../../commands/command-context.js';
import { UserError } from '../../user-error.js';
import { findOwnPlaces } from '../agent-places.js';
import { type GitVersion, readGitVersion } from '../git-version.js';
import { HOOK_NAMES, type HookName } from '../hook-script.js';
import { findSite, type Site } from '../site.js';
import { type ConfigHook, checkConfigHook, readConfigHooks } from './config-hooks.js';
import { dryRun } from './dry-run.js';
import { checkPath, whyShadowed } from './hook-path.js';
import { checkLefthookProgram } from './lefthook-program.js';
import { type Found, findPart, type Part } from './part.js';
import { type Probe, withProbe } from './probe.js';
import type { HookHealth, Problem } from './problem.js';
import { checkSwitches, findIgnoredScripts, isTooOld } from './surroundings.js';

/** All that the doctor found. */
export interface Examination {
  readonly hooks: readonly HookHealth[];
  /** Good to know, and nothing wrong. */
  readonly notes: readonly string[];
  /** True when our part of a hook was run. */
  readonly isTried: boolean;
  /** The folder that paths are shown from. */
  readonly folder: string;
}

/** Looks whether git runs leak-guard in the repository around `context.cwd`, and tries it. */
export async function examine(context: CommandContext): Promise<Examination> {
  const version = await readGitVersion(context);
  if (version !== undefined && isTooOld(version)) return tooOld(version, context);
  const site = await findSite(context, false);
  if (site === undefined) {
    throw new UserError('There is no git repository here.', 'Go to a folder of the repository, and run this again.');
  }
  const configHooks = await readConfigHooks(site);
  const ignored = findIgnoredScripts(site);
  const hooks = await withProbe(site, async (probe) => [
    ...(await examineHooks({ site, configHooks, ignored }, probe)),
    ...(await examineAgents(site, probe)),
  ]);
  const notes = configHooks.map(describe);
  if (hooks.some(({ health }) => health.hook.startsWith('agent codex'))) {
    notes.push('Codex runs a new or changed hook only after you have trusted it: open "/hooks" in Codex.');
  }
  if (ignored !== undefined && hooks.every(({ health }) => health.ok)) {
    notes.push(`npm runs no scripts (${ignored}), so a fresh clone has no hooks until you put them in by hand.`);
  }
  const folder = site.top ?? site.commonDir;
  return { hooks: hooks.map(({ health }) => health), notes, isTried: hooks.some(({ isTried }) => isTried), folder };
}

interface Case {
  readonly site: Site;
  readonly configHooks: readonly ConfigHook[];
  readonly ignored: string | undefined;
}

interface Examined {
  readonly health: HookHealth;
  readonly isTried: boolean;
}

async function examineHooks(all: Case, probe: Probe): Promise<readonly Examined[]> {
  const hooks: Examined[] = [];
  const wanted: readonly HookName[] = all.site.top === null ? ['pre-receive'] : ['pre-commit', 'pre-push'];
  for (const hook of HOOK_NAMES) {
    const path = join(all.site.hooksDir, hook);
    const isThere = existsSync(path) && statSync(path).isFile();
    const found = isThere ? findPart(all.site, hook, path) : { problems: [] };
    const ours = all.configHooks.find(({ event, ours: command }) => event === hook && command !== undefined);
    if (!wanted.includes(hook) && found.part === undefined && ours === undefined) continue;
    const problems = await examineHook({ ...all, hook, path, found, ours }, probe);
    const isTried = found.part !== undefined || ours?.isRun === true;
    hooks.push({ health: { hook, ok: problems.length === 0, path, problems }, isTried });
  }
  return hooks;
}

/** The hooks of coding agents that are set up here or for this user. Most have none, and then nothing of it is loaded. */
async function examineAgents(site: Site, probe: Probe): Promise<readonly Examined[]> {
  const { env } = site.context;
  const hasHome = (env['HOME'] ?? env['USERPROFILE'] ?? '') !== '';
  const places = [...findOwnPlaces(site), ...(hasHome ? findOwnPlaces(site.context) : [])];
  if (places.length === 0) return [];
  const { examineAgents: examinePlaces } = await import('./agents.js');
  return examinePlaces(places, site, probe).map((health) => ({ health, isTried: true }));
}

interface HookCase extends Case {
  readonly hook: HookName;
  readonly path: string;
  readonly found: Found;
  readonly ours: ConfigHook | undefined;
}

async function examineHook(one: HookCase, probe: Probe): Promise<readonly Problem[]> {
  const { site, hook, path, found, ours } = one;
  if (found.part === undefined && ours?.isRun === true) {
    return [...checkConfigHook(ours), ...tryPart({ text: ours.ours ?? '', isStrict: false }, one, probe)];
  }
  const atPath = await checkPath(site, hook, path);
  const isStarted = atPath.length === 0;
  const text = isStarted ? readFileSync(path, 'latin1') : '';
  const problems = [
    ...atPath,
    ...found.problems.map((problem) => (problem.id === 'not-called' ? (whyShadowed(site, hook) ?? problem) : problem)),
    ...checkSwitches(site, text),
    ...checkLefthookProgram(site, text),
  ];
  const tried = found.part === undefined ? [] : tryPart(found.part, one, probe);
  const isMissing = !isStarted && problems.some(({ id }) => /missing|not-applied|worktree/.test(id));
  return [...once([...problems, ...tried]), ...(isMissing ? whyNeverPut(one.ignored) : [])];
}

function tryPart(part: Part, { site, hook }: HookCase, probe: Probe): readonly Problem[] {
  const problem = dryRun(part, probe, { ...site, hook });
  return problem === undefined ? [] : [problem];
}

// A hook with CR LF is named by its first line and by its block.
function once(problems: readonly Problem[]): readonly Problem[] {
  return problems.filter(({ id }, index) => problems.findIndex((other) => other.id === id) === index);
}

function whyNeverPut(ignored: string | undefined): readonly Problem[] {
  if (ignored === undefined) return [];
  const text = `npm runs no scripts (${ignored}), and a script of package.json is what puts the hooks in.`;
  return [{ id: 'ignore-scripts', text, mend: 'Run "npm run prepare", or set ignore-scripts to false.' }];
}

function describe({ name, scope, event, command, isRun, ours }: ConfigHook): string {
  const what = `hook.${name} (${scope} setting) ${ours === undefined ? `runs "${command}"` : 'runs leak-guard'} on ${event}`;
  return isRun ? `${what}, before the hook's file.` : `${what} only with git 2.54 or newer, so not here.`;
}

function tooOld([major, minor]: GitVersion, context: CommandContext): Examination {
  const text = `This git (${major}.${minor}) is too old for leak-guard.`;
  const problem = { id: 'git-too-old', text, mend: 'Install git 2.26 or newer.' };
  const hooks = ['pre-commit', 'pre-push'].map((hook) => ({ hook, ok: false, path: '', problems: [problem] }));
  return { hooks, notes: [], isTried: false, folder: context.cwd };
}
