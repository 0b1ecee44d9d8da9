import { AGENT_NAMES } from '../../agents/agent.js';
import { HOOK_NAMES } from '../../install/hook-script.js';
import { MANAGER_NAMES } from '../../install/manager-names.js';
import type { CommandFacts } from './facts.js';
import { doneOrNot, textOnly } from './program.js';

export const install: CommandFacts = {
  name: 'install',
  summary: 'put the hooks into this repository',
  usage: [
    '[--hook NAME]… [--manager NAME] [--seconds N] [--config-hook] [--global] [--force] [--dry-run]',
    '--agent NAME… [--hook NAME]… [--global] [--dry-run]',
  ],
  about: [
    'Puts the hooks pre-commit and pre-push into this repository, through the hook manager that it uses, else natively. A hook that is there is kept and runs first. Running it again changes nothing.',
    'With --agent it puts a hook into the settings of a coding agent instead, and with --hook beside it does both. The hook stops a prompt, an edit or a command that carries a credential, and a command that skips the hooks.',
  ],
  options: [
    {
      name: 'hook',
      value: { name: 'NAME', choices: HOOK_NAMES },
      isRepeatable: true,
      text: 'this hook only; pre-receive is for the repository on a server',
    },
    {
      name: 'manager',
      value: { name: 'NAME', choices: MANAGER_NAMES },
      text: 'through this hook manager; auto looks for itself',
    },
    {
      name: 'agent',
      value: { name: 'NAME', choices: AGENT_NAMES },
      isRepeatable: true,
      text: 'into the settings of this coding agent: those of the repository, or yours with --global',
    },
    { name: 'seconds', value: { name: 'N' }, text: 'how long pre-receive may take, 30 when not given' },
    {
      name: 'config-hook',
      text: "into git's settings, where no core.hooksPath hides them; git 2.54 and newer runs hooks from there",
    },
    { name: 'global', text: 'for every repository of this user' },
    { name: 'force', text: "also where git's hooks path is shared with other repositories" },
    { name: 'dry-run', text: 'say what would be done, and do nothing' },
  ],
  positionals: [],
  examples: [
    { line: 'leak-guard install', text: 'guard commits and pushes' },
    { line: 'leak-guard install --hook pre-commit --hook commit-msg', text: 'guard files and messages' },
    { line: 'leak-guard install --agent claude-code', text: 'guard what Claude Code sends and writes here' },
    { line: 'leak-guard install --dry-run', text: 'see first which files would be written' },
  ],
  exitCodes: doneOrNot,
};

export const uninstall: CommandFacts = {
  name: 'uninstall',
  summary: 'take the hooks out again',
  usage: ['[--global] [--dry-run]'],
  about: ['Takes out what install put in: files come back byte for byte, your own lines stay.'],
  options: [
    { name: 'global', text: 'for every repository of this user' },
    { name: 'dry-run', text: 'say what would be done, and do nothing' },
  ],
  positionals: [],
  examples: [{ line: 'leak-guard uninstall --dry-run', text: 'see first what would be taken out' }],
  exitCodes: doneOrNot,
};

export const doctor: CommandFacts = {
  name: 'doctor',
  summary: 'prove that git runs the hooks here and that they stop a secret',
  usage: ['[--format text|json] [--quiet]'],
  about: [
    "Says of each hook whether git will run it here, and tries it on a secret grown for that, which is taken away again. Nothing of the repository changes, and only leak-guard's own part of a hook is run. Hooks of coding agents are tried, too, where they are set up. Each problem comes with what mends it.",
  ],
  options: [],
  positionals: [],
  examples: [{ line: 'leak-guard doctor --format json', text: 'let a program read it' }],
  exitCodes: { 0: 'all fine', 1: 'something is wrong', 2: 'could not tell' },
};

export const completions: CommandFacts = {
  name: 'completions',
  summary: 'print the script that completes leak-guard in bash, zsh or fish',
  usage: ['bash | zsh | fish'],
  about: [
    'Prints the script with which your shell completes commands, options, their choices, files, branches and the names of providers. Write it to where the shell looks for it (make the folder first where there is none), and open a new shell. Write it again after an update.',
    'It asks the leak-guard in your PATH for the names of providers, so leak-guard has to be installed where the shell finds it.',
  ],
  options: [textOnly],
  positionals: [{ name: 'SHELL', choices: ['bash', 'zsh', 'fish'] }],
  examples: [
    {
      line: 'leak-guard completions bash > ~/.local/share/bash-completion/completions/leak-guard',
      text: 'for bash with the package bash-completion',
    },
    {
      line: `echo 'eval "$(leak-guard completions bash)"' >> ~/.bashrc`,
      text: 'for bash without it, as on macOS; costs each new shell the start of node',
    },
    {
      line: 'leak-guard completions zsh > ~/.zsh/_leak-guard',
      text: 'for zsh, where .zshrc has "fpath=(~/.zsh $fpath)" in front of "compinit"',
    },
    {
      line: 'leak-guard completions fish > ~/.config/fish/completions/leak-guard.fish',
      text: 'for fish, which looks there by itself',
    },
  ],
  exitCodes: doneOrNot,
};
