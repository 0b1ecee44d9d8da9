import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The packages whose code is among these files, as folders: `node_modules/yaml`. */
export function packagesOf(files: readonly string[]): string[] {
  const found = files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
  return [...new Set(found)].sort();
}

/** The licenses of packages whose code goes into ours, which they ask to be handed on. Throws when one has none. */
export async function toLicenses(folders: readonly string[]): Promise<string> {
  const licenses = await Promise.all(folders.map(toLicense));
  return `The code of these packages is part of leak-guard.\n${licenses.join('')}`;
}

async function toLicense(folder: string): Promise<string> {
  const { name, version }: { name: string; version: string } = JSON.parse(
    await readFile(join(folder, 'package.json'), 'utf8'),
  );
  const file = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each));
  if (file === undefined) throw new Error(`${name} is bundled, and has no license to hand on.`);
  return `\n${name} ${version}\n\n${(await readFile(join(folder, file), 'utf8')).trim()}\n`;
}
