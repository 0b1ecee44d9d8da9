import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, test } from '@jest/globals';
import { type RotateOptions, rotate } from '../../src/commands/rotate.js';
import { ExitCode } from '../../src/exit-code.js';
import { UserError } from '../../src/user-error.js';
import { line, toEntry } from '../report/sample-playbook.js';
import { toContext } from './command-harness.js';

const options: RotateOptions = {
  format: 'text',
  isFull: false,
  isOpened: false,
  width: 80,
  now: new Date('2026-11-22'),
};
const entries = [line, toEntry('linear')];

async function runRotate(change: Partial<RotateOptions>, env: NodeJS.ProcessEnv = {}): Promise<string> {
  const { context, printed } = toContext(env);

  const code = await rotate({ ...options, ...change }, context, () => entries);

  expect(code).toBe(ExitCode.Clean);
  return printed();
}

test('without a name it lists the providers', async () => {
  expect(await runRotate({})).toContain('leak-guard rotate NAME, with NAME one of these 2:');
});

test('a provider shows its first secret, --credential another', async () => {
  expect(await runRotate({ provider: 'line' })).toContain('Revoke the leaked token');
  expect(await runRotate({ provider: 'line', credential: 'channel-secret' })).toContain('Issue a new channel secret');
});

test('the id of a format leads to its credential', async () => {
  expect(await runRotate({ provider: 'line-channel-secret' })).toContain('Issue a new channel secret');
});

test('an unknown provider is a mistake that can be mended', async () => {
  const error = await runRotate({ provider: 'lime\u001b[2J' }).catch((caught: unknown) => caught);

  expect(error).toBeInstanceOf(UserError);
  expect(error).toMatchObject({ message: 'There is no playbook for "lime\\x1b[2J".' });
  await expect(runRotate({ provider: 'lne' })).rejects.toMatchObject({
    hint: expect.stringContaining('Did you mean line'),
  });
});

test('an unknown credential names those there are', async () => {
  const running = runRotate({ provider: 'line', credential: 'webhook' });

  await expect(running).rejects.toMatchObject({
    hint: expect.stringContaining('long-lived, channel-secret, channel-id'),
  });
});

test('--open without a provider says what is missing', async () => {
  await expect(runRotate({ isOpened: true })).rejects.toBeInstanceOf(UserError);
});

test('without an opener --open gives the address to open by hand', async () => {
  const running = runRotate({ provider: 'line', isOpened: true }, { PATH: '' });

  await expect(running).rejects.toMatchObject({ hint: `Open it yourself: ${line.rotate.url}` });
});

(process.platform === 'linux' ? test : test.skip)(
  '--open hands the address over as one argument, never to a dependency',
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'leak-guard-open-'));
    const url = 'https://line.biz/?a=$(touch x)&b="c d"';
    try {
      const planted = join(folder, 'node_modules', '.bin');
      const system = join(folder, 'bin');
      for (const [place, note] of [
        [planted, 'planted'],
        [system, 'opened'],
      ] as const) {
        await mkdir(place, { recursive: true });
        await writeFile(join(place, 'xdg-open'), `#!/bin/sh\nprintf '%s\\n' "$#" "$1" > '${join(folder, note)}'\n`);
        await chmod(join(place, 'xdg-open'), 0o755);
      }
      const { context } = toContext({ PATH: ['.', planted, system].join(delimiter) });
      const entry = { ...line, rotate: { ...line.rotate, url } };

      await rotate({ ...options, provider: 'line', isOpened: true }, context, () => [entry]);

      expect(await readFile(join(folder, 'opened'), 'utf8')).toBe(`1\n${url}\n`);
      await expect(readFile(join(folder, 'planted'))).rejects.toThrow('ENOENT');
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
