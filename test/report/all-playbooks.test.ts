import { spawnSync } from 'node:child_process';
import { beforeAll, expect, test } from '@jest/globals';
import { loadDetectors } from '../../src/build/load-detectors.js';
import { toPlaybookEntry } from '../../src/build/to-playbook-entry.js';
import type { PlaybookEntry } from '../../src/detect/detector.js';
import type { Exposure } from '../../src/finding.js';
import { renderCurl } from '../../src/report/curl.js';
import { toColumns } from '../../src/report/escape.js';
import { findPlaybook } from '../../src/report/find-playbook.js';
import { type PlaybookOptions, renderPlaybook } from '../../src/report/playbook.js';
import { renderTerminal } from '../../src/report/terminal.js';
import { toFinding, toReport } from './sample-finding.js';

const options: PlaybookOptions = { format: 'text', isFull: false, width: 80, now: new Date('2026-11-22') };
const exposures: readonly Exposure[] = ['staged', 'local', 'remote', 'unknown'];
const files = ['src/main.ts', 'app/settings.py', 'App/Main.swift', 'Program.cs', '.env', 'k8s/app.yaml', 'Dockerfile'];

let entries: readonly PlaybookEntry[] = [];

beforeAll(async () => {
  entries = [...(await loadDetectors('dist/detectors'))].map(([id, detector]) => toPlaybookEntry(id, detector));
});

test('every playbook fits on one screen, for each of its credentials', () => {
  expect(entries.length).toBeGreaterThan(0);
  for (const entry of entries) {
    for (const credential of entry.rotate.credentials) {
      const lines = renderPlaybook(entry, { ...options, credential })
        .trimEnd()
        .split('\n');
      const commands = credential.steps.flatMap(({ run }) => run?.split('\n') ?? []);
      const tooLong = lines.filter(
        (line) => toColumns(line) > 80 && !line.includes('https://') && !commands.includes(line.trim()),
      );

      expect({ in: `${entry.id} ${credential.id}`, lines: lines.length > 30, tooLong }).toEqual({
        in: `${entry.id} ${credential.id}`,
        lines: false,
        tooLong: [],
      });
    }
  }
});

test('the message on every credential takes 12 lines of 80 columns, wherever it was found', () => {
  for (const entry of entries) {
    for (const credential of entry.rotate.credentials.filter(({ isSecret }) => isSecret)) {
      for (const exposure of exposures) {
        for (const file of files) {
          const title = entry.formats.find(({ id }) => credential.formats.includes(id))?.name ?? credential.name;
          const commit = exposure === 'staged' ? null : '0'.repeat(40);
          const url = credential.url ?? entry.rotate.url;
          const finding = toFinding({ provider: entry.id, title, env: credential.env, exposure, file, commit, url });

          const lines = renderTerminal(toReport([finding]), { isColored: false, isQuiet: false })
            .trimEnd()
            .split('\n');

          expect(lines.length).toBeLessThanOrEqual(12);
          expect(lines.filter((line) => toColumns(line) > 80 && !line.includes('https://'))).toEqual([]);
          expect(lines.at(-1)).toBe(`  ${url}`);
        }
      }
    }
  }
});

const hasBash = spawnSync('bash', ['-c', 'true']).status === 0;

(hasBash ? test : test.skip)('every command made of a call is one that a shell can read', () => {
  const commands = entries
    .flatMap((entry) => entry.rotate.credentials)
    .flatMap(({ steps, verify }) => [...steps.map(({ call }) => call), verify?.call])
    .flatMap((call) => (call === undefined ? [] : [renderCurl(call, 67).join('\n')]));

  const checked = spawnSync('bash', ['-n'], { input: commands.join('\n'), encoding: 'utf8' });

  expect(checked.stderr).toBe('');
  expect(checked.status).toBe(0);
  expect(commands.filter((command) => command.includes('{{'))).toEqual([]);
});

test.each(['text', 'md', 'html'] as const)('every playbook can be written whole as %s', (format) => {
  for (const entry of entries) {
    const whole = renderPlaybook(entry, { ...options, format, isFull: true });

    expect(whole).not.toMatch(/\{\{(secret|admin)\}\}|\[object/);
    if (format === 'html') expect(whole).not.toMatch(/<(script|link|img)|\ssrc=/i);
  }
});

test('every id, provider and format leads to its own playbook', () => {
  for (const entry of entries) {
    for (const name of [entry.id, ...entry.formats.map(({ id }) => id)]) {
      const found = findPlaybook(entries, name);

      expect('entry' in found ? found.entry.id : name).toBe(entry.id);
    }
  }
});
