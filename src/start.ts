import { accessSync, constants, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';

/** The program's parts with a digest of each, as far as they are code; the build puts them in. */
declare const LEAK_GUARD_PARTS: Readonly<Record<string, string>>;

/** Hooks run again and again, and somebody waits for them. */
const hooks = ['pre-commit', 'pre-push', 'commit-msg', 'pre-merge-commit', 'pre-receive', 'agent'];

/** A part of the program as node would load it. */
interface Part {
  readonly exports: object;
}

const parts = new Map<string, Part>();
const hook = process.argv[2] === 'hook' ? hooks.find((name) => name === process.argv[3]) : undefined;

if (hook !== undefined && hook !== 'agent') optimizeLess(); // an agent's is over sooner still, and mostly without git
try {
  load('main.cjs');
} catch (error) {
  // Node alone would end with 1, which says that something was found.
  process.exitCode = 2;
  process.stderr.write(`leak-guard: a part of the package is missing or broken, so nothing was scanned.
  ${error instanceof Error ? error.message : ''}
  Next: Run "npm ci" (or "npm install"), and try again.
`);
}

/**
 * V8 of node 20 compiles whatever runs for some milliseconds once more, and better. For a hook that is over before it
 * pays: the compilation costs more than it saves, and at the end node waits for it. With the loops that matter in
 * WebAssembly there is not much to be made better. Later ones ask for less by themselves, and complain of the flag.
 */
function optimizeLess(): void {
  if (!process.versions.v8.startsWith('11.')) return;
  succeeds(() => {
    // Before the flag is set: with it, V8 takes no more of the compiled code that node ships with its modules, and every
    // hook of git needs this one.
    process.getBuiltinModule('node:child_process');
    process.getBuiltinModule('node:v8').setFlagsFromString('--interrupt-budget=1000000');
  });
}

/**
 * Loads a part. In a hook with what V8 made of it when this hook ran before: reading through the code and compiling it is
 * half of what leak-guard adds to the start of node.
 */
function load(name: string): object {
  const known = parts.get(name);
  if (known !== undefined) return known.exports;
  const part: Part = { exports: {} };
  parts.set(name, part);
  const code = readFileSync(join(__dirname, name), 'utf8');
  const cache = hook === undefined ? undefined : toCache(name, hook);
  const script = new Script(`(function (module, exports, require, __filename, __dirname) {${code}\n})`, {
    filename: join(__dirname, name),
    cachedData: cache?.read(),
  });
  if (script.cachedDataRejected !== false) cache?.writeAtEnd(script);
  script.runInThisContext()(part, part.exports, requirePart, __filename, __dirname);
  return part.exports;
}

function requirePart(id: string): unknown {
  return id.startsWith('./') ? load(id.slice(2)) : require(id);
}

interface Cache {
  read(): Buffer | undefined;
  writeAtEnd(script: Script): void;
}

/**
 * What V8 compiled, beside the part that it was made of. Named for the code, the hook and the node: V8 itself only checks
 * its own version and how long the code is.
 */
function toCache(name: string, hook: string): Cache {
  const file = `${name}.${hook}.${LEAK_GUARD_PARTS[name]}-${process.version}-${process.arch}.cache`;
  return {
    read: () => {
      try {
        return readFileSync(join(__dirname, file));
      } catch {
        return undefined; // the first time; it is only quicker with it
      }
    },
    writeAtEnd: (script) => {
      process.once('exit', () => {
        const aside = join(__dirname, `${file}.${process.pid}`);
        const isWritten = succeeds(() => {
          accessSync(__dirname, constants.W_OK);
          writeFileSync(aside, script.createCachedData());
          renameSync(aside, join(__dirname, file)); // so that nobody reads half of it
        });
        if (!isWritten) succeeds(() => rmSync(aside, { force: true }));
      });
    },
  };
}

/** Without what only makes it quicker, a hook is as good as any: no failure of that may end it. */
function succeeds(work: () => void): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}
