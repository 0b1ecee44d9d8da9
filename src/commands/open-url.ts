import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, isAbsolute, join, sep } from 'node:path';
import { UserError } from '../user-error.js';

/** What opens an address on each system. None is a shell, so that nothing in the address is ever read as a command. */
const OPENERS: Readonly<Record<string, readonly [program: string, ...args: string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32.exe', 'url.dll,FileProtocolHandler'],
};

/** How long to wait for an opener that tells whether it worked. */
const PATIENCE_MS = 3000;

/** Opens an https address in the browser. Throws a UserError where that can't be done. */
export async function openUrl(url: string, env: NodeJS.ProcessEnv): Promise<void> {
  const hint = `Open it yourself: ${url}`;
  if (!url.startsWith('https://')) throw new UserError('Only https addresses are opened.', hint);
  const [program, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  const path = await findProgram(program, env);
  if (path === undefined) throw new UserError(`Could not open the page: ${program} is not on this machine.`, hint);
  const code = await run(path, [...args, url], env);
  if (code !== 0) throw new UserError(`Could not open the page: ${program} ended with ${code ?? 'a signal'}.`, hint);
}

/** The first absolute folder of PATH that has it, outside node_modules: a dependency must not stand in for the system. */
async function findProgram(program: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const { PATH, Path } = env; // a copy of the environment tells case apart, on Windows too
  for (const folder of (PATH ?? Path ?? '').split(delimiter)) {
    if (!isAbsolute(folder) || folder.split(sep).includes('node_modules')) continue;
    const path = join(folder, program);
    if (await isExecutable(path)) return path;
  }
  return undefined;
}

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false; // not in this folder; the next one may have it
  }
}

/** Gives the exit code, or 0 when the program still runs after a while: then it is the browser itself. */
function run(path: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, { env, stdio: 'ignore', shell: false, detached: process.platform !== 'win32' });
    const timer = setTimeout(() => {
      child.unref();
      resolve(0);
    }, PATIENCE_MS);
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve(code);
    });
  });
}
