import type { PlaybookEntry } from '../detect/detector.js';
import { ExitCode } from '../exit-code.js';
import { cutEnd, toColumns, toPrintable } from '../report/escape.js';
import { toSafeJson } from '../report/json.js';
import type { CommandContext } from './command-context.js';

export interface DetectorsOptions {
  readonly format: 'text' | 'json';
  /** Columns of the terminal; infinite where there is none. */
  readonly width: number;
}

/** `leak-guard detectors`: lists every credential format that is found, by provider. */
export async function detectors(
  options: DetectorsOptions,
  context: CommandContext,
  loadPlaybooks: () => readonly PlaybookEntry[],
): Promise<ExitCode> {
  const entries = loadPlaybooks().toSorted((a, b) => (a.id < b.id ? -1 : 1));
  context.stdout(options.format === 'json' ? toJson(entries) : toText(entries, options.width));
  return ExitCode.Clean;
}

function toJson(entries: readonly PlaybookEntry[]): string {
  const listed = entries.map(({ id, provider, category, docs, formats }) => ({
    id,
    provider,
    category,
    docs,
    formats,
  }));
  return toSafeJson({ version: 1, detectors: listed });
}

function toText(entries: readonly PlaybookEntry[], width: number): string {
  const formats = entries.flatMap((entry) => entry.formats.filter(({ isPublic }) => !isPublic));
  const idWidth = Math.min(Math.max(...formats.map(({ id }) => toColumns(id)), 0), 40);
  const lines = entries.flatMap((entry) => [
    '',
    `${entry.provider}   ${entry.id}, ${entry.category}`,
    ...entry.formats.map(({ id, name, severity, isPublic }) =>
      cutEnd(`  ${id.padEnd(idWidth)}  ${(isPublic ? 'public' : severity).padEnd(8)}  ${name}`, width),
    ),
  ]);
  const total = `${formats.length} credential formats of ${entries.length} providers are found.`;
  return [total, ...lines].map((line) => `${toPrintable(line)}\n`).join('');
}
