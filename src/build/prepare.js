// What npm runs in a clone once its packages are in: where people work on leak-guard, and where a clone is installed as
// a package (a git dependency, or a hook of the pre-commit framework). The published package runs no script. Plain
// JavaScript, because nothing is built yet.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const { npm_config_global: isGlobal, npm_package_resolved: resolved, npm_execpath: npm } = process.env;
const root = new URL('../../', import.meta.url);
const has = (path) => existsSync(new URL(path, root));
const isComplete = () => has('node_modules/typescript') && has('node_modules/esbuild');

if (!has('dist/bin/leak-guard.cjs')) {
  // npm prepares what it installs with --global without the packages that building needs, although it means to bring
  // them: its own inner run takes over --global. So they are fetched here, by the lock file and without their scripts.
  if (!isComplete() && (isGlobal === 'true' || resolved !== undefined)) {
    runNpm('ci', '--ignore-scripts', '--include=dev', '--global=false', '--no-audit', '--no-fund');
  }
  if (isComplete()) runNpm('run', 'build');
}

if (has('node_modules/husky') && has('.git') && isGlobal !== 'true') {
  const { default: husky } = await import('husky');
  process.stderr.write(husky());
}

// Its words go to standard error: `npm pack` prints the name of the file that it made on standard output.
function runNpm(...args) {
  const [file, first] = npm === undefined ? ['npm', []] : [process.execPath, [npm]];
  const { status } = spawnSync(file, [...first, ...args], { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) process.exit(status ?? 1);
}
