import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { relative, resolve } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { packagesOf, toLicenses } from './licenses.js';

/** What is imported by `import()` and belongs to the hooks that run most often all the same. */
const hot = /(?:commands\/hook|hooks\/pre-(?:commit|push))\.js$/;

/** What reads an allowlist or settings: a file of its own, because a hook in a repository that has them needs no more. */
const rules = /\/(?:allowlist|config|pushed-rules|rule-changes)\.js$/;

/** What people ask for to read the manual: no hook and no scan loads the facts of the command line. */
const manual = /\/commands\/(?:help|completions)\.js$/;

/** What coding agents call at every step: a file of its own, because they wait for it. */
const agents = /\/agent-hook\.js$/;

/** What edits settings in YAML and TOML: the parsers are as long as everything else, and only `install` and its like need them. */
const editors = /\/lefthook-(?:yaml|toml)\.js$/;

/** The run-time dependencies stay packages of their own; every other package goes into the bundle. */
const { dependencies }: { dependencies: Readonly<Record<string, string>> } = JSON.parse(
  readFileSync('package.json', 'utf8'),
);

const shared: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  external: Object.keys(dependencies),
  legalComments: 'none',
};

const commonJs: BuildOptions = {
  ...shared,
  // CommonJS starts faster than ES modules do, and import() must not bring in the module loader.
  format: 'cjs',
  supported: { 'dynamic-import': false },
};

/**
 * Bundles the command into parts: what a hook needs, what reads rules, what coding agents call, the manual, what edits
 * YAML and TOML, and the rest, which is loaded when a command, a finding or a failure asks for it. node reads a file
 * through before it runs a line of it, so every line that no hook runs costs time. The program itself is only what loads
 * the parts.
 */
export async function bundle(version: string): Promise<void> {
  const parts = new Map<string, Set<string>>();
  const inputs: string[] = [];
  await build({
    ...commonJs,
    entryPoints: ['dist/src/main.js'],
    outfile: 'dist/bin/main.cjs',
    define: { LEAK_GUARD_VERSION: JSON.stringify(version) },
    plugins: [splitOff(parts, toPart)],
  });
  for (const [part, files] of parts) {
    const contents = [...files].sort().map((file) => `export * from ${JSON.stringify(`./${file}`)};`);
    const { metafile } = await build({
      ...commonJs,
      metafile: true,
      stdin: { contents: contents.join('\n'), resolveDir: '.', sourcefile: part },
      outfile: `dist/bin/${part}`,
      plugins: [splitOff(parts, (path) => (editors.test(path) ? 'editors.cjs' : undefined))],
    });
    inputs.push(...Object.keys(metafile.inputs));
  }
  await writeFile('dist/bin/third-party-licenses.txt', await toLicenses(packagesOf(inputs)));
  await build({
    ...commonJs,
    entryPoints: ['dist/src/start.js'],
    outfile: 'dist/bin/leak-guard.cjs',
    banner: { js: '#!/usr/bin/env node' },
    define: { LEAK_GUARD_PARTS: JSON.stringify(await digests(['main.cjs', ...parts.keys()])) },
  });
  await build({ ...commonJs, entryPoints: ['dist/src/triage-worker.js'], outfile: 'dist/bin/triage-worker.cjs' });
  await build({ ...shared, entryPoints: ['dist/src/index.js'], outfile: 'dist/bin/index.js', format: 'esm' });
}

async function digests(files: readonly string[]): Promise<Record<string, string>> {
  const digest = async (file: string): Promise<[string, string]> => {
    const code = await readFile(`dist/bin/${file}`);
    return [file, createHash('sha256').update(code).digest('hex').slice(0, 16)];
  };
  return Object.fromEntries(await Promise.all(files.map(digest)));
}

/** Sends each `import()` of our own that has another file to go to there, and remembers what that file has to hold. */
function splitOff(parts: Map<string, Set<string>>, partOf: (path: string) => string | undefined): Plugin {
  return {
    name: 'split-off',
    setup({ onResolve }) {
      onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
        const part = kind === 'dynamic-import' ? partOf(path) : undefined;
        if (part === undefined) return undefined;
        const file = relative('.', resolve(resolveDir, path)).replaceAll('\\', '/');
        parts.set(part, (parts.get(part) ?? new Set()).add(file));
        return { path: `./${part}`, external: true };
      });
    },
  };
}

function toPart(path: string): string | undefined {
  if (hot.test(path)) return undefined;
  if (rules.test(path)) return 'rules.cjs';
  if (agents.test(path)) return 'agents.cjs';
  return manual.test(path) ? 'manual.cjs' : 'cold.cjs';
}
