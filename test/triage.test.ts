import { randomBytes } from 'node:crypto';
import { cp, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { openTriage } from '../src/triage.js';
import { sample } from './support/detectors.js';
import { cli, type Ran, type Repo, withRepo } from './support/repo.js';

/** Enough commits for other cores to be asked. */
const commitCount = 400;
const settings = {
  maxFileSize: '100 kB',
  exclude: ['vendor/**'],
  customDetectors: [{ id: 'custom-ticket', name: 'Ticket', pattern: 'ticket_[a-z0-9]{32}', keywords: ['ticket_'] }],
};

interface File {
  readonly path: string;
  readonly content: Buffer;
}

test('what other cores look through is told as if there were none, whether they clear it, flag it or fail', () =>
  withRepo(async (repo) => {
    await importHistory(repo);
    await repo.git('reset', '-q', '--hard', 'main');

    const [whole, alone, broken] = [
      await scan(repo, cli),
      await withoutWorker(repo, 'gone'),
      await withoutWorker(repo),
    ];

    expect(whole).toEqual(alone);
    expect(whole).toEqual(broken);
    expect(whole.exitCode).toBe(1);
    const { findings, scanned } = JSON.parse(whole.stdout);
    expect(new Set(findings.map(({ detector }: { detector: string }) => detector))).toEqual(
      new Set(['sendgrid-api-key', 'custom-ticket']),
    );
    expect(findings.map(({ file }: { file: string }) => file)).toEqual(
      expect.arrayContaining(['plain-50.txt', 'wide-150.txt', 'own-250.txt', 'named-350.txt']),
    );
    expect(findings).toHaveLength(4);
    expect(scanned.skipped).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ file: 'large-200.txt' }),
        expect.objectContaining({ file: 'vendor/300.txt' }),
      ]),
    );
    expect(scanned.blobs).toBeGreaterThan(700);
    const pushed = await push(repo);
    expect(pushed.stderr).toContain('push stopped, 4 secrets found');
    expect(pushed.stderr).toContain('own-250.txt');
  }));

test('a worker clears what has no match, and leaves all else to whoever asked', () =>
  withRepo(async (repo) => {
    const bomb = gzipSync('0'.repeat(300_000)).toString('base64');
    const texts = ['nothing here\n', `key ${sample('sendgrid-api-key')}\n`, 'x'.repeat(2000), `data: ${bomb}\n`];
    for (const [index, text] of texts.entries()) await repo.stage(`${index}`, text);
    const oids = await Promise.all(texts.map((_, index) => repo.git('rev-parse', `:${index}`)));
    const triage = openTriage({ cwd: repo.dir, env: repo.env, cliPath: cli, customDetectors: [], mostWorkers: 1 });

    const looked = await triage.look(
      [...oids, '1'.repeat(40)].map((oid) => ({ oid, path: 'a.txt', commit: null, maxBytes: 1000 })),
    );
    triage.end();

    expect(looked).toEqual([13, null, null, null, null]);
  }));

/** All but the first commit is new to the other side. */
async function push(repo: Repo): Promise<Ran> {
  const [tip, first] = [await repo.git('rev-parse', 'main'), await repo.git('rev-list', '--max-parents=0', 'main')];
  const input = `refs/heads/main ${tip} refs/heads/main ${first}\n`;
  return repo.exec(process.execPath, [cli, 'hook', 'pre-push', 'origin', 'x'], { input });
}

async function scan(repo: Repo, program: string): Promise<Ran> {
  return repo.exec(process.execPath, [program, 'scan', '--history', '--format', 'json']);
}

/** A package in which the worker is not there, or ends as soon as it is asked. */
async function withoutWorker(repo: Repo, how?: 'gone'): Promise<Ran> {
  const folder = await mkdtemp(join(tmpdir(), 'leak-guard-test-'));
  try {
    await cp(dirname(cli), join(folder, 'bin'), { recursive: true });
    await symlink(resolve('node_modules'), join(folder, 'node_modules'), 'junction');
    const worker = join(folder, 'bin/triage-worker.cjs');
    if (how === 'gone') await rm(worker);
    else await writeFile(worker, "require('node:worker_threads').parentPort.on('message', () => process.exit(3));\n");
    return await scan(repo, join(folder, 'bin/leak-guard.cjs'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function importHistory(repo: Repo): Promise<void> {
  const stream = Array.from({ length: commitCount }, (_, index) => {
    const files = filesOf(index).map(({ path, content }) =>
      Buffer.concat([Buffer.from(`M 100644 inline ${path}\ndata ${content.length}\n`), content, Buffer.from('\n')]),
    );
    const head = `commit refs/heads/main\ncommitter Ana <ana@example.com> ${1_700_000_000 + index} +0000\ndata 6\nChange\n`;
    return Buffer.concat([Buffer.from(head), ...files]);
  });
  const ran = await repo.exec('git', ['fast-import', '--quiet'], { input: Buffer.concat(stream) });
  expect(ran.exitCode).toBe(0);
}

function filesOf(index: number): File[] {
  const text = Array.from({ length: 60 }, (_, line) => `const value${line} = ${line === index % 60 ? index : line};\n`);
  const files = [{ path: `src/part-${index % 7}.ts`, content: Buffer.from(text.join('')) }];
  const special: Readonly<Record<number, File>> = {
    0: { path: '.leak-guard.json', content: Buffer.from(JSON.stringify(settings)) },
    50: { path: 'plain-50.txt', content: Buffer.from(`key ${sample('sendgrid-api-key')}\n`) },
    100: { path: 'empty.txt', content: Buffer.alloc(0) },
    150: { path: 'wide-150.txt', content: Buffer.from(`key ${sample('sendgrid-api-key')}\n`, 'utf16le') },
    200: { path: 'large-200.txt', content: Buffer.alloc(200_000, `${sample('sendgrid-api-key')}\n`) },
    250: { path: 'own-250.txt', content: Buffer.from(`see ticket_${randomBytes(16).toString('hex')} for more\n`) },
    300: { path: 'vendor/300.txt', content: Buffer.from(`${sample('sendgrid-api-key')}\n`) },
    350: { path: 'named-350.txt', content: Buffer.from(`\0binary\0${sample('sendgrid-api-key')}\0`) },
  };
  const more = special[index];
  return more === undefined ? files : [...files, more];
}
