// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the shells write their variables like that, too
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { completions } from '../../src/commands/completions.js';
import { allCommands, optionsOf } from '../../src/commands/facts/all-commands.js';
import { UserError } from '../../src/user-error.js';
import { type Repo, withRepo } from '../support/repo.js';
import { type CompletingShell, isThere, openShell, SHELLS, type Shell } from '../support/shell-completion.js';
import { toContext } from './command-harness.js';

const people = allCommands.filter(({ isInternal = false }) => !isInternal).map(({ name }) => name);
const HOOKS = ['commit-msg', 'pre-commit', 'pre-merge-commit', 'pre-push', 'pre-receive'];
const REFS = ['feature/#1-umlaut-ü', 'feature/one', 'main', 'v1.0.0'];
const MAY_BE_MISSING = 'skipped where it is missing';

/** What is typed, and what each shell offers then. */
const typed: readonly (readonly [line: string, offered: readonly string[]])[] = [
  ['leak-guard ', [...people, 'help'].sort()],
  ['leak-guard sc', ['scan']],
  ['leak-guard --', ['--help', '--version']],
  ['leak-guard scan --r', ['--range']],
  ['leak-guard install --hook pre-push --h', ['--help', '--hook']],
  ['leak-guard install --hook ', HOOKS],
  ['leak-guard install --hook=commit', ['commit-msg']],
  ['leak-guard install --manager hu', ['husky']],
  ['leak-guard rotate --format ', ['html', 'json', 'md', 'text']],
  ['leak-guard rotate --format=m', ['md']],
  ['leak-guard scan --format ', ['json', 'text']],
  ['leak-guard prevent --store ', ['aws', 'conjur', 'env', 'vault']],
  ['leak-guard prevent --store aws --lang ', ['csharp', 'go', 'java', 'python', 'ruby', 'ts']],
  ['leak-guard rotate strip', ['stripe']],
  ['leak-guard rotate --format md strip', ['stripe']],
  ['leak-guard rotate stripe li', []],
  ['leak-guard prevent -- strip', ['stripe']],
  ['leak-guard rotate line --credential channel-', ['channel-id', 'channel-secret']],
  ['leak-guard prevent --lang go line --credential=channel-s', ['channel-secret']],
  ['leak-guard scan --branch ', REFS],
  ['leak-guard scan --branch=fe', ['feature/#1-umlaut-ü', 'feature/one']],
  ['leak-guard scan --range fe', ['feature/#1-umlaut-ü', 'feature/one']],
  ['leak-guard scan --range main..HE', ['HEAD']],
  ['leak-guard scan --range=main..ma', ['main']],
  ['leak-guard scan --since ', []],
  ['leak-guard allow --reason ', []],
  ['leak-guard help aud', ['audit']],
  ['leak-guard completions ', ['bash', 'fish', 'zsh']],
  ['leak-guard no-such-command ', []],
];

describe.each(SHELLS)(`%s (${MAY_BE_MISSING})`, (shell) => {
  const testHere = process.platform !== 'win32' && isThere(shell) ? test : test.skip;

  testHere('takes the script without a warning', async () => {
    await withShell(shell, async ({ script }) => {
      const { status, stderr } = spawnSync(shell, ['-n', script], { encoding: 'utf8' });

      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    });
  });

  testHere('offers what belongs there', async () => {
    await withShell(shell, async ({ complete }) => {
      for (const [line, offered] of typed) expect([line, await complete(line)]).toEqual([line, offered]);
    });
  });

  testHere('offers all options of each command', async () => {
    await withShell(shell, async ({ complete }) => {
      for (const facts of allCommands.filter(({ isInternal = false }) => !isInternal)) {
        const flags = optionsOf(facts).map(({ name }) => `--${name}`);

        expect(await complete(`leak-guard ${facts.name} --`)).toEqual(flags.sort());
      }
    });
  });

  testHere('neither offers nor runs the name of a branch that a shell would run', async () => {
    await withShell(shell, async ({ complete }, repo) => {
      const head = await repo.git('rev-parse', 'HEAD');
      const hostile = ['$(touch${IFS}pwned)', '`touch${IFS}pwned`', ';touch${IFS}pwned', "'x", '"x', '|x', '&x', '>x'];
      const lines = hostile.map((name) => `create refs/heads/evil${name} ${head}\n`);
      const made = await repo.tryGit(['update-ref', '--stdin'], {
        input: `${lines.join('')}create refs/heads/-o ${head}\n`,
      });
      expect(made).toMatchObject({ exitCode: 0 });

      expect(await complete('leak-guard scan --branch ')).toEqual(REFS);
      expect(await complete('leak-guard scan --range ')).toEqual(['HEAD', ...REFS].sort());
      expect(await complete('leak-guard scan --branch evil')).toEqual([]);
      expect(readdirSync(repo.dir).sort()).toEqual(['.git', 'a file.txt', 'a.txt']);
    });
  });

  testHere('runs no leak-guard but the one in PATH', async () => {
    await withShell(shell, async ({ complete }, repo) => {
      await repo.write('leak-guard', '#!/bin/sh\ntouch pwned\n', 0o755);

      await complete('./leak-guard rotate ');

      expect(readdirSync(repo.dir)).not.toContain('pwned');
    });
  });

  testHere('offers nothing and stays silent where there is no repository', async () => {
    await withRepo(
      async (repo) => {
        const { complete } = await openShell(shell, repo);

        expect(await complete('leak-guard scan --branch ')).toEqual([]);
      },
      { init: false },
    );
  });
});

describe.each(['zsh', 'fish'] as const)(`%s (${MAY_BE_MISSING})`, (shell) => {
  (process.platform !== 'win32' && isThere(shell) ? test : test.skip)('offers files where they belong', async () => {
    await withShell(shell, async ({ complete }) => {
      for (const words of [
        'scan',
        'scan --staged',
        'scan --message',
        'rotate --output',
        'rotate -o',
        'audit --config',
      ]) {
        expect([words, await complete(`leak-guard ${words} a`)]).toEqual([words, ['a file.txt', 'a.txt']]);
      }
      for (const words of ['audit', 'allow', 'scan --since', 'rotate']) {
        expect([words, await complete(`leak-guard ${words} a.t`)]).toEqual([words, []]);
      }
    });
  });
});

// `script` of util-linux gives bash a terminal; there bash itself offers the files.
(process.platform === 'linux' && isThere('script') ? test : test.skip).each([
  ['scan a\\ \t', ['scan', 'a file.txt']],
  ['rotate --output=a.\t', ['rotate', '--output=a.txt']],
  ['rotate -o a.\t', ['rotate', '-o', 'a.txt']],
  ['audit a.\t', ['audit', 'a.']],
  ['scan --branch=ma\t', ['scan', '--branch=main']],
  ['scan --range v1\t..ma\t', ['scan', '--range', 'v1.0.0..main']],
  ['scan --branch feature/#\t', ['scan', '--branch', 'feature/#1-umlaut-ü']],
  ['rotate --format=ht\t stri\t', ['rotate', '--format=html', 'stripe']],
])('bash in a terminal makes the right words of: %j', async (keys, words) => {
  await withShell('bash', async ({ script, env }, repo) => {
    const lines = [
      `source ${script}`,
      `leak-guard() { printf '%s\\n' "$@" >"$HOME/typed"; }`,
      `leak-guard ${keys}`,
      'exit',
    ];

    await repo.exec('script', ['-qec', 'bash --norc --noprofile -i', '/dev/null'], {
      env: { ...env, TERM: 'dumb', INPUTRC: '/dev/null' },
      input: `${lines.join('\n')}\n`,
    });

    expect(readFileSync(join(repo.home, 'typed'), 'utf8').trimEnd().split('\n')).toEqual(words);
  });
});

test('an option has a value in every command or in none: the scripts tell values from names by that', () => {
  const options = allCommands.flatMap(optionsOf);

  for (const { name, value } of options) {
    expect([
      name,
      options.filter((other) => other.name === name && (other.value === undefined) !== (value === undefined)),
    ]).toEqual([name, []]);
  }
});

test('what no shell knows is a mistake that names the shells', async () => {
  const { context } = toContext();

  await expect(completions(['tcsh'], context)).rejects.toThrow(UserError);
  await expect(completions([], context)).rejects.toMatchObject({ hint: expect.stringContaining('bash, zsh, fish') });
});

test('a provider that is not there is a mistake, and prints no names', async () => {
  await withRepo(async (repo) => {
    const ran = await repo.run('completions', 'credentials', '--', 'no-such-provider');

    expect(ran).toMatchObject({ exitCode: 2, stdout: '' });
  });
});

/** A shell in a repository with a few branches and files. */
async function withShell(shell: Shell, act: (opened: CompletingShell, repo: Repo) => Promise<void>): Promise<void> {
  await withRepo(async (repo) => {
    await repo.commit('a.txt', 'one\n');
    await repo.commit('a file.txt', 'two\n');
    await repo.git('branch', 'feature/one');
    await repo.git('branch', 'feature/#1-umlaut-ü');
    await repo.git('tag', 'v1.0.0');
    await act(await openShell(shell, repo), repo);
  });
}
