import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Detector } from '../detect/detector.js';
import type { Detectors } from '../table/compile.js';

/** All detectors by file name without `.js`, in the order of the alphabet. */
export async function loadDetectors(folder: string): Promise<Detectors> {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.js')).sort();
  const modules = files.map(async (file): Promise<[string, Detector]> => {
    const module: { default: Detector } = await import(pathToFileURL(join(resolve(folder), file)).href);
    return [basename(file, '.js'), module.default];
  });
  return new Map(await Promise.all(modules));
}
