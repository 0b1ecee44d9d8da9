import { expect, test } from '@jest/globals';
import { type PreventOptions, prevent } from '../../src/commands/prevent.js';
import { ExitCode } from '../../src/exit-code.js';
import { line } from '../report/sample-playbook.js';
import { toContext } from './command-harness.js';

const options: PreventOptions = { store: 'env', language: 'ts', format: 'text', width: 80 };

async function runPrevent(change: Partial<PreventOptions>): Promise<string> {
  const { context, printed } = toContext();

  const code = await prevent({ ...options, ...change }, context, () => [line]);

  expect(code).toBe(ExitCode.Clean);
  return printed();
}

test('the snippet reads the variable of this credential', async () => {
  expect(await runPrevent({ provider: 'line', credential: 'channel-secret' })).toContain(
    'process.env.LINE_CHANNEL_SECRET',
  );
});

test('without a provider it is for any secret', async () => {
  expect(await runPrevent({ store: 'aws', language: 'python' })).toContain('SecretId="my-service/api-key"');
});

test('languages may be called by their other names', async () => {
  expect(await runPrevent({ language: 'C#' })).toContain('Environment.GetEnvironmentVariable("API_KEY")');
});

test('JSON holds the code alone', async () => {
  const json = JSON.parse(await runPrevent({ provider: 'line', format: 'json', store: 'vault', language: 'ruby' }));

  expect(json).toMatchObject({ version: 1, env: 'LINE_CHANNEL_ACCESS_TOKEN', store: 'vault', language: 'ruby' });
  expect(json.code).toContain('Vault.kv("secret").read("line")');
});

test.each([
  [{ store: 'vualt' }, 'Choose with --store env|aws|vault|conjur.'],
  [{ language: 'constructor' }, 'Choose with --lang ts|python|go|java|ruby|csharp.'],
  [{ provider: 'nobody' }, 'Run "leak-guard rotate" for the list of providers.'],
])('%j says what can be chosen', async (change, hint) => {
  await expect(runPrevent(change)).rejects.toMatchObject({ name: 'UserError', hint });
});
