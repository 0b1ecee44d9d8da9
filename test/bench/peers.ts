import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { inTurn, ms, type Row, runQuietly } from './measure.js';
import { makeRepository, stageMany } from './repositories.js';

/** Other scanners, where they are on PATH: the same folder of 2,000 files, each in its fastest documented way of scanning one. */
const peers: readonly { readonly name: string; readonly args: (folder: string) => readonly string[] }[] = [
  { name: 'gitleaks', args: (folder) => ['dir', folder, '--no-banner'] },
  { name: 'betterleaks', args: (folder) => ['dir', folder, '--no-banner'] },
  { name: 'trufflehog', args: (folder) => ['filesystem', folder, '--no-verification', '--no-update'] },
  { name: 'kingfisher', args: (folder) => ['scan', folder, '--no-validate', '--no-update-check'] },
  { name: 'ripsecrets', args: (folder) => [folder] },
  { name: 'detect-secrets', args: (folder) => ['scan', folder] },
  { name: 'secretlint', args: (folder) => [`${folder}/**/*`] },
];

const cli = resolve('dist/bin/leak-guard.cjs');

export const peerRows: readonly (() => Row | null)[] = peers.map(({ name, args }) => () => {
  if (spawnSync(name, ['--version'], { stdio: 'ignore' }).error !== undefined) return null;
  const folder = makeRepository();
  stageMany(folder, 2_000);
  const [ours, theirs] = inTurn(
    5,
    () => runQuietly(process.execPath, [cli, 'scan', 'src'], { cwd: folder }),
    () => runQuietly(name, args(`${folder}/src`), { cwd: folder, ok: [0, 1] }),
  );
  return {
    what: `scan of a folder of 2,000 files, against ${name}`,
    ours: ms(ours),
    against: ms(theirs),
    ratio: (ours / theirs).toFixed(2),
    budget: 'below 1',
  };
});
