import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/*
 * The demo: a throw-away repository in which a commit with two grown credentials is stopped, one finding is allowed, and the
 * mended change goes through. Every secret in it is made here and now, and none is printed.
 */

const cli = resolve('dist/bin/leak-guard.cjs');
const folder = mkdtempSync(join(tmpdir(), 'leak-guard-demo-'));
const env = { ...process.env, GIT_CONFIG_GLOBAL: join(folder, 'no-settings'), GIT_CONFIG_NOSYSTEM: '1' };

try {
  demo();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function demo(): void {
  run('git', ['init', '--quiet', '--initial-branch', 'main']);
  run('git', ['config', 'user.name', 'Ana']);
  run('git', ['config', 'user.email', 'ana@example.com']);
  leakGuard('install');

  say('A bot gets its LINE token, and a settings file a Webex client id and secret:');
  writeFileSync(join(folder, 'bot.ts'), lineBot(randomBytes(128).toString('base64').slice(0, 171)));
  writeFileSync(join(folder, 'webex.env'), webexSettings());
  run('git', ['add', 'bot.ts', 'webex.env']);
  expect(run('git', ['commit', '-m', 'Add the bot']), 1);

  say('What to do if one of them had got out:');
  leakGuard('rotate', 'line');

  say('The token goes where it belongs. The Webex pair is one of the demo, so it is allowed, with a reason:');
  writeFileSync(join(folder, 'bot.ts'), lineBot(undefined));
  run('git', ['add', 'bot.ts']);
  const [id = ''] = idsOfStaged();
  leakGuard('allow', id, '--reason', 'grown for the demo, opens nothing');
  expect(run('git', ['commit', '-m', 'Add the bot']), 0);
}

function lineBot(token: string | undefined): string {
  const value = token === undefined ? "process.env.LINE_CHANNEL_ACCESS_TOKEN ?? ''" : `'${token}='`;
  return `import { messagingApi } from '@line/bot-sdk';\n\nexport const client = new messagingApi.MessagingApiClient({\n  channelAccessToken: ${value},\n});\n`;
}

function webexSettings(): string {
  const hex = (): string => randomBytes(32).toString('hex');
  return `WEBEX_CLIENT_ID=C${hex()}\nWEBEX_CLIENT_SECRET=${hex()}\n`;
}

function idsOfStaged(): string[] {
  const { stdout } = spawnSync(process.execPath, [cli, 'scan', '--staged', '--format', 'json'], { cwd: folder, env });
  const report: { findings: { id: string }[] } = JSON.parse(stdout.toString());
  return report.findings.map((finding) => finding.id);
}

function leakGuard(...args: readonly string[]): void {
  say('', `npx leak-guard ${args.map(quoted).join(' ')}`);
  expect(show(process.execPath, [cli, ...args]), 0);
}

function run(program: string, args: readonly string[]): number {
  say('', `${program} ${args.map(quoted).join(' ')}`);
  return show(program, args);
}

function show(program: string, args: readonly string[]): number {
  return spawnSync(program, args, { cwd: folder, env, stdio: 'inherit' }).status ?? -1;
}

/** The demo is a test too: when a step ends as it should not, so does the demo. */
function expect(exitCode: number, wanted: number): void {
  if (exitCode !== wanted)
    throw new Error(`The step above ended with ${exitCode}; it should have ended with ${wanted}.`);
}

function say(text: string, command = ''): void {
  process.stdout.write(command === '' ? `\n# ${text}\n` : `\n$ ${command}\n`);
}

function quoted(word: string): string {
  return /^[\w.:/=-]+$/.test(word) ? word : JSON.stringify(word);
}
