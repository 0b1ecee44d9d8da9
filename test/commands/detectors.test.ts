import { expect, test } from '@jest/globals';
import { detectors } from '../../src/commands/detectors.js';
import { ExitCode } from '../../src/exit-code.js';
import { line, toEntry } from '../report/sample-playbook.js';
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

test('JSON holds the same', async () => {
  const { context, printed } = toContext();

  await detectors({ format: 'json', width: 80 }, context, () => [line]);

  expect(JSON.parse(printed())).toEqual({
    version: 1,
    detectors: [{ id: 'line', provider: 'LINE', category: 'messaging', docs: line.docs, formats: line.formats }],
  });
});
