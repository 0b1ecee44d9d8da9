import { loadDetectors } from '../../src/build/load-detectors.js';
import { type Detect, toDetect } from '../../src/detect/detect.js';
import type { Detector, Format } from '../../src/detect/detector.js';
import { compileTable } from '../../src/table/compile.js';
import { readTable } from '../../src/table/table-file.js';
import { grow } from './sample.js';

/** All detectors, compiled from what tsc wrote: the tests run the whole engine on the very tables that ship. */
export const detectors = await loadDetectors('dist/detectors');
export const table = readTable(compileTable(detectors));
export const detect: Detect = toDetect(table);

export interface NamedFormat {
  readonly provider: string;
  readonly detector: Detector;
  readonly format: Format;
}

export const formats: readonly NamedFormat[] = [...detectors].flatMap(([provider, detector]) =>
  detector.formats.map((format) => ({ provider, detector, format })),
);

/** A new sample of the format with this id. Never one that was committed anywhere. */
export function sample(id: string): string {
  const named = formats.find(({ format }) => format.id === id);
  if (named === undefined) throw new Error(`No format has the id ${id}.`);
  const { sample: template, proof } = named.format;
  return grow(template, proof === undefined ? {} : { proof });
}

/** Replaces each `{{format-id}}` by a grown sample, the same one for the same id. */
export function fill(example: string): string {
  const grown = new Map<string, string>();
  return example.replace(/\{\{([a-z0-9-]+)\}\}/g, (_, id: string) => {
    const value = grown.get(id) ?? sample(id);
    grown.set(id, value);
    return value;
  });
}

/** The ids that are found in a text, in its order. */
export function found(text: string, path = 'file.txt'): string[] {
  return detect({ path, bytes: Buffer.from(text) }).map((match) => match.format.id);
}
