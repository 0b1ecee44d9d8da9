import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { ask } from '../agents/ask.js';
import { claudeCode, codex, cursor, type Payload } from '../agents/payloads.js';
import { sample } from '../support/detectors.js';
import type { Ran, Repo } from '../support/repo.js';
import { cli, withRepo } from '../support/repo.js';
import { examine, withPackage } from './real-package.js';

const SETTINGS = {
  'claude-code': '.claude/settings.json',
  cursor: '.cursor/hooks.json',
  codex: '.codex/hooks.json',
} as const;
const NAMES = ['claude-code', 'cursor', 'codex'] as const;
const ALL = NAMES.flatMap((name) => ['--agent', name]);

function read(repo: Repo, path: string): string {
  return readFileSync(join(repo.dir, path), 'latin1');
}

interface Handler {
  readonly command: string;
  readonly commandWindows?: string;
}

/** The commands in an agent's settings, by event. */
function handlers(repo: Repo, name: (typeof NAMES)[number], folder = repo.dir): Map<string, Handler> {
  const { hooks }: { hooks: Record<string, readonly (Handler & { hooks?: readonly Handler[] })[]> } = JSON.parse(
    readFileSync(join(folder, SETTINGS[name]), 'utf8'),
  );
  const all = Object.entries(hooks).flatMap(([event, entries]) =>
    entries.flatMap((entry) => entry.hooks ?? [entry]).map((handler): [string, Handler] => [event, handler]),
  );
  return new Map(all.filter(([, { command }]) => command.includes('leak-guard')));
}

/** Runs a hook's command as the agent does: through a shell, in the folder that the agent works in. */
function runCommand(repo: Repo, command: string, { payload, cwd }: { payload: Payload; cwd: string }): Promise<Ran> {
  const env = { CLAUDE_PROJECT_DIR: repo.dir };
  return repo.exec('sh', ['-c', command], { cwd, input: JSON.stringify(payload), env });
}

test('install writes a command for each event, and says what it did and how to undo it', async () => {
  await withPackage(async (repo) => {
    const { exitCode, stdout } = await repo.run('install', ...ALL);

    expect(exitCode).toBe(0);
    expect(stdout).toBe(
      [
        'leak-guard: Claude Code, Cursor and Codex ask leak-guard now.',
        '  write   .claude/settings.json',
        '  write   .cursor/hooks.json',
        '  write   .codex/hooks.json',
        '  Codex runs a new hook only after you have trusted it: open "/hooks" in Codex.',
        '  Undo with "npx leak-guard uninstall".',
        '',
      ].join('\n'),
    );
    expect([...handlers(repo, 'claude-code').keys()]).toEqual(['UserPromptSubmit', 'PreToolUse']);
    expect([...handlers(repo, 'codex').keys()]).toEqual(['UserPromptSubmit', 'PreToolUse']);
    expect([...handlers(repo, 'cursor').keys()]).toEqual([
      'beforeSubmitPrompt',
      'beforeShellExecution',
      'beforeMCPExecution',
      'beforeReadFile',
      'preToolUse',
    ]);
    expect(JSON.parse(read(repo, SETTINGS.cursor))).toMatchObject({
      version: 1,
      hooks: { preToolUse: [{ failClosed: true }] },
    });
    expect(existsSync(join(repo.dir, '.git/hooks/pre-commit'))).toBe(false);
  });
});

test('no path of this machine stands in the settings that are shared', async () => {
  await withPackage(async (repo) => {
    await repo.run('install', ...ALL);

    for (const name of NAMES) expect(read(repo, SETTINGS[name])).not.toContain(repo.dir);
    for (const name of NAMES) expect(read(repo, SETTINGS[name])).not.toContain(process.execPath);
  });
});

test('the commands stop a key and let other things pass, from a folder below the top, too', async () => {
  await withPackage(async (repo) => {
    await repo.run('install', ...ALL);
    const sub = join(repo.dir, 'packages/a b');
    await mkdir(sub, { recursive: true });
    await writeFile(join(repo.dir, 'node_modules/leak-guard/package.json'), '{ "name": "leak-guard" }');
    const key = sample('sendgrid-api-key');
    const cases = [
      { agent: claudeCode(sub), cwd: sub },
      { agent: cursor(repo.dir), cwd: repo.dir }, // Cursor runs the hooks of a project at its top
      { agent: codex(sub), cwd: sub },
    ];

    for (const { agent, cwd } of cases) {
      for (const { command, commandWindows } of handlers(repo, agent.name).values()) {
        for (const one of [command, ...(commandWindows === undefined ? [] : [commandWindows])]) {
          const stopped = await runCommand(repo, one, { payload: agent.prompt(key), cwd });
          expect(stopped).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('SendGrid') });
          expect(await runCommand(repo, one, { payload: agent.prompt('hi'), cwd })).toMatchObject({
            exitCode: 0,
            stderr: '',
          });
        }
      }
    }
  });
});

test('without the package, or without node, the commands fail aloud and never pass', async () => {
  await withPackage(async (repo) => {
    await repo.run('install', ...ALL);
    const payload = claudeCode(repo.dir).prompt('hi');
    const git = join((await repo.exec('sh', ['-c', 'command -v git'])).stdout.trim(), '..');
    await mkdir(join(repo.home, 'bin'));
    await symlink(join(git, 'git'), join(repo.home, 'bin/git'));
    await symlink('/bin/sh', join(repo.home, 'bin/sh'));
    await rm(join(repo.dir, 'node_modules'), { recursive: true });

    for (const name of NAMES) {
      for (const { command, commandWindows } of handlers(repo, name).values()) {
        const gone = await runCommand(repo, command, { payload, cwd: repo.dir });
        expect({ name, isPassed: gone.exitCode === 0, isSilent: gone.stderr === '' }).toEqual({
          name,
          isPassed: false,
          isSilent: false,
        });
        if (name !== 'cursor') expect(gone.exitCode).toBe(2); // for Cursor, failClosed makes any other code stop
        if (commandWindows === undefined) continue;
        expect(await runCommand(repo, commandWindows, { payload, cwd: repo.dir })).toMatchObject({
          exitCode: 2,
          stderr: 'leak-guard is not installed here. Run npm install.\n',
        });
      }
    }
    const { command = '' } = handlers(repo, 'claude-code').get('PreToolUse') ?? {};
    const without = await repo.exec('/bin/sh', ['-c', command], { env: { PATH: join(repo.home, 'bin') } });
    expect(without).toMatchObject({ exitCode: 2, stderr: expect.stringMatching(/node.*not found/) });
  });
});

test('installing again changes nothing, and a dry run writes nothing', async () => {
  await withPackage(async (repo) => {
    const dry = await repo.run('install', ...ALL, '--dry-run');
    expect(dry.stdout).toContain(
      'install would do this for Claude Code, Cursor and Codex:\n  write   .claude/settings.json',
    );
    expect(existsSync(join(repo.dir, '.claude'))).toBe(false);
    await repo.run('install', ...ALL);
    const before = NAMES.map((name) => read(repo, SETTINGS[name]));

    const again = await repo.run('install', ...ALL);

    expect(again.stdout).toBe('leak-guard: Claude Code, Cursor and Codex ask leak-guard already.\n');
    expect(NAMES.map((name) => read(repo, SETTINGS[name]))).toEqual(before);
  });
});

test('an older command of ours is brought up to date, and what stands around it stays', async () => {
  await withPackage(async (repo) => {
    await repo.run('install', '--agent', 'claude-code');
    const fresh = read(repo, SETTINGS['claude-code']);
    await repo.write(
      SETTINGS['claude-code'],
      fresh
        .replace(/"node .*\|\| exit 2"/, '"old/leak-guard hook agent claude-code"')
        .replace('"type"', '"timeout": 9, "type"'),
    );

    await repo.run('install', '--agent', 'claude-code');

    expect(read(repo, SETTINGS['claude-code'])).toBe(fresh.replace('"type"', '"timeout": 9, "type"'));
  });
});

const OWN: Readonly<Record<(typeof NAMES)[number], string>> = {
  'claude-code': `{
  "permissions": { "deny": ["Read(./.env)"] },
  "hooks": {
    "PreToolUse": [
      { "matcher": "Bash", "hooks": [{ "type": "command", "command": "./mine.sh" }] }
    ]
  }
}
`,
  cursor: `{
\t// ours
\t"version": 1,
\t"hooks": {
\t\t"afterFileEdit": [{ "command": "./format.sh" }], // keep
\t}
}
`,
  codex: '{"hooks":{"Stop":[{"hooks":[{"type":"command","command":"./done.sh"}]}]}}',
};

test('settings that are there keep every byte, and uninstall gives them back', async () => {
  await withPackage(async (repo) => {
    for (const name of NAMES) await repo.write(SETTINGS[name], OWN[name]);
    await repo.run('install', '--hook', 'pre-commit', ...ALL);
    expect(existsSync(join(repo.dir, '.git/hooks/pre-commit'))).toBe(true);
    expect(read(repo, SETTINGS['claude-code'])).toContain(
      '{ "matcher": "Bash", "hooks": [{ "type": "command", "command": "./mine.sh" }] },',
    );
    expect(read(repo, SETTINGS.cursor)).toContain('"afterFileEdit": [{ "command": "./format.sh" }], // keep');

    const { exitCode, stdout } = await repo.run('uninstall');

    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: expect.stringContaining('.cursor/hooks.json (your own settings stay)'),
    });
    for (const name of NAMES) expect(read(repo, SETTINGS[name])).toBe(OWN[name]);
    expect(existsSync(join(repo.dir, '.git/hooks/pre-commit'))).toBe(false);
  });
});

test('uninstall takes away the files that install made, and their folders', async () => {
  await withPackage(async (repo) => {
    const before = readdirSync(repo.dir);
    await repo.run('install', ...ALL);
    await repo.run('uninstall');

    expect(readdirSync(repo.dir)).toEqual(before);
    expect((await repo.run('uninstall')).stdout).toContain('nothing to take back');
  });
});

test('--global writes the settings of the user, and takes them back', async () => {
  await withPackage(async (repo) => {
    const cli = join(repo.dir, 'node_modules/leak-guard/dist/bin/leak-guard.cjs');
    const env = { CODEX_HOME: join(repo.home, 'elsewhere') };
    const run = (...args: readonly string[]): Promise<Ran> => repo.exec(process.execPath, [cli, ...args], { env });

    const { exitCode } = await run('install', '--global', ...ALL);

    expect(exitCode).toBe(0);
    expect(existsSync(join(repo.dir, '.claude'))).toBe(false);
    expect(existsSync(join(repo.home, 'elsewhere/hooks.json'))).toBe(true);
    const { command = '' } = handlers(repo, 'claude-code', repo.home).get('PreToolUse') ?? {};
    const agent = claudeCode(repo.home);
    const stopped = await runCommand(repo, command, {
      payload: agent.command(sample('sendgrid-api-key')),
      cwd: repo.home,
    });
    expect(stopped.exitCode).toBe(2);
    await run('uninstall', '--global');
    expect(['.claude', '.cursor', 'elsewhere'].filter((name) => existsSync(join(repo.home, name)))).toEqual([]);
  });
});

test.each([
  ['broken', '{ "hooks": '],
  ['a list', '[]'],
  ['of another shape', '{ "hooks": [] }'],
  ['of another shape below', '{ "hooks": { "PreToolUse": {} } }'],
])('settings that are %s stop the install, and nothing is written', async (_, text) => {
  await withPackage(async (repo) => {
    await repo.write(SETTINGS['claude-code'], text);

    const { exitCode, stderr } = await repo.run('install', '--hook', 'pre-commit', ...ALL);

    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('.claude/settings.json') });
    expect(read(repo, SETTINGS['claude-code'])).toBe(text);
    expect(existsSync(join(repo.dir, '.cursor'))).toBe(false);
    expect(existsSync(join(repo.dir, '.git/hooks/pre-commit'))).toBe(false);
  });
});

test('a link is not followed, neither of the file nor of its folder', async () => {
  await withPackage(async (repo) => {
    await mkdir(join(repo.home, 'outside'));
    await writeFile(join(repo.home, 'outside/settings.json'), '{}');
    await symlink(join(repo.home, 'outside'), join(repo.dir, '.claude'));
    await mkdir(join(repo.dir, '.codex'));
    await symlink(join(repo.home, 'outside/settings.json'), join(repo.dir, '.codex/hooks.json'));

    for (const name of ['claude-code', 'codex']) {
      const { exitCode, stderr } = await repo.run('install', '--agent', name);
      expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('does not follow') });
    }
    expect(readFileSync(join(repo.home, 'outside/settings.json'), 'utf8')).toBe('{}');
    expect((await repo.run('uninstall')).exitCode).toBe(0);
  });
});

test('an unknown agent, a folder without a repository and a missing package are told', async () => {
  await withRepo(async (repo) => {
    const unknown = await repo.run('install', '--agent', 'other');
    const missing = await repo.run('install', '--agent', 'cursor');
    const outside = await repo.exec(process.execPath, [cli, 'install', '--agent', 'cursor'], { cwd: repo.home });

    const unpacked = await repo.exec(process.execPath, [cli, 'install', '--agent', 'cursor'], {
      cwd: repo.home,
      env: { npm_lifecycle_event: 'prepare' },
    });

    expect(unpacked).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('no agent was set up') });
    expect(unknown).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('Use one of claude-code, cursor, codex.'),
    });
    expect(missing).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('npm install --save-dev leak-guard'),
    });
    expect(outside).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('no git repository') });
  });
});

test('the doctor lists the agents that are set up, and tries them', async () => {
  await withPackage(async (repo) => {
    await repo.run('install');
    await repo.run('install', ...ALL);

    const { exitCode, hooks, notes } = await examine(repo);

    expect(hooks.map(({ hook, ok }) => [hook, ok])).toEqual([
      ['pre-commit', true],
      ['pre-push', true],
      ['agent claude-code', true],
      ['agent cursor', true],
      ['agent codex', true],
    ]);
    expect(exitCode).toBe(0);
    expect(notes.join()).toContain('/hooks');
  });
});

test('the doctor says what is wrong with the hook of an agent', async () => {
  await withPackage(async (repo) => {
    await repo.run('install', ...ALL);
    const claude = read(repo, SETTINGS['claude-code']);
    const idsWith = async (text: string): Promise<readonly string[]> => {
      await repo.write(SETTINGS['claude-code'], text);
      return (await examine(repo)).ids('agent claude-code');
    };

    expect(await idsWith(claude.replace('"PreToolUse"', '"PostToolUse"'))).toEqual(['not-called']);
    expect(await idsWith(claude.replace('{', '{ "disableAllHooks": true,'))).toEqual(['switched-off']);
    expect(await idsWith(claude.replace(/\}\s*$/, ''))).toEqual(['broken-settings']);
    expect(await idsWith(claude.replaceAll('dist/bin', 'dist/gone'))).toEqual(['package-gone']);
    await repo.write('.leak-guard.json', '{ "detectors": { "off": ["sendgrid-*"] } }');
    await repo.stage('.leak-guard.json', '{ "detectors": { "off": ["sendgrid-*"] } }');
    expect(await idsWith(claude)).toEqual(['secret-passed']);
    await repo.write('.codex/config.toml', '[features]\nhooks = false\n');
    expect((await examine(repo)).ids('agent codex')).toContain('switched-off');
  });
});

test('what would take our hooks out is stopped, and the same on other files is not', async () => {
  await withPackage(async (repo) => {
    await repo.run('install');
    await repo.run('install', ...ALL);
    await repo.write('other/pre-commit', 'echo\n');
    const claude = claudeCode(repo.dir);
    const at = (path: string): string => join(repo.dir, path);
    const stopped = [
      claude.command('rm .git/hooks/pre-commit'),
      claude.command('cd .git && rm -rf hooks'),
      claude.command('chmod -x .git/hooks/pre-*'),
      claude.command('echo > .claude/settings.json'),
      claude.write(at(SETTINGS['claude-code']), '{}'),
      claude.write(at('.claude/settings.local.json'), '{ "disableAllHooks": true }'),
      claude.edit(at(SETTINGS.codex), 'leak-guard.cjs hook agent codex', 'true'),
      claude.tool('Delete', { file_path: at(SETTINGS.cursor) }),
      codex(repo.dir).tool('apply_patch', {
        command: '*** Begin Patch\n*** Delete File: .codex/hooks.json\n*** End Patch\n',
      }),
    ];
    const passed = [
      claude.command('rm other/pre-commit'),
      claude.command('rm -rf other'),
      claude.command('chmod -x other/pre-commit'),
      claude.write(at('other/pre-commit'), 'true\n'),
      claude.edit(at(SETTINGS['claude-code']), '"hooks"', '"model": "x", "hooks"'),
      claude.command('cat .claude/settings.json'),
    ];

    for (const payload of stopped) {
      expect(await ask(repo, 'claude-code', payload)).toMatchObject({
        exitCode: 2,
        text: expect.stringContaining('keep the hooks'),
      });
    }
    for (const payload of passed) expect(await ask(repo, 'claude-code', payload)).toMatchObject({ exitCode: 0 });
  });
});
