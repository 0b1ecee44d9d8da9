import { dirname, join, resolve } from 'node:path';

/** How a program of npm's is started without a shell, which Windows would need for `npm.cmd`. */
export interface Program {
  readonly file: string;
  readonly args: readonly string[];
}

/** `npm` or `npx` of the node that runs the tests. */
export function npmProgram(name: 'npm' | 'npx'): Program {
  if (process.platform !== 'win32') return { file: name, args: [] };
  return {
    file: process.execPath,
    args: [join(dirname(process.execPath), 'node_modules', 'npm', 'bin', `${name}-cli.js`)],
  };
}

/** Where a package lies that this project has installed. */
export function installedPackage(name: string): string {
  return resolve('node_modules', name);
}
