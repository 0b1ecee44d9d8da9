import { relative, resolve } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';

/** What is imported by `import()` and belongs to the hook that runs most often all the same. */
const hot = /(?:commands\/hook|hooks\/pre-commit)\.js$/;

/** What reads an allowlist or settings: a file of its own, because a hook in a repository that has them needs no more. */
const rules = /\/(?:allowlist|config|rule-changes)\.js$/;

/** What people ask for to read the manual: no hook and no scan loads the facts of the command line. */
const manual = /\/commands\/(?:help|completions)\.js$/;

const shared: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  minifySyntax: true,
  minifyWhitespace: true,
  packages: 'external',
  legalComments: 'none',
};

const commonJs: BuildOptions = {
  ...shared,
  // CommonJS starts faster than ES modules do, and import() must not bring in the module loader.
  format: 'cjs',
  supported: { 'dynamic-import': false },
};

/**
 * Bundles the command into four files: what a hook needs, what reads rules, the manual, and the rest, which is loaded
 * when a command, a finding or a failure asks for it. node reads a hook's file through before it runs a line of it, so every line that no hook runs costs time.
 */
export async function bundle(version: string): Promise<void> {
  const parts = new Map<string, Set<string>>();
  await build({
    ...commonJs,
    entryPoints: ['dist/src/main.js'],
    outfile: 'dist/bin/leak-guard.cjs',
    banner: { js: '#!/usr/bin/env node' },
    define: { LEAK_GUARD_VERSION: JSON.stringify(version) },
    plugins: [splitOff(parts)],
  });
  for (const [part, files] of parts) {
    const contents = [...files].sort().map((file) => `export * from ${JSON.stringify(`./${file}`)};`);
    await build({
      ...commonJs,
      stdin: { contents: contents.join('\n'), resolveDir: '.', sourcefile: part },
      outfile: `dist/bin/${part}`,
    });
  }
  await build({ ...commonJs, entryPoints: ['dist/src/triage-worker.js'], outfile: 'dist/bin/triage-worker.cjs' });
  await build({ ...shared, entryPoints: ['dist/src/index.js'], outfile: 'dist/bin/index.js', format: 'esm' });
}

/** Sends every `import()` of our own that is not hot to another file, and remembers what that file has to hold. */
function splitOff(parts: Map<string, Set<string>>): Plugin {
  return {
    name: 'split-off',
    setup({ onResolve }) {
      onResolve({ filter: /^\./ }, ({ kind, path, resolveDir }) => {
        if (kind !== 'dynamic-import' || hot.test(path)) return undefined;
        const part = toPart(path);
        const file = relative('.', resolve(resolveDir, path)).replaceAll('\\', '/');
        parts.set(part, (parts.get(part) ?? new Set()).add(file));
        return { path: `./${part}`, external: true };
      });
    },
  };
}

function toPart(path: string): string {
  if (rules.test(path)) return 'rules.cjs';
  return manual.test(path) ? 'manual.cjs' : 'cold.cjs';
}
