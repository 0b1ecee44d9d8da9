import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { applyPlan, toWrite } from '../../src/install/edits.js';

async function withFolder(run: (folder: string) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'leak-guard-edits-'));
  try {
    await run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('when an edit fails, moves and new files before it are taken back', async () => {
  await withFolder(async (folder) => {
    const [hook, aside] = [join(folder, 'hook'), join(folder, 'aside')];
    writeFileSync(hook, 'mine');

    const applied = applyPlan({
      edits: [
        { kind: 'move', path: hook, to: aside },
        toWrite(hook, 'ours', { mode: 0o755 }),
        toWrite(join(folder, 'new'), 'ours', { mode: 0o755 }),
        { kind: 'move', path: join(folder, 'missing'), to: aside },
      ],
      notes: [],
    });

    await expect(applied).rejects.toMatchObject({ name: 'UserError', cause: expect.stringContaining('missing') });
    expect(readdirSync(folder)).toEqual(['hook']);
    expect(readFileSync(hook, 'utf8')).toBe('mine');
  });
});

test('when an edit fails, what was overwritten or removed comes back with its mode', async () => {
  await withFolder(async (folder) => {
    const [hook, settings] = [join(folder, 'hook'), join(folder, 'settings')];
    writeFileSync(hook, 'mine', { mode: 0o750 });
    writeFileSync(settings, 'mine, too', { mode: 0o640 });

    const applied = applyPlan({
      edits: [
        toWrite(hook, 'ours', { mode: 0o755 }),
        { kind: 'remove', path: settings },
        { kind: 'remove', path: join(folder, 'missing') },
      ],
      notes: [],
    });

    await expect(applied).rejects.toThrow('stay as they were');
    expect(readdirSync(folder)).toEqual(['hook', 'settings']);
    expect([hook, settings].map((path) => [readFileSync(path, 'utf8'), statSync(path).mode & 0o777])).toEqual([
      ['mine', 0o750],
      ['mine, too', 0o640],
    ]);
  });
});

test('nothing is changed when a file cannot be written', async () => {
  await withFolder(async (folder) => {
    writeFileSync(join(folder, 'file'), 'mine');

    const applied = applyPlan({
      edits: [
        { kind: 'remove', path: join(folder, 'file') },
        toWrite(join(folder, 'file/hook'), 'ours', { mode: 0o755 }),
      ],
      notes: [],
    });

    await expect(applied).rejects.toThrow('stay as they were');
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('mine');
  });
});

test('the mode is kept whatever the umask is', async () => {
  await withFolder(async (folder) => {
    await applyPlan({ edits: [toWrite(join(folder, 'new/hook'), 'ours', { mode: 0o777 })], notes: [] });

    expect(statSync(join(folder, 'new/hook')).mode & 0o777).toBe(0o777);
    expect(readdirSync(join(folder, 'new'))).toEqual(['hook']);
  });
});
