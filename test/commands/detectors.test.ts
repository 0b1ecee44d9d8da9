import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { detectors } from '../../src/commands/detectors.js';
import { ExitCode } from '../../src/exit-code.js';
import { line, toEntry } from '../report/sample-playbook.js';
import { formats } from '../support/detectors.js';
import { cli, withRepo } from '../support/repo.js';
import { hasTerminal, runInTerminal } from '../support/terminal.js';
import { toContext } from './command-harness.js';

test('every format stands below its provider', async () => {
  const { context, printed } = toContext();

  const code = await detectors({ format: 'text', width: 80 }, context, () => [line, toEntry('aws')]);

  expect(code).toBe(ExitCode.Clean);
  expect(printed()).toMatchInlineSnapshot(`
"3 credential formats of 2 providers are found.

aws   aws, other
  aws-api-key                high      aws API key

LINE   line, messaging
  line-channel-access-token  critical  LINE channel access token, long-lived
  line-channel-secret        critical  LINE channel secret
  line-channel-id            public    LINE channel id
"
`);
});

test('in a pipe and in a file every name is whole', () =>
  withRepo(async (repo) => {
    const piped = await repo.run('detectors');
    await repo.run('detectors', '--output', 'list.txt');

    const lines = piped.stdout.split('\n');
    const missing = formats.filter(
      ({ format: { id, name } }) => !lines.some((one) => one.startsWith(`  ${id} `) && one.endsWith(`  ${name}`)),
    );
    expect(missing).toEqual([]);
    expect(await readFile(join(repo.dir, 'list.txt'), 'utf8')).toBe(piped.stdout);
  }));

const testInTerminal = hasTerminal ? test : test.skip;

testInTerminal('on a terminal lines are cut to 80 columns', () =>
  withRepo(async (repo) => {
    const { stdout } = await runInTerminal(repo, `"${process.execPath}" "${cli}" detectors`);

    expect(Math.max(...stdout.split(/\r?\n/).map((row) => row.length))).toBe(80);
  }),
);

test('JSON holds the same', async () => {
  const { context, printed } = toContext();

  await detectors({ format: 'json', width: 80 }, context, () => [line]);

  expect(JSON.parse(printed())).toEqual({
    version: 1,
    detectors: [{ id: 'line', provider: 'LINE', category: 'messaging', docs: line.docs, formats: line.formats }],
  });
});
