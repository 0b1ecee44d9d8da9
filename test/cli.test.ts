import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { cli, withRepo } from './support/repo.js';

/** Throws where nobody waits for it, and more than once, while the command is at work. */
const thrower = `
if (process.argv[1]?.endsWith('leak-guard.cjs')) {
  for (let count = 0; count < 2; count += 1) setImmediate(() => { throw new Error('thrown outside'); });
}
`;

test.each([{ words: ['hook', 'pre-commit'] }, { words: ['scan', '.'] }])(
  'what is thrown outside of $words ends it with 2, although all else of it went well',
  async ({ words }) => {
    await withRepo(async (repo) => {
      await repo.stage('a.txt', 'nothing\n');
      await repo.write('.git/thrower.cjs', thrower);
      const env = { NODE_OPTIONS: `--require ${JSON.stringify(join(repo.dir, '.git/thrower.cjs'))}` };

      const ran = await repo.exec(process.execPath, [cli, ...words], { env });

      expect(ran.exitCode).toBe(2);
      expect(ran.stderr).toContain('a bug in leak-guard');
      expect(ran.stderr).toContain('thrown outside');
      expect(ran.stderr).not.toContain('scanned 1 blob');
    });
  },
);
