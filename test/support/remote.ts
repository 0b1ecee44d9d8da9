import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { sample } from './detectors.js';
import { type Ran, type Repo, withRepo } from './repo.js';
import { install } from './situation.js';

/** A repository whose `origin` is a bare one beside it, which has its first commit already. */
export interface Pushing {
  readonly repo: Repo;
  readonly remote: string;
  /** A new secret. */
  readonly key: string;
  /** Pushes with the hooks; `HEAD` when nothing else is named. */
  readonly push: (...refs: readonly string[]) => Promise<Ran>;
}

export async function withRemote(
  test: (pushing: Pushing) => Promise<void>,
  { isEmpty = false, hasHooks = true }: { readonly isEmpty?: boolean; readonly hasHooks?: boolean } = {},
): Promise<void> {
  await withRepo(async (repo) => {
    const remote = join(repo.home, 'remote.git');
    await repo.git('init', '-q', '--bare', remote);
    await repo.git('remote', 'add', 'origin', remote);
    if (!isEmpty) {
      await repo.commit('README.md', 'A project\n', 'Begin');
      await repo.git('push', '-q', 'origin', 'main');
    }
    if (hasHooks) await install(repo);
    const push = (...refs: readonly string[]): Promise<Ran> =>
      repo.tryGit(['push', '-q', 'origin', ...(refs.length === 0 ? ['HEAD'] : refs)]);
    await test({ repo, remote, key: sample('sendgrid-api-key'), push });
  });
}

/** A push that must be stopped; gives its message. */
export async function expectStopped({ push, key }: Pushing, ...refs: readonly string[]): Promise<string> {
  const { exitCode, stderr } = await push(...refs);
  expect(stderr).toContain('leak-guard: push stopped');
  expect(exitCode).not.toBe(0);
  return withoutNoise(stderr, key);
}

/** git prints the names of refs itself: only our own lines are looked at. */
function withoutNoise(stderr: string, key: string): string {
  const ours = stderr.split('\n').filter((line) => !/^(error: failed to push| ! |To )/.test(line));
  for (const line of ours) {
    expect(line).not.toContain(key);
    if (!line.includes('://')) expect(line.length).toBeLessThanOrEqual(80);
  }
  const isList = ours.some((line) => /, \d+ secrets found|^In \d+ places:$/.test(line));
  expect(ours.filter((line) => line !== '').length).toBeLessThanOrEqual(isList ? 20 : 12);
  return ours.join('\n');
}

/**
 * Does what the message says, word for word: the one thing that is added is the value that takes the secret's place.
 * `mend` does what else is said in words.
 */
export async function followAdvice(
  { repo, key }: Pushing,
  message: string,
  names: Partial<Record<'OLD' | 'NEW' | 'FILE', string>> & { readonly mend?: () => Promise<unknown> } = {},
): Promise<readonly string[]> {
  const { mend, ...words } = names;
  const [, fix = ''] = /^ {2}Fix {6}(.*?)^ {2}Rotate/ms.exec(message) ?? [];
  const lines = fix.split('\n').map((line) => line.trim());
  const edit = lines.findIndex((line) => /(^| )then$/.test(line));
  const [, first] = /^(git [^,]+), /.exec(lines.slice(0, edit + 1).join(' ')) ?? [];
  const commands = lines
    .slice(edit + 1)
    .filter((line) => line.startsWith('git '))
    .flatMap((line) => line.split('   and   '));
  const editor = join(repo.home, 'editor.sh');
  await writeFile(
    editor,
    '#!/bin/sh\nsed "s/$LEAK/gone/g" "$1" > "$1.new" && cat "$1.new" > "$1" && rm "$1.new"\n' +
      'grep -q "^[^#]" "$1" || echo "A new message" > "$1"\n',
  );
  await chmod(editor, 0o755);
  const run = async (command: string): Promise<void> => {
    const named = command.replace(/OLD|NEW|FILE/g, (name) => new Map(Object.entries(words)).get(name) ?? name);
    const ran = await repo.exec('sh', ['-c', named], { env: { GIT_EDITOR: editor, LEAK: key } });
    if (ran.exitCode !== 0) throw new Error(`${command} exited with ${ran.exitCode}: ${ran.stderr}${ran.stdout}`);
  };
  for (const command of first?.split('   and   ') ?? []) await run(command);
  await mend?.();
  await replaceValue(repo, key);
  for (const command of commands) await run(command);
  return commands;
}

async function replaceValue(repo: Repo, key: string): Promise<void> {
  for (const file of (await repo.git('ls-files', '-z')).split('\0').filter((name) => name !== '')) {
    const path = join(repo.dir, file);
    const text = await readFile(path, 'utf8');
    if (text.includes(key)) await writeFile(path, text.replaceAll(key, 'read from the environment'));
  }
}

/** Whether what a bare repository was given holds the secret anywhere. */
export async function expectCleanRemote({ repo, remote, key }: Pushing): Promise<void> {
  const git = (...args: readonly string[]): Promise<string> => repo.git('-C', remote, ...args);
  const all = [
    await git('log', '-p', '-m', '--all', '--format=raw'),
    await git('for-each-ref', '--format=%(refname) %(tag) %(tagger) %(contents)'),
  ];
  expect(all.join('\n')).not.toContain(key);
  const tracked = [
    await repo.git('rev-parse', 'HEAD'),
    await git('for-each-ref', '--format=%(objectname) %(*objectname)'),
  ];
  expect(tracked[1]).toContain(tracked[0]);
}
