import { chmod, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { openGit } from '../../src/changes/git.js';
import { cleanMessage, messageChange } from '../../src/changes/message.js';
import { type Repo, withRepo } from '../support/repo.js';

const SCISSORS = '------------------------ >8 ------------------------';
const VERBOSE = `# ${SCISSORS}\n# Do not modify or remove the line above.\ndiff --git a/x b/x\n+added\n`;

test.each([
  ['default', true, 'Subject\n# comment\n', 'Subject\n\n'],
  ['default', false, 'Subject\n# text\n', 'Subject\n# text\n'],
  ['strip', false, 'Subject\n# comment\n', 'Subject\n\n'],
  ['whitespace', true, 'Subject\n# text\n', 'Subject\n# text\n'],
  ['verbatim', true, 'Subject\n# text\n', 'Subject\n# text\n'],
  ['scissors', true, `Subject\n# text\n${VERBOSE}`, 'Subject\n# text'],
  ['default', true, `Subject\n# comment\n${VERBOSE}`, 'Subject\n'],
  ['default', false, `Subject\n${VERBOSE}`, `Subject\n${VERBOSE}`],
  ['verbatim', true, `Subject\n# ${SCISSORS}\ntext\n`, `Subject\n# ${SCISSORS}\ntext\n`],
])('mode %s, edited %j: %j', (...[mode, isEdited, message, expected]) => {
  expect(String(cleanMessage(Buffer.from(message), { mode, isEdited, comment: '#' }))).toBe(expected);
});

test.each([
  [';', 'Subject\n; comment\n# text\n', 'Subject\n\n# text\n'],
  ['//', 'Subject\n// comment\n# text\n', 'Subject\n\n# text\n'],
  ['auto', `Subject\n# text\n; ${SCISSORS}\n; Do not\ndiff\n`, 'Subject\n# text'],
])('comment lines start with %j', (comment, message, expected) => {
  expect(String(cleanMessage(Buffer.from(message), { mode: 'default', isEdited: true, comment }))).toBe(expected);
});

test('bytes that are no UTF-8 stay as they are', () => {
  const bytes = Buffer.from('caf\xe9\n# comment\n', 'latin1');

  const cleaned = cleanMessage(bytes, { mode: 'default', isEdited: true, comment: '#' });

  expect(cleaned).toEqual(Buffer.from('caf\xe9\n\n', 'latin1'));
});

test('the file and the settings of the repository are read', async () => {
  await withRepo(async (repo) => {
    await repo.git('config', 'core.commentChar', ';');
    await repo.git('config', 'commit.cleanup', 'strip');
    await repo.write('.git/COMMIT_EDITMSG', 'Subject\n# text\n; comment\n');

    expect(await message(repo, { GIT_EDITOR: ':' })).toBe('Subject\n# text\n\n');
  });
});

test('a message that cannot be read stops the commit', async () => {
  await withRepo(async (repo) => {
    await expect(message(repo, {})).rejects.toMatchObject({ name: 'UserError' });
  });
});

(process.platform === 'win32' ? test.skip : test).each([
  ['with -m', ['-m', 'Subject\n\n# text']],
  ['with an editor', ['-e', '-m', 'Subject\n\n# comment']],
  ['with an editor and the diff', ['-v', '-e', '-m', 'Subject\n\n# comment']],
  ['with -v but no editor', ['-v', '-m', 'Subject\n\n# text']],
])('keeps the lines that git keeps %s', async (_, args) => {
  await withRepo(async (repo) => {
    const copy = join(repo.home, 'message');
    await repo.write('.git/hooks/commit-msg', `#!/bin/sh\ncp "$1" '${copy}'\necho "$GIT_EDITOR" > '${copy}.editor'\n`);
    await chmod(join(repo.dir, '.git/hooks/commit-msg'), 0o755);
    await repo.stage('a.txt', 'a staged line\n');
    await repo.tryGit(['-c', 'core.editor=true', 'commit', '-q', ...args]);

    const editor = (await readFile(`${copy}.editor`, 'utf8')).trim();
    const seen = await message(repo, editor === '' ? {} : { GIT_EDITOR: editor }, copy);

    const recorded = await repo.git('log', '-1', '--format=%B');
    expect(words(seen)).toEqual(words(recorded));
  });
});

async function message(repo: Repo, env: NodeJS.ProcessEnv, file = '.git/COMMIT_EDITMSG'): Promise<string> {
  const git = openGit({ cwd: repo.dir, env: repo.env });
  let text = '';
  for await (const change of messageChange(git, { file, env })) text += String(change.bytes);
  return text;
}

function words(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}
