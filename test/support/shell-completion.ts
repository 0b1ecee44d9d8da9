// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the shells write their variables like that, too
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { cli, type Ran, type Repo } from './repo.js';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/** Whether a program is installed here. */
export function isThere(program: string): boolean {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).error === undefined;
}

/** A shell that has read its completion of leak-guard, which is installed for it. */
export interface CompletingShell {
  /** The file with the completion. */
  readonly script: string;
  /** Where it finds leak-guard. */
  readonly env: Readonly<Record<string, string>>;
  /** What the shell offers when this has been typed, as bare names in the order of the alphabet. */
  complete(line: string): Promise<readonly string[]>;
}

/** Makes a shell ready in a repository. */
export async function openShell(shell: Shell, repo: Repo): Promise<CompletingShell> {
  const script = join(repo.home, `completion.${shell}`);
  await repo.write('../home/bin/leak-guard', `#!/bin/sh\nexec "${process.execPath}" "${cli}" "$@"\n`, 0o755);
  const printed = await repo.run('completions', shell);
  await repo.write(`../home/completion.${shell}`, printed.stdout);
  await repo.write('../home/complete.sh', PROGRAMS[shell]);
  await repo.write('../home/setup.zsh', ZSH_SETUP);
  const env = {
    PATH: `${join(repo.home, 'bin')}:${repo.env['PATH']}`,
    LG_SCRIPT: script,
    LG_SETUP: join(repo.home, 'setup.zsh'),
    LC_ALL: 'C.UTF-8',
  };
  const start = { bash: ['--norc', '--noprofile'], zsh: ['-f'], fish: ['--no-config'] }[shell];
  return {
    script,
    env,
    complete: async (line) => {
      const words = shell === 'bash' ? toBashWords(line) : [line];
      const ran = await repo.exec(shell, [...start, join(repo.home, 'complete.sh'), ...words], { env });
      return toNames(ran, line);
    },
  };
}

/** As readline takes a line apart: `=` is a word, and a blank at the end begins one. */
function toBashWords(line: string): readonly string[] {
  return [...(line.match(/=|[^\s=]+/g) ?? []), ...(line.endsWith(' ') ? [''] : [])];
}

/** fish says what stands before the name on the line, and a text; zsh quotes what it types. */
function toNames({ exitCode, stdout, stderr }: Ran, line: string): readonly string[] {
  if (exitCode !== 0 || stderr !== '') throw new Error(`completing ${line} ended with ${exitCode}: ${stderr}`);
  const lines = stdout.split('\n').filter((name) => name !== '');
  const names = lines.map((name) =>
    name
      .replace(/\t.*/, '')
      .replaceAll('\\', '')
      .replace(/^--[\w-]+=/, ''),
  );
  return [...new Set(names.map((name) => name.replace(/^.*\.\./, '')))].sort();
}

const PROGRAMS: Readonly<Record<Shell, string>> = {
  bash: `
source "$LG_SCRIPT"
COMP_WORDS=("$@")
COMP_CWORD=$(($# - 1))
_leak_guard
for reply in "\${COMPREPLY[@]}"; do printf '%s\\n' "$reply"; done
`,
  // A real terminal, in which the line and a tab are typed.
  zsh: `
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'source $LG_SETUP'
while zpty -r shell line; do [[ $line == *ready* ]] && break; done
zpty -w -n shell "$1"$'\\t'
while zpty -r shell line; do
  [[ $line == *'<end>'* ]] && break
  [[ $line == *'<hit>'* ]] && print -r -- \${\${line#*<hit>}%%$'\\r'*}
done
zpty -d shell
`,
  fish: `
source $LG_SCRIPT
complete -C "$argv[1]"
`,
};

/** Shows what zsh is given to offer, and says when that is all. */
const ZSH_SETUP = `
PROMPT=
autoload -Uz compinit
compinit -u -C -d $LG_SCRIPT.dump
source $LG_SCRIPT
bindkey '^I' complete-word
finish() { print '<end>' }
comppostfuncs=(finish)
compadd() {
  if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\\ * ]]; then builtin compadd "$@"; return; fi
  local -a hits
  builtin compadd -A hits "$@"
  for hit in $hits; do print -r -- "<hit>$hit"; done
  builtin compadd "$@"
}
echo rea''dy
`;
