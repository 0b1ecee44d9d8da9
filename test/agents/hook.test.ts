import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { sample } from '../support/detectors.js';
import { cli, type Repo, withRepo } from '../support/repo.js';
import { agents, ask } from './ask.js';
import { claudeCode, codex, cursor, type Payload, type Payloads } from './payloads.js';

type Question = readonly [Payloads, Payload];

const PASSED = { exitCode: 0, stderr: '' };

/** Grows a key, asks each agent's hook, and says which one was asked. */
async function withEach(test: (repo: Repo, agent: Payloads, key: string) => Promise<void>): Promise<void> {
  for (const toAgent of agents) {
    await withRepo(async (repo) => test(repo, toAgent(repo.dir), sample('sendgrid-api-key')));
  }
}

async function expectStop(repo: Repo, [agent, payload]: Question, key: string): Promise<string> {
  const { exitCode, stderr, stdout, text } = await ask(repo, agent.name, payload);
  expect({ agent: agent.name, exitCode }).toEqual({ agent: agent.name, exitCode: 2 });
  expect(stderr).toBe(`${text}\n`);
  expect(stdout + stderr).not.toContain(key);
  return stderr;
}

async function expectPass(repo: Repo, [agent, payload]: Question): Promise<void> {
  const asked = await ask(repo, agent.name, payload);
  expect({ agent: agent.name, ...asked }).toMatchObject({ agent: agent.name, ...PASSED });
}

test('stops a prompt with a key, says that it was not sent, and how to go on', async () => {
  await withEach(async (repo, agent, key) => {
    const text = await expectStop(repo, [agent, agent.prompt(`Send mail with ${key}, please`)], key);

    expect(text).toContain(
      'leak-guard stopped this prompt: it carries a credential.\n  SendGrid API key, in the prompt\n',
    );
    expect(text).toMatch(/It has not (?:reached|been sent)/);
    expect(text).toContain('npx leak-guard prevent sendgrid --store env --lang ');
    expect(text).toContain('npx leak-guard rotate sendgrid');
    expect(text).toContain('Leave this check on.');
  });
});

test('lets an ordinary prompt, command, file and tool call pass', async () => {
  await withEach(async (repo, agent) => {
    await expectPass(repo, [agent, agent.prompt('Write a function to calculate the factorial of a number')]);
    await expectPass(repo, [agent, agent.command('npm test && git commit -m "about --no-verify"')]);
    await expectPass(repo, [
      agent,
      agent.write(join(repo.dir, 'a.ts'), 'export const key = process.env.SENDGRID_API_KEY;\n'),
    ]);
    await expectPass(repo, [agent, agent.edit(join(repo.dir, 'a.ts'), 'one', 'two')]);
    await expectPass(repo, [agent, agent.mcp({ entities: [{ name: 'Ana', observations: ['likes tea'] }] })]);
  });
});

test('stops a command with a key, also in a here-document', async () => {
  await withEach(async (repo, agent, key) => {
    const text = await expectStop(
      repo,
      [agent, agent.command(`curl -H "Authorization: Bearer ${key}" https://api.sendgrid.com`)],
      key,
    );

    expect(text).toContain('stopped this command');
    expect(text).toContain('Nothing was run or written.');
    await expectStop(repo, [agent, agent.command(`cat > .env <<'EOF'\nSENDGRID_API_KEY=${key}\nEOF`)], key);
  });
});

test('stops a file that is written with a key, and names its path from the top', async () => {
  await withEach(async (repo, agent, key) => {
    const path = agent.name === 'codex' ? 'src/mail.ts' : join(repo.dir, 'src/mail.ts');
    const text = await expectStop(repo, [agent, agent.write(path, `first\nsend('${key}');`)], key);

    expect(text).toContain('SendGrid API key, in src/mail.ts, line 2');
  });
});

test('stops an edit that brings a key in, and lets pass one that takes it out or leaves it', async () => {
  await withEach(async (repo, agent, key) => {
    const path = agent.name === 'codex' ? 'mail.ts' : join(repo.dir, 'mail.ts');
    await repo.write('mail.ts', `const key = 'x';\n`);
    await expectStop(repo, [agent, agent.edit(path, `const key = 'x';`, `const key = '${key}';`)], key);

    await expectPass(repo, [agent, agent.edit(path, `send('${key}');`, 'send(process.env.KEY);')]);
    await expectPass(repo, [agent, agent.edit(path, `send('${key}');`, `post('${key}');`)]);
  });
});

test('a value that the file on the disk has already may stay in it, and may not be copied to another', async () => {
  await withEach(async (repo, agent, key) => {
    const at = (name: string): string => (agent.name === 'codex' ? name : join(repo.dir, name));
    await repo.write('old.ts', `send('${key}');\n`);

    await expectPass(repo, [agent, agent.write(at('old.ts'), `// moved\nsend('${key}', now);`)]);
    await expectStop(repo, [agent, agent.write(at('new.ts'), `send('${key}');`)], key);
  });
});

test('stops a call of an MCP tool with a key, and names the field', async () => {
  await withEach(async (repo, agent, key) => {
    const text = await expectStop(repo, [agent, agent.mcp({ headers: { auth: 'none' }, body: { token: key } })], key);

    expect(text).toContain('create_entities, field body.token');
  });
});

test('a key that is the name of a field is found, too', async () => {
  await withEach(async (repo, agent, key) => {
    await expectStop(repo, [agent, agent.mcp({ [key]: 'x' })], key);
  });
});

test('stops a command that skips the hooks', async () => {
  await withEach(async (repo, agent) => {
    const text = await expectStop(repo, [agent, agent.command('git add -A && git commit -nm "wip"')], 'none');

    expect(text).toContain('  git commit --no-verify\n');
    expect(text).toContain('npx leak-guard doctor');
  });
});

test('each agent gets the JSON that its page documents', async () => {
  await withRepo(async (repo) => {
    const key = sample('sendgrid-api-key');
    const json = async (agent: Payloads, payload: Payload): Promise<unknown> =>
      (await ask(repo, agent.name, payload)).json;
    const text = expect.stringContaining('leak-guard stopped');
    const denial = {
      hookSpecificOutput: { hookEventName: 'PreToolUse', permissionDecision: 'deny', permissionDecisionReason: text },
    };
    const [claude, inCursor, inCodex] = [claudeCode(repo.dir), cursor(repo.dir), codex(repo.dir)];

    expect(await json(claude, claude.prompt(key))).toEqual({
      decision: 'block',
      reason: text,
      hookSpecificOutput: { hookEventName: 'UserPromptSubmit', suppressOriginalPrompt: true },
    });
    expect(await json(claude, claude.command(key))).toEqual(denial);
    expect(await json(claude, claude.command('ls'))).toBeUndefined();
    expect(await json(inCodex, inCodex.prompt(key))).toEqual({ decision: 'block', reason: text });
    expect(await json(inCodex, inCodex.command(key))).toEqual(denial);
    expect(await json(inCodex, inCodex.command('ls'))).toBeUndefined();
    expect(await json(inCursor, inCursor.prompt(key))).toEqual({ continue: false, user_message: text });
    expect(await json(inCursor, inCursor.command(key))).toEqual({
      permission: 'deny',
      user_message: text,
      agent_message: text,
    });
    expect(await json(inCursor, inCursor.prompt('hello'))).toEqual({ continue: true });
    expect(await json(inCursor, inCursor.command('ls'))).toEqual({ permission: 'allow' });
  });
});

test('other tools are looked at as well: a fetched page, a subagent, a notebook, PowerShell', async () => {
  await withRepo(async (repo) => {
    const key = sample('sendgrid-api-key');
    const claude = claudeCode(repo.dir);
    const calls = [
      claude.tool('WebFetch', { url: `https://example.com/?key=${key}`, prompt: 'Extract the API endpoints' }),
      claude.tool('Agent', { prompt: `Use ${key}`, description: 'Find', subagent_type: 'Explore' }),
      claude.tool('NotebookEdit', { notebook_path: join(repo.dir, 'a.ipynb'), new_source: `key = "${key}"` }),
      claude.tool('MultiEdit', { file_path: join(repo.dir, 'a.ts'), edits: [{ old_string: 'a', new_string: key }] }),
      claude.tool('PowerShell', { command: `$env:KEY = '${key}'` }),
      { ...claude.prompt(`/deploy ${key}`), hook_event_name: 'UserPromptExpansion' },
    ];
    for (const call of calls) await expectStop(repo, [claude, call], key);
    await expectPass(repo, [claude, claude.tool('Grep', { pattern: 'TODO.*fix', path: repo.dir, '-i': true })]);
  });
});

test('a read is stopped when the file holds a key that the last commit has not', async () => {
  await withRepo(async (repo) => {
    const [key, committed] = [sample('sendgrid-api-key'), sample('sendgrid-api-key')];
    const [claude, inCursor] = [claudeCode(repo.dir), cursor(repo.dir)];
    await repo.commit('old.ts', `send('${committed}');\n`);
    await repo.write('.env', `SENDGRID_API_KEY=${key}\n`);
    const readEnv = claude.tool('Read', { file_path: join(repo.dir, '.env') });
    const readOld = claude.tool('Read', { file_path: join(repo.dir, 'old.ts'), offset: 10, limit: 50 });

    const text = await expectStop(repo, [claude, readEnv], key);
    expect(text).toContain('SendGrid API key, in .env, line 1\nClaude Code has not read it');
    await expectStop(repo, [inCursor, inCursor.read(join(repo.dir, '.env'), `SENDGRID_API_KEY=${key}\n`)], key);
    await expectPass(repo, [claude, readOld]);
    await expectPass(repo, [inCursor, inCursor.read(join(repo.dir, 'old.ts'), `send('${committed}');\n`)]);
    await expectPass(repo, [claude, claude.tool('Read', { file_path: join(repo.dir, 'nowhere.ts') })]);
    await expectPass(repo, [claude, claude.tool('Read', { file_path: repo.dir })]);
  });
});

test('a file that is attached to a prompt is a read', async () => {
  await withRepo(async (repo) => {
    const key = sample('sendgrid-api-key');
    const inCursor = cursor(repo.dir);
    await repo.write('.env', `SENDGRID_API_KEY=${key}\n`);
    const attachments = [{ type: 'file', file_path: join(repo.dir, '.env') }];

    const text = await expectStop(repo, [inCursor, { ...inCursor.prompt('Look at this'), attachments }], key);

    expect(text).toContain('in .env, line 1');
  });
});

test('the allowlist, the settings and allow comments of the repository count, from a folder below it, too', async () => {
  await withRepo(async (repo) => {
    const key = sample('sendgrid-api-key');
    await repo.write('sub/.keep', '');
    const claude = claudeCode(join(repo.dir, 'sub'));
    const write = claude.write(join(repo.dir, 'test/fixtures/a.ts'), `send('${key}');`);
    await expectStop(repo, [claude, write], key);
    await expectPass(repo, [
      claude,
      claude.write(join(repo.dir, 'a.ts'), `send('${key}'); // leak-guard:allow sendgrid-* grown for a test`),
    ]);

    const entry = { path: 'test/fixtures/**', detectors: ['sendgrid-*'], reason: 'grown' };
    await repo.write('.leak-guard-allow.json', JSON.stringify({ version: 1, allow: [entry] }));
    await expectPass(repo, [claude, write]);
    await repo.write('.leak-guard.json', '{ "exclude": ["vendor/"] }');
    await expectPass(repo, [claude, claude.write(join(repo.dir, 'vendor/a.ts'), `send('${key}');`)]);

    await repo.write('.leak-guard.json', '{ "exclude": 1 }');
    const { exitCode, stderr } = await ask(repo, 'claude-code', claude.command('ls'));
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringContaining('.leak-guard.json') });
  });
});

test('an allow comment in a command or a tool call changes nothing', async () => {
  await withEach(async (repo, agent, key) => {
    await expectStop(repo, [agent, agent.command(`send ${key} # leak-guard:allow sendgrid-* it is fine`)], key);
    await expectStop(repo, [agent, agent.mcp({ text: `${key} // leak-guard:allow sendgrid-* it is fine` })], key);
  });
});

test('Claude Code hooks that Cursor runs know the names of Cursor', async () => {
  await withRepo(async (repo) => {
    const key = sample('sendgrid-api-key');
    const inCursor = cursor(repo.dir);

    const passed = await ask(
      repo,
      'claude-code',
      inCursor.tool('Shell', { command: 'npm install', working_directory: '/project' }),
    );
    const stopped = await ask(repo, 'claude-code', inCursor.tool('Shell', { command: `echo ${key}` }));

    expect(passed).toMatchObject(PASSED);
    expect(stopped.exitCode).toBe(2);
  });
});

test.each([
  ['no JSON', 'nope'],
  ['nothing', ''],
  ['a list', '[]'],
  ['half an object', '{"hook_event_name":"PreToolUse"'],
  ['no event', '{}'],
  ['an event that is not known', JSON.stringify({ hook_event_name: 'Stop' })],
  ['a prompt without text', JSON.stringify({ hook_event_name: 'UserPromptSubmit' })],
  ['a tool without input', JSON.stringify({ hook_event_name: 'preToolUse', tool_name: 'Bash' })],
])('stops when it is given %s', async (_, input) => {
  await withRepo(async (repo) => {
    for (const agent of ['claude-code', 'cursor', 'codex']) {
      const { exitCode, stderr, json } = await ask(repo, agent, input);
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(/^leak-guard: Could not check what the agent is about to do: .*\n[\s\S]*Next: /);
      if (agent === 'cursor') expect(json).toMatchObject({ continue: false, permission: 'deny' });
    }
  });
});

test('a tool without a name, and a read without a content, are looked at all the same', async () => {
  await withRepo(async (repo) => {
    const key = sample('sendgrid-api-key');
    const inCursor = cursor(repo.dir);
    await repo.write('.env', `SENDGRID_API_KEY=${key}\n`);
    const nameless = { ...inCursor.tool('', { command: 'git commit -n' }), tool_name: undefined };
    const read = { ...inCursor.read(join(repo.dir, '.env'), ''), content: undefined };

    expect(await ask(repo, 'cursor', nameless)).toMatchObject({
      exitCode: 2,
      text: expect.stringContaining('--no-verify'),
    });
    expect(await ask(repo, 'cursor', read)).toMatchObject({
      exitCode: 2,
      text: expect.stringContaining('in .env, line 1'),
    });
  });
});

test('a key in the name of a file that is written is found, and not shown', async () => {
  await withEach(async (repo, agent, key) => {
    const path = agent.name === 'codex' ? `${key}.txt` : join(repo.dir, `${key}.txt`);

    await expectStop(repo, [agent, agent.write(path, 'nothing')], key);
  });
});

test('an input that cannot be read stops the agent', async () => {
  await withRepo(async (repo) => {
    const ran = await repo.exec('sh', ['-c', '"$0" "$1" hook agent cursor < .', process.execPath, cli]);

    expect(ran).toMatchObject({ exitCode: 2, stdout: expect.stringContaining('"permission":"deny"') });
    expect(ran.stderr).toContain('Could not read the standard input');
  });
});

test('without its own part of the package the hook stops the agent', async () => {
  await withRepo(async (repo) => {
    await cp(join(cli, '..'), join(repo.home, 'bin'), { recursive: true });
    await rm(join(repo.home, 'bin/agents.cjs'));

    const ran = await repo.exec(process.execPath, [join(repo.home, 'bin/leak-guard.cjs'), 'hook', 'agent', 'codex'], {
      input: JSON.stringify(codex(repo.dir).prompt('hi')),
    });

    expect(ran).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('a part of the package is missing') });
  });
});

test('an agent that is not known is a mistake', async () => {
  await withRepo(async (repo) => {
    const { exitCode, stderr } = await ask(repo, 'other', '{}');

    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: expect.stringContaining('Use one of: claude-code, cursor, codex.'),
    });
  });
});

test('what the agent says cannot reach the terminal raw', async () => {
  await withRepo(async (repo) => {
    const claude = claudeCode(repo.dir);
    const key = sample('sendgrid-api-key');

    const text = await expectStop(repo, [claude, claude.tool('mcp__x\u001b[2J', { ['\u202ea']: key })], key);

    expect(text).not.toMatch(/[\u001b\u202e]/);
    expect(text).toContain('mcp__x\\x1b[2J');
  });
});
