import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HookName } from '../hook-script.js';
import type { Site } from '../site.js';
import type { Part } from './part.js';
import type { Probe } from './probe.js';
import { INSTALL_AGAIN, type Problem } from './problem.js';

const timeoutMs = 60_000;

// What a hook that cannot scan says → what is wrong. The first that fits wins.
const KNOWN: readonly (readonly [RegExp, Problem])[] = [
  [
    /is gone from where it was|is not installed here/,
    {
      id: 'package-gone',
      text: 'It runs, but does not find leak-guard, so it stops everything.',
      mend: 'Run "npm install", then "npx leak-guard install".',
    },
  ],
  [
    /no Node\.js 20|env: .?node.?:|node: (?:command )?not found/,
    {
      id: 'node-gone',
      text: 'It runs, but does not find Node.js 20 or newer, so it stops everything.',
      mend: 'Install Node.js, then run "npx leak-guard install".',
    },
  ],
  [
    /Cannot find (?:module|package)/,
    {
      id: 'package-broken',
      text: 'It runs, but a package that leak-guard needs is missing, so it stops everything.',
      mend: 'Run "npm install".',
    },
  ],
];

/** Runs our part of a hook, and nothing else of it, as git would. Undefined when it stops the grown secret. */
export function dryRun(part: Part, probe: Probe, site: Site & { readonly hook: HookName }): Problem | undefined {
  const shell = findShell(probe.env);
  if (shell === undefined) {
    return unsure('No shell was found to try the hook with.', 'Run "leak-guard doctor" from Git Bash.');
  }
  const script = join(probe.folder, site.hook);
  writeFileSync(script, toScript(part), { encoding: 'latin1', mode: 0o700 });
  const { args, input } = callOf(site.hook, probe);
  const ran = spawnSync(shell, [...(part.isStrict ? ['-e'] : []), script, ...args], {
    cwd: site.top ?? site.commonDir,
    env: probe.env,
    input,
    timeout: timeoutMs,
    windowsHide: true,
  });
  return judge({ code: ran.status, output: `${ran.stderr}\n${ran.stdout}` }, probe);
}

/** The shell that git runs hooks with. Git for Windows brings its own, beside its programs. */
export function findShell(env: NodeJS.ProcessEnv): string | undefined {
  const { GIT_EXEC_PATH: execPath = '' } = env;
  if (process.platform !== 'win32') return '/bin/sh';
  return ['usr/bin/sh.exe', 'bin/sh.exe']
    .map((path) => join(execPath, '../../..', path))
    .find((path) => existsSync(path));
}

// What our block hands on to an earlier hook is left out: that one may do anything.
function toScript({ text }: Part): string {
  const lines = text.split('\n').filter((line) => !/^if \[ -x "\$lg_old" \]; then/.test(line));
  return `#!/bin/sh\n${lines.join('\n')}\n`;
}

function callOf(hook: HookName, probe: Probe): { readonly args: readonly string[]; readonly input: string } {
  const none = '0'.repeat(probe.commit.length);
  const ref = 'refs/heads/leak-guard-doctor';
  if (hook === 'pre-push') {
    return { args: ['leak-guard-doctor', 'leak-guard-doctor'], input: `${ref} ${probe.commit} ${ref} ${none}\n` };
  }
  if (hook === 'pre-receive') return { args: [], input: `${none} ${probe.commit} ${ref}\n` };
  return { args: hook === 'commit-msg' ? [probe.messageFile] : [], input: '' };
}

function judge({ code, output }: { code: number | null; output: string }, probe: Probe): Problem | undefined {
  if (output.includes(probe.secret)) {
    return { id: 'secret-shown', text: 'In a dry run it printed the grown secret.', mend: INSTALL_AGAIN };
  }
  if (code === 1 && /SendGrid/.test(output)) return undefined;
  if (code === 0) {
    return {
      id: 'secret-passed',
      text: 'In a dry run it let a grown SendGrid key pass.',
      mend: 'Run "npx leak-guard install", and look for settings that leave out files or SendGrid.',
    };
  }
  const known = KNOWN.find(([pattern]) => pattern.test(output))?.[1];
  if (known !== undefined) return known;
  const said = output.split('\n').find((line) => line.trim() !== '') ?? 'it said nothing';
  const how = code === null ? 'did not end' : `ended with ${code}`;
  return {
    id: 'cannot-scan',
    text: `In a dry run it could not scan: it ${how}. ${said.trim()}`,
    mend: /^\s*Next: (.*)$/m.exec(output)?.[1]?.trim() ?? INSTALL_AGAIN,
  };
}

function unsure(text: string, mend: string): Problem {
  return { id: 'no-shell', text, mend, isUnsure: true };
}
